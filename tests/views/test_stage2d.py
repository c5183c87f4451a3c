"""The flat stage in a real browser: what is on the canvas, and what the pointer and the keys do."""

import math
from typing import Any

import pytest
from playwright.sync_api import Page

SHOW = """async ([name, steps, runs, options]) => {
  const { create2d } = await import('/static/js/views/flat/flat.js');
  const { fieldGround } = await import('/static/js/views/ground/ground.js');
  const profile = scene.profileOf(name);
  const ground = fieldGround(profile, profile.field);
  const heard = { start: [], range: [] };
  const stage = create2d(scene.host, {
    onStart: (x, y, phase) => heard.start.push([x, y, phase]),
    onRange: (range) => heard.range.push(range),
  });
  Object.assign(window, { stage, heard, race: scene.raceOf(name, steps, runs, undefined, options.rates ?? 1) });
  stage.setGround(ground);
  stage.setField(scene.fieldOf(name, stage.range(), 60), ground);
  stage.setRace(race, scene.stylesOf(runs));
  stage.setStart(scene.SURFACES[name].start);
  stage.setStep(options.step ?? steps);
  if (!options.quick) await new Promise((resolve) => setTimeout(resolve, 400));
}"""

# The resolved colour of the canvas at a place of the surface, or null where nothing is drawn.
PIXEL = """([x, y]) => {
  const { el, context } = stage.layer;
  const ratio = devicePixelRatio;
  const px = Math.round(stage.plane.toX(x) * ratio);
  const py = Math.round(stage.plane.toY(y) * ratio);
  const [r, g, b, a] = context.getImageData(px, py, 1, 1).data;
  return a === 0 ? null : [r, g, b];
}"""

PATH = "getComputedStyle(document.documentElement).getPropertyValue('--path-%d').trim()"


def show(page: Page, name: str = "rosenbrock", steps: int = 60, runs: int = 2, **options: Any) -> None:
    page.evaluate(SHOW, [name, steps, runs, options])


def path_colour(page: Page, slot: int) -> list[int]:
    text = page.evaluate(PATH % slot).lstrip("#")
    return [int(text[at : at + 2], 16) for at in (0, 2, 4)]


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    px, py = page.evaluate("([x, y]) => [stage.plane.toX(x), stage.plane.toY(y)]", [x, y])
    return px, py


def test_the_race_is_on_the_canvas_before_plotly_has_drawn(page: Page) -> None:
    show(page, quick=True)
    x, y = page.evaluate("[race.x[1][60], race.y[1][60]]")
    assert page.evaluate(PIXEL, [x, y]) == path_colour(page, 1)


def test_a_fractional_step_lies_between_two_entries(page: Page) -> None:
    show(page, runs=1, rates=3, step=0.5)
    x, y = page.evaluate("[(race.x[0][0] + race.x[0][1]) / 2, (race.y[0][0] + race.y[0][1]) / 2]")
    assert page.evaluate(PIXEL, [x, y]) == path_colour(page, 0)


def test_hidden_runs_are_not_drawn(page: Page) -> None:
    show(page)
    page.evaluate("stage.setRace(race, [{ slot: 0, hidden: false }, { slot: 1, hidden: true }])")
    x, y = page.evaluate("[race.x[1][60], race.y[1][60]]")
    assert page.evaluate(PIXEL, [x, y]) != path_colour(page, 1)


def test_units_per_pixel_are_equal_on_both_axes_at_any_size(page: Page) -> None:
    show(page)
    for width, height in ((856, 800), (390, 500), (1200, 420)):
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("stage.resize()")
        axes = page.evaluate("(() => { const { visible, box } = stage; return [visible, box]; })()")
        unit_x = (axes[0]["x"][1] - axes[0]["x"][0]) / axes[1]["width"]
        unit_y = (axes[0]["y"][1] - axes[0]["y"][0]) / axes[1]["height"]
        assert unit_x == pytest.approx(unit_y)


def test_plotly_and_the_canvas_agree_on_where_things_are(page: Page) -> None:
    """A tick that Plotly labels -1 is where the canvas puts x = -1."""
    show(page)
    tick = page.locator(".plot-axes .xtick text", has_text="−1").first
    box = tick.bounding_box()
    assert box is not None
    digit_middle = box["x"] + box["width"] / 2
    assert digit_middle == pytest.approx(place(page, -1, 0)[0], abs=1.5)


def test_the_start_is_dragged_by_its_handle(page: Page) -> None:
    show(page)
    page.mouse.move(*place(page, -1.2, 1))
    page.mouse.down()
    page.mouse.move(*place(page, 0.5, 2), steps=3)
    page.mouse.up()
    heard = page.evaluate("heard.start")
    assert [phase for *_, phase in heard] == ["move", "move", "move", "end"]
    assert heard[-1][:2] == pytest.approx([0.5, 2], abs=0.01)


def test_a_click_on_the_field_sets_the_start_and_a_drag_pans(page: Page) -> None:
    show(page)
    page.mouse.click(*place(page, 1, 2.5))
    assert page.evaluate("heard.start") == [[pytest.approx(1, abs=0.01), pytest.approx(2.5, abs=0.01), "end"]]
    page.mouse.move(*place(page, 1, 2.5))
    page.mouse.down()
    page.mouse.move(*place(page, 0, 2.5), steps=4)
    page.mouse.up()
    assert len(page.evaluate("heard.start")) == 1
    assert page.evaluate("stage.range().x") == pytest.approx([-1, 3], abs=0.02)


def test_the_wheel_zooms_around_the_pointer_asks_for_a_field_and_a_double_click_resets(page: Page) -> None:
    show(page)
    page.evaluate("heard.range.length = 0")
    spot = place(page, 1, 1)
    page.mouse.move(*spot)
    page.mouse.wheel(0, -400)
    page.wait_for_function("() => heard.range.length === 1")
    closer = page.evaluate("heard.range[0]")
    assert closer["x"][1] - closer["x"][0] < 3
    assert place(page, 1, 1) == pytest.approx(spot, abs=0.5)
    page.mouse.dblclick(*place(page, 0.9, 1.1))
    page.wait_for_function("() => heard.range.length === 2")
    assert page.evaluate("stage.range().x") == pytest.approx([-2, 2], abs=0.05)
    assert page.evaluate("heard.start") == []


def test_arrow_keys_move_the_start_and_say_when_they_are_done(page: Page) -> None:
    show(page)
    page.get_by_role("slider", name="Start point").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    heard = page.evaluate("heard.start")
    moves = [entry for entry in heard if entry[2] == "move"]
    fine, coarse = moves[0][0] + 1.2, moves[1][1] - 1
    assert fine > 0
    assert coarse == pytest.approx(10 * fine, rel=0.1)
    assert heard[-1][2] == "end"


def test_the_tip_shows_the_numbers_of_the_entry_under_the_pointer(page: Page) -> None:
    show(page, runs=1, rates=3, step=60)
    x, y, loss = page.evaluate("[race.x[0][1], race.y[0][1], race.columns.loss[0][1]]")
    page.mouse.move(*place(page, x, y))
    tip = page.locator(".plot-tip")
    text = tip.inner_text().replace("−", "-")
    assert "step\n1\n" in text
    shown = float(text.split("loss\n")[1].split("\n")[0])
    assert math.isclose(shown, loss, rel_tol=1e-6)


def test_a_run_that_shot_away_leaves_an_arrow_at_the_border(page: Page) -> None:
    show(page, runs=1, rates=8, steps=300)
    assert page.evaluate("race.outcomes[0].kind") == "diverged"
    colour = path_colour(page, 0)
    script = """([r, g, b]) => {
      const { left, top, width, height } = stage.box;
      const near = (x, y) => Math.min(x - left, left + width - x, y - top, top + height - y) < 16;
      const { data, width: row } = stage.layer.context.getImageData(0, 0, stage.layer.el.width, stage.layer.el.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        const same = data[at] === r && data[at + 1] === g && data[at + 2] === b;
        if (same && near((at / 4) % row, Math.floor(at / 4 / row))) count += 1;
      }
      return count;
    }"""
    assert page.evaluate(script, colour) > 40


def test_the_theme_changes_the_field_and_the_paths(page: Page) -> None:
    show(page)
    fill = "document.querySelector('.plot-field .contourfill path').style.fill"
    before = page.evaluate(fill)
    page.evaluate("document.documentElement.dataset.theme = 'dark'; stage.setTheme()")
    page.wait_for_function(f"() => {fill} !== {before!r}")
    x, y = page.evaluate("[race.x[1][60], race.y[1][60]]")
    assert page.evaluate(PIXEL, [x, y]) == path_colour(page, 1)


def test_dispose_leaves_nothing(page: Page) -> None:
    show(page)
    page.evaluate("stage.dispose()")
    assert page.evaluate("scene.host.childElementCount") == 0


def test_a_start_outside_the_view_waits_at_the_border_and_can_be_brought_back(page: Page) -> None:
    show(page)
    page.evaluate("stage.setStart([-40, 1])")
    handle = page.get_by_role("slider", name="Start point")
    assert "outside the view" in (handle.get_attribute("aria-valuetext") or "")
    box = handle.bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    left = page.evaluate("stage.box.left")
    assert left < x < left + 40
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(*place(page, 0.5, 0.5), steps=3)
    page.mouse.up()
    *where, phase = page.evaluate("heard.start.at(-1)")
    assert where == pytest.approx([0.5, 0.5], abs=0.02)
    assert phase == "end"


def test_a_zoomed_view_offers_the_way_back(page: Page) -> None:
    show(page)
    back = page.get_by_role("button", name="Reset view")
    assert not back.is_visible()
    home = page.evaluate("stage.range()")
    page.mouse.move(*place(page, 0, 1))
    page.mouse.wheel(0, -400)
    back.click()
    assert page.evaluate("stage.range()") == home
    assert not back.is_visible()
