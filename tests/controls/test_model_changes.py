"""Experiments on models are changed so that the server accepts what comes out, and keep what still fits."""

import itertools
from typing import Any

import pytest

from app.experiment import parse
from app.objectives.datasets.catalog import DATASETS
from app.objectives.models.catalog import MODELS
from app.objectives.models.choice import suits
from app.objectives.models.rates import suggested_rate
from tests.catalogue import real_catalogue
from tests.node import CATALOG, Scripts


def document(model: str, dataset: str, **fields: Any) -> dict[str, Any]:
    """A canonical document; fields: of the objective, or `optimizers`."""
    optimizers = fields.pop("optimizers", [{"name": "sgd", "lr": 0.5}, {"name": "adam", "lr": 0.5}])
    names = {"model": {"name": model}, "dataset": {"name": dataset}}
    return parse({"objective": {"kind": "model", **names, **fields}, "optimizers": optimizers}).canonical()


def apply(scripts: Scripts, before: dict[str, Any], name: str, *args: Any) -> dict[str, Any]:
    """`before` after the change `name`, which the server must take as it is."""
    after: dict[str, Any] = scripts.call("state/experiment.js", name, before, *args)
    assert parse(after).canonical() == after
    return after


@pytest.mark.parametrize("dataset", [entry.id for entry in DATASETS])
def test_any_model_can_be_chosen_from_any_dataset(scripts: Scripts, dataset: str) -> None:
    for model in MODELS:
        after = apply(scripts, document("mlp", dataset), "setModel", CATALOG, model.id)["objective"]
        assert after["model"]["name"] == model.id
        kept = after["dataset"]["name"] == dataset
        assert kept == suits(model, next(entry for entry in DATASETS if entry.id == dataset))


def test_any_dataset_can_be_chosen_from_any_model(scripts: Scripts) -> None:
    for model, dataset in itertools.product(MODELS, DATASETS):
        first = next(entry.id for entry in DATASETS if suits(model, entry))
        after = apply(scripts, document(model.id, first), "setDataset", CATALOG, dataset.id)["objective"]
        assert after["dataset"]["name"] == dataset.id
        assert (after["model"]["name"] == model.id) == suits(model, dataset)


def test_another_pair_brings_its_learning_rates_and_another_setting_none(scripts: Scripts) -> None:
    before = document("mlp", "moons")
    after = apply(scripts, before, "setDataset", CATALOG, "spirals")
    rates = [suggested_rate("mlp", "spirals", preset) for preset in ("gradient-descent", "adam")]
    assert [each["lr"] for each in after["optimizers"]] == rates
    for change in (("setModelParam", "hidden", [3]), ("setDatasetParam", "noise", 0.7, CATALOG)):
        assert apply(scripts, before, *change)["optimizers"] == before["optimizers"]


def test_what_both_models_have_stays(scripts: Scripts) -> None:
    before = document("mlp", "digits", init="orthogonal", l2=0.25, batch_size=16)
    before["objective"]["model"] |= {"activation": "gelu", "hidden": [5, 6, 7]}
    after = apply(scripts, before, "setModel", CATALOG, "convolution")["objective"]
    assert after["model"] == {"name": "convolution", "activation": "gelu", "filters": [6, 12]}
    assert [after[name] for name in ("init", "l2", "batch_size", "loss")] == ["orthogonal", 0.25, 16, "cross_entropy"]


def test_a_loss_that_does_not_fit_gives_way_to_the_preferred_one(scripts: Scripts) -> None:
    before = document("mlp", "moons", loss="mse")
    assert apply(scripts, before, "setDataset", CATALOG, "line")["objective"]["loss"] == "mse"
    assert apply(scripts, before, "setDataset", CATALOG, "xor")["objective"]["loss"] == "mse"
    assert apply(scripts, before, "setDataset", CATALOG, "iris")["objective"]["loss"] == "cross_entropy"


def test_more_classes_than_a_model_can_part_bring_one_that_can(scripts: Scripts) -> None:
    after = apply(scripts, document("logistic", "blobs"), "setDatasetParam", "classes", 4, CATALOG)["objective"]
    assert after["dataset"]["classes"] == 4
    assert (after["model"]["name"], after["loss"]) == ("mlp", "cross_entropy")
    again = apply(scripts, document("softmax", "blobs"), "setDatasetParam", "classes", 2, CATALOG)["objective"]
    assert again["model"]["name"] == "softmax"


@pytest.mark.parametrize(
    "change",
    [
        ("setDatasetParam", "samples", 40, CATALOG),
        ("setObjectiveField", "test_fraction", 0.9, CATALOG),
        ("setDataset", CATALOG, "iris"),
    ],
)
def test_a_batch_shrinks_with_its_samples_and_all_of_them_stay_all(scripts: Scripts, change: tuple[Any, ...]) -> None:
    whole = document("mlp", "moons", test_fraction=0.1)
    batch = whole["objective"] | {"batch_size": 200}
    after = apply(scripts, {**whole, "objective": batch}, *change)["objective"]
    size = after["dataset"].get("samples", 150)
    assert after["batch_size"] == size - round(size * after["test_fraction"])
    assert apply(scripts, whole, *change)["objective"]["batch_size"] is None


def test_a_batch_that_is_set_is_not_corrected(scripts: Scripts) -> None:
    before = document("mlp", "moons")
    after = scripts.call("state/experiment.js", "setObjectiveField", before, "batch_size", 999, CATALOG)
    assert after["objective"]["batch_size"] == 999


def test_only_optimizers_that_can_go_along(scripts: Scripts) -> None:
    before = document("mlp", "moons", optimizers=[{"name": "muon"}, {"name": "sgd", "momentum": 0.9}])
    after = apply(scripts, before, "toSurfaces", CATALOG)
    first = real_catalogue()["surfaces"][0]
    assert after["objective"]["name"] == first["id"]
    assert after["start"] == first["start"]
    assert [(each["name"], each["lr"]) for each in after["optimizers"]] == [
        ("sgd", real_catalogue()["profiles"][f"surface/{first['id']}"]["rates"]["momentum"])
    ]


def test_a_new_optimizer_has_the_rate_of_its_pair(scripts: Scripts) -> None:
    after = apply(scripts, document("mlp", "spirals"), "addOptimizer", CATALOG, "lion")
    assert after["optimizers"][-1]["lr"] == suggested_rate("mlp", "spirals", "lion")
