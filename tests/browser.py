"""Chromium, driven as a person would."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Browser, Frame, Page, expect, sync_playwright

from tests.patience import PATIENCE

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
]  # fmt: skip
PUT_OFF = 300  # ms
PAINTED = "document.documentElement.dataset.painted === document.documentElement.dataset.revision"


SHARED = "--process-per-site"
"""Pages of one context and one site share a process, so that only the first has the scripts to compile."""

KNOWN = "--disable-features=ScriptStreaming"
"""A script that comes again is not parsed while it arrives, only to be found compiled already."""

PROGRAMS = ("chromium-headless-shell", "chromium")
"""The browser as Debian calls it: without the windows that nobody sees, or with them."""

COMPLETE = "document.documentElement.dataset.complete === 'true'"
"""Both sides of a comparison are whole."""


@contextmanager
def chromium(*flags: str) -> Iterator[Browser]:
    """A headless browser: Debian's if there, else Playwright's own."""
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    with sync_playwright() as playwright:
        milliseconds = 1000 * PATIENCE
        expect.set_options(timeout=milliseconds)
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *flags], timeout=milliseconds)
        browser.on("context", lambda context: context.set_default_timeout(milliseconds))
        yield browser
        browser.close()


class Visitor:
    """Somebody with a browser of their own, who opens one page after the other: each is new and finds nothing kept.

    The pages share a process, which begins with a page that stays open: one in a process of its own costs more than
    twice as much. site: any address of it.
    """

    def __init__(self, browser: Browser, site: str, **options: Any) -> None:
        self._context = browser.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        self._first = self._context.new_page()
        self._first.goto(site)
        self._devtools = self._context.new_cdp_session(self._first)

    def open(self, size: tuple[int, int] | None = None, **media: Any) -> Page:
        """A blank page of this `size`, for somebody who prefers these `media`, as Playwright names them."""
        page = self._context.new_page()
        if size:
            page.set_viewport_size({"width": size[0], "height": size[1]})
        if media:
            page.emulate_media(**media)
        return page

    def forget(self) -> None:
        """Closes what is open, and clears what the pages have kept."""
        kept = {urljoin(page.url, "/") for page in self._context.pages if page.url.startswith("http")}
        for page in self._context.pages:
            if page is not self._first:
                page.close()
        for origin in kept:
            self._devtools.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        self._context.clear_cookies()

    def close(self) -> None:
        """Closes all."""
        self._context.close()


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


def settle(page: Page | Frame) -> None:
    """Returns when the page has done what it puts off for a moment, as the address, which is written after 250 ms.

    The page's own clock tells that, so it is later than what was put off before, on a machine of any speed.
    """
    frames = "requestAnimationFrame(() => requestAnimationFrame(done))"
    page.evaluate(f"() => new Promise((done) => setTimeout(() => {frames}, {PUT_OFF}))")


def next_frame(page: Page | Frame) -> None:
    """Returns with the page's next frame."""
    page.evaluate("() => new Promise((done) => requestAnimationFrame(done))")


def resize(page: Page, width: int, height: int) -> None:
    """Gives the page another size, and waits until it has followed: observers are told within a frame."""
    page.set_viewport_size({"width": width, "height": height})
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
