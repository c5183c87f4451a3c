"""The rail's panel of a problem on a blank page."""

from typing import Any

from playwright.sync_api import Page

from app.core.problems import FieldError
from app.core.words import message
from tests.catalogue import real_catalogue

MOUNT = """async ([catalog, first]) => {
  const { createProblem } = await import('/static/js/controls/problem/problem.js');
  const { setScenario } = await import('/static/js/state/experiment.js');
  const { drawSample } = await import('/static/js/views/data/marks.js');
  const host = document.createElement('div');
  document.querySelectorAll('dialog').forEach((each) => each.remove());
  document.body.replaceChildren(host);
  const [asked, gestures] = [[], []];
  let model = { experiment: first, view: { theme: 'light' }, problems: [], data: null };
  const show = (partial) => {
    model = { ...model, ...partial };
    control.update(model);
  };
  const control = createProblem(host, {
    catalog, drawSample,
    change: (fn, live) => {
      gestures.push(live);
      show({ experiment: fn(model.experiment) });
    },
    commands: {
      showKind: (kind) => asked.push(kind),
      openScenario: (id) => show({ experiment: setScenario(catalog, id) }),
    },
  });
  control.update(model);
  window.panel = { show, asked, gestures, now: () => model.experiment };
}"""
SPIRALS = next(each for each in real_catalogue()["scenarios"] if each["id"] == "spirals")


def mount(page: Page, experiment: dict[str, Any]) -> None:
    page.evaluate(MOUNT, [real_catalogue(), experiment])


def unfold(page: Page, part: str) -> None:
    page.get_by_role("button", name=part).click()


def refuse(page: Page, at: list[str | int]) -> None:
    error = FieldError(tuple(at), message("problems.needs.field")).document() | {"message": "not so"}
    page.evaluate("(error) => window.panel.show({ problems: [error] })", error)
