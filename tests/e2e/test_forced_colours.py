"""Forced colours, as people choose them to see at all: what is chosen, pressed, filled or reached can be told."""

from io import BytesIO

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser import Visitor
from tests.e2e.scenes import RACE, card, share, visit
from tests.exports.races import rgb
from tests.server import Server

MODEL = "/?v=1&model=mlp&model.hidden=4,&data=xor&o=sgd;lr=0.2&o=adam;lr=0.01&steps=20&view=2d&plane=chosen"
CLEAR = 96
"""By how much, of 255, a channel of two colours differs that nobody mixes up."""


@pytest.fixture(params=["light", "dark"])
def forced(stranger: Visitor, request: pytest.FixtureRequest) -> Page:
    """A page in forced colours, of a light and of a dark palette."""
    return stranger.open(forced_colors="active", color_scheme=request.param, reduced_motion="reduce")


def pixels(part: Locator) -> np.ndarray:
    """What is on the screen of `part`: height x width x 3."""
    part.scroll_into_view_if_needed()
    return np.asarray(Image.open(BytesIO(part.screenshot())).convert("RGB"), dtype=int)


def apart(one: np.ndarray, other: np.ndarray) -> bool:
    """Whether two colours are clearly others."""
    return bool(np.abs(one - other).max() >= CLEAR)


def ground(part: Locator) -> np.ndarray:
    """The colour of most of the pixels of `part`."""
    colours, counts = np.unique(pixels(part).reshape(-1, 3), axis=0, return_counts=True)
    return np.asarray(colours[counts.argmax()])


def test_the_chosen_tab_differs_from_the_others(forced: Page, server: Server) -> None:
    visit(forced, server.url + RACE)
    for chosen, other in (("2D", "3D"), ("Loss", "Rate"), ("Surface", "Model")):
        one, two = (forced.get_by_role("tab", name=name).first for name in (chosen, other))
        assert apart(ground(one), ground(two)), chosen


def test_pressed_and_open_buttons_differ_from_the_others(forced: Page, server: Server) -> None:
    visit(forced, server.url + RACE)
    pressed = forced.get_by_role("button", name="logarithmic value axis")
    assert apart(ground(pressed), ground(forced.get_by_role("button", name="logarithmic step axis")))
    rail = forced.get_by_role("button", name="Curves and ranking")
    before = ground(rail)
    rail.click()
    forced.mouse.move(5, 5)
    assert apart(before, ground(rail))
    show = card(forced, "Adam").get_by_role("button", name="Adam").first
    before = pixels(show)
    show.click()
    forced.mouse.move(5, 5)
    after = pixels(show)
    # The frame around it, and not only the stroke in it.
    assert apart(before[before.shape[0] // 2, 1], after[after.shape[0] // 2, 1])


def test_a_switch_tells_whether_it_is_on(forced: Page, server: Server) -> None:
    visit(forced, server.url + RACE)
    # It may be called something else from then on.
    last = forced.locator(".card").last
    last.get_by_role("button", name="More", exact=True).click()
    switch = last.get_by_role("switch").first
    ends = []
    for _ in range(2):
        forced.mouse.move(5, 5)
        seen = pixels(switch)
        middle = seen[seen.shape[0] // 2]
        ends.append((middle[9], middle[26]))
        assert apart(*ends[-1])
        switch.click()
    assert apart(ends[0][0], ends[1][0])


@pytest.mark.parametrize("name", ["learning rate", "Step"])
def test_the_track_of_a_slider_is_seen_and_how_far_it_is_filled(forced: Page, server: Server, name: str) -> None:
    visit(forced, server.url + RACE + "&step=40")
    slider = forced.get_by_role("slider", name=name, exact=True).first
    forced.mouse.move(5, 5)
    seen = pixels(slider)
    track, beside = seen[seen.shape[0] // 2], seen[1]
    filled, rest = track[12], track[-12]
    assert apart(filled, beside[12])
    assert apart(rest, beside[-12])
    assert apart(filled, rest)


def test_keys_have_the_colours_of_their_paths(forced: Page, server: Server) -> None:
    visit(forced, server.url + RACE)
    for name in ("Gradient descent", "Adam"):
        key = card(forced, name).locator(".swatch").first
        drawn = key.evaluate("(el) => getComputedStyle(el.querySelector('path')).stroke")
        told = forced.evaluate(f"getComputedStyle(document.documentElement).getPropertyValue('--path-{SLOTS[name]}')")
        assert drawn == css(told)
        on_plot = pixels(forced.locator("#stage"))
        assert (np.abs(on_plot - np.array(rgb(told.strip()))).max(2) < 8).sum() > 20


SLOTS = {"Gradient descent": 0, "Adam": 1}


def css(colour: str) -> str:
    """As a browser tells it."""
    return f"rgb({', '.join(map(str, rgb(colour.strip())))})"


def test_axes_can_be_read_in_a_theme_that_is_not_the_palettes(forced: Page, server: Server) -> None:
    visit(forced, server.url + RACE)
    for _ in range(2):
        forced.get_by_role("button", name="Theme").click()
        stage = forced.locator("#stage")
        behind = stage.evaluate("(el) => getComputedStyle(el).backgroundColor")
        panel = forced.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--panel')")
        assert behind == css(panel)


def test_a_meter_tells_how_much(forced: Page, server: Server) -> None:
    visit(forced, server.url + MODEL)
    meter = forced.locator(".plane-share").first
    meter.wait_for(state="visible")
    forced.evaluate("document.querySelector('.plane-share').style.setProperty('--part', '0.5')")
    seen = pixels(meter)
    middle = seen[seen.shape[0] // 2]
    assert apart(middle[8], middle[-8])


def test_the_first_button_of_a_dialog_stands_out(forced: Page, server: Server) -> None:
    visit(forced, server.url + RACE)
    dialog = share(forced)
    first, other = (dialog.get_by_role("button", name=name) for name in ("Copy link", "Make short link"))
    assert apart(ground(first), ground(other))
