"""How a comparison is looked at: as its links ask, kept in its address, copied as seen; by keyboard, and by axe."""

import json
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser import COMPLETE, Visitor, resize, wait_until
from tests.e2e.scenes import NO_CLIPBOARD
from tests.e2e.test_compare import LEFT, MODEL, RIGHT, asked, open_comparison, save
from tests.server import Server

NEAR = [-4.5, 1.5, 1, 6]


def ends(page: Page, side: str) -> list[float]:
    """The ends of x and of y that the flat stage of a side shows."""
    axes = f"document.querySelector('#{side} .pane-2d .plot-axes')?._fullLayout"
    wait_until(page, f"{axes} != null")
    found: list[float] = page.evaluate(f"[...{axes}.xaxis.range, ...{axes}.yaxis.range]")
    return found


def eye(page: Page, side: str) -> list[float]:
    """Where the camera of a side is."""
    scene = f"document.querySelector('#{side} .plot-scene')?._fullLayout?.scene?._scene"
    wait_until(page, f"{scene}?.glplot != null")
    found: list[float] = page.evaluate(f"Object.values({scene}.getCamera().eye)")
    return [round(part, 3) for part in found]


def readout(page: Page) -> Locator:
    return page.locator("#transport output")


def copied(page: Page) -> str:
    """The link as the button copies it, where the page may use no clipboard: pasted by the keys of the system."""
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_visible()
    page.get_by_role("button", name="Change the left experiment").click()
    entry = page.get_by_role("textbox", name="Which experiment shall stand here?")
    entry.fill("")
    page.keyboard.press("Control+v")
    link = entry.input_value()
    page.keyboard.press("Escape")
    return link


def test_it_opens_as_its_links_ask_the_left_one_first(page: Page, server: Server) -> None:
    near = ",".join(map(str, NEAR))
    left = f"{LEFT}&curve=gradient&log=x&step=12&speed=0.5&range={near}"
    open_comparison(page, server, left=left, right=f"{RIGHT}&curve=rate&step=20&camera=1,0.5,1")
    expect(readout(page)).to_have_text("12 / 80")
    expect(page.get_by_role("tab", name="Gradient")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("button", name="logarithmic step axis")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="logarithmic value axis")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("combobox", name="speed")).to_have_value("0.5")
    seen = ends(page, "left")
    assert (seen[1] - seen[0] <= 6.01) or (seen[3] - seen[2] <= 5.01)
    assert ends(page, "right")[1] - ends(page, "right")[0] > 15
    page.get_by_role("tab", name="3D", exact=True).click()
    assert eye(page, "right") == [1, 0.5, 1]
    assert eye(page, "left") != [1, 0.5, 1]


def test_the_left_says_nothing_and_the_right_is_heard(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=f"{RIGHT}&curve=rate&step=20&view=3d")
    expect(readout(page)).to_have_text("20 / 80")
    expect(page.get_by_role("tab", name="Rate")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="3D", exact=True)).to_have_attribute("aria-selected", "true")


def test_an_experiment_that_is_picked_brings_its_camera_and_step(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=RIGHT, view="3d")
    home = eye(page, "right")
    page.get_by_role("button", name="Change the right experiment").click()
    entry = page.get_by_role("textbox", name="Which experiment shall stand here?")
    entry.fill(f"{server.url}/?{RIGHT}&view=2d&camera=1.2,0.6,0.8&step=9")
    page.keyboard.press("Enter")
    expect(readout(page)).to_have_text("9 / 80")
    wait_until(page, "document.querySelector('#right .pane-3d .plot-reset').checkVisibility()")
    assert eye(page, "right") == [1.2, 0.6, 0.8]
    assert eye(page, "left") == pytest.approx(home, abs=0.01)


def test_what_is_chosen_stands_in_the_address(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=MODEL)
    page.get_by_role("tab", name="Distance").click()
    page.get_by_role("button", name="logarithmic step axis").click()
    page.get_by_role("button", name="logarithmic value axis").click()
    page.get_by_role("combobox", name="speed").select_option("2")
    page.get_by_role("tab", name="3D", exact=True).click()
    said = {"view": "3d", "curve": "distance", "log": "x", "speed": "2"}
    assert asked(page) == {"left": LEFT, "right": MODEL} | said
    page.reload()
    wait_until(page, COMPLETE)
    for name in ("3D", "Distance"):
        expect(page.get_by_role("tab", name=name, exact=True)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("button", name="logarithmic step axis")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("combobox", name="speed")).to_have_value("2")
    page.get_by_role("tab", name="Accuracy").click()
    expect(page.get_by_role("button", name="logarithmic value axis")).to_be_disabled()


def test_logarithmic_axes_are_those_of_both_curves(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=RIGHT)
    axes = "[...document.querySelectorAll('.side-curves .plot-axes')].map((el) => el._fullLayout.xaxis.range)"
    wait_until(page, f"{axes}.every((range) => range[0] === 0 && range[1] === 80)")
    page.get_by_role("button", name="logarithmic step axis").click()
    wait_until(page, f"{axes}.every((range) => Math.abs(range[1] - Math.log10(80)) < 0.01)")


@pytest.mark.parametrize("saved", [False, True], ids=["long", "saved"])
def test_the_copied_link_holds_what_is_seen(page: Page, stranger: Visitor, server: Server, saved: bool) -> None:
    page.add_init_script(NO_CLIPBOARD)
    left = save(server, "60", "Kept")["id"] if saved else f"{LEFT}&step=70"
    open_comparison(page, server, left=left, right=RIGHT)
    page.get_by_role("button", name="Step forward").focus()
    page.keyboard.press("Home")
    page.evaluate("document.querySelector('button[aria-label=Pause]')?.click()")
    page.keyboard.press("Home")
    page.keyboard.press("Shift+ArrowRight")
    box = page.locator("#left-stage").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    with page.expect_response("**/api/field"):
        page.mouse.wheel(0, -500)
    link = copied(page)
    assert "range" not in page.evaluate("location.search")
    other = stranger.open()
    other.goto(link)
    wait_until(other, COMPLETE)
    expect(readout(other)).to_have_text(readout(page).text_content() or "")
    expect(readout(other)).to_contain_text("10 / ")
    assert ends(other, "left") == pytest.approx(ends(page, "left"), abs=1e-3)
    assert ends(other, "right") == pytest.approx(ends(page, "right"), abs=1e-3)


def test_a_comparison_that_plays_is_copied_so_whatever_its_links_say(page: Page, server: Server) -> None:
    page.add_init_script(NO_CLIPBOARD)
    open_comparison(page, server, left=f"{LEFT}&step=70", right=RIGHT)
    expect(readout(page)).to_have_text("70 / 80")
    page.keyboard.press("End")
    link = copied(page)
    assert link.endswith("&step=")
    page.goto(link)
    wait_until(page, COMPLETE)
    expect(readout(page)).to_have_text("80 / 80")


def test_where_nothing_can_be_copied_the_link_is_in_the_address_bar(page: Page, server: Server) -> None:
    page.add_init_script(f"{NO_CLIPBOARD}; document.execCommand = () => false;")
    open_comparison(page, server, left=LEFT, right=f"{RIGHT}&step=20")
    expect(readout(page)).to_have_text("20 / 80")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("alert")).to_contain_text("in the address bar")
    assert asked(page)["step"] == "20"


def test_without_motion_it_rests_at_the_end_of_the_longer_race(stranger: Visitor, server: Server) -> None:
    page = stranger.open(reduced_motion="reduce")
    open_comparison(page, server, left=LEFT, right=RIGHT)
    expect(readout(page)).to_have_text("80 / 80")


def test_a_whole_session_by_keyboard(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT)
    press = page.keyboard.press
    entry = page.get_by_role("textbox", name="Which experiment shall stand on the right?")
    for _ in range(40):
        press("Tab")
        if entry.evaluate("el => el === document.activeElement"):
            break
    expect(entry).to_be_focused()
    page.keyboard.type(f"{server.url}/?{RIGHT}")
    press("Enter")
    expect(page.locator("#right .side-length")).to_have_text("30 steps")
    expect(page.get_by_role("button", name="Change the right experiment")).to_be_focused()
    press("Shift+Tab")
    expect(page.get_by_role("link", name="Open the right experiment in the playground")).to_be_focused()
    swap = page.get_by_role("button", name="Swap sides")
    swap.focus()
    press("Enter")
    expect(page.locator("#left .side-length")).to_have_text("30 steps")
    expect(swap).to_be_focused()
    press("Shift+Tab")
    expect(page.get_by_role("tab", name="2D", exact=True)).to_be_focused()
    press("ArrowRight")
    expect(page.get_by_role("tab", name="3D", exact=True)).to_have_attribute("aria-selected", "true")
    press("1")
    expect(page.get_by_role("tab", name="2D", exact=True)).to_have_attribute("aria-selected", "true")
    page.get_by_role("link", name="Open the left experiment in the playground").focus()
    press("ArrowRight")
    press("r")
    press("Shift+ArrowRight")
    press("ArrowLeft")
    expect(readout(page)).to_have_text("9 / 80")
    page.get_by_role("button", name="Step forward").focus()
    press("Enter")
    expect(readout(page)).to_have_text("10 / 80")
    page.get_by_role("button", name="Play").focus()
    press("Space")
    expect(readout(page)).to_have_text("80 / 80")
    press("Control+z")
    expect(page.locator("#right .side-length")).to_have_text("30 steps")
    page.get_by_role("button", name="Change the left experiment").focus()
    press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    press("Escape")
    expect(page.get_by_role("button", name="Change the left experiment")).to_be_focused()


def violations(page: Page) -> list[Any]:
    found: list[Any] = Axe().run(page).response["violations"]
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(stranger: Visitor, server: Server, theme: Any) -> None:
    page = stranger.open(color_scheme=theme, reduced_motion="reduce")
    for sides in ({}, {"left": LEFT}, {"left": LEFT, "right": MODEL}):
        page.goto(f"{server.url}/compare")
        if sides:
            open_comparison(page, server, **sides)
        expect(page.locator("#differences")).to_contain_text("differ")
        for width in (1440, 390):
            resize(page, width, 844)
            found = violations(page)
            assert found == [], json.dumps(found, indent=1)[:3000]
            assert page.evaluate("document.documentElement.scrollWidth") == width
    page.get_by_role("button", name="Change the left experiment").click()
    assert violations(page) == []
