"""What Python and JavaScript both know, by cases that both read: views, levels of fields, and what a hill hides."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from app.core.problems import FieldError
from app.core.registry import by_id
from app.experiment import parse
from app.exports.drawing.choices import choices_of
from app.exports.drawing.heights import Heights
from app.exports.drawing.levels import levels_of
from app.objectives.datasets.catalog import DATASETS
from app.objectives.models.catalog import MODELS
from app.objectives.models.choice import parse_model_choice
from app.objectives.models.losses import LOSSES as ALL_LOSSES
from app.objectives.surfaces.catalog import SURFACES
from app.objectives.surfaces.choice import parse_surface_choice
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from app.view import View
from tests.controls.scripts import real_catalogue
from tests.objectives.twins import PAIRS, choose
from tests.views.test_geometry import call

CASES = json.loads((Path(__file__).parents[1] / "golden" / "both.json").read_text())
SIGHT = CASES["sight"]

TASTES = [
    {"name": preset.optimizer, **preset.settings, **change}
    for preset in PRESETS
    for change in ({}, {"lr": 0.123}, {"weight_decay": 0.01}, {"momentum": 0.5}, {"amsgrad": True})
    if by_id(OPTIMIZERS, preset.optimizer).surfaces
    and set(change) <= {param.id for param in by_id(OPTIMIZERS, preset.optimizer).params}
]
"""Every preset, and with something changed that may make it another."""

RATES = """async ([objectives, catalog]) => {
  const { suggestion } = await import('/static/js/state/rates.js');
  const rate = (objective, preset) => suggestion(catalog, objective, preset, preset.optimizer);
  const all = (objective) => catalog.presets.map((preset) => [preset.id, rate(objective, preset)]);
  return objectives.map((objective) => Object.fromEntries(all(objective)));
}"""
CALLED = """async ([optimizers, catalog]) => {
  const { matchPreset, uniqueLabel } = await import('/static/js/state/entries.js');
  const labels = [];
  for (const each of optimizers) labels.push(uniqueLabel(matchPreset(catalog, each).title, labels));
  return labels;
}"""
LOSSES = """async ([pairs, catalog]) => {
  const { lossesFor } = await import('/static/js/state/suiting.js');
  return pairs.map(([model, dataset]) => lossesFor(catalog, { name: model }, dataset).map(({ id }) => id));
}"""

each_view = pytest.mark.parametrize("case", CASES["views"], ids=lambda case: json.dumps(case["said"]))
each_field = pytest.mark.parametrize("case", CASES["levels"], ids=lambda case: json.dumps(case["field"]))
each_line_of_sight = pytest.mark.parametrize("case", SIGHT["cases"], ids=lambda case: f"{case['point']}")

AS_SHOWN = """async ([said, rows, catalog]) => {
  const { readView } = await import('/static/js/state/viewdocument.js');
  const { completeStyles, unsaidView } = await import('/static/js/state/view.js');
  const { styles, log, step, camera, range } = { ...unsaidView('surface'), ...readView(said, catalog) };
  const complete = completeStyles(styles, rows);
  return {
    slots: complete.map(({ slot }) => slot),
    hidden: complete.flatMap(({ hidden }, index) => (hidden ? [index + 1] : [])),
    log: `${log.x ? 'x' : ''}${log.y ? 'y' : ''}`,
    step, camera, range,
  };
}"""


def told(found: dict[str, Any], case: dict[str, Any]) -> dict[str, Any]:
    """What was found of that which `case` tells."""
    return {name: found[name] for name in case["read"]}


@each_view
def test_a_page_reads_a_view(modules: Page, case: dict[str, Any]) -> None:
    known = {"planes": real_catalogue()["planes"]}
    assert told(modules.evaluate(AS_SHOWN, [case["said"], case["rows"], known]), case) == case["read"]


@each_view
def test_a_picture_reads_a_view(case: dict[str, Any]) -> None:
    rows = [{"name": "sgd", "label": str(row)} for row in range(case["rows"])]
    found = choices_of(
        parse({"objective": {"kind": "surface", "name": "booth"}, "optimizers": rows}), View(case["said"])
    )
    read = {
        "slots": list(found.slots), "hidden": [row + 1 for row in sorted(found.hidden)],
        "log": "x" * found.log_x + "y" * found.log_y, "step": found.step, "camera": found.eye and list(found.eye),
        "range": found.window and [*found.window.x, *found.window.y],
    }  # fmt: skip
    assert told(read, case) == case["read"]


@each_field
def test_a_page_divides_a_field_into_levels(modules: Page, case: dict[str, Any]) -> None:
    script = "(({ low, high, size }) => [low, high, size])(m.levelsOf({ z: a[0] }, { log: a[1], lowest: a[2] }))"
    found = call(modules, "levels", script, case["field"], case["log"], case["lowest"])
    assert found == pytest.approx(case["scale"], rel=1e-9, abs=1e-12)


@each_field
def test_a_picture_divides_a_field_into_levels(case: dict[str, Any]) -> None:
    losses = np.array(case["field"], dtype=float)
    steps = levels_of(losses, log=case["log"], lowest=case["lowest"]).steps
    assert [steps[0], steps[-1], steps[1] - steps[0]] == pytest.approx(case["scale"], rel=1e-9, abs=1e-12)


@each_line_of_sight
def test_a_page_hides_what_a_hill_hides(modules: Page, case: dict[str, Any]) -> None:
    script = "m.isHidden(m.createHeightField({ x: a[0], y: a[1] }, a[2], a[3]), a[4], ...a[5], m.LIFT * a[6])"
    low, high = SIGHT["scale"]
    given = (SIGHT["x"], SIGHT["y"], SIGHT["levels"], high, case["eye"], case["point"], high - low)
    assert call(modules, "heightfield", script, *given) is case["hidden"]


@each_line_of_sight
def test_a_picture_hides_what_a_hill_hides(case: dict[str, Any]) -> None:
    x, y, levels = (np.array(SIGHT[name], dtype=float) for name in ("x", "y", "levels"))
    heights = Heights(x, y, levels, tuple(SIGHT["scale"]))
    (*eye, high), (*point, level) = case["eye"], case["point"]
    camera: Any = SimpleNamespace(eye=heights.place(np.array(eye[0]), np.array(eye[1]), np.array(high)))
    assert heights.hidden(np.array([point]), np.array([level]), camera).tolist() == [case["hidden"]]


def test_each_suggests_the_same_learning_rates(modules: Page) -> None:
    objectives: list[Any] = [parse_surface_choice({"kind": "surface", "name": each.id}, (), []) for each in SURFACES]
    objectives += [choose(model, dataset) for model in PAIRS for dataset in PAIRS[model]]
    told = modules.evaluate(RATES, [[each.document() for each in objectives], real_catalogue()])
    for choice, rates in zip(objectives, told, strict=True):
        assert rates == {preset.id: choice.suggested_rate(preset.id) for preset in PRESETS}, choice.title


def test_each_gives_an_optimizer_the_same_name(modules: Page) -> None:
    """Also where it is there before."""
    rows = [{key: list(value) if isinstance(value, tuple) else value for key, value in one.items()} for one in TASTES]
    for part in range(0, len(rows), 16):
        some = rows[part : part + 16] * 2
        experiment = parse({"objective": {"kind": "surface", "name": "booth"}, "optimizers": some})
        rules = [choice.rule() for choice in experiment.optimizers]
        told = modules.evaluate(CALLED, [rules, real_catalogue()])
        assert told == [choice.label for choice in experiment.optimizers]


def test_each_lets_a_model_learn_by_the_same_losses(modules: Page) -> None:
    pairs: list[tuple[str, dict[str, Any]]] = []
    wanted = []
    for model in MODELS:
        for dataset in DATASETS:
            for classes in (2, 3) if any(param.id == "classes" for param in dataset.params) else (None,):
                named = {"name": dataset.id} | ({"classes": classes} if classes else {})
                pairs.append((model.id, named))
                wanted.append(learnable(model.id, named))
    told = modules.evaluate(LOSSES, [pairs, real_catalogue()])
    assert [[*ids[:1], *sorted(ids[1:])] for ids in told] == wanted


def learnable(model: str, dataset: dict[str, Any]) -> list[str]:
    """The ids of the losses by which the server lets it be learned: the usual, and the others by their names."""
    document = {"kind": "model", "model": {"name": model}, "dataset": dataset}
    errors: list[FieldError] = []
    usual = parse_model_choice(document, (), errors)
    if usual is None:
        return []
    allowed = [loss.id for loss in ALL_LOSSES if parse_model_choice(document | {"loss": loss.id}, (), []) is not None]
    return [usual.loss.id, *sorted(name for name in allowed if name != usual.loss.id)]
