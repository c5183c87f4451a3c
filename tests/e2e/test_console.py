"""A session of use leaves nothing in the browser's console."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from tests.browser import Visitor, settle, wait_painted
from tests.e2e.scenes import RACE, card, share, visit
from tests.e2e.test_compare import LEFT, RIGHT, open_comparison
from tests.server import Server

MODEL = "/?v=1&model=mlp&model.hidden=4,&data=xor&o=sgd;lr=0.2&o=adam;lr=0.01&steps=20"


@pytest.fixture
def watched(stranger: Visitor) -> Iterator[Page]:
    """A page; fails the test on whatever it tells the console."""
    page = stranger.open()
    told: list[str] = []
    page.on("console", lambda message: told.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: told.append(str(error)))
    yield page
    page.close()
    # Drivers that compute pictures on the processor say how slow they are.
    assert [text for text in told if "GL Driver Message" not in text] == []


@pytest.mark.parametrize("race", [RACE, MODEL])
def test_a_session_warns_of_nothing(watched: Page, server: Server, race: str) -> None:
    page = watched
    visit(page, server.url + race)
    for tab in page.locator("#stage-bar").get_by_role("tab").all():
        if not tab.is_visible():
            continue
        tab.click()
        for _ in range(3):
            page.get_by_role("button", name="Theme").click()
            card(page, "Adam").get_by_role("slider", name="learning rate").press("ArrowRight")
            wait_painted(page)
            settle(page)
    for tab in page.locator("#curves-bar").get_by_role("tab").all():
        if tab.is_visible():
            tab.click()
    share(page)
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 390, "height": 844})
    settle(page)


def test_a_comparison_warns_of_nothing(watched: Page, server: Server) -> None:
    open_comparison(watched, server, left=LEFT, right=RIGHT)
    watched.get_by_role("tab", name="3D", exact=True).click()
    watched.get_by_role("button", name="Theme").click()
    settle(watched)
