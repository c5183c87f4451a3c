"""The page in Chromium: from slider to paint, and frames while playing."""

import statistics
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from app.engine.run import advance
from tests.bench.bare import bare_server, moves, open_bare
from tests.bench.bare import frames as bare_frames
from tests.bench.engine import in_turn
from tests.bench.report import Figure, Part, high, ratio
from tests.browser import chromium, open_page
from tests.engine.races import EIGHT as EIGHT_ROWS
from tests.engine.races import race
from tests.server import Server

KIT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
EIGHT = (
    "sgd;lr=0.0005", "sgd;lr=0.0005;momentum=0.9", "sgd;lr=0.0005;momentum=0.9;nesterov=true", "adagrad;lr=0.3",
    "rmsprop;lr=0.01", "adam;lr=0.05", "adamw;lr=0.05", "nadam;lr=0.05",
)  # fmt: skip
SCENE = "/?v=1&on=rosenbrock&steps=300&" + "&".join(f"o={one}" for one in EIGHT)
ADAM = 5
MOVES, EVENTS = 60, 240
SETTLING, PLAYED = 8, 3000  # moves; ms
RACE = race(EIGHT_ROWS, start=[-1.2, 1.0], steps=300)


def measure() -> list[Figure]:
    """Every figure of the page, beside a bare page with the same plotly file, a canvas, and as many bytes to answer."""
    server = Server()
    try:
        with bare_server() as bare, chromium() as browser:
            engine = Part("the engine's run", in_turn(9, lambda: advance(RACE, None, RACE.steps + 1))[0])
            return [*slider(browser, server.url, bare, engine), *frames(browser, server.url, bare)]
    finally:
        server.stop()


def call(page: Page, name: str, *arguments: Any, kit: str = KIT) -> Any:
    """The result of a function of page.js, or of another `kit`, in the page."""
    return page.evaluate(f"([name, rest]) => {{ const kit = {kit}; return kit[name](...rest); }}", [name, arguments])


def slider(browser: Browser, url: str, bare: str, engine: Part) -> list[Figure]:
    """From a move of the hand to the complete new paths on the screen; beside a move of the bare page, whose answer
    needs no computing, and the engine's run together.
    """
    page = open_page(browser, url + SCENE)
    page.keyboard.press("End")
    moved = [call(page, "move", ADAM, 0.2 + 0.6 * (k * 37 % 101) / 101) for k in range(MOVES)][SETTLING:]
    dragged = call(page, "drag", ADAM, EVENTS)
    started = [call(page, "start", k) for k in range(MOVES)][SETTLING:]
    page.context.close()
    page = open_bare(browser, bare)
    least = statistics.median(engine.values)
    yard = Part("a bare page's move and the engine's run", [one + least for one in moves(page, MOVES)[SETTLING:]])
    page.context.close()
    return [
        ratio("slider moved once -> paths painted: median", Part("move", moved), yard, most=0.8),
        ratio("the same: 95th percentile", Part("move", moved, statistic=high), yard, most=1.35),
        ratio("slider dragged at 60 events a second: median", Part("move", dragged), yard, most=0.8),
        ratio("the same: 95th percentile", Part("move", dragged, statistic=high), yard, most=1.35),
        ratio("start moved -> all eight paths painted: median", Part("move", started), yard, most=1.5),
    ]


def frames(browser: Browser, url: str, bare: str) -> list[Figure]:
    """The time of a frame while the race plays, beside one in which a bare canvas of the same size is drawn anew."""
    page = open_bare(browser, bare)
    yard = Part("a bare frame", bare_frames(page, PLAYED), statistic=statistics.fmean)
    page.context.close()
    figures = []
    for tab, most in (("2d", 1.2), ("3d", 2.0)):
        page = open_page(browser, f"{url}{SCENE}&view={tab}")
        page.get_by_role("button", name="Restart").click()
        if page.get_by_role("button", name="Play", exact=True).count():
            page.get_by_role("button", name="Play", exact=True).click()
        times = Part("a frame", call(page, "frames", PLAYED), statistic=statistics.fmean)
        figures.append(ratio(f"frames while playing 8 x 300, {tab}", times, yard, most=most))
        page.context.close()
    return figures
