"""What Python and JavaScript both know: by the cases of `tests/golden/both`, which `tests/js/golden.test.js` runs too,
and over all of the catalogue.
"""

import json
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

from app.core.problems import FieldError
from app.core.registry import by_id
from app.experiment import parse
from app.exports.drawing.choices import choices_of
from app.exports.drawing.heights import Heights
from app.exports.drawing.levels import levels_of
from app.objectives.datasets.base import held_out
from app.objectives.datasets.catalog import DATASETS
from app.objectives.models.catalog import MODELS
from app.objectives.models.choice import parse_model_choice
from app.objectives.models.losses import LOSSES
from app.objectives.planes.choice import fitting_plane
from app.objectives.planes.honesty import PART, Figures, parting
from app.objectives.surfaces.catalog import SURFACES
from app.objectives.surfaces.choice import parse_surface_choice
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from app.view import View
from tests.golden import cases_of
from tests.node import CATALOG, Scripts
from tests.objectives.twins import PAIRS, choose

SIGHT = cases_of("sight")
TASTES = [
    {"name": preset.optimizer, **preset.settings, **change}
    for preset in PRESETS
    for change in ({}, {"lr": 0.123}, {"weight_decay": 0.01}, {"momentum": 0.5}, {"amsgrad": True})
    if by_id(OPTIMIZERS, preset.optimizer).surfaces
    and set(change) <= {param.id for param in by_id(OPTIMIZERS, preset.optimizer).params}
]
"""Every preset, and with something changed that may make it another."""

BOOTH = {"kind": "surface", "name": "booth"}


@pytest.mark.parametrize("case", cases_of("views"), ids=lambda case: json.dumps(case["said"]))
def test_a_view(case: dict[str, Any]) -> None:
    rows = [{"name": "sgd", "label": str(row)} for row in range(case["rows"])]
    found = choices_of(parse({"objective": BOOTH, "optimizers": rows}), View(case["said"]))
    read = {
        "slots": list(found.slots), "hidden": [row + 1 for row in sorted(found.hidden)],
        "log": "x" * found.log_x + "y" * found.log_y, "step": found.step, "camera": found.eye and list(found.eye),
        "range": found.window and [*found.window.x, *found.window.y],
    }  # fmt: skip
    assert {name: read[name] for name in case["read"]} == case["read"]


@pytest.mark.parametrize("case", cases_of("planes"), ids=lambda case: json.dumps(case["said"]))
def test_a_plane(case: dict[str, Any]) -> None:
    said = {name.removeprefix("plane."): value for name, value in case["said"].items() if name != "plane"}
    found = fitting_plane({**said, "name": case["said"].get("plane")}, case["rows"], {"weights": torch.Size([10])})
    assert (found and found.document()) == case["read"]


@pytest.mark.parametrize("case", cases_of("ranges"), ids=lambda case: str(case["value"]))
def test_the_range_of_a_constant(case: dict[str, Any]) -> None:
    objective = {"kind": "surface", "expression": "a x", "params": {"a": case["value"]}}
    assert parse({"objective": objective, "optimizers": [{"name": "sgd"}]}).canonical()["objective"]["ranges"] == {
        "a": case["range"]
    }


@pytest.mark.parametrize("case", cases_of("parting"), ids=lambda case: f"{case['loss']} {case['shown']}")
def test_where_a_picture_parts_from_the_truth(case: dict[str, Any]) -> None:
    loss, shown = (
        torch.tensor([[np.nan if case[name] is None else case[name]]], dtype=torch.float64)
        for name in ("loss", "shown")
    )
    found = Figures(1.0, torch.zeros(1, 1, 2), torch.zeros(1, 1), loss, shown)
    apart = parting(found).item()
    assert apart == pytest.approx(case["apart"], rel=1e-9)
    assert (apart > PART) == case["parts"]


@pytest.mark.parametrize("case", cases_of("levels"), ids=lambda case: json.dumps(case["field"]))
def test_levels_of_a_field(case: dict[str, Any]) -> None:
    losses = np.array(case["field"], dtype=float)
    steps = levels_of(losses, log=case["log"], lowest=case["lowest"]).steps
    assert [steps[0], steps[-1], steps[1] - steps[0]] == pytest.approx(case["scale"], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", SIGHT["cases"], ids=lambda case: f"{case['point']} from {case['eye']}")
def test_what_a_hill_hides(case: dict[str, Any]) -> None:
    x, y, levels = (np.array(SIGHT[name], dtype=float) for name in ("x", "y", "levels"))
    heights = Heights(x, y, levels, tuple(SIGHT["scale"]))
    (*eye, high), (*point, level) = case["eye"], case["point"]
    camera: Any = SimpleNamespace(eye=heights.place(np.array(eye[0]), np.array(eye[1]), np.array(high)))
    assert heights.hidden(np.array([point]), np.array([level]), camera).tolist() == [case["hidden"]]


@pytest.mark.parametrize("case", cases_of("names"), ids=lambda case: ", ".join(case["called"]))
def test_names(case: dict[str, Any]) -> None:
    experiment = parse({"objective": BOOTH, "optimizers": case["optimizers"]})
    assert [choice.label for choice in experiment.optimizers] == case["called"]


@pytest.mark.parametrize("case", cases_of("training"), ids=lambda case: f"{case['samples']} {case['test_fraction']}")
def test_how_many_samples_are_left_to_learn_from(case: dict[str, Any]) -> None:
    assert case["samples"] - held_out(case["samples"], case["test_fraction"]) == case["left"]


def test_each_suggests_the_same_learning_rates(scripts: Scripts) -> None:
    objectives: list[Any] = [parse_surface_choice({"kind": "surface", "name": each.id}, (), []) for each in SURFACES]
    objectives += [choose(model, dataset) for model in PAIRS for dataset in PAIRS[model]]
    told = scripts.call("tests/js/asked.js", "suggestedRates", [each.document() for each in objectives], CATALOG)
    for choice, rates in zip(objectives, told, strict=True):
        assert rates == {preset.id: choice.suggested_rate(preset.id) for preset in PRESETS}, choice.title


def test_each_gives_an_optimizer_the_same_name(scripts: Scripts) -> None:
    """Also where it is there before."""
    rows = [{key: list(value) if isinstance(value, tuple) else value for key, value in one.items()} for one in TASTES]
    for part in range(0, len(rows), 16):
        some = rows[part : part + 16] * 2
        experiment = parse({"objective": BOOTH, "optimizers": some})
        told = scripts.call("tests/js/asked.js", "labelsOf", experiment.canonical()["optimizers"], CATALOG)
        assert told == [choice.label for choice in experiment.optimizers]


def test_each_lets_a_model_learn_by_the_same_losses(scripts: Scripts) -> None:
    pairs: list[tuple[str, dict[str, Any]]] = []
    wanted = []
    for model in MODELS:
        for dataset in DATASETS:
            for classes in (2, 3) if any(param.id == "classes" for param in dataset.params) else (None,):
                named = {"name": dataset.id} | ({"classes": classes} if classes else {})
                pairs.append((model.id, named))
                wanted.append(learnable(model.id, named))
    told = scripts.call("tests/js/asked.js", "lossesOf", pairs, CATALOG)
    assert [[*ids[:1], *sorted(ids[1:])] for ids in told] == wanted


def learnable(model: str, dataset: dict[str, Any]) -> list[str]:
    """The ids of the losses by which the server lets it be learned: the usual, and the others by their names."""
    document = {"kind": "model", "model": {"name": model}, "dataset": dataset}
    errors: list[FieldError] = []
    usual = parse_model_choice(document, (), errors)
    if usual is None:
        return []
    allowed = [loss.id for loss in LOSSES if parse_model_choice(document | {"loss": loss.id}, (), []) is not None]
    return [usual.loss.id, *sorted(name for name in allowed if name != usual.loss.id)]
