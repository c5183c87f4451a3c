"""The catalogue as the browser gets it."""

import gzip
import json
from typing import Any

import numpy as np
import pytest
from sklearn.datasets import load_digits

from app import limits
from app.catalog import catalogue
from app.settings import Settings
from tests.objectives.twins import CURVES, LOSSES, PAIRS, PLANAR

CATALOGUE = catalogue(limits.public(Settings()))
LARGEST = 40 * 1024


def entry(kind: str, name: str) -> dict[str, Any]:
    return next(one for one in CATALOGUE[kind] if one["id"] == name)


def points(dataset: str) -> np.ndarray:
    return np.array(entry("datasets", dataset)["picture"]["points"])


def test_it_is_small_and_plain_json() -> None:
    text = json.dumps(CATALOGUE, allow_nan=False, separators=(",", ":"))
    assert len(gzip.compress(text.encode())) < LARGEST


@pytest.mark.parametrize(
    "kind",
    ["surfaces", "models", "datasets", "losses", "planes", "optimizers", "presets", "schedules", "scenarios"],
)
def test_every_entry_has_a_name_of_its_own(kind: str) -> None:
    names = [one["id"] for one in CATALOGUE[kind]]
    assert names
    assert len(set(names)) == len(names)


def test_models_name_the_datasets_that_they_can_learn_from() -> None:
    assert {model["id"]: sorted(model["datasets"]) for model in CATALOGUE["models"]} == {
        name: sorted(datasets) for name, datasets in PAIRS.items()
    }


def test_every_formula_is_mathematics() -> None:
    for kind in ("models", "losses"):
        for one in CATALOGUE[kind]:
            assert one["formula"].startswith("<math")
            assert "\\" not in one["formula"]


def test_losses_are_called_what_torch_calls_them() -> None:
    assert {loss["id"]: loss["torch"] for loss in CATALOGUE["losses"]} == {
        name: type(loss).__name__ for name, loss in LOSSES.items()
    }


def test_lists_tell_how_long_they_may_be() -> None:
    hidden = next(param for param in entry("models", "mlp")["params"] if param["id"] == "hidden")
    assert (hidden["fewest"], hidden["most"], hidden["rising"]) == (1, 4, False)
    assert (hidden["items"][0]["low"], hidden["items"][0]["high"]) == (1, 64)


def test_only_muon_has_nothing_to_do_on_a_surface() -> None:
    assert [one["id"] for one in CATALOGUE["optimizers"] if not one["surfaces"]] == ["muon"]
    assert all(one["models"] for one in CATALOGUE["optimizers"])


@pytest.mark.parametrize("dataset", [*PLANAR, *CURVES, "iris"])
def test_a_picture_of_numbers_fills_its_tile_and_shows_every_class(dataset: str) -> None:
    shown, classes = points(dataset), entry("datasets", dataset)["classes"]
    assert 60 <= len(shown) <= 120
    assert shown[:, :2].min() >= 0.04
    assert shown[:, :2].max() <= 0.96
    assert np.ptp(shown[:, :2], axis=0).max() == pytest.approx(0.9, abs=0.002)
    assert set(shown[:, 2]) == set(range(max(classes, 1)))


def test_pictures_keep_the_shape_of_their_sets() -> None:
    circles = points("circles")
    radius = np.hypot(*(circles[:, :2] - 0.5).T)
    assert radius[circles[:, 2] == 0].mean() == pytest.approx(2 * radius[circles[:, 2] == 1].mean(), rel=0.15)
    line = points("line")
    assert np.corrcoef(line[:, 0], line[:, 1])[0, 1] > 0.95
    step = points("step")
    assert step[step[:, 0] < 0.45, 1].mean() < 0.4
    assert step[step[:, 0] > 0.55, 1].mean() > 0.6
    xor = points("xor")
    x, y = (xor[:, :2] - 0.5).T
    clear = np.minimum(abs(x), abs(y)) > 0.03
    assert ((x * y < 0) == (xor[:, 2] == 1))[clear].all()


def test_the_picture_of_iris_shows_the_kind_that_stands_apart() -> None:
    iris = points("iris")
    apart = iris[:, 2] == 0
    assert (iris[apart, :2].max(0) < iris[~apart, :2].min(0)).all()


def test_the_picture_of_digits_is_a_mosaic_of_the_first_ones() -> None:
    picture = entry("datasets", "digits")["picture"]
    levels = np.array(picture["levels"]).reshape(picture["height"], picture["width"])
    assert (picture["height"], picture["width"]) == (24, 32)
    images = np.round(load_digits().images * 255 / 16)
    for place in range(12):
        row, column = divmod(place, 4)
        tile = levels[row * 8 : row * 8 + 8, column * 8 : column * 8 + 8]
        assert np.abs(tile - images[place]).max() <= 1


def test_scenarios_come_as_whole_documents() -> None:
    for scenario in CATALOGUE["scenarios"]:
        experiment = scenario["experiment"]
        assert experiment["version"] == CATALOGUE["document_version"]
        assert experiment["start"] is None
        fields = {param["id"] for param in CATALOGUE["experiment"]}
        assert set(experiment) == fields | {"version", "objective", "start", "optimizers"}
        objective = experiment["objective"]
        own = {param["id"] for param in entry("models", objective["model"]["name"])["params"]}
        assert set(objective["model"]) == own | {"name"}
        assert {param["id"] for param in CATALOGUE["model_fields"]} < set(objective)


def test_every_objective_that_can_be_named_has_a_profile() -> None:
    surfaces = {f"surface/{surface['id']}" for surface in CATALOGUE["surfaces"]}
    pairs = {f"model/{model}/{dataset}" for model, datasets in PAIRS.items() for dataset in datasets}
    assert set(CATALOGUE["profiles"]) == surfaces | pairs


@pytest.mark.parametrize("key", CATALOGUE["profiles"])
def test_a_profile_names_only_what_there_is(key: str) -> None:
    profile = CATALOGUE["profiles"][key]
    known = {column["id"] for column in profile["told"]} | ({"distance"} if profile["field"] else set())
    assert {line["column"] for curve in profile["curves"] for line in curve["lines"]} <= known
    assert {measure["column"] for measure in profile["measures"]} <= known | {""}
    assert profile["loss"] in known
    assert profile["field"] is None or set(profile["field"]["axes"]) <= known
    assert bool(profile["field"]) == key.startswith("surface/")
    assert ("confusion" in profile["tabs"]) == (profile["curves"][1]["title"] == "accuracy")


@pytest.mark.parametrize("key", CATALOGUE["profiles"])
def test_every_objective_suggests_a_rate_for_every_preset_that_can_descend_it(key: str) -> None:
    profile, able = CATALOGUE["profiles"][key], "surfaces" if key.startswith("surface/") else "models"
    optimizers = {optimizer["id"] for optimizer in CATALOGUE["optimizers"] if optimizer[able]}
    presets = {preset["id"] for preset in CATALOGUE["presets"] if preset["optimizer"] in optimizers}
    assert set(profile["rates"]) == presets
    assert {f"{rate:e}"[0] for rate in profile["rates"].values()} <= {"1", "2", "5"}
