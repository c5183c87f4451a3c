"""A model's race in Chromium: from a change to curves, plane and boundaries on the screen."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.bench.report import Figure, percentile
from tests.browser import chromium, open_page
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
    """Every figure of a model's race on the page."""
    server = Server()
    try:
        with chromium() as browser:
            return [
                *changes(browser, server.url),
                *scrubbing(browser, server.url),
                *digits(browser, server.url),
            ]
    finally:
        server.stop()


def call(page: Page, name: str, *arguments: Any) -> Any:
    """The result of a function of training.js in the page."""
    return page.evaluate(f"([name, rest]) => {{ const kit = {KIT}; return kit[name](...rest); }}", [name, arguments])


def changes(browser: Browser, url: str) -> list[Figure]:
    """From a move of a slider to the first point of the new curves, and to the plane with its sharp field."""
    page = open_page(browser, f"{url}{SCENE}&view=2d")
    page.wait_for_timeout(4000)
    found = [call(page, "change", 5, 0.3 + 0.05 * k) for k in range(CHANGES)][2:]
    page.context.close()
    first, everything = (percentile([each[name] for each in found], 0.5) for name in ("first", "everything"))
    return [
        Figure("training changed -> first curve point, 8 x 300, median", first, "ms", "<= 150 ms", first <= 150),
        Figure("training changed -> everything, plane too, median", everything, "ms", "<= 2500 ms", everything <= 2500),
    ]


def scrubbing(browser: Browser, url: str) -> list[Figure]:
    """From a move of the step slider to the boundaries of eight networks at the new step."""
    page = open_page(browser, f"{url}{SCENE}")
    page.wait_for_timeout(3000)
    page.keyboard.press("End")
    times = [call(page, "scrub", 7 + (k * 37) % 280) for k in range(SCRUBS)][3:]
    page.context.close()
    middle, high = percentile(times, 0.5), percentile(times, 0.95)
    return [
        Figure("scrubbed -> 8 boundaries painted: median", middle, "ms", "<= 100 ms", middle <= 100),
        Figure("scrubbed -> 8 boundaries painted: 95th percentile", high, "ms", "<= 100 ms", high <= 100),
    ]


def digits(browser: Browser, url: str) -> list[Figure]:
    """A convolutional network on the digits: how soon its curves begin after a change, and how fast they grow."""
    page = open_page(browser, url + DIGITS)
    found = [call(page, "race", 2, 0.4 + 0.05 * k, 400) for k in range(3)]
    page.context.close()
    first, rate = (percentile([each[name] for each in found], 0.5) for name in ("first", "rate"))
    return [
        Figure("digits, 4 x 500, batch of 64: changed -> first step", first, "ms", "<= 500 ms", first <= 500),
        Figure("digits, 4 x 500, batch of 64: streamed", rate, "steps/s", ">= 50 steps/s", rate >= 50),
    ]
