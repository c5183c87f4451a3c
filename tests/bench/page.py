"""The page in Chromium: from slider to paint, frames while playing, and a cold start."""

from typing import Any

from playwright.sync_api import Browser, Page

from tests.bench.report import Figure, percentile
from tests.browser import chromium, open_page, wait_painted
from tests.server import Server

EIGHT = [
    "sgd;lr=0.0005", "sgd;lr=0.0005;momentum=0.9", "sgd;lr=0.0005;momentum=0.9;nesterov=true", "adagrad;lr=0.3",
    "rmsprop;lr=0.01", "adam;lr=0.05", "adamw;lr=0.05", "nadam;lr=0.05",
]  # fmt: skip
SCENE = "/?v=1&on=rosenbrock&steps=300&" + "&".join(f"o={one}" for one in EIGHT)

# Moves a slider once and waits until the frame with the complete new paths has been presented.
MOVE = """async ([index, share]) => {
  const root = document.documentElement;
  const slider = document.querySelectorAll('input[type=range][aria-label="learning rate"]')[index]
    ?? [...document.querySelectorAll('input[type=range]')].filter((el) => el.labels?.[0]?.textContent.includes('learning rate'))[index];
  const low = Number(slider.min), high = Number(slider.max);
  const begin = performance.now();
  slider.value = low + share * (high - low);
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  const revision = Number(root.dataset.revision);
  while (Number(root.dataset.painted) < revision) {
    await new Promise((done) => {
      const watch = new MutationObserver(() => { watch.disconnect(); done(); });
      watch.observe(root, { attributes: true, attributeFilter: ['data-painted'] });
    });
  }
  await new Promise((done) => requestAnimationFrame(() => { const c = new MessageChannel(); c.port1.onmessage = done; c.port2.postMessage(0); }));
  return performance.now() - begin;
}"""

# Drags at 60 events a second; each revision's time runs from its own event to the paint that shows it or a later one.
DRAG = """async ([index, count]) => {
  const root = document.documentElement;
  const sliders = [...document.querySelectorAll('input[type=range]')];
  const slider = sliders.filter((el) => (el.getAttribute('aria-label') ?? el.labels?.[0]?.textContent ?? '').includes('learning rate'))[index];
  const low = Number(slider.min), high = Number(slider.max);
  const sent = new Map(), times = [];
  const watch = new MutationObserver(() => {
    const painted = Number(root.dataset.painted);
    requestAnimationFrame(() => setTimeout(() => {
      for (const [revision, at] of sent) if (revision <= painted) { times.push(performance.now() - at); sent.delete(revision); }
    }));
  });
  watch.observe(root, { attributes: true, attributeFilter: ['data-painted'] });
  for (let k = 0; k < count; k += 1) {
    await new Promise(requestAnimationFrame);
    slider.value = low + (high - low) * (0.3 + 0.3 * Math.sin(k / 15));
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    sent.set(Number(root.dataset.revision), performance.now());
  }
  await new Promise((done) => setTimeout(done, 1000));
  watch.disconnect();
  return times;
}"""

FRAMES = """async (duration) => {
  const begin = performance.now();
  let frames = 0;
  while (performance.now() - begin < duration) { await new Promise(requestAnimationFrame); frames += 1; }
  return frames / ((performance.now() - begin) / 1000);
}"""


def measure() -> list[Figure]:
    """Every figure of the page."""
    server = Server()
    try:
        with chromium() as browser:
            return [*cold(browser, server.url), *slider(browser, server.url), *frames(browser, server.url)]
    finally:
        server.stop()


def slider(browser: Browser, url: str) -> list[Figure]:
    page = open_page(browser, url + SCENE)
    page.wait_for_timeout(2000)
    page.keyboard.press("End")
    figures = []
    for name, index in (("Adam", 5), ("gradient descent", 0)):
        times = [page.evaluate(MOVE, [index, 0.2 + 0.6 * (k * 37 % 101) / 101]) for k in range(60)][5:]
        figures += _slider_figures(f"slider -> paths painted, {name}, one move", times)
    times = page.evaluate(DRAG, [5, 240])
    figures += _slider_figures("slider -> paths painted, Adam, dragged at 60 events a second", times)
    page.context.close()
    return figures


def _slider_figures(name: str, times: list[float]) -> list[Figure]:
    middle, high = percentile(times, 0.5), percentile(times, 0.95)
    return [
        Figure(f"{name}: median", middle, "ms", "<= 60 ms", middle <= 60),
        Figure(f"{name}: 95th percentile", high, "ms", "<= 100 ms", high <= 100),
    ]


def frames(browser: Browser, url: str) -> list[Figure]:
    figures = []
    for tab, reach in (("2D", 50), ("3D", 30)):
        page = open_page(browser, url + SCENE.replace("steps=300", "steps=300") + ("&view=3d" if tab == "3D" else ""))
        page.wait_for_timeout(3000)
        play_from_start(page)
        rate = page.evaluate(FRAMES, 3000)
        figures.append(Figure(f"frames while playing 8 x 300, {tab}", rate, "/s", f">= {reach} /s", rate >= reach))
        page.context.close()
    return figures


def play_from_start(page: Page) -> None:
    page.get_by_role("button", name="Restart").click()
    pause = page.get_by_role("button", name="Pause", exact=True)
    if not pause.count():
        page.get_by_role("button", name="Play", exact=True).click()


def cold(browser: Browser, url: str) -> list[Figure]:
    paints, races = [], []
    for _ in range(5):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(url + "/")
        wait_painted(page)
        races.append(page.evaluate("performance.now()") / 1000)
        paints.append(first_paint(page) / 1000)
        context.close()
    paint, race = percentile(paints, 0.5), percentile(races, 0.5)
    return [
        Figure("cold page: first contentful paint, median of 5", paint, "s", "<= 0.5 s", paint <= 0.5),
        Figure("cold page: paths drawn and moving, median of 5", race, "s", "<= 2.0 s", race <= 2.0),
    ]


def first_paint(page: Page) -> float:
    entry: Any = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN")
    return float(entry)
