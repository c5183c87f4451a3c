"""What tests of the views of models share: scenes made by hand, and readers of what is drawn."""

from playwright.sync_api import Locator, Page

from tests.browser import wait_until

MAKE = """async ([name, runs, step]) => {
  const made = await import('/page/models.js');
  const { VIEWS } = await import('/static/js/views/index.js');
  const { create } = VIEWS.find(({ id }) => id === name);
  const heard = { tabs: [], wants: 0 };
  const view = create(host, { onTab: (tab) => heard.tabs.push(tab), onWant: () => (heard.wants += 1) });
  Object.assign(window, { made, heard, view, race: made.raceOf(runs) });
  window.start = (data, dataset, shape, parts) => {
    view.setModel(made.settingOf(data, dataset, shape));
    view.setRace(race, made.stylesOf(runs));
    view.setStep(step);
    view.setSnapshot({ step, ...parts });
  };
}"""
DIGITS = "start(made.digitsData(), 'digits', [8, 8], %s)"


def make(page: Page, name: str, scene: str, runs: int = 1, step: int = 40) -> None:
    page.evaluate(MAKE, [name, runs, step])
    page.evaluate(scene)


def token(page: Page, name: str) -> list[int]:
    text = page.evaluate("(name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()", name)
    return [int(text.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4)]


def between(start: list[int], end: list[int], share: float) -> list[float]:
    return [a + share * (b - a) for a, b in zip(start, end, strict=True)]


def panels(page: Page) -> Locator:
    return page.locator(".multiples-panel:visible")


def tip_at(page: Page, x: float, y: float) -> list[str]:
    """The lines of the tip with the pointer at a place of the first picture, in pixels from its upper left corner."""
    box = page.locator(".multiples-canvas:visible").first.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + x, box["y"] + y)
    # The browser hands on where the pointer is with its next frame.
    wait_until(page, f"Math.hypot(view.pointer?.x - {x}, view.pointer?.y - {y}) < 2")
    return page.locator(".plot-tip").inner_text().replace("−", "-").split("\n")
