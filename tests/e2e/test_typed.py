"""A function of one's own, typed as a person does."""

from io import BytesIO

import numpy as np
import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import wait_painted, wait_until
from tests.e2e.scenes import RACE, SIZES, picture, revision, set_slider, visit
from tests.server import Server

BOWL = "/?v=1&f=a*x^2%2Bb*y^2&f.b=3&f.window=-3,3,-3,3&start=-2,1&o=sgd;lr=0.05&o=adam;lr=0.2&steps=60"


def field(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your own function of x and y")


def formula(page: Page) -> Locator:
    return page.locator("#problem .equation")


def notices(page: Page) -> Locator:
    return page.locator("#notices .notice")


def expression(page: Page) -> str:
    return str(page.evaluate("new URLSearchParams(location.search).get('f')"))


def test_what_is_typed_is_raced_down(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    field(page).press_sequentially("a x^2 + 3y^2")
    expect(page.get_by_role("slider", name="a", exact=True)).to_be_visible()
    wait_until(page, "new URLSearchParams(location.search).get('f') === 'a*x^2+3*y^2'")
    wait_painted(page)
    expect(formula(page)).to_contain_text("f(x,y)=ax2+3y2")
    expect(page.locator(".surface-title")).to_have_text("Your own function")
    # The text stays as it was typed, and both have learning rates that suit it.
    expect(field(page)).to_have_value("a x^2 + 3y^2")
    expect(page.locator("#ranking")).not_to_contain_text("diverged")
    expect(notices(page)).to_have_count(0)
    page.reload()
    wait_painted(page)
    expect(field(page)).to_have_value("a*x^2+3*y^2")


def test_all_that_is_typed_at_once_is_one_change(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    field(page).press_sequentially("x^2 + y^2")
    field(page).press("Enter")
    wait_until(page, "new URLSearchParams(location.search).get('f') === 'x^2+y^2'")
    page.get_by_role("button", name="Undo").click()
    expect(page.locator(".surface-title")).to_have_text("Booth")
    expect(field(page)).to_have_value("")
    wait_until(page, "new URLSearchParams(location.search).get('on') === 'booth'")
    page.get_by_role("button", name="Redo").click()
    expect(field(page)).to_have_value("x^2+y^2")


def test_what_is_wrong_is_said_under_the_very_character(page: Page, server: Server) -> None:
    visit(page, server.url + BOWL)
    before = revision(page)
    field(page).fill("a x^2 + sinn(y)")
    expect(page.locator("#problem .fault:visible")).to_have_text(
        "Character 9: There is no name “sinn”; did you mean sin?"
    )
    expect(field(page)).to_have_attribute("aria-invalid", "true")
    place = """() => {
      const [field, caret] = document.querySelectorAll('.typed-field, .typed-caret');
      const range = document.createRange();
      range.selectNodeContents(caret);
      const style = getComputedStyle(field);
      const context = document.createElement('canvas').getContext('2d');
      context.font = style.font;
      const wide = context.measureText('x').width;
      const edge = parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth);
      const begin = field.getBoundingClientRect().left + edge;
      return (range.getBoundingClientRect().left - begin) / wide;
    }"""
    assert page.evaluate(place) == pytest.approx(8, abs=0.4)
    # What is on the screen stays, and nothing that was typed is lost.
    expect(notices(page)).to_have_count(0)
    assert expression(page) == "a*x^2+b*y^2"
    expect(field(page)).to_have_value("a x^2 + sinn(y)")
    field(page).press("End")
    for _ in range(3):
        field(page).press("ArrowLeft")
    field(page).press("Backspace")
    wait_until(page, "new URLSearchParams(location.search).get('f') === 'a*x^2+sin(y)'")
    expect(page.locator("#problem .fault:visible")).to_have_count(0)
    assert revision(page) > before


def test_constants_have_sliders_whose_ranges_can_be_changed(page: Page, server: Server) -> None:
    visit(page, server.url + BOWL)
    page.get_by_role("textbox", name="Highest b of the slider").fill("40")
    page.keyboard.press("Enter")
    wait_until(page, "new URLSearchParams(location.search).get('f.range.b') === '-5,40'")
    set_slider(page.get_by_role("slider", name="b", exact=True), 0.9)
    wait_until(page, "Number(new URLSearchParams(location.search).get('f.b')) > 30")
    wait_painted(page)
    # With the curvature grows what the mark on the slider of the learning rate says.
    expect(page.locator("#optimizers")).to_contain_text("Diverged")
    page.get_by_role("textbox", name="Lowest b of the slider").fill("50")
    page.keyboard.press("Enter")
    expect(page.locator(".constant .fault:visible")).to_have_text("must be below 40, the other end")
    expect(notices(page)).to_have_count(0)


def test_the_window_is_found_and_can_be_changed(page: Page, server: Server) -> None:
    visit(page, server.url + BOWL)
    page.get_by_role("button", name="Window", exact=True).click()
    page.get_by_role("textbox", name="x to").fill("12")
    page.keyboard.press("Enter")
    wait_until(page, "new URLSearchParams(location.search).get('f.window') === '-3,12,-3,3'")
    # Another text is looked at through the window that was chosen, until one is asked for.
    field(page).fill("(x-40)^2+y^2")
    field(page).press("Enter")
    wait_until(page, "new URLSearchParams(location.search).get('f') === '(x-40)^2+y^2'")
    assert page.evaluate("new URLSearchParams(location.search).get('f.window')") == "-3,12,-3,3"
    page.get_by_role("button", name="Find a window").click()
    wait_until(page, "new URLSearchParams(location.search).get('f.window').startsWith('37,43')")


def test_an_example_can_be_chosen_by_keyboard_alone(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.get_by_role("button", name="Change surface").focus()
    page.keyboard.press("Tab")
    expect(field(page)).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    wait_until(page, "new URLSearchParams(location.search).get('f')?.startsWith('(a-x)^2')")
    expect(field(page)).to_have_value("(a-x)^2+b*(y-x^2)^2")


def test_a_link_with_a_function_that_is_none_opens_and_says_so(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?v=1&f=__import__(%27os%27)&o=adam;lr=0.3&steps=70")
    expect(notices(page).first).to_contain_text("expression")
    wait_until(page, "location.search.includes('o=adam;lr=0.3') && location.search.includes('steps=70')")


def test_where_it_has_no_value_the_picture_has_a_hole(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?v=1&f=log(x)%2By^2&f.window=-3,3,-3,3&start=2,1&o=adam;lr=0.1&steps=20")
    wait_until(page, "document.querySelector('.plot-field:not(.is-empty) .contourlayer path') != null")
    pixels = np.asarray(Image.open(BytesIO(picture(page, ".plot-field"))).convert("RGB"))
    blank = (pixels == 255).all(2).mean(0)
    wide = len(blank)
    assert blank[: int(0.45 * wide)].min() > 0.5
    assert blank[int(0.55 * wide) :].max() < 0.2


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everybody_can_use_it(page: Page, server: Server, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    visit(page, server.url + BOWL)
    if size[0] < 800:
        page.get_by_role("button", name="Problem").click()
    field(page).fill("a x^2 + b y^2 +")
    expect(page.locator("#problem .fault:visible")).to_have_text(
        "Character 16: Something is missing at the end: a number, a name or a bracket."
    )
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
