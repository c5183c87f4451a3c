"""The pure half of the views, against values worked out by hand."""

import math
from typing import Any

import pytest
from playwright.sync_api import Page

IDENTITY = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1]


def call(modules: Page, module: str, expression: str, *arguments: Any) -> Any:
    """The value of an expression over a module's exports `m` and the arguments `a`."""
    script = f"async (a) => {{ const m = await import('/static/js/views/{module}.js'); return ({expression}); }}"
    return modules.evaluate(script, list(arguments))


def test_fit_widens_the_shorter_side_only(modules: Page) -> None:
    window = {"x": [-2, 2], "y": [-1, 3]}
    wide = call(modules, "camera2d", "m.fitRange(a[0], 800, 400)", window)
    assert wide == {"x": [-4, 4], "y": [-1, 3]}
    tall = call(modules, "camera2d", "m.fitRange(a[0], 400, 800)", window)
    assert tall == {"x": [-2, 2], "y": [-3, 5]}


def test_zoom_holds_the_point_under_the_pointer(modules: Page) -> None:
    closer = call(modules, "camera2d", "m.zoomAt(a[0], 1, 0, 0.5)", {"x": [-1, 3], "y": [-4, 4]})
    assert closer == {"x": [0, 2], "y": [-2, 2]}


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ([-1, 0.5, 0, 3], {"x": [-1, 0.5], "y": [0, 3]}),
        ([-199, 0, 0, 1], {"x": [-199, 0], "y": [0, 1]}),
        (None, None),
        ([-202, 0, 0, 1], None),
        ([0, 1, 0, 1e-6], None),
        ([400, 401, 0, 1], None),
    ],
)
def test_what_a_link_asks_for_is_shown_where_it_can_be_looked_at(modules: Page, asked: Any, shown: Any) -> None:
    """Beside a window of 4 by 4: at most 50 times as large, and its middle at most 200 away."""
    home = {"x": [-2, 2], "y": [-1, 3]}
    assert call(modules, "camera2d", "m.askedRange(a[0], a[1])", asked, home) == (shown or home)


def test_a_range_is_told_in_few_digits(modules: Page) -> None:
    told = call(modules, "camera2d", "m.toldRange({x: [-6.533071564, 4.589121698], y: [-6.616087, 1234.5678949]})")
    assert told == [-6.53, 4.59, -6.62, 1234.57]
    fine = call(modules, "camera2d", "m.toldRange({x: [1.00000012345, 1.00000022345], y: [0, 5e-8]})")
    assert fine == [1.00000012345, 1.00000022345, 0, 5e-8]


def test_projection_turns_y_up_and_comes_back(modules: Page) -> None:
    plane = "m.projection({x: [0, 10], y: [0, 5]}, {left: 20, top: 10, width: 100, height: 50})"
    assert call(modules, "camera2d", f"[{plane}.toX(1), {plane}.toY(5), {plane}.toY(0)]") == [30, 10, 60]
    assert call(modules, "camera2d", f"[{plane}.fromX(30), {plane}.fromY(60), {plane}.unit]") == [1, 0, 0.1]


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        ([2, 2, 8, 8], [2, 2, 8, 8]),
        ([-5, 5, 15, 5], [0, 5, 10, 5]),
        ([5, 5, 5, 1e12], [5, 5, 5, 10]),
        ([-1e12, 5, 1e12, 5], [0, 5, 10, 5]),
        ([-5, -5, -1, 20], None),
        ([5, math.nan, 5, 5], None),
    ],
)
def test_segments_are_cut_to_the_box(modules: Page, ends: list[float], expected: list[float] | None) -> None:
    box = {"left": 0, "top": 0, "width": 10, "height": 10}
    cut = "m.clipSegment(a[0], ...a[1]) ? [m.segment.ax, m.segment.ay, m.segment.bx, m.segment.by] : null"
    got = call(modules, "clip", cut, box, ends)
    assert got == (None if expected is None else pytest.approx(expected, abs=1e-3))


def test_log_levels_give_losses_back_and_label_only_losses_that_exist(modules: Page) -> None:
    script = """(() => {
      const field = {x: [0, 1, 2], y: [0, 1], z: [[3, 13, 103], [1003, null, 500]]};
      const levels = m.levelsOf(field, {log: true, lowest: 3});
      return {back: [3, 13, 1003].map((loss) => levels.toLoss(levels.toLevel(loss))), grid: m.levelGrid(field, levels),
              texts: m.barTicks(levels, 0.1).map((tick) => tick.text)};
    })()"""
    got = call(modules, "levels", script)
    assert got["back"] == pytest.approx([3, 13, 1003])
    assert got["grid"][1][1] is None
    assert got["grid"][0][1] == pytest.approx(math.log10(10 + 1000 * 5e-5), abs=0.05)
    assert "100" in got["texts"]
    assert not any(text.startswith("−") for text in got["texts"])


@pytest.mark.parametrize(("low", "high"), [(0.6929, 0.6932), (0.69314, 0.69316), (1000.0, 1000.4)])
def test_losses_that_differ_little_are_labelled_in_digits_that_tell_them_apart(
    modules: Page, low: float, high: float
) -> None:
    script = f"""(() => {{
      const field = {{x: [0, 1], y: [0, 1], z: [[{low}, {high}], [{low}, {high}]]}};
      const levels = m.levelsOf(field, {{log: false, lowest: null}});
      return m.barTicks(levels, 0.1).map((tick) => tick.text);
    }})()"""
    texts = call(modules, "levels", script)
    assert len(set(texts)) == len(texts) >= 3
    assert max(len(text) for text in texts) <= 8


def test_a_flat_field_has_levels(modules: Page) -> None:
    script = "m.levelsOf({x: [0, 1], y: [0, 1], z: [[7, 7], [7, 7]]}, {log: true, lowest: null})"
    levels = call(modules, "levels", script)
    assert levels["size"] > 0
    assert levels["low"] <= 7 < levels["high"]


def test_the_eye_is_where_the_camera_stands(modules: Page) -> None:
    view = [*IDENTITY[:12], -1, -2, -3, 1]
    scene = {"projection": IDENTITY, "view": view, "model": IDENTITY, "scale": [2, 2, 0.5]}
    assert call(modules, "camera3d", "m.cameraOf(a[0]).eye", scene) == pytest.approx([0.5, 1, 6])


def test_heights_are_linear_between_nodes_and_nothing_outside(modules: Page) -> None:
    heights = "m.createHeightField({x: [0, 2], y: [0, 4]}, [[0, 2], [4, 10]], 10)"
    assert call(modules, "heightfield", f"[{heights}.at(1, 0), {heights}.at(1, 2), {heights}.at(2, 4)]") == [1, 4, 10]
    assert call(modules, "heightfield", f"Number.isNaN({heights}.at(2.1, 0))") is True


def test_a_ridge_hides_what_is_behind_it_but_not_what_is_before_it(modules: Page) -> None:
    script = """(() => {
      const x = [0, 1, 2, 3, 4];
      const ridge = m.createHeightField({x, y: [0, 1]}, [x, x].map((row) => row.map((at) => (at === 2 ? 5 : 0))), 5);
      const eye = [10, 0.5, 4];
      return [m.isHidden(ridge, eye, 0.5, 0.5, 0, 0.1), m.isHidden(ridge, eye, 3.5, 0.5, 0, 0.1),
              m.isHidden(ridge, eye, 2, 0.5, 5, 0.1), m.isHidden(ridge, [0.5, 0.5, 40], 0.5, 0.5, 0, 0.1)];
    })()"""
    assert call(modules, "heightfield", script) == [True, False, False, False]


def test_a_track_keeps_what_differs_on_the_screen_and_interpolates_between_entries(modules: Page) -> None:
    script = """(() => {
      const x = [Float64Array.of(0, 10, 10.1, 10.2, 30, NaN)];
      const race = {x, y: [new Float64Array(6)], lengths: [5], outcomes: null};
      const project = (x, y, spot) => Object.assign(spot, {x, y});
      const [track] = m.projectRace(race, [{slot: 2, hidden: false}], project);
      const spot = m.createSpot();
      m.placeAt(race, track, 3.5, project, spot);
      const none = m.projectRace(race, [{slot: 2, hidden: true}], project);
      return {at: [...track.at.slice(0, track.count)], x: spot.x, none: none.length, until: m.keptUntil(track, 3),
              near: m.nearestPoint([track], 28, 3, 14).step, far: m.nearestPoint([track], 60, 0, 14)};
    })()"""
    got = call(modules, "tracks", script)
    assert got["at"] == [0, 1, 4]
    assert got["x"] == pytest.approx(20.1)
    assert (got["none"], got["until"], got["near"], got["far"]) == (0, 2, 4, None)


SPAN = """await (async () => {
  const runs = a[0].map((values) => Float64Array.from(values, (value) => value ?? NaN));
  const {seriesOf} = await import('/static/js/views/charts.js');
  const series = seriesOf({loss: runs}, [], 'surface', 'loss', a[1]);
  return {title: series.title, span: m.valueSpan(series, runs.map(() => ({slot: 0, hidden: false})), a[1])};
})()"""


def test_a_diverging_run_does_not_squash_the_others(modules: Page) -> None:
    got = call(modules, "curvescale", SPAN, [[10, 5, 1], [10, 1e5, 1e30, None]], False)
    assert got["span"] == pytest.approx([0, 10.5])
    alone = call(modules, "curvescale", SPAN, [[10, 100, 1000, 1e9]], True)
    assert 1 < alone["span"][1] < 4


def test_a_log_axis_starts_from_the_lowest_loss_where_losses_are_negative(modules: Page) -> None:
    got = call(modules, "curvescale", SPAN, [[-10, -70, -78]], True)
    assert got["title"] == "loss above −78"
    assert got["span"][0] < math.log10(8) < math.log10(68) < got["span"][1]


def test_the_axis_stays_while_the_data_fit(modules: Page) -> None:
    assert call(modules, "curvescale", "m.steadySpan([0, 10], [1, 8])") == [0, 10]
    assert call(modules, "curvescale", "m.steadySpan([0, 10], [0, 12])") == [0, 12]
    assert call(modules, "curvescale", "m.steadySpan([0, 10], [0, 2])") == [0, 2]


def test_log_ticks_are_powers_of_ten(modules: Page) -> None:
    ticks = call(modules, "curvescale", "m.axisTicks([-6.2, 2.1], true, 5)")
    assert ticks["at"] == [-6, -4, -2, 0, 2]
    assert ticks["text"] == ["10⁻⁶", "10⁻⁴", "0.01", "1", "100"]


def test_figures_are_plain_values(modules: Page) -> None:
    field = {"x": [0, 1], "y": [0, 1], "z": [[0, 1], [2, None]]}
    levels = {"log": False, "low": 0, "high": 2, "size": 0.5}
    script = """(async () => {
      const levels = {...a[1], toLevel: (loss) => loss, toLoss: (level) => level};
      const flat = m.figureField(a[0], levels, 300, 200);
      const axes = m.figureAxes({x: [-1, 1], y: [-2, 2]}, ['x', 'y'], 856, 800);
      const {figure3d} = await import('/static/js/views/figure3d.js');
      return JSON.parse(JSON.stringify([flat, axes, figure3d(a[0], a[0].z, levels, ['x', 'y'], 300, 200)]));
    })()"""
    flat, axes, solid = call(modules, "figure2d", f"await {script}", field, levels)
    assert flat["data"][0]["z"] == field["z"]
    assert (flat["data"][0]["zmin"], flat["data"][0]["zmax"], flat["data"][0]["showscale"]) == (0, 2, False)
    assert axes["data"] == []
    assert (axes["layout"]["xaxis"]["range"], axes["layout"]["yaxis"]["range"]) == ([-1, 1], [-2, 2])
    assert solid["data"][0]["type"] == "surface"
    assert solid["layout"]["scene"]["zaxis"]["range"] == [0, 2]
