"""The page and a server that goes away."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser import wait_painted, wait_until
from tests.e2e.scenes import RACE, card, revision, visit
from tests.server import Server

LONG = "/?v=1&on=rosenbrock&o=adam;lr=0.01&o=nadam;lr=0.001&o=radam;lr=0.001&steps=20000"

TRAVEL = "(to) => { history.pushState(null, '', to); dispatchEvent(new PopStateEvent('popstate')); }"
"""As Back and Forward do."""


@pytest.fixture
def page(moving: Page) -> Page:
    """Races play here."""
    return moving


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    """A server that a test may stop."""
    running = Server()
    yield running
    running.stop()


def test_the_page_goes_on_when_the_server_comes_back(page: Page, own: Server) -> None:
    visit(page, own.url + RACE)
    own.stop()
    expect(page.locator("#notices")).to_contain_text("onnect")
    slider = card(page, "Adam").get_by_role("slider", name="learning rate")
    slider.focus()
    page.keyboard.press("ArrowRight")
    changed = slider.get_attribute("aria-valuetext")
    first = revision(page)
    assert page.evaluate("Number(document.documentElement.dataset.painted)") < first
    own.start()
    wait_painted(page)
    assert slider.get_attribute("aria-valuetext") == changed
    expect(page.locator("#notices")).not_to_contain_text("onnect")


def test_what_a_hand_changes_is_not_lost_to_an_address_that_was_still_being_opened(page: Page, own: Server) -> None:
    """Without optimizers, or with what the server refuses: what was opened is forgotten with the first change."""
    for address in ("/?v=1&on=booth&o=", "/?v=1&on=booth&o=sgd;lr=oops"):
        visit(page, own.url + RACE)
        own.stop()
        expect(page.locator("#notices")).to_contain_text("onnect")
        page.evaluate(TRAVEL, address)
        slider = card(page, "Adam").get_by_role("slider", name="learning rate")
        slider.press("ArrowRight")
        changed = slider.get_attribute("aria-valuetext")
        own.start()
        wait_painted(page)
        assert card(page, "Adam").get_by_role("slider", name="learning rate").get_attribute("aria-valuetext") == changed
        expect(card(page, "Gradient descent")).to_be_visible()


def test_a_run_that_was_cut_is_finished(page: Page, own: Server) -> None:
    page.goto(own.url + LONG)
    wait_until(page, "document.querySelector('input[aria-label=Step]')?.max > 100")
    own.stop()
    assert page.evaluate("document.documentElement.dataset.painted !== document.documentElement.dataset.revision")
    own.start()
    wait_painted(page)
    expect(page.get_by_role("slider", name="Step", exact=True)).to_have_attribute("max", "20000")


def test_a_page_that_finds_no_catalogue_tries_again(page: Page, server: Server) -> None:
    page.route("**/api/catalog", lambda route: route.abort("connectionrefused"))
    page.goto(server.url + RACE)
    expect(page.locator("#notices")).to_contain_text("Trying again")
    page.unroute("**/api/catalog")
    wait_painted(page)
    expect(page.locator("#notices")).not_to_contain_text("Trying again")
