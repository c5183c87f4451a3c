"""Paths of models on a plane: what is drawn, what is said, and in which order planes and fields are asked for."""

from typing import Any

import pytest
from playwright.sync_api import Page

# Three entries of one trajectory, the last two of them off the plane.
PLANE = {
    "plane": {"name": "principal"},
    "axes": ["component 1", "component 2"],
    "exact": False,
    "share": 0.9,
    "window": {"x": [0, 4], "y": [-1, 1]},
    "resolution": 40,
    "log": False,
    "entries": [0, 2, 4],
    "sentence": "The plane holds 90 % of the movement.",
    "trajectories": [
        {
            "label": "A",
            "points": [[0, 0], [2, 0], [4, 0]],
            "distance": [0, 0.3, 0.9],
            "loss": [4, 2, 1],
            "shown": [4, 1.7, 0.2],
        }
    ],
}

SHOW = """async ([plane, exact]) => {
  const { createRace, setPlane } = await (async () => import('/static/js/run/race.js'))();
  const { create2d } = await import('/static/js/views/stage2d.js');
  const { planeGround } = await import('/static/js/views/grounds.js');
  const experiment = { steps: 4, optimizers: [{ label: 'A' }], objective: { kind: 'model', batch_size: null } };
  const race = { ...createRace(experiment), lengths: [5], complete: true, entries: 5 };
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
    page.evaluate(SHOW, [PLANE, exact])


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
    page.wait_for_timeout(300)
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


def test_the_entry_of_a_plane_nearest_to_a_step(modules: Page) -> None:
    script = """async () => {
      const { apart, nearestEntry } = await import('/static/js/run/parting.js');
      const near = [0, 1, 4, 6, 9, 50].map((step) => nearestEntry([0, 5, 10], step));
      return [near, [apart(2, 1), apart(0, 0), apart(null, 1), apart(null, null)]];
    }"""
    assert modules.evaluate(script) == [[0, 0, 1, 1, 2, 2], [0.5, 0, 1, 0]]


def test_colours_stay_while_a_picture_gets_sharper_unless_they_were_far_off(modules: Page) -> None:
    script = """async () => {
      const { levelsOf, steadyLevels } = await import('/static/js/views/levels.js');
      const of = (a, b, c, d) => levelsOf({ x: [0, 1], y: [0, 1], z: [[a, b], [c, d]] }, { log: false, lowest: 0 });
      const now = of(0, 4, 8, 10);
      const stays = (wanted) => steadyLevels(now, wanted) === now;
      return [stays(of(-1, 4, 8, 11)), stays(of(0, 40, 80, 100)), steadyLevels(null, now) === now];
    }"""
    assert modules.evaluate(script) == [True, False, True]


# A stage with a server of its own: answers come when the test says so, and every question is written down.
SERVE = """async (plane) => {
  const asked = [];
  window.fetch = (path, { body, signal }) => new Promise((resolve, reject) => {
    const question = { path, body: JSON.parse(body), aborted: false };
    signal.addEventListener('abort', () => {
      question.aborted = true;
      reject(new DOMException('', 'AbortError'));
    });
    question.answer = (value) => resolve({ ok: true, json: async () => value });
    asked.push(question);
  });
  const field = (n) => {
    const line = (low, high) => Array.from({ length: n }, (_, at) => low + ((high - low) * at) / (n - 1));
    return { x: line(0, 4), y: line(-1, 1), z: line(0, 1).map((a) => line(0, 1).map((b) => a + b)) };
  };
  const { Stage } = await import('/static/js/stage.js');
  const { createRace } = await import('/static/js/run/race.js');
  const stage = new Stage(scene.host, { onStart() {}, onTab() {}, onProblem() {}, onPlane() {}, onData() {} });
  const run = (seed) => {
    const parts = { model: { name: 'mlp' }, dataset: { name: 'moons' } };
    const objective = { kind: 'model', ...parts, loss: 'bce', batch_size: null, test_fraction: 0.3 };
    const experiment = { steps: 4, seed, optimizers: [{ label: 'A' }], objective };
    stage.setExperiment({ experiment, surface: null, model: {}, dataset: {} });
    return { ...createRace(experiment), lengths: [5], entries: 5 };
  };
  const pending = (path) => asked.filter((each) => each.path === path && !each.aborted && !each.done);
  const settle = () => new Promise((resolve) => setTimeout(resolve, 30));
  const answer = async (path) => {
    const [question] = pending(path);
    question.done = true;
    question.answer(path === '/api/plane' ? plane : field(question.body.resolution));
    await settle();
    return question.body;
  };
  Object.assign(window, { stage, run, asked, pending, answer, settle });
  stage.show('2d');
}"""

SEEN = "[document.querySelector('.pane-2d').dataset.samples, stage.plane.shown?.race.experiment.seed]"


def finish(page: Page, seed: int) -> None:
    page.evaluate(
        """async (seed) => {
          stage.setRace({ ...run(seed), complete: true }, scene.stylesOf(1));
          await settle();
        }""",
        seed,
    )


def answer(page: Page, path: str) -> Any:
    return page.evaluate("(path) => answer(path)", path)


def waiting(page: Page, path: str) -> int:
    found: int = page.evaluate("(path) => pending(path).length", path)
    return found


def test_a_plane_is_asked_for_once_the_race_is_known_and_then_grows_sharper(page: Page) -> None:
    page.evaluate(SERVE, PLANE)
    page.evaluate("stage.setRace({ ...run(1), entries: 3 }, scene.stylesOf(1))")
    assert waiting(page, "/api/plane") == 0
    assert "Step 2 of 4" in page.locator(".pane-wait").inner_text()
    assert page.get_by_role("progressbar").get_attribute("aria-valuenow") == "30"
    finish(page, 1)
    assert answer(page, "/api/plane")["experiment"]["seed"] == 1
    assert page.locator(".pane-wait").is_visible()
    resolutions = []
    for _ in range(3):
        resolutions.append(answer(page, "/api/field")["resolution"])
        assert not page.locator(".pane-wait").is_visible()
    assert resolutions == [17, 33, 40]
    assert waiting(page, "/api/field") == 0
    assert page.get_by_role("progressbar").count() == 0
    assert page.get_by_role("note").inner_text() == PLANE["sentence"]


def test_the_plane_before_stays_until_the_next_is_there_and_the_newest_wins(page: Page) -> None:
    page.evaluate(SERVE, PLANE)
    finish(page, 1)
    answer(page, "/api/plane")
    for _ in range(3):
        answer(page, "/api/field")
    assert page.evaluate(SEEN) == ["40", 1]
    for seed in (2, 3, 4):
        finish(page, seed)
    # The first of the three was under way and may come; those between were never asked for.
    assert answer(page, "/api/plane")["experiment"]["seed"] == 2
    assert page.evaluate(SEEN) == ["40", 1]
    assert answer(page, "/api/field")["resolution"] == 33
    assert page.evaluate(SEEN) == ["33", 2]
    assert answer(page, "/api/plane")["experiment"]["seed"] == 4
    answer(page, "/api/field")
    assert page.evaluate(SEEN) == ["33", 4]
    assert answer(page, "/api/field")["resolution"] == 40
    seeds = page.evaluate("asked.filter((each) => each.path === '/api/plane').map((each) => each.body.experiment.seed)")
    assert seeds == [1, 2, 4]


def test_another_choice_of_plane_is_asked_for_with_the_same_race(page: Page) -> None:
    page.evaluate(SERVE, PLANE)
    finish(page, 1)
    answer(page, "/api/plane")
    page.evaluate("stage.setPlane({ name: 'random', row: 0, seed: 3 })")
    answer(page, "/api/field")
    assert answer(page, "/api/plane")["plane"] == {"name": "random", "row": 0, "seed": 3}
    assert answer(page, "/api/field")["plane"] == {"name": "random", "row": 0, "seed": 3}


def test_a_plane_that_cannot_be_laid_says_why(page: Page) -> None:
    page.evaluate(SERVE, PLANE)
    finish(page, 1)
    page.evaluate("window.fetch = async () => ({ ok: false, json: async () => ({ detail: 'No entry is finite.' }) })")
    page.evaluate("stage.setPlane({ name: 'random' })")
    page.wait_for_timeout(1700)
    assert "No entry is finite." in page.locator(".pane-wait").inner_text()


def test_a_surface_takes_the_stage_back(page: Page) -> None:
    page.evaluate(SERVE, PLANE)
    finish(page, 1)
    answer(page, "/api/plane")
    answer(page, "/api/field")
    page.evaluate("""() => {
      const experiment = { objective: { kind: 'surface', name: 'rosenbrock', params: {} }, start: [-1.2, 1] };
      const surface = { ...scene.surfaceOf('rosenbrock'), detail: 100 };
      stage.setExperiment({ experiment, surface, model: null, dataset: null });
      stage.setRace(scene.raceOf('rosenbrock', 20, 1), scene.stylesOf(1));
    }""")
    assert page.get_by_role("note").count() == 0
    assert page.locator(".plot-start").is_visible()
    assert waiting(page, "/api/field") == 1
    assert page.evaluate("stage.panes.all.get('2d').view.race.kind") == "surface"
