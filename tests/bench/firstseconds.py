"""The page's first seconds: how soon it moves, and whether the first moves of a slider are as quick as the later ones.

Both are ratios in one run. What a page must cost in this browser is told by a bare one, which draws one contour and one
line with the same plotly file.
"""

from playwright.sync_api import Browser, Page

from tests.bench.bare import bare_server, open_bare
from tests.bench.page import call
from tests.bench.report import Figure, Part, ratio
from tests.browser import chromium, open_page, wait_until
from tests.server import Server

VISITS = 5
FIRST, LATER = 8, 40
HAND = 1000  # ms from the first painted race to the first move: nobody is faster
SLIDER = 2  # Adam's rate in the race of a first visit
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
        with bare_server() as bare, chromium() as browser:
            return [*cold(browser, server.url, bare), *warm(browser, server.url)]
    finally:
        server.stop()


def cold(browser: Browser, url: str, bare: str) -> list[Figure]:
    """The first visit of a browser that knows nothing, and the same of a bare page, in turns."""
    # The server warms up with the first visit, and the browser keeps compiled scripts from then on.
    found = [(visit(browser, url), visit_bare(browser, bare)) for _ in range(VISITS + 1)][1:]
    moving = Part("moving", [moving for (moving, _), _ in found])
    paint = Part("first paint", [paint for (_, paint), _ in found])
    least = Part("a bare contour and line", [drawn for _, drawn in found])
    return [
        ratio("cold page: moving, against a bare contour and line", moving, least, most=2),
        ratio("cold page: first paint, against it", paint, least, most=1),
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
    page = open_bare(browser, url)
    drawn = float(page.evaluate("window.drawn"))
    page.context.close()
    return drawn


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
    return [
        ratio(
            f"first {FIRST} moves of a slider, against later ones", Part("first", first), Part("later", later), most=1.2
        )
    ]


def move(page: Page, count: int) -> float:
    """From a move to the frame that shows its complete paths, in ms."""
    return float(call(page, "move", SLIDER, 0.2 + 0.6 * (count * 37 % 101) / 101))
