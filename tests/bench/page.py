"""The page in Chromium: from slider to paint, frames while playing, and a cold start."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.bench.report import Figure, percentile
from tests.browser import chromium, open_page, wait_painted
from tests.server import Server

KIT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
EIGHT = (
    "sgd;lr=0.0005", "sgd;lr=0.0005;momentum=0.9", "sgd;lr=0.0005;momentum=0.9;nesterov=true", "adagrad;lr=0.3",
    "rmsprop;lr=0.01", "adam;lr=0.05", "adamw;lr=0.05", "nadam;lr=0.05",
)  # fmt: skip
SCENE = "/?v=1&on=rosenbrock&steps=300&" + "&".join(f"o={one}" for one in EIGHT)
ADAM = 5
MOVES, EVENTS = 60, 240
VISITS = 5


def measure() -> list[Figure]:
    """Every figure of the page."""
    server = Server()
    try:
        with chromium() as browser:
            return [*cold(browser, server.url), *slider(browser, server.url), *frames(browser, server.url)]
    finally:
        server.stop()


def call(page: Page, name: str, *arguments: Any) -> Any:
    """The result of a function of page.js in the page."""
    return page.evaluate(f"([name, rest]) => {{ const kit = {KIT}; return kit[name](...rest); }}", [name, arguments])


def slider(browser: Browser, url: str) -> list[Figure]:
    """From a move of the hand to the complete new paths on the screen."""
    page = open_page(browser, url + SCENE)
    page.wait_for_timeout(2000)
    page.keyboard.press("End")
    moves = [call(page, "move", ADAM, 0.2 + 0.6 * (k * 37 % 101) / 101) for k in range(MOVES)][5:]
    drag = call(page, "drag", ADAM, EVENTS)
    starts = [call(page, "start", k) for k in range(MOVES)][5:]
    page.context.close()
    return [
        *_latencies("slider moved once -> paths painted", moves),
        *_latencies("slider dragged at 60 events a second -> paths painted", drag),
        *(
            figure._replace(reach="(all eight rows)", met=True)
            for figure in _latencies("start moved -> painted", starts)
        ),
    ]


def _latencies(name: str, times: list[float]) -> list[Figure]:
    middle, high = percentile(times, 0.5), percentile(times, 0.95)
    return [
        Figure(f"{name}: median", middle, "ms", "<= 60 ms", middle <= 60),
        Figure(f"{name}: 95th percentile", high, "ms", "<= 100 ms", high <= 100),
    ]


def frames(browser: Browser, url: str) -> list[Figure]:
    """Frames a second while the race plays."""
    figures = []
    for tab, reach in (("2d", 50), ("3d", 30)):
        page = open_page(browser, f"{url}{SCENE}&view={tab}")
        page.wait_for_timeout(3000)
        page.get_by_role("button", name="Restart").click()
        if page.get_by_role("button", name="Play", exact=True).count():
            page.get_by_role("button", name="Play", exact=True).click()
        rate = call(page, "frames", 3000)
        figures.append(Figure(f"frames while playing 8 x 300, {tab}", rate, "/s", f">= {reach} /s", rate >= reach))
        page.context.close()
    return figures


def cold(browser: Browser, url: str) -> list[Figure]:
    """The first visit of a browser that knows nothing of the page."""
    paints, races = [], []
    for _ in range(VISITS):
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        page = context.new_page()
        page.goto(url)
        wait_painted(page)
        races.append(page.evaluate("performance.now()") / 1000)
        paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime") / 1000)
        context.close()
    paint, race = percentile(paints, 0.5), percentile(races, 0.5)
    return [
        Figure(f"cold page: first contentful paint, median of {VISITS}", paint, "s", "<= 0.5 s", paint <= 0.5),
        Figure(f"cold page: paths drawn and moving, median of {VISITS}", race, "s", "<= 2.0 s", race <= 2.0),
    ]
