"""The stage as planes come: what is asked for, in which order, and what is seen in the meantime."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.profiles import trained
from tests.views.planes import PLANE

# A stage with a server of its own: answers come when the test says so, and every question is written down.
SERVE = """async ([plane, profile]) => {
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
    stage.setExperiment({ experiment, profile, model: {}, dataset: {} });
    return { ...createRace(experiment, profile), lengths: [5], entries: 5 };
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
    page.evaluate(SERVE, [PLANE, trained("moons")])
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
    page.evaluate(SERVE, [PLANE, trained("moons")])
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
    page.evaluate(SERVE, [PLANE, trained("moons")])
    finish(page, 1)
    answer(page, "/api/plane")
    page.evaluate("stage.setPlane({ name: 'random', row: 0, seed: 3 })")
    answer(page, "/api/field")
    assert answer(page, "/api/plane")["plane"] == {"name": "random", "row": 0, "seed": 3}
    assert answer(page, "/api/field")["plane"] == {"name": "random", "row": 0, "seed": 3}


def test_a_plane_that_cannot_be_laid_says_why(page: Page) -> None:
    page.evaluate(SERVE, [PLANE, trained("moons")])
    finish(page, 1)
    page.evaluate("window.fetch = async () => ({ ok: false, json: async () => ({ detail: 'No entry is finite.' }) })")
    page.evaluate("stage.setPlane({ name: 'random' })")
    expect(page.locator(".pane-wait")).to_contain_text("No entry is finite.")


def test_a_surface_takes_the_stage_back(page: Page) -> None:
    page.evaluate(SERVE, [PLANE, trained("moons")])
    finish(page, 1)
    answer(page, "/api/plane")
    answer(page, "/api/field")
    page.evaluate("""() => {
      const experiment = { objective: { kind: 'surface', name: 'rosenbrock', params: {} }, start: [-1.2, 1] };
      stage.setExperiment({ experiment, profile: scene.profileOf('rosenbrock'), model: null, dataset: null });
      stage.setRace(scene.raceOf('rosenbrock', 20, 1), scene.stylesOf(1));
    }""")
    assert page.get_by_role("note").count() == 0
    assert page.locator(".plot-start").is_visible()
    assert waiting(page, "/api/field") == 1
    assert page.evaluate("stage.panes.all.get('2d').view.race.profile.id") == "rosenbrock"
