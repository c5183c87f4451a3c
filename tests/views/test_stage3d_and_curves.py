"""The stage in three dimensions and the curves in a real browser."""

import pytest
from playwright.sync_api import Page

from tests.browser import settle
from tests.patience import eventually
from tests.profiles import trained

SOLID = """async (name) => {
  const { create3d } = await import('/static/js/views/solid/solid.js');
  const { fieldGround } = await import('/static/js/views/ground/ground.js');
  const profile = scene.profileOf(name);
  const ground = fieldGround(profile, profile.field);
  const stage = create3d(scene.host);
  Object.assign(window, { stage, race: scene.raceOf(name, 60, 2) });
  stage.setGround(ground);
  stage.setField(scene.fieldOf(name, stage.range(), 40), ground);
  stage.setRace(race, scene.stylesOf(2));
  stage.setStart(scene.SURFACES[name].start);
  stage.setStep(60);
}"""

# Where the canvas puts a point of the surface, and the height there as Plotly's axis has it.
OURS = """([x, y]) => {
  const spot = {};
  stage.place(x, y, spot);
  return [spot.x, spot.y, stage.relief.heights.at(x, y)];
}"""

# Plotly places a scene's annotations itself: an independent judge of our projection.
ANNOTATE = """async ([x, y, z]) => {
  const note = { x, y, z, text: '|', showarrow: true, ax: 0, ay: -40, arrowhead: 0 };
  await Plotly.relayout(stage.graph, { 'scene.annotations': [note] });
}"""
NOTE = """() => {
  const note = stage.graph._fullLayout.scene._scene.fullSceneLayout.annotations[0];
  return note._pdata ? [0, 1].map((at) => 0.5 * (1 + (at ? -1 : 1) * note._pdata[at] / note._pdata[3])) : null;
}"""

CHART = """async ([name, rates, metric, log]) => {
  const { createCurves } = await import('/static/js/views/curves/curves.js');
  const sought = [];
  const chart = createCurves(scene.host, { onSeek: (step) => { sought.push(step); chart.setStep(step); } });
  Object.assign(window, { chart, sought, race: scene.raceOf(name, 100, 2, undefined, rates) });
  chart.setCurve(metric, log);
  chart.setRace(race, scene.stylesOf(2), race.columns.loss);
  chart.setStep(50);
  await new Promise((resolve) => setTimeout(resolve, 300));
}"""


def test_the_canvas_projects_as_plotly_does_before_and_after_a_turn(page: Page) -> None:
    page.evaluate(SOLID, "himmelblau")
    page.wait_for_function("() => stage.camera !== null")
    for drag in (False, True):
        if drag:
            before = page.evaluate(OURS, [3, 2])
            page.mouse.move(400, 400)
            page.mouse.down()
            page.mouse.move(520, 360, steps=4)
            page.mouse.up()
            assert eventually(lambda before=before: page.evaluate(OURS, [3, 2]) != before)
            settle(page)
        for x, y in ((3, 2), (-5, 4)):
            page.evaluate(ANNOTATE, [x, y, page.evaluate(OURS, [x, y])[2]])
            page.wait_for_function(f"() => ({NOTE})() !== null")
            settle(page)
            across, down = page.evaluate(NOTE)
            px, py, _ = page.evaluate(OURS, [x, y])
            assert (px, py) == pytest.approx((across * 856, down * 800), abs=1)


def test_a_step_in_three_dimensions_does_not_ask_plotly_to_draw(page: Page) -> None:
    page.evaluate(SOLID, "rosenbrock")
    page.wait_for_function("() => stage.camera !== null")
    settle(page)
    page.evaluate("window.draws = 0; stage.graph.on('plotly_afterplot', () => { window.draws += 1; })")
    page.evaluate("for (let step = 0; step < 60; step += 1) stage.setStep(step)")
    settle(page)
    assert page.evaluate("window.draws") == 0
    assert page.evaluate("stage.tracks.length") == 2


def test_points_outside_the_window_are_not_shown(page: Page) -> None:
    page.evaluate(SOLID, "rosenbrock")
    page.wait_for_function("() => stage.camera !== null")
    spot = "(() => { const spot = {}; stage.place(50, 50, spot); return Number.isNaN(spot.x); })()"
    assert page.evaluate(spot) is True


def test_a_click_on_the_curves_seeks_the_step_under_it(page: Page) -> None:
    page.evaluate(CHART, ["rosenbrock", 1, "loss", {"x": False, "y": True}])
    x = page.evaluate("chart.stepX(30)")
    page.mouse.move(x, 300)
    page.mouse.down()
    page.mouse.move(page.evaluate("chart.stepX(80)"), 300, steps=2)
    page.mouse.up()
    sought = page.evaluate("sought")
    assert (sought[0], sought[-1]) == (30, 80)


def test_the_tip_of_the_curves_names_every_run_and_its_value(page: Page) -> None:
    page.evaluate(CHART, ["rosenbrock", 1, "loss", {"x": False, "y": False}])
    page.mouse.move(page.evaluate("chart.stepX(40)"), 300)
    text = page.locator(".plot-tip").inner_text()
    assert "step 40" in text
    values = [float(line) for line in text.split("\n") if line.replace(".", "").replace("e", "").isdigit()]
    assert values == pytest.approx(page.evaluate("race.columns.loss.map((values) => values[40])"), rel=1e-4)


def test_curves_survive_a_run_that_diverges(page: Page) -> None:
    page.evaluate(CHART, ["rosenbrock", 8, "gradient", {"x": True, "y": True}])
    assert "diverged" in page.evaluate("race.outcomes.map((outcome) => outcome.kind)")
    assert page.evaluate("chart.span.every(Number.isFinite)") is True
    labels = page.locator(".plot-axes .ytick").all_inner_texts()
    assert len(labels) >= 2


def test_a_thumbnail_has_the_colours_of_the_field_with_its_first_row_on_top(page: Page) -> None:
    script = """async () => {
      const { drawThumbnail } = await import('/static/js/views/drawing/thumbnail.js');
      const canvas = document.createElement('canvas');
      drawThumbnail(canvas, Uint8Array.of(0, 255, 255, 255), 2, 2);
      const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
      const hex = (at) => '#' + [...canvas.getContext('2d').getImageData(...at, 1, 1).data.slice(0, 3)]
        .map((value) => value.toString(16).padStart(2, '0')).join('');
      return [[hex([0, 0]), hex([1, 1])], [colour('--field-0'), colour('--field-8')]];
    }"""
    drawn, tokens = page.evaluate(script)
    assert drawn == tokens


def test_a_turned_view_offers_the_way_back(page: Page) -> None:
    page.evaluate(SOLID, "himmelblau")
    page.wait_for_function("() => stage.camera !== null")
    back = page.get_by_role("button", name="Reset view")
    assert not back.is_visible()
    before = page.evaluate(OURS, [3, 2])
    page.mouse.move(400, 400)
    page.mouse.down()
    page.mouse.move(520, 360, steps=4)
    page.mouse.up()
    back.click()
    back.wait_for(state="hidden")
    assert page.evaluate(OURS, [3, 2]) == pytest.approx(before, abs=0.5)


# A model's race, measured at every second step only: train falls from 1 to 0.2 in steps of 0.2, test stays at 0.5.
TRAINED = """async ([profile, metric, log]) => {
  const { createCurves } = await import('/static/js/views/curves/curves.js');
  const { createRace } = await import('/static/js/run/race.js');
  const experiment = { steps: 8, optimizers: [{ label: 'A' }] };
  const race = { ...createRace(experiment, profile), lengths: [9], entries: 9, complete: true };
  for (let step = 0; step <= 8; step += 1) {
    race.columns.loss[0][step] = 0.9;
    if (step % 2) continue;
    race.columns.train_loss[0][step] = 1 - step / 10;
    race.columns.test_loss[0][step] = 0.5;
    race.columns.train_score[0][step] = 0.5 + step / 20;
    race.columns.test_score[0][step] = 0.75;
  }
  const chart = createCurves(scene.host, { onSeek() {} });
  Object.assign(window, { chart, race });
  chart.setCurve(metric, log);
  chart.setRace(race, scene.stylesOf(1), []);
  chart.setStep(8);
  await new Promise((resolve) => setTimeout(resolve, 300));
}"""

INK = """([step, value]) => {
  const ratio = devicePixelRatio;
  const [x, y] = [chart.stepX(step), chart.chart.plane.toY(value)];
  return chart.layer.context.getImageData(Math.floor(x * ratio), Math.floor(y * ratio), 1, 1).data[3];
}"""


def test_what_was_measured_now_and_then_is_joined_by_lines(page: Page) -> None:
    page.evaluate(TRAINED, [trained("moons"), "loss", {"x": False, "y": False}])
    assert page.evaluate(INK, [3, 0.7]) > 100
    assert page.evaluate(INK, [3, 0.9]) == 0
    gaps = [page.evaluate(INK, [1 + place / 40, 0.5]) for place in range(200)]
    assert 40 < sum(ink > 100 for ink in gaps) < 180
    page.mouse.move(page.evaluate("chart.stepX(3)"), 300)
    tip = page.locator(".plot-tip").inner_text()
    assert tip == "step 3, train · test\nA\n0.8 · 0.5"
    assert page.locator(".curve-legend").inner_text().split() == ["train", "test"]


def test_the_loss_of_the_batch_lies_thin_behind(page: Page) -> None:
    page.evaluate(TRAINED, [trained("moons", 16), "loss", {"x": False, "y": False}])
    assert 0 < page.evaluate(INK, [5, 0.9]) < 120
    assert page.locator(".curve-legend").inner_text().split() == ["train", "test", "batch"]


def test_losses_of_batches_that_leap_all_over_the_chart_do_not_hide_the_others(page: Page) -> None:
    leaps = """async () => {
      const { linesOf } = await import('/static/js/views/curves/painter.js');
      const chart = window.chart.chart;
      const alphaOf = (high) => {
        const values = Float64Array.from({ length: 2000 }, (_, step) => (step % 2 ? high : 0.5));
        const race = { ...chart.race, lengths: [2000] };
        const plane = { ...chart.plane, toX: (step) => chart.box.left + (step / 2000) * chart.box.width };
        const series = { ...chart.series, lines: ['batch', 'train'].map((role) => ({ index: 0, role, values })) };
        return linesOf({ ...chart, race, plane, series }).map(({ alpha }) => alpha);
      };
      return [alphaOf(0.5001), alphaOf(0.95)];
    }"""
    page.evaluate(TRAINED, [trained("moons", 16), "loss", {"x": False, "y": False}])
    (calm, solid), (wild, still_solid) = page.evaluate(leaps)
    assert solid == still_solid == 1
    assert 0 < wild < calm / 3


def test_the_legend_stands_above_the_lines(page: Page) -> None:
    page.evaluate(TRAINED, [trained("moons", 16), "loss", {"x": False, "y": False}])
    bottom = "(() => { const box = document.querySelector('.curve-legend').getBoundingClientRect();"
    bottom += " return box.bottom - chart.el.getBoundingClientRect().top; })()"
    assert page.evaluate(bottom) <= page.evaluate("chart.chart.box.top")


def test_accuracy_is_in_percent_and_never_logarithmic(page: Page) -> None:
    page.evaluate(TRAINED, [trained("moons"), "accuracy", {"x": False, "y": True}])
    labels = page.locator(".plot-axes .ytick").all_text_contents()
    assert labels
    assert all(text.endswith("%") for text in labels)
    page.mouse.move(page.evaluate("chart.stepX(8)"), 300)
    assert page.locator(".plot-tip").inner_text().endswith("90 · 75 %")


def test_regression_is_judged_by_r_squared(page: Page) -> None:
    page.evaluate(TRAINED, [trained("sine"), "accuracy", {"x": False, "y": False}])
    assert page.locator(".plot-axes .ytitle").text_content() == "R²"
