"""One server for all tests of the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page of its own context; fails the test on any script error or violation of the content policy."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if is_fault(message.type, message.text) else None)
    yield opened
    context.close()
    assert faults == []


def is_fault(kind: str, text: str) -> bool:
    """Whether a console message tells of a fault; a lost connection is part of some tests."""
    return kind == "error" and "ERR_CONNECTION" not in text and "WebSocket connection" not in text
