"""What Python and JavaScript both know, by cases that both read: views, levels of fields, and what a hill hides."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

from app.experiment import parse
from app.exports.drawing.choices import choices_of
from app.exports.drawing.heights import BITE, Heights
from app.exports.drawing.levels import levels_of
from app.view import View
from tests.controls.scripts import real_catalogue
from tests.views.test_geometry import call

CASES = json.loads((Path(__file__).parents[1] / "golden" / "both.json").read_text())
SIGHT = CASES["sight"]

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
    script = "m.isHidden(m.createHeightField({ x: a[0], y: a[1] }, a[2], a[3]), a[4], ...a[5], a[6])"
    low, high = SIGHT["scale"]
    given = (SIGHT["x"], SIGHT["y"], SIGHT["levels"], high, case["eye"], case["point"], BITE * (high - low))
    assert call(modules, "heightfield", script, *given) is case["hidden"]


@each_line_of_sight
def test_a_picture_hides_what_a_hill_hides(case: dict[str, Any]) -> None:
    x, y, levels = (np.array(SIGHT[name], dtype=float) for name in ("x", "y", "levels"))
    heights = Heights(x, y, levels, tuple(SIGHT["scale"]))
    (*eye, high), (*point, level) = case["eye"], case["point"]
    camera: Any = SimpleNamespace(eye=heights.place(np.array(eye[0]), np.array(eye[1]), np.array(high)))
    assert heights.hidden(np.array([point]), np.array([level]), camera).tolist() == [case["hidden"]]
