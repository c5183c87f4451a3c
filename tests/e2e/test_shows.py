"""A page with six shows over one connection, as a page of prose would have them."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, WebSocket

from tests.browser import settle, wait_until
from tests.server import Server

LESSON = Path(__file__).parent / "page" / "lesson.js"
COUNT = 6
MOVING = "section.querySelectorAll('canvas.plot-canvas, .multiples canvas, .curves canvas')"
PICTURES = f"""() => [...document.querySelectorAll('section')].map((section) =>
  [...{MOVING}].map((canvas) => canvas.toDataURL()).join())"""
"""What moves in each show, as it is on the screen."""

SEEK = """([number, step]) => {
  const slider = document.querySelector(`#show-${number} input`);
  slider.value = String(step);
  slider.dispatchEvent(new Event('input'));
}"""


def lesson(page: Page, server: Server, query: str = "") -> list[dict]:
    """Opens the page, and gives what its websockets say as it comes: of each its address, and what was sent."""
    page.route("**/js/compare.js", lambda route: route.fulfill(path=LESSON, content_type="text/javascript"))
    sockets: list[dict] = []

    def note(socket: WebSocket) -> None:
        sent: list[str | bytes] = []

        def add(message: str | bytes) -> None:
            sent.append(message)

        socket.on("framesent", add)
        sockets.append({"url": socket.url, "sent": sent})

    page.on("websocket", note)
    page.goto(f"{server.url}/compare{query}")
    return sockets


def wait_complete(page: Page, count: int = COUNT) -> None:
    wait_until(page, f"document.querySelectorAll('section[data-complete=\"true\"]').length === {count}")


def settled(page: Page) -> list[str]:
    """What moves in each show, once all have their place and nothing does."""
    wait_until(
        page, "document.querySelectorAll('.pane[data-ground]').length === document.querySelectorAll('.pane').length"
    )
    before, now = [], page.evaluate(PICTURES)
    while before != now:
        settle(page)
        before, now = now, page.evaluate(PICTURES)
    return now


def seek(page: Page, number: int, step: int) -> None:
    page.evaluate(SEEK, [number, step])
    wait_until(page, f"document.querySelector('#show-{number}').dataset.step === '{step}'")


@pytest.fixture
def own() -> Iterator[Server]:
    """A server that a test may stop."""
    running = Server()
    yield running
    running.stop()


def test_six_shows_share_one_websocket_and_each_is_scrubbed_alone(page: Page, server: Server) -> None:
    sockets = lesson(page, server)
    wait_complete(page)
    assert [socket["url"].endswith("/ws/run?lang=en") for socket in sockets] == [True]
    assert sum('"open"' in text for text in sockets[0]["sent"]) == COUNT
    pictures = settled(page)
    for number in range(COUNT):
        seek(page, number, 10 + number)
        wait_until(page, f"({PICTURES})()[{number}] !== {pictures[number]!r}")
        now = settled(page)
        assert [other for other in range(COUNT) if now[other] != pictures[other]] == [number]
        pictures = now
    assert [page.get_attribute(f"#show-{number}", "data-step") for number in range(COUNT)] == [
        str(10 + number) for number in range(COUNT)
    ]
    assert len(sockets) == 1


def test_a_show_that_is_closed_leaves_its_place_and_the_others_go_on(page: Page, server: Server) -> None:
    sockets = lesson(page, server)
    wait_complete(page)
    page.evaluate("shows[1].close()")
    assert page.evaluate("document.querySelector('#show-1').querySelectorAll('.stage *, .curves *').length") == 0
    for number in (0, 2, 5):
        seek(page, number, 20)
    page.evaluate("void create()")
    wait_complete(page, COUNT + 1)
    seek(page, COUNT, 20)
    assert len(sockets) == 1
    assert sum('"close"' in text for text in sockets[0]["sent"]) == 1


def test_all_shows_go_on_when_the_server_comes_back(page: Page, own: Server) -> None:
    lesson(page, own, "?long=20000")
    wait_until(page, "Number(document.querySelector('#show-3')?.dataset.entries) > 100")
    own.stop()
    entries = int(page.get_attribute("#show-3", "data-entries") or 0)
    own.start()
    wait_complete(page)
    assert entries <= int(page.get_attribute("#show-3", "data-entries") or 0) == 20_001
    seek(page, 3, 15_000)
    seek(page, 5, 30)
