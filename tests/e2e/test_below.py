"""The playground under a path of another host: no address of its pages leaves that path."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser import COMPLETE, wait_painted, wait_until
from tests.e2e.scenes import RACE, card, set_slider, share, visit
from tests.proxy import stripping
from tests.server import Server

PATH = "/play/ground"


@pytest.fixture(scope="module")
def below() -> Iterator[Server]:
    running = Server(PLAYGROUND_PUBLIC_URL=PATH)
    yield running
    running.stop()


@pytest.fixture(params=["as it came", "taken away"])
def place(request: pytest.FixtureRequest, below: Server) -> Iterator[str]:
    """Where the server is shown, by a proxy that hands the path on, or takes it away."""
    if request.param == "as it came":
        yield below.url + PATH
    else:
        with stripping(PATH, below.port) as url:
            yield url + PATH


def test_all_that_a_visitor_does_stays_below_the_path(place: str, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    visit(page, place + RACE)
    assert page.url == place + RACE
    set_slider(card(page, "Gradient descent").get_by_role("slider").first, 0.3)
    wait_painted(page)
    expect(page).to_have_url(re.compile(re.escape(f"{place}/?v=1&on=booth")))
    long = page.url
    dialog = share(page)
    dialog.get_by_role("button", name="Make short link").click()
    short = dialog.get_by_role("textbox", name="short link", exact=True)
    expect(short).to_have_value(re.compile(f"{place}/e/."))
    saved = short.input_value()
    visit(page, saved)
    assert page.url == saved
    visit(page, saved.replace("/e/", "/embed/"))
    opens = page.get_by_role("link", name="Open in the playground")
    expect(opens).to_have_attribute("href", urlsplit(saved).path)
    page.goto(f"{place}/api/docs")
    expect(page.locator("#calls details").first).to_be_visible()
    page.goto(f"{place}/compare?left={urlsplit(saved).path.rsplit('/', 1)[1]}")
    beside = page.get_by_role("textbox", name="Which experiment shall stand on the right?")
    beside.fill(long)
    beside.press("Enter")
    expect(page.get_by_role("button", name="Change the right experiment")).to_be_visible()
    wait_until(page, COMPLETE)
    expect(page).to_have_url(re.compile(re.escape(f"{place}/compare?left=")))
    assert {urlsplit(url).path.startswith(f"{PATH}/") for url in asked if not url.startswith(("data:", "blob:"))} == {
        True
    }
