"""The stage keeps its share of frames and windows of every size, and all the rest can be reached."""

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser import Visitor, resize, settle, wait_until
from tests.e2e.scenes import RACE, visit
from tests.e2e.test_compare import LEFT, RIGHT, open_comparison
from tests.server import Server

SHARE = 0.6
"""Of the height of a frame or a zoomed window."""

ZOOMED = (320, 256)
"""A window of 1280 by 1024 at 400 %."""

FRAMES = (
    (640, 420), (480, 320), ZOOMED, (320, 240), (300, 150), (300, 120), (640, 480), (420, 600), (768, 300), (800, 540),
    (1200, 500),
)  # fmt: skip
EXTRAS = ("curves", "ranking", "cards", "problem")
ASKED = ("", *EXTRAS, *map(",".join, itertools.combinations(EXTRAS, 2)), ",".join(EXTRAS))

LOST = """() => {
  const lost = [];
  for (const el of document.querySelectorAll('button, input, select, a')) {
    if (!el.checkVisibility() || el.matches('.skip')) continue;
    el.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    const box = el.getBoundingClientRect();
    const middle = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    const inside = box.left >= -1 && box.right <= innerWidth + 1 && box.top >= -1 && box.bottom <= innerHeight + 1;
    if (!inside || !middle || !(el.contains(middle) || middle.contains(el))) lost.push(el.outerHTML.slice(0, 120));
  }
  scrollTo(0, 0);
  return lost;
}"""
"""What is on the page and yet nobody can press."""

NAMES = """() => [...document.querySelectorAll('button, input, select, a')]
  .filter((el) => el.checkVisibility() && !el.matches('.skip'))
  .map((el) => el.getAttribute('aria-label') ?? el.textContent).sort()"""


def sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    return bool(page.evaluate("document.documentElement.scrollWidth > innerWidth"))


def share_of_stage(page: Page, selector: str = "#stage") -> float:
    """Of the window's height, as far as the stage is in it before anybody scrolls."""
    return float(
        page.evaluate(
            """(selector) => {
              const { top, bottom } = document.querySelector(selector).getBoundingClientRect();
              return (Math.min(bottom, innerHeight) - Math.max(top, 0)) / innerHeight;
            }""",
            selector,
        )
    )


@pytest.mark.parametrize("asked", ASKED)
def test_the_stage_has_its_share_of_a_frame_whatever_stands_beside_it(page: Page, server: Server, asked: str) -> None:
    visit(page, f"{server.url}/?embed=1&{RACE.removeprefix('/?')}&show={asked}")
    for width, height in FRAMES:
        resize(page, width, height)
        assert share_of_stage(page) > SHARE - 0.005, (width, height)
        assert not sideways(page), (width, height)
        assert page.evaluate(LOST) == [], (width, height)
        for part in filter(None, asked.split(",")):
            name = {"cards": "optimizers"}.get(part, part)
            assert page.locator(f"#{name}").is_visible(), (width, height, part)


def test_what_has_no_room_gives_way_in_its_order(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?embed=1&{RACE.removeprefix('/?')}")
    parts = {"#transport .readout": 0, "#stage-bar": 1, "#embed-bar": 2, "#transport": 3}
    gone = []
    for width, height in ((640, 420), (480, 420), (480, 290), (480, 160), (480, 90)):
        resize(page, width, height)
        gone.append({order for selector, order in parts.items() if page.locator(selector).is_hidden()})
    assert gone == [set(), {0}, {0, 1}, {0, 1, 2}, {0, 1, 2, 3}]


def test_curves_beside_the_stage_are_whole(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?embed=1&{RACE.removeprefix('/?')}&show=curves")
    for width, height in ((640, 420), (480, 320), (800, 540)):
        resize(page, width, height)
        pane, canvas = (
            f"document.querySelector('{part}').getBoundingClientRect()" for part in ("#curves", "#curves canvas")
        )
        wait_until(page, f"Math.abs({pane}.height - {canvas}.height) < 1")
        assert page.evaluate(f"{pane}.height > 100 && {pane}.bottom <= innerHeight")


@pytest.mark.parametrize("size", [ZOOMED, (320, 320), (480, 256), (640, 300)])
def test_everything_can_be_reached_in_a_zoomed_window(page: Page, server: Server, size: tuple[int, int]) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(reduced_motion="reduce")
    visit(page, server.url + RACE)
    settle(page)
    names = page.evaluate(NAMES)
    resize(page, *size)
    assert share_of_stage(page) > SHARE - 0.005
    assert page.evaluate(NAMES) == names
    for sheet in (None, "Problem", "Optimizers", "Results"):
        if sheet:
            page.get_by_role("button", name=sheet, exact=True).click()
        assert not sideways(page), sheet
        assert page.evaluate(LOST) == [], sheet


@pytest.mark.parametrize("size", [(960, 540), (800, 300)])
def test_results_leave_the_stage_its_share_of_a_low_window(page: Page, server: Server, size: tuple[int, int]) -> None:
    visit(page, server.url + RACE)
    resize(page, *size)
    assert share_of_stage(page) > SHARE - 0.01
    assert not sideways(page)
    assert page.evaluate(LOST) == []


def test_two_experiments_can_be_reached_in_a_zoomed_window(page: Page, server: Server) -> None:
    page.set_viewport_size({"width": ZOOMED[0], "height": ZOOMED[1]})
    open_comparison(page, server, left=LEFT, right=RIGHT)
    assert not sideways(page)
    assert page.evaluate(LOST) == []
    page.evaluate("document.querySelector('#left-stage').scrollIntoView()")
    assert share_of_stage(page, "#left-stage") > SHARE - 0.005


@pytest.mark.parametrize("name", ["Share", "Help"])
def test_dialogs_fit_a_zoomed_window(stranger: Visitor, server: Server, name: str) -> None:
    page = stranger.open(ZOOMED, reduced_motion="reduce")
    visit(page, server.url + RACE)
    page.get_by_role("button", name=name, exact=True).click()
    inside = page.evaluate(
        """(() => {
          const { left, right, top, bottom } = document.querySelector('dialog[open]').getBoundingClientRect();
          return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
        })()"""
    )
    assert inside
    page.get_by_role("button", name="Close").click()
