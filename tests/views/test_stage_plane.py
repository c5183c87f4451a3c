"""Paths of models on a plane: what is drawn, and what is said."""

import pytest
from playwright.sync_api import Page

from tests.browser import settle
from tests.profiles import trained
from tests.views.planes import PLANE

SHOW = """async ([plane, exact, profile]) => {
  const { createRace, setPlane } = await (async () => import('/static/js/run/race.js'))();
  const { create2d } = await import('/static/js/views/flat/flat.js');
  const { planeGround } = await import('/static/js/views/ground/ground.js');
  const experiment = { steps: 4, optimizers: [{ label: 'A' }] };
  const race = { ...createRace(experiment, profile), lengths: [5], complete: true, entries: 5 };
  setPlane(race, { ...plane, exact });
  const heard = { start: [], range: [] };
  const stage = create2d(scene.host, {
    onStart: (...start) => heard.start.push(start),
    onRange: (range) => heard.range.push(range),
  });
  const ground = planeGround(race.plane);
  Object.assign(window, { stage, race, ground, heard });
  stage.setStart(null);
  stage.setGround(ground);
  stage.setField({ x: [0, 4], y: [-1, 1], z: [[1, 2], [3, 4]] }, ground);
  stage.setRace(race, scene.stylesOf(1));
  stage.setStep(4);
}"""


def show(page: Page, exact: bool = False) -> None:
    page.evaluate(SHOW, [PLANE, exact, trained("moons")])


def place(page: Page, x: float, y: float) -> tuple[float, float]:
    px, py = page.evaluate("([x, y]) => [stage.plane.toX(x), stage.plane.toY(y)]", [x, y])
    return px, py


def test_the_tip_says_what_is_true_beside_what_is_shown(page: Page) -> None:
    show(page)
    page.mouse.move(*place(page, 4, 0))
    tip = page.locator(".plot-tip").inner_text()
    assert "step\n4\ncomponent 1\n4\ncomponent 2\n0\ntrue loss\n1\nloss in the picture\n0.2" in tip
    assert "distance off the plane\n0.9" in tip
    assert "Off the plane: the picture shows 0.2 here, the true loss is 1." in tip
    page.mouse.move(*place(page, 0, 0))
    assert "Off the plane" not in page.locator(".plot-tip").inner_text()


def test_where_losses_were_not_measured_the_tip_tells_those_of_the_nearest_step(page: Page) -> None:
    """A long list of paths is measured now and then; nothing known is not nothing amiss, and not 0."""
    path = PLANE["trajectories"][0]
    sparse = {key: [None, None, path[key][2]] for key in ("loss", "shown")}
    page.evaluate(SHOW, [{**PLANE, "trajectories": [{**path, **sparse}]}, False, trained("moons")])
    page.mouse.move(*place(page, 2, 0))
    tip = page.locator(".plot-tip").inner_text()
    assert "step\n2\n" in tip
    assert "true loss, step 4\n1\nloss in the picture, step 4\n0.2" in tip
    assert "Off the plane: the picture shows 0.2 at step 4, the true loss is 1." in tip


def test_a_picture_that_is_the_loss_itself_has_one_loss(page: Page) -> None:
    show(page, exact=True)
    page.mouse.move(*place(page, 4, 0))
    tip = page.locator(".plot-tip").inner_text()
    assert "\nloss\n1" in tip
    assert "picture" not in tip
    assert "plane" not in tip


def test_a_path_is_fainter_the_further_the_picture_parts_from_the_truth(page: Page) -> None:
    """At step 2 they differ by 0.3 of 2, which is 15 %; at step 4 by 80 %."""
    show(page)
    assert page.evaluate("[[...stage.tracks[0].faint.slice(0, stage.tracks[0].count)], stage.tracks[0].faintest]") == [
        [0, 0, 1, 1, 3],
        3,
    ]
    reds = """[0.5, 3.5].map((x) => {
      const ratio = devicePixelRatio;
      const at = [stage.plane.toX(x), stage.plane.toY(0)].map((pixel) => Math.round(pixel * ratio));
      const data = stage.layer.context.getImageData(...at, 1, 1).data;
      return data[3];
    })"""
    near, far = page.evaluate(reds)
    assert near == 255
    assert 0 < far < 255


def test_models_have_no_start_to_drag_and_none_to_click(page: Page) -> None:
    show(page)
    assert not page.locator(".plot-start").is_visible()
    page.mouse.click(*place(page, 2, 0.5))
    settle(page)
    assert page.evaluate("heard.start") == []


def test_a_zoomed_view_stays_where_it_is_when_the_same_plane_is_laid_anew(page: Page) -> None:
    show(page)
    page.mouse.move(*place(page, 1, 0))
    page.mouse.wheel(0, -400)
    before = page.evaluate("stage.range()")
    page.evaluate("stage.setGround({ ...ground, window: { x: [0, 8], y: [-2, 2] } })")
    assert page.evaluate("stage.range()") == before
    page.evaluate("stage.setGround({ ...ground, id: 'another', window: { x: [0, 8], y: [-2, 2] } })")
    assert page.evaluate("stage.range().x") == pytest.approx([0, 8], abs=1e-9)
