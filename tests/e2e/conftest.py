"""One server for all tests of the page."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import Visitor
from tests.server import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def visitor(browser: Browser, server: Server) -> Iterator[Visitor]:
    someone = Visitor(browser, f"{server.url}/healthz", permissions=["clipboard-read", "clipboard-write"])
    yield someone
    someone.close()


@pytest.fixture(scope="session")
def another(browser: Browser, server: Server) -> Iterator[Visitor]:
    someone = Visitor(browser, f"{server.url}/healthz")
    yield someone
    someone.close()


@pytest.fixture
def stranger(another: Visitor) -> Iterator[Visitor]:
    """Somebody else, who has never been here, and has no clipboard."""
    yield another
    another.forget()


@pytest.fixture
def page(visitor: Visitor) -> Iterator[Page]:
    """A fresh page, for somebody who likes no motion, so that a race is at its end at once: to play costs as much again
    as to open the page. Fails the test on any script error or violation of the content policy.
    """
    yield from faultless(visitor, "reduce")


@pytest.fixture
def moving(visitor: Visitor) -> Iterator[Page]:
    """The same, for everybody else: races play."""
    yield from faultless(visitor, "no-preference")


def faultless(visitor: Visitor, motion: str) -> Iterator[Page]:
    opened = visitor.open(reduced_motion=motion)
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if is_fault(message.type, message.text) else None)
    yield opened
    visitor.forget()
    assert faults == []


def is_fault(kind: str, text: str) -> bool:
    """Whether a console message tells of a fault; a lost connection is part of some tests."""
    return kind == "error" and "ERR_CONNECTION" not in text and "WebSocket connection" not in text
