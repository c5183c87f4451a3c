"""A model's race in Chromium: from a change to curves, plane and boundaries on the screen."""

from pathlib import Path

from playwright.sync_api import Browser

from app.engine.run import advance
from tests.bench.bare import bare_server, moves, open_bare
from tests.bench.engine import in_turn
from tests.bench.models import DIGITS as CONVOLUTION
from tests.bench.models import DIGITS_STEPS, PERCEPTRON, race
from tests.bench.page import call
from tests.bench.report import Figure, Part, high, ratio
from tests.browser import chromium, open_page, wait_until
from tests.server import Server

KIT = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
EIGHT = (
    "sgd;lr=0.1", "sgd;lr=0.05;momentum=0.9", "sgd;lr=0.05;momentum=0.9;nesterov=true", "adagrad;lr=0.05",
    "rmsprop;lr=0.005", "adam;lr=0.01", "adamw;lr=0.01", "nadam;lr=0.01",
)  # fmt: skip
SCENE = "/?v=1&model=mlp&data=moons&steps=300&" + "&".join(f"o={one}" for one in EIGHT)
DIGITS = (
    "/?v=1&model=convolution&data=digits&batch_size=64&steps=500&o=sgd;lr=0.1&o=sgd;lr=0.05;momentum=0.9"
    "&o=adam;lr=0.005&o=rmsprop;lr=0.002"
)
CHANGES, SCRUBS = 12, 30


def measure() -> list[Figure]:
    """Every figure of a model's race on the page, beside a bare page's move and the engine's own time."""
    server = Server()
    try:
        with bare_server() as bare, chromium() as browser:
            page = open_bare(browser, bare)
            move = Part("a bare page's move", moves(page, SCRUBS))
            page.context.close()
            return [
                *changes(browser, server.url, move),
                *scrubbing(browser, server.url, move),
                *digits(browser, server.url),
            ]
    finally:
        server.stop()


def changes(browser: Browser, url: str, move: Part) -> list[Figure]:
    """From a move of a slider to the first point of the new curves, and to the plane with its sharp field."""
    experiment = race(PERCEPTRON, 300, len(EIGHT))
    (engine,) = in_turn(3, lambda: advance(experiment, None, experiment.steps + 1))
    page = open_page(browser, f"{url}{SCENE}&view=2d")
    wait_until(page, "document.querySelector('[role=progressbar]').hidden")
    found = [call(page, "change", 5, 0.3 + 0.05 * k, kit=KIT) for k in range(CHANGES)][2:]
    page.context.close()
    first, everything = (Part("change", [each[name] for each in found]) for name in ("first", "everything"))
    return [
        ratio("training changed -> first curve point, 8 x 300", first, move, most=17),
        ratio("training changed -> everything, plane too", everything, Part("the engine's run", engine), most=3),
    ]


def scrubbing(browser: Browser, url: str, move: Part) -> list[Figure]:
    """From a move of the step slider to the boundaries of eight networks at the new step."""
    page = open_page(browser, f"{url}{SCENE}")
    page.keyboard.press("End")
    wait_until(page, "document.querySelector('#stage .pane-data').dataset.step === '300'")
    times = [call(page, "scrub", 7 + (k * 37) % 280, kit=KIT) for k in range(SCRUBS)][3:]
    page.context.close()
    return [
        ratio("scrubbed -> 8 boundaries painted: median", Part("scrub", times), move, most=5),
        ratio("the same: 95th percentile", Part("scrub", times, statistic=high), move, most=8),
    ]


def digits(browser: Browser, url: str) -> list[Figure]:
    """A convolutional network on the digits: how soon its curves begin after a change, and how fast they grow."""
    experiment = race(CONVOLUTION, DIGITS_STEPS, 4)
    (engine,) = in_turn(3, lambda: advance(experiment, None, DIGITS_STEPS + 1))
    step = Part("a step of the engine alone", [one / DIGITS_STEPS for one in engine])
    page = open_page(browser, url + DIGITS)
    found = [call(page, "race", 2, 0.4 + 0.05 * k, 400, kit=KIT) for k in range(4)]
    page.context.close()
    first = Part("change", [each["first"] for each in found])
    streamed = Part("a step", [1000 / each["rate"] for each in found])
    return [
        ratio("digits, 4 x 500, batch of 64: changed -> first step", first, step, most=50),
        ratio("digits, 4 x 500, batch of 64: streamed", streamed, step, most=3),
    ]
