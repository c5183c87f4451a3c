"""A model as part of a document: what it means when little is said, and what is refused with which words."""

from typing import Any

import pytest

from app.core.problems import FieldError
from app.core.text import canonical_json
from app.objectives.models.choice import parse_model_choice
from tests.objectives.twins import choose, each_pair

PLAIN: dict[str, Any] = {"kind": "model", "model": {"name": "mlp"}, "dataset": {"name": "moons"}}


def refusals(**changed: Any) -> dict[str, str]:
    """The paths at fault in a plain choice with `changed` fields, and what is said of each."""
    errors: list[FieldError] = []
    assert parse_model_choice(PLAIN | changed, ("objective",), errors) is None
    return {error.path: str(error.message) for error in errors}


@each_pair
def test_the_canonical_document_gives_the_same_choice(model: str, dataset: str) -> None:
    choice = choose(model, dataset)
    errors: list[FieldError] = []
    again = parse_model_choice(choice.document(), (), errors)
    assert again == choice
    assert errors == []
    assert canonical_json(choice.document()) == canonical_json(choice.document())


def test_what_is_left_out_is_written_out() -> None:
    assert choose("mlp", "moons").document() == {
        "kind": "model",
        "model": {"name": "mlp", "hidden": [16, 16], "activation": "tanh"},
        "dataset": {"name": "moons", "samples": 256, "noise": 0.2, "seed": 0},
        "loss": "bce", "batch_size": None, "test_fraction": 0.3, "init": "default", "l2": 0.0,
    }  # fmt: skip


def test_the_loss_left_out_is_the_one_that_fits() -> None:
    found = [
        choose("mlp", name, **own).loss.id for name, own in (("sine", {}), ("iris", {}), ("blobs", {"classes": 3}))
    ]
    assert found == ["mse", "cross_entropy", "cross_entropy"]


def test_hidden_layers_need_not_grow() -> None:
    assert choose("mlp", "moons", {"hidden": [16, 4, 4]}).document()["model"]["hidden"] == [16, 4, 4]


def test_a_batch_may_hold_all_training_samples() -> None:
    assert choose("mlp", "moons", batch_size=179).batch_size == 179


@pytest.mark.parametrize(
    ("hidden", "path", "words"),
    [
        ([0], "hidden[0]", "must be a whole number at least 1 and at most 64; got 0"),
        ([16, -1], "hidden[1]", "must be a whole number at least 1 and at most 64; got -1"),
        ([10**6], "hidden[0]", "must be a whole number at least 1 and at most 64; got 1000000"),
        ([True], "hidden[0]", "must be a whole number at least 1 and at most 64; got true (a switch)"),
        ([16] * 20, "hidden", "must be a list of 1 to 4 whole numbers; got "),
        ([], "hidden", "must be a list of 1 to 4 whole numbers; got [] (a list)"),
        ("16", "hidden", 'must be a list of 1 to 4 whole numbers; got "16" (text)'),
    ],
)
def test_hidden_sizes_out_of_range_are_refused(hidden: Any, path: str, words: str) -> None:
    told = refusals(model={"name": "mlp", "hidden": hidden})
    assert list(told) == [f"objective.model.{path}"]
    assert told[f"objective.model.{path}"].startswith(words)


@pytest.mark.parametrize(
    ("changed", "path", "words"),
    [
        ({"batch_size": 180}, "batch_size", "must be at most 179, the number of training samples; got 180"),
        ({"batch_size": 0}, "batch_size", "must be a whole number at least 1 and at most 1000000 or null; got 0"),
        ({"test_fraction": 0}, "test_fraction", "must be a number above 0 and below 1; got 0"),
        ({"test_fraction": 1}, "test_fraction", "must be a number above 0 and below 1; got 1"),
        ({"loss": "mae"}, "loss", 'unknown loss "mae". Did you mean mse? Known: mse, bce, cross_entropy.'),
        ({"loss": 3}, "loss", "must be the name of a known loss; got 3. Known: mse, bce, cross_entropy."),
        ({"loss": "bce", "dataset": {"name": "iris"}}, "loss",
         "must be cross_entropy for this model and data; got bce"),
        ({"loss": "cross_entropy", "dataset": {"name": "sine"}}, "loss",
         "must be mse for this model and data; got cross_entropy"),
        ({"loss": "mse", "model": {"name": "logistic"}}, "loss", "must be bce for this model and data; got mse"),
        ({"model": {"name": "convolution"}}, "model.name",
         "convolution cannot learn from moons as it is set. Datasets that it can learn from: digits."),
        ({"model": {"name": "logistic"}, "dataset": {"name": "blobs", "classes": 3}}, "model.name",
         "logistic cannot learn from blobs as it is set. Datasets that it can learn from: moons, circles, blobs, xor, "
         "spirals, checkerboard."),
        ({"dataset": {"name": "moons", "samples": 10**9}}, "dataset.samples",
         "must be a whole number at least 10 and at most 2000; got 1000000000"),
        ({"dataset": {"name": "moons", "noise": float("nan")}}, "dataset.noise",
         "must be a number at least 0 and at most 10; got nan"),
        ({"dataset": {"name": "digits", "samples": 10}}, "dataset.samples", "unknown field. Known here: seed."),
        ({"dataset": "moons"}, "dataset", 'must be an object with a name; got "moons" (text)'),
        ({"model": None}, "model", "must be an object with a name; got null (nothing)"),
        ({"model": {"name": "mlp", "activation": "swish"}}, "model.activation",
         'must be one of tanh, relu, gelu, sigmoid, linear; got "swish" (text)'),
        ({"l2": -1}, "l2", "must be a number at least 0 and at most 1000; got -1"),
        ({"kind": "surface"}, "kind", 'must be "model"; got "surface" (text)'),
        ({"optimiser": 1}, "optimiser", "unknown field. Known here: batch_size, dataset, init, kind, l2, loss, model, "
         "test_fraction."),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_reason(changed: dict[str, Any], path: str, words: str) -> None:
    assert refusals(**changed) == {f"objective.{path}": words}


@pytest.mark.parametrize("name", ["../../etc/passwd", "", None, ["moons"], "MOONS", "moons\x00"])
def test_a_dataset_is_one_of_the_catalogue(name: Any) -> None:
    told = refusals(dataset={"name": name})
    assert list(told) == ["objective.dataset.name"]
    assert "Known: moons, circles, blobs, xor, spirals, checkerboard, line, sine, step, iris, digits." in str(told)


def test_every_fault_is_told_at_once() -> None:
    told = refusals(model={"name": "mlp", "hidden": [0]}, dataset={"name": "moons", "samples": 0}, test_fraction=2)
    assert list(told) == ["objective.model.hidden[0]", "objective.dataset.samples", "objective.test_fraction"]
