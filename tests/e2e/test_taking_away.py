"""Files and films from the share dialog."""

import json
import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Locator, Page, Route, WebSocketRoute, expect

from app.exports.drawing.look import DARK, LIGHT
from tests.browser import Visitor
from tests.e2e.scenes import RACE, card, share, told, visit
from tests.exports.races import rgb
from tests.server import Server

MODEL = "/?v=1&model=mlp&model.hidden=8,&data=moons&o=sgd;lr=0.2&o=adam;lr=0.05&steps=60"


@pytest.mark.parametrize(
    ("title", "beginning"),
    [
        ("PyTorch script", b'"""'),
        ("Picture (PNG)", b"\x89PNG"),
        ("Animation (GIF)", b"GIF89a"),
        ("Film (WebM)", b"\x1a\x45\xdf\xa3"),
    ],
)
def test_files_come_with_a_name_and_a_word(page: Page, server: Server, title: str, beginning: bytes) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    with page.expect_download() as download:
        dialog.get_by_role("button", name=f"Download {title}").click()
    name = download.value.suggested_filename
    assert name.lower().startswith("booth.")
    expect(told(dialog)).to_have_text(f"{title} is ready: {name}")
    assert Path(download.value.path()).read_bytes().startswith(beginning)
    expect(dialog.get_by_role("progressbar")).to_have_count(0)


def option(dialog: Locator, title: str, name: str) -> Locator:
    """The field of an option of that file, behind its button."""
    row = dialog.get_by_role("listitem").filter(has=dialog.page.get_by_text(title, exact=True))
    button = row.get_by_role("button", name=f"Options of {title}")
    if button.get_attribute("aria-expanded") == "false":
        button.click()
    return row.get_by_label(name, exact=True).locator("visible=true")


def taken(dialog: Locator, title: str) -> bytes:
    with dialog.page.expect_download() as download:
        dialog.get_by_role("button", name=f"Download {title}").click()
    return Path(download.value.path()).read_bytes()


def corner(picture: Image.Image) -> tuple[int, ...]:
    found = picture.convert("RGB").getpixel((1, 1))
    assert isinstance(found, tuple)
    return found


def test_pictures_and_animations_are_as_their_options_say(stranger: Visitor, server: Server) -> None:
    page = stranger.open(color_scheme="dark")
    visit(page, server.url + RACE)
    dialog = share(page)
    usual = Image.open(BytesIO(taken(dialog, "Picture (PNG)")))
    assert usual.size == (2400, 1800)
    assert corner(usual) == rgb(DARK.panel)
    expect(option(dialog, "Picture (PNG)", "colours")).to_have_value("dark")
    option(dialog, "Picture (PNG)", "colours").select_option("light")
    for name, value in {"width": "500", "height": "400", "scale": "1"}.items():
        option(dialog, "Picture (PNG)", name).fill(value)
    data = taken(dialog, "Picture (PNG)")
    chosen = Image.open(BytesIO(data))
    assert chosen.size == (500, 400)
    assert corner(chosen) == rgb(LIGHT.panel)
    option(dialog, "Picture (PNG)", "what is shown").select_option("curves")
    assert taken(dialog, "Picture (PNG)") != data
    for name, value in {"width": "300", "height": "320", "frames": "5"}.items():
        option(dialog, "Animation (GIF)", name).fill(value)
    film = Image.open(BytesIO(taken(dialog, "Animation (GIF)")))
    assert (film.size, film.n_frames) == ((300, 320), 5)
    assert corner(film) == rgb(DARK.panel)


def test_an_option_that_cannot_be_is_told_where_it_stands(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/export/" in request.url else None)
    height, width = (option(dialog, "Animation (GIF)", name) for name in ("height", "width"))
    height.fill("ten")
    dialog.get_by_role("button", name="Download Animation (GIF)").click()
    expect(told(dialog)).to_have_attribute("data-kind", "alert")
    expect(height).to_be_focused()
    assert asked == []
    # Each is allowed, but not both: that only the server knows.
    height.fill("1500")
    width.fill("1600")
    dialog.get_by_role("button", name="Download Animation (GIF)").click()
    expect(height).to_have_attribute("aria-invalid", "true")
    expect(told(dialog)).to_have_text(re.compile(r"Animation \(GIF\): height makes frames of 2,400,000 pixels"))
    width.fill("320")
    height.fill("200")
    option(dialog, "Animation (GIF)", "frames").fill("2")
    expect(height).not_to_have_attribute("aria-invalid", "true")
    assert Image.open(BytesIO(taken(dialog, "Animation (GIF)"))).size == (320, 200)


def test_the_open_tab_is_what_moves(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    files = {}
    for tab in ("2D", "3D"):
        page.get_by_role("tab", name=tab).click()
        dialog = share(page)
        for name, value in {"width": "320", "height": "320", "frames": "3"}.items():
            option(dialog, "Animation (GIF)", name).fill(value)
        files[tab] = taken(dialog, "Animation (GIF)")
        page.keyboard.press("Escape")
    assert files["2D"] != files["3D"]
    dialog = share(page)
    option(dialog, "Animation (GIF)", "what is shown").select_option("2d")
    assert taken(dialog, "Animation (GIF)") == files["2D"]


def test_models_are_filmed_as_they_learn(page: Page, stranger: Visitor, server: Server) -> None:
    visit(page, server.url + MODEL)
    dialog = share(page)
    link = dialog.get_by_role("textbox", name="link", exact=True).input_value()
    button = dialog.get_by_role("button", name="Download Film (WebM)")
    expect(button).to_be_enabled()
    film = taken(dialog, "Film (WebM)")
    assert dialog.get_by_role("textbox", name="link", exact=True).input_value() == link
    video = stranger.open()
    video.set_content("<video muted></video>")
    load = "([video, data]) => new Promise((done) => { video.onloadeddata = done; video.src = data; })"
    source = f"data:video/webm;base64,{b64encode(film).decode()}"
    shown = video.locator("video")
    shown.evaluate(f"(video, data) => ({load})([video, data]).then(() => null)", source)
    seen = []
    for at in (0.1, 2.5):
        seek = "(video, at) => new Promise((done) => { video.onseeked = () => done(null); video.currentTime = at; })"
        shown.evaluate(seek, at)
        seen.append(Image.open(BytesIO(shown.screenshot())).convert("RGB"))
    moved = ImageChops.difference(*seen).convert("L").point(lambda level: 255 * (level > 24)).histogram()[255]
    assert moved > 0.05 * seen[0].width * seen[0].height
    video.close()


def test_a_film_waits_for_the_whole_race_and_says_so(page: Page, server: Server) -> None:
    held: list[WebSocketRoute] = []
    late: list[str | bytes] = []

    def listen(socket: WebSocketRoute) -> None:
        behind = socket.connect_to_server()
        held.append(socket)

        def pass_on(message: str | bytes) -> None:
            if late or '"finished"' in str(message):
                late.append(message)
            else:
                socket.send(message)

        behind.on_message(pass_on)

    page.route_web_socket("**/ws/run?*", listen)
    page.goto(server.url + RACE)
    expect(card(page, "Adam")).to_be_visible()
    dialog = share(page)
    row = dialog.get_by_role("listitem").filter(has_text="Film (WebM)")
    expect(dialog.get_by_role("button", name="Download Film (WebM)")).to_be_disabled()
    expect(row).to_contain_text("still being computed")
    for message in late:
        held[0].send(message)
    expect(dialog.get_by_role("button", name="Download Film (WebM)")).to_be_enabled()
    expect(row).not_to_contain_text("still being computed")


def test_what_takes_long_tells_how_far_it_is_and_can_be_cancelled(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route("**/api/export/gif", hold)
    for title, share_done in (("Film (WebM)", re.compile("^[1-9]")), ("Animation (GIF)", None)):
        dialog.get_by_role("button", name=f"Download {title}").click()
        bar = dialog.get_by_role("progressbar", name=f"making: {title}")
        expect(bar).to_be_visible()
        if share_done:
            expect(bar).to_have_attribute("aria-valuenow", share_done)
        dialog.get_by_role("button", name=f"Cancel {title}").click()
        expect(told(dialog)).to_have_text(f"{title}: cancelled.")
        expect(bar).to_be_hidden()
        expect(dialog.get_by_role("button", name=f"Download {title}")).to_be_focused()
    assert len(asked) == 1


def test_a_fault_is_told_in_the_dialog(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    problem = {"type": "/problems/busy", "title": "Busy", "status": 503, "detail": "Many files are being made."}
    late = json.dumps({"done": 1, "total": 3, "data": ""})
    page.route("**/api/export/csv", lambda route: route.fulfill(status=200, body=f"{late}\n"))
    page.route("**/api/export/json", lambda route: route.fulfill(body=json.dumps({"problem": problem}) + "\n"))
    for title, words in (("Table (CSV)", "cannot be reached"), ("Data (JSON)", "Many files are being made.")):
        dialog.get_by_role("button", name=f"Download {title}").click()
        expect(told(dialog)).to_contain_text(words)
        expect(told(dialog)).to_have_attribute("data-kind", "alert")
