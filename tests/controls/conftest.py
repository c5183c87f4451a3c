"""A blank page that can import the project's scripts straight from the checkout."""

import mimetypes
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parents[2]
ORIGIN = "http://controls.test"
NAMES = ("tokens", "base", "controls", "params", "sliders", "panels", "parts", "model", "dialogs")
SHEETS = "".join(f'<link rel="stylesheet" href="/static/css/{name}.css">' for name in NAMES)
BLANK = f'<!doctype html><html lang="en"><head><title>controls</title>{SHEETS}</head><body></body></html>'


def answer(route: Route) -> None:
    path = route.request.url.removeprefix(ORIGIN)
    if path == "/":
        route.fulfill(body=BLANK, content_type="text/html")
    else:
        route.fulfill(path=ROOT / path.lstrip("/"), content_type=mimetypes.guess_type(path)[0] or "text/plain")


@pytest.fixture(scope="package")
def shared(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """One page for all tests of this folder, with the script errors seen on it."""
    page = browser.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.route(f"{ORIGIN}/**", answer)
    page.goto(f"{ORIGIN}/")
    yield page, faults
    page.close()


@pytest.fixture
def blank(shared: tuple[Page, list[str]]) -> Iterator[Page]:
    """The page, empty; fails the test on any script error."""
    page, faults = shared
    page.evaluate("document.body.replaceChildren()")
    faults.clear()
    yield page
    assert faults == []
