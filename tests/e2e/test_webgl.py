"""The hill needs WebGL: without it there is a sentence, and when a browser takes it away the hill comes back."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import settle, wait_until
from tests.e2e.scenes import apart, picture, visit
from tests.server import Server

HILL = "/?v=1&on=himmelblau&start=0,0&o=sgd;lr=0.01&o=adam;lr=0.1&steps=60&step=60"
CANVAS = "document.querySelector('.plot-scene canvas')"
DRAWN = f"{CANVAS} !== null && !document.querySelector('.plot-3d').classList.contains('is-empty')"
LOSE = f"""() => {{
  const canvas = {CANVAS};
  window.lost = canvas;
  window.loss = canvas.getContext('webgl').getExtension('WEBGL_lose_context');
  window.loss.loseContext();
}}"""
SAME = 0.002
"""The share of pixels that may differ where a hill is the same."""

NEW = f"{DRAWN} && {CANVAS} !== window.lost"
NO_WEBGL = """
  const before = HTMLCanvasElement.prototype.getContext;
  HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
    return /webgl/.test(kind) && !window.webgl ? null : before.call(this, kind, ...rest);
  };
"""


def open_hill(page: Page, server: Server, tab: str = "3d") -> bytes:
    """The hill as it is when it rests."""
    visit(page, f"{server.url}{HILL}&view={tab}")
    return rested(page, DRAWN)


def rested(page: Page, drawn: str) -> bytes:
    """The hill as soon as it is `drawn` and stands still."""
    wait_until(page, drawn)
    return picture(page, ".pane-3d")


@pytest.mark.parametrize("tab", ["3d", "both"])
def test_a_hill_that_the_browser_lost_is_drawn_again(page: Page, server: Server, tab: str) -> None:
    before = open_hill(page, server, tab)
    assert len(Image.open(BytesIO(before)).convert("RGB").getcolors(2**24) or []) > 200
    page.evaluate(LOSE)
    assert apart(rested(page, NEW), before) < SAME
    page.evaluate("window.loss.restoreContext()")
    assert apart(rested(page, NEW), before) < SAME
    page.get_by_role("slider", name="Step", exact=True).press("Home")
    page.mouse.move(5, 5)
    assert apart(rested(page, NEW), before) > SAME / 4


def test_a_hill_that_was_turned_comes_back_as_it_was_seen(page: Page, server: Server) -> None:
    straight = open_hill(page, server)
    box = page.locator(".pane-3d").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y + 10, steps=5)
    page.mouse.up()
    page.mouse.move(5, 5)
    turned = rested(page, DRAWN)
    assert apart(turned, straight) > SAME
    page.evaluate(LOSE)
    again = rested(page, NEW)
    # An eye travels in three digits.
    assert apart(again, turned) < 0.2 * apart(straight, turned)


def test_a_hill_that_is_lost_again_waits_for_a_hand(page: Page, server: Server) -> None:
    before = open_hill(page, server)
    page.evaluate(LOSE)
    rested(page, NEW)
    page.evaluate(LOSE)
    note = page.locator(".pane-3d .plot-note")
    expect(note).to_contain_text("took the 3D view’s graphics away")
    assert page.evaluate(DRAWN) is False
    # What would draw it anew does not do so by itself.
    page.emulate_media(color_scheme="dark")
    page.emulate_media(color_scheme="light")
    settle(page)
    expect(note).to_be_visible()
    assert page.evaluate(DRAWN) is False
    note.get_by_role("button", name="Try again").press("Enter")
    expect(note).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "stage"
    assert apart(rested(page, NEW), before) < SAME


def test_without_webgl_there_is_a_sentence_and_the_flat_view(page: Page, server: Server) -> None:
    page.add_init_script(NO_WEBGL)
    visit(page, f"{server.url}{HILL}&view=both")
    note = page.locator(".pane-3d .plot-note")
    expect(note).to_contain_text("needs WebGL")
    wait_until(page, "document.querySelector('.pane-2d .plot-field:not(.is-empty)') !== null")
    note.get_by_role("button", name="Try again").click()
    expect(note).to_be_visible()
    page.evaluate("window.webgl = true")
    note.get_by_role("button", name="Try again").click()
    expect(note).to_be_hidden()
    wait_until(page, DRAWN)
