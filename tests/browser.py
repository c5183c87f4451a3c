"""Chromium, driven as a person would."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

from tests.patience import PATIENCE

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
PAINTED = "document.documentElement.dataset.painted === document.documentElement.dataset.revision"


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser: Debian's if there, else Playwright's own."""
    with sync_playwright() as playwright:
        milliseconds = 1000 * PATIENCE
        expect.set_options(timeout=milliseconds)
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS, timeout=milliseconds)
        browser.on("context", lambda context: context.set_default_timeout(milliseconds))
        yield browser
        browser.close()


def open_page(browser: Browser, url: str, **options: Any) -> Page:
    """A page of its own context at `url`, once its first race is painted."""
    context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
    page = context.new_page()
    page.goto(url)
    wait_painted(page)
    return page


def wait_painted(page: Page | Frame) -> None:
    """Returns when the newest revision is on the screen."""
    wait_until(page, f"document.documentElement.dataset.revision > 0 && {PAINTED}")


def wait_until(page: Page | Frame, expression: str) -> None:
    """Returns when `expression` holds. Asks from outside: the content policy forbids the page to evaluate text."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(expression):
        if time.monotonic() > deadline:
            raise TimeoutError(expression)
        page.wait_for_timeout(20)


def resize(page: Page, width: int, height: int) -> None:
    """Gives the page another size, and waits until it has followed: observers are told within a frame."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
