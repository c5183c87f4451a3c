"""The page as a part of a page of another site."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, Page, expect

from tests.browser import Visitor, resize, settle, wait_painted
from tests.e2e.scenes import visit
from tests.e2e.test_saved_links import RACE, save
from tests.e2e.test_seen import NEAR, shows
from tests.patience import eventually
from tests.server import Server

LONG = "v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=0.4&steps=80"
PARTS = {
    "transport": "#transport", "tabs": "#stage-bar", "legend": "#embed-legend", "link": "#embed-link",
    "curves": "#curves", "ranking": "#ranking", "cards": "#optimizers", "problem": "#problem",
}  # fmt: skip
USUAL = {"transport", "tabs", "legend", "link"}


@contextmanager
def course(*frames: str) -> Iterator[str]:
    """The address of a page on another port, which to a browser is another site, with these frames in it."""
    body = f"<!doctype html><title>A course</title>{''.join(frames)}".encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_port}/"
    site.shutdown()
    site.server_close()


def frame_of(address: str, width: int = 700, height: int = 450) -> str:
    return f'<iframe src="{address}" width="{width}" height="{height}"></iframe>'


def framed(page: Page, url: str) -> Frame:
    """The frame of the page at `url`, once its race is painted."""
    page.goto(url)
    frame = page.frames[1]
    wait_painted(frame)
    return frame


def test_a_page_of_another_site_shows_a_saved_experiment(page: Page, server: Server) -> None:
    address = save(server, RACE, {"tab": "2d"}).replace("/e/", "/embed/")
    with course(frame_of(f"{address}?theme=dark")) as url:
        frame = framed(page, url)
        expect(frame.locator("#embed-legend")).to_have_text("Gradient descentMomentumAdam")
        expect(frame.locator("#embed-link")).to_have_attribute(
            "href", address.replace(server.url, "").replace("embed", "e")
        )
        assert frame.evaluate("document.documentElement.dataset.theme") == "dark"
        frame.get_by_role("tab", name="3D", exact=True).click()
        expect(frame.locator("#embed-link")).to_have_attribute("href", "/?" + LONG_OF_RACE + "&view=3d")
        assert frame.url == f"{address}?theme=dark"


LONG_OF_RACE = (
    "v=1&on=quadratic&on.condition=40&on.angle=20&start=-2.6,1.4"
    "&o=sgd;lr=0.02&o=sgd;lr=0.02;momentum=0.9&o=adam;lr=0.1&steps=200"
)


def test_the_page_itself_is_not_framed(page: Page, server: Server) -> None:
    refused: list[str] = []
    with course(frame_of(save(server, RACE)), frame_of(f"{server.url}/?{LONG}")) as url:
        other = page.context.new_page()
        other.on("console", lambda message: refused.append(message.text))
        other.goto(url)
        assert eventually(lambda: sum("frame-ancestors" in text for text in refused) == 2 or settle(other))
        assert len(other.frames) == 3
        assert all("127.0.0.1" not in frame.url for frame in other.frames[1:])
        other.close()


@pytest.mark.parametrize(
    ("query", "shown"),
    [("", USUAL), ("&hide=transport,legend", {"tabs", "link"}), ("&hide=2,tabs&hide=link", {"transport", "legend"}),
     ("&show=curves,cards", USUAL | {"curves", "cards"}), ("&show=problem,ranking&hide=tabs,legend,link,transport",
     {"problem", "ranking"}), ("&show=rubbish&hide=stage", USUAL)],
)  # fmt: skip
def test_a_teacher_chooses_what_is_shown(page: Page, server: Server, query: str, shown: set[str]) -> None:
    page.set_viewport_size({"width": 1000, "height": 600})
    visit(page, f"{server.url}/?embed=1&{LONG}{query}")
    found = {name for name, selector in PARTS.items() if page.locator(selector).is_visible()}
    assert found == shown
    assert page.locator("#header").is_hidden()
    stage = page.locator("#stage").bounding_box()
    assert stage
    assert stage["width"] > 300
    assert stage["height"] > 300


@pytest.mark.parametrize("size", [(320, 240), (400, 300)])
def test_a_small_frame_has_a_player(page: Page, server: Server, size: tuple[int, int]) -> None:
    resize(page, *size)
    visit(page, f"{server.url}/?embed=1&{LONG}")
    play = page.get_by_role("button", name="Play")
    expect(play.or_(page.get_by_role("button", name="Pause"))).to_be_visible()


def test_what_is_changed_in_a_frame_can_be_opened_in_the_playground(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?embed=1&{LONG}&hide=tabs&theme=light")
    link = page.locator("#embed-link")
    expect(link).to_have_attribute("href", f"/?{LONG}")
    page.keyboard.press("2")
    expect(link).to_have_attribute("href", f"/?{LONG}&view=3d")
    assert page.evaluate("localStorage.getItem('playground.view')") is None


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(stranger: Visitor, server: Server, theme: str) -> None:
    page = stranger.open(reduced_motion="reduce")
    saved = save(server, RACE, {"tab": "2d"}).replace("/e/", "/embed/")
    everything = "show=curves,ranking,cards,problem"
    for url in (
        f"{server.url}/?embed=1&{LONG}&",
        f"{saved}?",
        f"{saved}?{everything}&",
        f"{saved}?hide={','.join(USUAL)}&",
    ):
        visit(page, f"{url}theme={theme}")
        for width, height in ((700, 450), (320, 240), (900, 900)):
            resize(page, width, height)
            found = Axe().run(page).response["violations"]
            assert found == [], json.dumps(found, indent=1)[:3000]


def test_a_frame_shows_the_part_and_the_step_that_its_link_asks_for(page: Page, server: Server) -> None:
    visit(page, save(server, RACE, {"step": 60, "range": NEAR, "speed": 0.25}).replace("/e/", "/embed/"))
    expect(page.locator(".readout")).to_have_text("60 / 200")
    expect(page.get_by_role("combobox", name="speed")).to_have_value("0.25")
    shows(page, NEAR)
    visit(page, f"{server.url}/?embed=1&{LONG}&range={','.join(map(str, NEAR))}&step=7")
    expect(page.locator(".readout")).to_have_text("7 / 80")
    shows(page, NEAR)
