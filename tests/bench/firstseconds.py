"""The page's first seconds: how soon it moves, and whether the first moves of a slider are as quick as the later ones.

Both are ratios in one run. What a page must cost in this browser is told by a bare one, which draws one contour and one
line with the same plotly file from the same server.
"""

from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, Route

from tests.bench.page import call
from tests.bench.report import Figure
from tests.browser import chromium, open_page, wait_until
from tests.server import Server

VISITS = 5
FIRST, LATER = 8, 40
HAND = 1000  # ms from the first painted race to the first move: nobody is faster
SLIDER = 2  # Adam's rate in the race of a first visit
BARE = Path(__file__).with_name("bare.html").read_text(encoding="utf-8")
MOVING = """
  const look = () => {
    const step = document.querySelector('input[aria-label=Step]');
    const field = document.querySelector('.plot-field:not(.is-empty)');
    if (field && Number(step?.max) > 1 && Number(step.value) > 0) window.moving = performance.now();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
"""
PAINT = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def measure() -> list[Figure]:
    """Every figure of the first seconds."""
    server = Server()
    try:
        with chromium() as browser:
            return [*cold(browser, server.url), *warm(browser, server.url)]
    finally:
        server.stop()


def cold(browser: Browser, url: str) -> list[Figure]:
    """The first visit of a browser that knows nothing, and the same of a bare page, in turns."""
    ours, bare, paints = [], [], []
    for _ in range(VISITS + 1):
        moving, paint = visit(browser, url)
        ours.append(moving)
        paints.append(paint)
        bare.append(visit_bare(browser, url))
    # The server warms up with the first visit, and the browser keeps compiled scripts from then on.
    moving, least, paint = median(ours[1:]), median(bare[1:]), median(paints[1:])
    note = f"{moving:.0f} ms against {least:.0f} ms, first paint after {paint:.0f} ms"
    return [
        Figure(
            "cold page: moving, against a bare contour and line",
            moving / least,
            "times",
            "<= 2",
            moving <= 2 * least,
            note,
        )
    ]


def visit(browser: Browser, url: str) -> tuple[float, float]:
    """From the address to field and paths that move, and to the first paint, in ms."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.add_init_script(MOVING)
    page.goto(url)
    wait_until(page, "window.moving > 0")
    found = page.evaluate(f"[window.moving, {PAINT}]")
    context.close()
    return found[0], found[1]


def visit_bare(browser: Browser, url: str) -> float:
    """From the address to the frame that shows contour and line, in ms."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.route("**/bare", lambda route: answer(route, page, url))
    page.goto(f"{url}/bare")
    wait_until(page, "window.drawn > 0")
    drawn = float(page.evaluate("window.drawn"))
    context.close()
    return drawn


def answer(route: Route, page: Page, url: str) -> None:
    """The bare page, with the address of the script that the playground itself has now."""
    text = page.request.get(url).text()
    script = text.split('<script defer src="')[1].split('"')[0]
    route.fulfill(body=BARE.replace("PLOTLY", script), content_type="text/html")


def warm(browser: Browser, url: str) -> list[Figure]:
    """The first moves of a slider against the later ones, on several pages that were just opened."""
    first, later = [], []
    for _ in range(VISITS):
        page = open_page(browser, url)
        page.wait_for_timeout(HAND)
        first += [move(page, k) for k in range(FIRST)]
        page.wait_for_timeout(2000)
        later += [move(page, FIRST + k) for k in range(LATER)][LATER // 2 :]
        page.context.close()
    begin, then = median(first), median(later)
    note = f"{begin:.0f} ms against {then:.0f} ms"
    return [
        Figure(
            f"first {FIRST} moves of a slider, against later ones",
            begin / then,
            "times",
            "<= 1.2",
            begin <= 1.2 * then,
            note,
        )
    ]


def move(page: Page, count: int) -> float:
    """From a move to the frame that shows its complete paths, in ms."""
    return float(call(page, "move", SLIDER, 0.2 + 0.6 * (count * 37 % 101) / 101))
