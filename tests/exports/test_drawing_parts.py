"""What pictures are made of: the page's colours, words that stay words, levels, and what is in sight on a hill."""

import json
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from app.exports.drawing import words
from app.exports.drawing.choices import choices_of
from app.exports.drawing.heights import Camera, Heights
from app.exports.drawing.levels import levels_of, nice_step
from app.exports.drawing.look import CLASS_SHAPES, DARK, DASHES, LIGHT, SHAPES, Theme, dash_of, shape_of
from app.exports.drawing.scene import fitted, race_of, tamed
from app.objectives.surfaces.base import Window
from tests.exports.races import race, training, view

STATIC = Path(__file__).parents[2] / "static"


def tokens(selector: str) -> dict[str, str]:
    """The colours of the page under `selector`, as #rrggbb or #rrggbbaa."""
    found: dict[str, str] = {}
    for sheet in ("tokens", "plots"):
        text = (STATIC / f"css/{sheet}.css").read_text()
        for block in re.findall(rf"^{re.escape(selector)} {{(.*?)^}}", text, re.DOTALL | re.MULTILINE):
            found |= dict(re.findall(r"--([\w-]+): ([^;]+);", block))
    return {name: hexadecimal(value) for name, value in found.items()}


def hexadecimal(value: str) -> str:
    parts = re.fullmatch(r"rgb\((\d+) (\d+) (\d+) / ([\d.]+)\)", value)
    if not parts:
        return value
    return "#" + bytes([*map(int, parts.groups()[:3]), round(255 * float(parts[4]))]).hex()


@pytest.mark.parametrize(("theme", "selector"), [(LIGHT, ":root"), (DARK, ':root[data-theme="dark"]')])
def test_pictures_have_the_colours_of_the_page(theme: Theme, selector: str) -> None:
    page = tokens(selector)
    assert theme.paths == tuple(page[f"path-{slot}"] for slot in range(8))
    assert theme.field == tuple(page[f"field-{level}"] for level in range(9))
    assert theme.classes == tuple(page[f"class-{kind}"] for kind in range(8))
    names = {"base": "class-base", "ink_2": "ink-2", "relief": "contour-3d"}
    for name in (
        "bg", "panel", "ink", "ink_2", "line", "accent", "mark", "halo", "contour", "relief", "base", "negative",
        "zero", "positive",
    ):  # fmt: skip
        assert getattr(theme, name) == page[names.get(name, name)], name


def test_pictures_have_the_dashes_of_the_page() -> None:
    source = (STATIC / "js/core/palette.js").read_text()
    found = re.search(r"const DASHES = (\[\[.*?\]\]);", source)
    assert found
    assert [list(pattern) for pattern in DASHES] == json.loads(found[1])
    assert (dash_of(8), dash_of(17)) == (DASHES[1], DASHES[3])
    assert shape_of(8) == SHAPES[1]


def test_classes_have_the_markers_of_the_page() -> None:
    order = re.search(r"const SHAPES = (\[.*?\]);", (STATIC / "js/views/data/marks.js").read_text())
    names = re.search(r"const MARKERS = (\[.*?\]);", (STATIC / "js/core/palette.js").read_text())
    assert order
    assert names
    markers = dict(zip(json.loads(names[1].replace("'", '"')), SHAPES, strict=True))
    assert list(CLASS_SHAPES) == [markers[name] for name in json.loads(order[1].replace("'", '"'))]


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0"), (-0.0, "0"), (400.0, "400"), (-1.5, "−1.5"), (1e-6, "10⁻⁶"), (-2.5e7, "−2.5×10⁷"), (0.1 + 0.2, "0.3"),
     (123456.0, "1.235×10⁵"), (float("nan"), "not a number")],
)  # fmt: skip
def test_numbers_are_short_and_have_real_signs(value: float, text: str) -> None:
    assert words.number(value) == text


def test_words_are_cut_to_their_room() -> None:
    assert words.fitted("short", 12, 500) == "short"
    cut = words.fitted("x" * 80, 12, 100)
    assert cut.endswith("…")
    assert words.width(cut, 12) <= 100
    lines = words.wrapped("one two three four five six seven", 20, 110, 2)
    assert len(lines) == 2
    assert all(words.width(line, 20) <= 110 for line in lines)
    assert words.plain("a\u202eb\u200fc\nd") == "abcd"


def test_a_logarithmic_scale_resolves_what_is_close_to_the_lowest() -> None:
    loss = np.array([[0.0, *np.logspace(-2, 3, 998), np.inf]])
    levels = levels_of(loss, log=True, lowest=0.0)
    found = levels.of(loss)[0]
    assert np.isnan(found[-1])
    assert (np.diff(found[:900]) > 0).all()
    ticks = levels.ticks(0.15)
    assert [loss for loss, _ in ticks][:4] == [100.0, 10.0, 1.0, 0.1]
    assert [levels.loss(level) for _, level in ticks] == pytest.approx([loss for loss, _ in ticks])


@pytest.mark.parametrize("loss", [np.zeros((3, 3)), np.full((3, 3), np.nan), np.full((3, 3), 1e9)])
def test_a_flat_or_empty_field_has_a_scale(loss: np.ndarray) -> None:
    steps = levels_of(loss, log=False, lowest=None).steps
    assert len(steps) >= 2
    assert (np.diff(steps) > 0).all()


def test_steps_are_round() -> None:
    assert [nice_step(rough) for rough in (0.9, 1.1, 2.2, 3.0, 7.0)] == [1.0, 2.0, 2.5, 5.0, 10.0]


def test_a_hill_hides_what_is_behind_it() -> None:
    x = y = np.linspace(-1.0, 1.0, 41)
    level = np.exp(-20 * (x[None] ** 2 + y[:, None] ** 2))
    heights, points = Heights(x, y, level, (0.0, 1.0)), np.array([[0.0, 0.45], [0.0, -0.45], [0.0, 0.0], [0.9, 0.9]])
    hidden = heights.hidden(points, heights.at(points), Camera((0.0, -1.5, 0.35)))
    assert hidden.tolist() == [True, False, False, False]
    from_above = heights.hidden(points, heights.at(points), Camera((0.0, 0.0, 2.0)))
    assert not from_above.any()


def test_a_window_is_widened_to_equal_units() -> None:
    assert fitted(Window((0.0, 2.0), (0.0, 2.0)), 400, 200) == Window((-1.0, 3.0), (0.0, 2.0))


def test_what_is_far_away_keeps_its_direction() -> None:
    found = tamed(np.array([[0.5, 0.25], [1e12, 5e11], [1e300, -1e300]]), Window((-1.0, 1.0), (-1.0, 1.0)))
    assert found[0].tolist() == [0.5, 0.25]
    assert found[1, 0] == pytest.approx(2 * found[1, 1])
    assert np.abs(found).max() < 1e5


def test_a_view_that_makes_no_sense_changes_nothing() -> None:
    experiment = race()
    odd = view(tab="data", curve=7, step=-3, colours=["red"], hide=[1, 2], camera=[0, 0, 0], plane="principal")
    assert choices_of(experiment, odd) == choices_of(experiment, view())


def test_a_view_is_followed() -> None:
    experiment = race()
    found = choices_of(experiment, view(tab="3d", step=7, colours=[3], hide=[2], camera=[1.0, -1.0, 0.5], log=""))
    assert (found.tab, found.step, found.slots, found.hidden) == ("3d", 7, (3, 0), {1})
    assert (found.eye, found.log_y) == ((1.0, -1.0, 0.5), False)
    plane = choices_of(training(), view(plane="random", **{"plane.seed": 3})).plane
    assert plane
    assert plane.document() == {"name": "random", "seed": 3} | plane.document()


def test_a_long_run_is_computed_as_far_as_its_price() -> None:
    experiment = race(steps=100_000)
    run = race_of(experiment, choices_of(experiment, view()), 50 * experiment.step_cost)
    assert run.last == 50
    assert run.span == "first 50 of 100,000 steps"
    assert [len(track.values) for track in run.tracks] == [51, 51]


def test_matplotlib_has_no_hand_in_a_screen() -> None:
    code = "import sys, app.exports.catalog; print('matplotlib.pyplot' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False"
