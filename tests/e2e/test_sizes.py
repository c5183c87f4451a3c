"""The page on screens of every size: the stage rules, and a phone has everything in reach."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import Visitor, resize, wait_until
from tests.e2e.scenes import RACE, SIZES, card, visit
from tests.server import Server


def test_both_views_stand_under_each_other_on_an_upright_phone(stranger: Visitor, server: Server) -> None:
    page = stranger.open((390, 844), reduced_motion="reduce")
    visit(page, f"{server.url}{RACE}&view=both")
    panes = "['2d', '3d'].map((id) => document.querySelector(`.pane-${id}`).getBoundingClientRect())"
    under, level = "(([flat, hill]) => flat.bottom <= hill.top)", "(([flat, hill]) => flat.top === hill.top)"
    wait_until(page, f"{under}({panes})")
    page.get_by_role("button", name="Optimizers").click()
    wait_until(page, f"{level}({panes})")
    page.get_by_role("button", name="Optimizers").click()
    wait_until(page, f"{under}({panes})")
    resize(page, 740, 390)
    wait_until(page, f"{level}({panes})")


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_nothing_scrolls_sideways_and_the_stage_rules(stranger: Visitor, server: Server, size: tuple[int, int]) -> None:
    width, height = size
    page = stranger.open((width, height))
    visit(page, server.url + RACE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.documentElement.scrollHeight") <= height
    box = page.locator("#stage").bounding_box()
    assert box
    # Between a desktop and a phone the results stand below the stage, not beside it.
    share = 0.38 if width == 1024 else 0.5
    assert box["width"] * box["height"] > share * width * height


def test_the_phone_keeps_the_panels_in_sheets(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    visit(page, server.url + RACE)
    expect(card(page, "Adam")).to_be_hidden()
    page.get_by_role("button", name="Optimizers").tap()
    expect(card(page, "Adam")).to_be_visible()
    small = page.evaluate(
        """[...document.querySelectorAll('button, input[type=range], select')].filter((el) => el.checkVisibility()
          && el.getBoundingClientRect().height < 43.5).map((el) => el.outerHTML.slice(0, 100))"""
    )
    assert small == []
    context.close()
