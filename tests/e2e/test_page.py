"""The page as a person meets it: by keyboard, with bad input, and for those who do not see it."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Response, expect

from tests.browser import Visitor, resize, settle, wait_painted, wait_until
from tests.e2e.scenes import FAULTY, RACE, SIZES, card, picture, revision, visit, wait_hill
from tests.patience import eventually
from tests.server import Server


def test_everything_by_keyboard(page: Page, server: Server) -> None:
    visit(page, f"{server.url}{RACE}&step=40")
    step = page.get_by_role("slider", name="Step", exact=True)
    expect(step).to_have_value("40")
    page.keyboard.press("Space")
    wait_until(page, "document.querySelector('input[aria-label=Step]').valueAsNumber > 40")
    # It may have come to its end by now; a step of the hand pauses it in any case.
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(step).to_have_value("0")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(step).to_have_value("11")
    page.keyboard.press("ArrowLeft")
    expect(step).to_have_value("10")
    page.keyboard.press("End")
    expect(step).to_have_value("80")
    slider = card(page, "Adam").get_by_role("slider", name="learning rate")
    slider.focus()
    first = revision(page)
    for key in ("ArrowRight", "Shift+ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
    wait_painted(page)
    assert revision(page) >= first + 3
    assert slider.get_attribute("aria-valuetext") not in (None, "0.4")
    page.keyboard.press("Control+z")
    wait_painted(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("play or pause")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    page.keyboard.press("3")
    expect(page.get_by_role("tab", name="Both")).to_have_attribute("aria-selected", "true")


def test_the_start_moves_by_keyboard(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.locator("#stage [aria-label^='Start point']").focus()
    first = revision(page)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    wait_painted(page)
    assert revision(page) >= first + 2
    wait_until(page, "!location.search.includes('start=-8,6&')")


def test_optimizers_are_added_renamed_hidden_duplicated_and_removed(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.get_by_role("button", name=re.compile("Add optimizer")).click()
    page.get_by_role("menuitem", name=re.compile("^Nesterov")).click()
    wait_painted(page)
    expect(card(page, "Nesterov")).to_be_visible()
    card(page, "Nesterov").get_by_role("button", name="more actions").click()
    page.get_by_role("menuitem", name="Duplicate").click()
    wait_painted(page)
    expect(card(page, "Nesterov 2")).to_be_visible()
    name = card(page, "Nesterov 2").get_by_role("textbox", name="name")
    name.fill("Looking <b>ahead</b> 🏔")
    name.press("Enter")
    wait_painted(page)
    renamed = card(page, "Looking <b>ahead</b> 🏔")
    expect(renamed).to_be_visible()
    before = picture(page)
    renamed.get_by_role("button", name=re.compile("^show")).click()
    assert eventually(lambda: picture(page) != before)
    for gone in ("Looking <b>ahead</b> 🏔", "Nesterov", "Adam", "Gradient descent"):
        card(page, gone).get_by_role("button", name="more actions").click()
        page.get_by_role("menuitem", name="Remove").click()
        wait_painted(page)
        expect(card(page, gone)).to_have_count(0)
    expect(page.get_by_text(re.compile("no optimizer", re.IGNORECASE)).first).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    wait_painted(page)
    expect(card(page, "Gradient descent")).to_be_visible()


def test_another_surface_from_the_gallery(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.get_by_role("button", name=re.compile("Change surface")).click()
    page.get_by_role("dialog").get_by_role("button", name=re.compile("Himmelblau")).click()
    wait_painted(page)
    wait_until(page, "location.search.includes('on=himmelblau')")
    expect(page.locator("#problem")).to_contain_text("Himmelblau")


def test_a_damaged_link_opens_what_is_valid_and_says_what_is_not(page: Page, server: Server) -> None:
    visit(page, server.url + FAULTY)
    expect(card(page, "Gradient descent")).to_be_visible()
    expect(card(page, "Adam")).to_be_visible()
    notice = page.locator("#notices")
    for part in ("optimizers[1].lr", "oops", "optimizers[2].name", "adamm", "stepz"):
        expect(notice).to_contain_text(part)
    wait_until(page, "location.search.includes('steps=80') && !location.search.includes('stepz')")


@pytest.mark.parametrize(
    "query", ["?", "?v=99&on=booth&o=adam", "?on=nowhere", "?v=1&on=booth&o=", "?%E2%", "?o=adam;lr=1e999"]
)
def test_no_address_breaks_the_page(page: Page, server: Server, query: str) -> None:
    visit(page, server.url + "/" + query)
    expect(page.get_by_role("button", name=re.compile("^(Play|Pause)$"))).to_be_visible()


def test_a_bad_entry_is_kept_and_explained(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    entry = card(page, "Adam").get_by_role("textbox", name="learning rate")
    first = revision(page)
    for typed in ("NaN", "-1", "1e999", "fast"):
        entry.fill(typed)
        entry.press("Enter")
        expect(entry).to_have_attribute("aria-invalid", "true")
        expect(entry).to_have_value(typed)
    assert revision(page) == first
    entry.fill("0")
    entry.press("Enter")
    wait_painted(page)
    wait_until(page, "location.search.includes('o=adam;lr=0&')")


def test_zooming_asks_for_a_sharp_field(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    box = page.locator("#stage").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)

    def is_of_a_part(response: Response) -> bool:
        if not response.url.endswith("/api/field"):
            return False
        low, high = response.request.post_data_json["window"][0]
        return bool(high - low < 20)

    # The answer to what was asked before may still be on its way.
    with page.expect_response(is_of_a_part):
        page.mouse.wheel(0, -600)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(stranger: Visitor, server: Server, theme: Any) -> None:
    page = stranger.open(color_scheme=theme, reduced_motion="reduce")
    visit(page, server.url + RACE)
    for width, height in SIZES:
        resize(page, width, height)
        settle(page)
        assert serious(page) == []
        page.keyboard.press("?")
        assert serious(page) == []
        page.keyboard.press("Escape")


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_three_dimensions_turn(page: Page, server: Server) -> None:
    visit(page, server.url + RACE + "&view=3d")
    wait_hill(page)
    page.keyboard.press("End")
    before = picture(page)
    box = page.locator("#stage").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2 + 150, box["y"] + box["height"] / 2 + 40, steps=4)
    page.mouse.up()
    assert eventually(lambda: picture(page) != before)


def test_a_card_moves_by_keys_and_keeps_the_focus(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    slider = card(page, "Gradient descent").get_by_role("slider", name="learning rate")
    slider.focus()
    page.keyboard.press("Alt+ArrowDown")
    wait_painted(page)
    wait_until(page, "location.search.indexOf('o=adam') < location.search.indexOf('o=sgd')")
    expect(slider).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowUp")
    wait_until(page, "location.search.indexOf('o=sgd') < location.search.indexOf('o=adam')")


def test_the_rate_has_a_mark_where_steps_start_to_grow(page: Page, server: Server) -> None:
    """Booth's curvatures are 2 and 18: plain descent is stable below 2/18."""
    visit(page, server.url + RACE)
    plain = card(page, "Gradient descent")
    expect(plain.locator(".slider-mark:visible")).to_have_count(1)
    expect(plain.get_by_role("slider", name="learning rate")).to_have_accessible_description(re.compile(r"0\.1111"))
    expect(card(page, "Adam").locator(".slider-mark:visible")).to_have_count(0)


def test_the_table_counts_gradients(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.get_by_role("button", name="All measures").click()
    head = page.get_by_role("columnheader", name="gradients")
    expect(head.get_by_role("button")).to_have_attribute("title", re.compile("L-BFGS"))
    head.get_by_role("button").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(page.get_by_role("row", name=re.compile("Gradient descent")).last).to_contain_text("81")
