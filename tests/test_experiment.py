"""The document: what is accepted is canonical and stable, what is refused names its field."""

import json
import math
import pickle
from typing import Any

import pytest

from app.core.problems import Problem
from app.core.registry import by_id
from app.experiment import MOST_OPTIMIZERS, parse
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from app.schedules.catalog import SCHEDULES

EXAMPLE = {
    "version": 1,
    "objective": {"kind": "surface", "name": "rosenbrock", "params": {}},
    "start": [-1.2, 1.0],
    "optimizers": [
        {"name": "sgd", "lr": 0.001, "momentum": 0.9, "nesterov": False, "schedule": {"name": "constant"}},
        {"name": "adam", "lr": 0.1, "betas": [0.9, 0.999], "label": "Adam, hot"},
    ],
    "steps": 300, "seed": 0, "noise": 0.0, "clip_norm": None, "dtype": "float64",
}  # fmt: skip


def refused(document: Any) -> dict[str, str]:
    with pytest.raises(Problem) as caught:
        parse(document)
    assert caught.value.status == 422
    return {error.path: str(error.message) for error in caught.value.errors}


def changed(path: str, value: Any) -> dict[str, Any]:
    """EXAMPLE with `value` at `path`, such as `optimizers.1.lr`."""
    document = json.loads(json.dumps(EXAMPLE))
    *owners, last = path.split(".")
    node = document
    for key in owners:
        node = node[int(key)] if isinstance(node, list) else node[key]
    node[int(last) if isinstance(node, list) else last] = value
    return document


def test_the_canonical_text_is_a_fixed_point() -> None:
    text = parse(EXAMPLE).text()
    assert parse(json.loads(text)).text() == text
    assert json.loads(text)["optimizers"][1]["label"] == "Adam, hot"


def test_only_objective_and_optimizers_are_required() -> None:
    document = parse({"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "adam"}]}).canonical()
    assert document["start"] == [-9.0, -9.0]
    assert document["steps"] == 300
    assert document["optimizers"][0]["betas"] == [0.9, 0.999]
    assert document["optimizers"][0]["lr"] > 0
    assert document["optimizers"][0]["schedule"]["name"] == "constant"


def test_equal_experiments_have_equal_texts() -> None:
    shuffled = dict(reversed(list(EXAMPLE.items())))
    whole_numbers = changed("optimizers.1.lr", 0.1) | {"noise": 0}
    assert parse(shuffled).text() == parse(EXAMPLE).text() == parse(whole_numbers).text()


def test_an_experiment_travels_between_processes() -> None:
    experiment = parse(EXAMPLE)
    assert pickle.loads(pickle.dumps(experiment)).text() == experiment.text()


FOR_SURFACES = [preset for preset in PRESETS if by_id(OPTIMIZERS, preset.optimizer).surfaces]


@pytest.mark.parametrize("surface", [surface.id for surface in SURFACES])
@pytest.mark.parametrize("preset", FOR_SURFACES, ids=lambda preset: preset.id)
def test_every_preset_fits_every_surface_and_is_called_by_its_name(surface: str, preset: Any) -> None:
    settings = {name: list(v) if isinstance(v, tuple) else v for name, v in preset.settings.items()}
    document = {
        "objective": {"kind": "surface", "name": surface},
        "optimizers": [{"name": preset.optimizer, **settings}],
    }
    (choice,) = parse(document).optimizers
    assert choice.label == preset.title
    assert choice.hyper["lr"] > 0


NUMBERS = [
    "start.0", "steps", "seed", "noise", "clip_norm", "clip_value",
    "optimizers.0.lr", "optimizers.0.momentum", "optimizers.0.dampening", "optimizers.0.weight_decay",
    "optimizers.1.betas.0", "optimizers.1.betas.1", "optimizers.1.eps",
]  # fmt: skip
NO_NUMBERS = [math.nan, math.inf, -math.inf, "0.1", True, [], {}, [1.0], 10**400]


@pytest.mark.parametrize("path", NUMBERS)
@pytest.mark.parametrize("value", NO_NUMBERS, ids=repr)
def test_what_is_no_number_is_refused_at_its_path(path: str, value: Any) -> None:
    errors = refused(changed(path, value))
    dotted = path.replace(".0.", "[0].").replace(".1.", "[1].").replace("start.0", "start[0]")
    dotted = dotted.removesuffix(".0") + "[0]" if dotted.endswith(".0") else dotted
    dotted = dotted.removesuffix(".1") + "[1]" if dotted.endswith(".1") else dotted
    assert list(errors) == [dotted]


@pytest.mark.parametrize(
    ("path", "value", "where", "says"),
    [
        ("steps", 0, "steps", "at least 1"),
        ("steps", -1, "steps", "got -1"),
        ("steps", 1.5, "steps", "whole number"),
        ("steps", 10**9, "steps", "at most 100000"),
        ("steps", None, "steps", "got null"),
        ("noise", -1, "noise", "at least 0"),
        ("clip_norm", 0, "clip_norm", "above 0"),
        ("optimizers.0.lr", -0.1, "optimizers[0].lr", "at least 0"),
        ("optimizers.1.betas", [0.9, 1], "optimizers[1].betas[1]", "below 1"),
        ("optimizers.1.betas", 0.9, "optimizers[1].betas", "a list of 2"),
        ("optimizers.1.name", "adamm", "optimizers[1].name", "Did you mean adam?"),
        ("optimizers.1.name", None, "optimizers[1].name", "Known: sgd"),
        ("optimizers.1.momentun", 0.9, "optimizers[1].momentun", "unknown field"),
        ("optimizers.0.momentun", 0.9, "optimizers[0].momentun", "Did you mean momentum?"),
        ("optimizers.0.schedule", {"name": "cosin"}, "optimizers[0].schedule.name", "Did you mean cosine?"),
        ("optimizers.0.schedule", {"name": "step", "gama": 1}, "optimizers[0].schedule.gama", "Did you mean gamma?"),
        ("optimizers.0.label", "", "optimizers[0].label", "visible"),
        ("optimizers.0.label", "a\u0000b", "optimizers[0].label", "visible"),
        ("optimizers", [], "optimizers", "1 to"),
        ("optimizers", [{"name": "adam"}] * 1000, "optimizers", "got 1000"),
        ("optimizers", {}, "optimizers", "an object"),
        ("objective.name", "rosenbrok", "objective.name", "Did you mean rosenbrock?"),
        ("objective.params", {"kappa": 3}, "objective.params.kappa", "unknown field"),
        ("objective.kind", "volume", "objective.kind", "surface"),
        ("objective", None, "objective", "an object"),
        ("start", [1.0], "start", "2 numbers"),
        ("start", "here", "start", "2 numbers"),
        ("start", None, "start", "2 numbers"),
        ("dtype", "float16", "dtype", "Did you mean bfloat16?"),
        ("version", 99, "version", "must be 1"),
        ("version", True, "version", "must be 1"),
        ("stepz", 3, "stepz", "Did you mean steps?"),
    ],
)  # fmt: skip
def test_bad_input_is_refused_with_a_sentence(path: str, value: Any, where: str, says: str) -> None:
    errors = refused(changed(path, value))
    assert where in errors
    assert says in errors[where]


@pytest.mark.parametrize("document", [None, [], "text", 3, True])
def test_what_is_no_object_is_refused(document: Any) -> None:
    assert refused(document)


def test_every_fault_is_reported_at_once() -> None:
    errors = refused({**EXAMPLE, "steps": 0, "noise": -1, "optimizers": [{"name": "adam", "lr": -1, "eps": "x"}]})
    assert set(errors) == {"steps", "noise", "optimizers[0].lr", "optimizers[0].eps"}


def test_optimizers_without_labels_are_told_apart() -> None:
    choices = parse(changed("optimizers", [{"name": "adam"}, {"name": "adam"}, {"name": "adam"}])).optimizers
    assert [choice.label for choice in choices] == ["Adam", "Adam 2", "Adam 3"]


def test_a_learning_rate_of_zero_stays_zero() -> None:
    assert parse(changed("optimizers.1.lr", 0)).optimizers[1].hyper["lr"] == 0.0


def test_the_most_optimizers_are_accepted() -> None:
    assert len(parse(changed("optimizers", [{"name": "adam"}] * MOST_OPTIMIZERS)).optimizers) == MOST_OPTIMIZERS


@pytest.mark.parametrize(
    "entries", [SURFACES, OPTIMIZERS, SCHEDULES, PRESETS], ids=["surfaces", "optimizers", "schedules", "presets"]
)
def test_names_are_unique_and_fit_into_an_address(entries: Any) -> None:
    names = [entry.id for entry in entries]
    assert len(set(names)) == len(names)
    assert all(name == name.lower() and name.replace("-", "").isalnum() for name in names)


TRAINING: dict[str, Any] = {
    "objective": {"kind": "model", "model": {"name": "mlp"}, "dataset": {"name": "moons"}},
    "optimizers": [{"name": "adam"}, {"name": "muon", "lr": 0.02}],
}


def trained(**fields: Any) -> dict[str, Any]:
    """TRAINING with other fields of its objective."""
    return TRAINING | {"objective": TRAINING["objective"] | fields}


def test_a_training_is_written_out_and_is_a_fixed_point() -> None:
    experiment = parse(TRAINING)
    document = experiment.canonical()
    assert document["start"] is None
    assert document["objective"] == {
        "kind": "model",
        "model": {"name": "mlp", "hidden": [16, 16], "activation": "tanh"},
        "dataset": {"name": "moons", "samples": 256, "noise": 0.2, "seed": 0},
        "loss": "bce", "batch_size": None, "test_fraction": 0.3, "init": "default", "l2": 0.0,
    }  # fmt: skip
    assert document["optimizers"][0]["lr"] > 0
    assert parse(document).text() == experiment.text()
    assert pickle.loads(pickle.dumps(experiment)).text() == experiment.text()


@pytest.mark.parametrize(
    ("document", "path", "what"),
    [
        (TRAINING | {"start": [0, 0]}, "start", "must be null"),
        (trained(model={"name": "mlp", "hidden": [0]}), "objective.model.hidden[0]", "at least 1"),
        (trained(model={"name": "mlp", "hidden": [-1, 4]}), "objective.model.hidden[0]", "at least 1"),
        (trained(model={"name": "mlp", "hidden": [10**6]}), "objective.model.hidden[0]", "at most 64"),
        (trained(model={"name": "mlp", "hidden": [4] * 20}), "objective.model.hidden", "1 to 4"),
        (trained(model={"name": "mlp", "hidden": []}), "objective.model.hidden", "1 to 4"),
        (trained(batch_size=1000), "objective.batch_size", "at most 179"),
        (trained(batch_size=0), "objective.batch_size", "at least 1"),
        (trained(test_fraction=0), "objective.test_fraction", "above 0"),
        (trained(test_fraction=1), "objective.test_fraction", "below 1"),
        (trained(loss="mape"), "objective.loss", "unknown loss"),
        (trained(model={"name": "softmax"}, loss="mse"), "objective.loss", "must be cross_entropy"),
        (trained(dataset={"name": "../../etc/passwd"}), "objective.dataset.name", "unknown dataset"),
        (trained(dataset={"name": "moons", "samples": 10**9}), "objective.dataset.samples", "at most 2000"),
        (trained(model={"name": "convolution"}), "objective.model.name", "digits"),
        (trained(depth=3), "objective.depth", "unknown"),
        (TRAINING | {"objective": {"kind": "modell"}}, "objective.kind", "surface"),
    ],
)
def test_a_training_that_cannot_be_names_its_field(document: dict[str, Any], path: str, what: str) -> None:
    assert what in refused(document)[path]


def test_muon_is_for_weights() -> None:
    assert "surface" in refused(changed("optimizers.0.name", "muon"))["optimizers[0].name"]
