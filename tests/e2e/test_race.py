"""The race on the page: it plays, bends under the hand, and is where the address says."""

import json
import re
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visitor, next_frame, settle, wait_painted, wait_until
from tests.e2e.scenes import RACE, card, picture, revision, set_slider, visit
from tests.patience import eventually
from tests.server import Server


@pytest.fixture
def page(moving: Page) -> Page:
    """Races play here."""
    return moving


def step_of(page: Page) -> float:
    return float(page.get_by_role("slider", name="Step", exact=True).input_value())


def test_a_first_visit_plays_by_itself_and_invites(page: Page, server: Server) -> None:
    visit(page, server.url)
    wait_until(page, "document.querySelector('input[aria-label=Step]')?.valueAsNumber > 3")
    # Nobody touched it, and it goes on to its end.
    wait_until(page, "document.querySelector('input[aria-label=Step]').valueAsNumber === 200")
    expect(page.get_by_text(re.compile("drag", re.IGNORECASE)).first).to_be_visible()
    expect(page.get_by_role("group", name="Momentum", exact=True)).to_be_visible()


@pytest.mark.parametrize("held", ["", "&embed=1&hide=tabs"])
def test_a_key_that_comes_before_the_first_frame_does_what_it_says(page: Page, server: Server, held: str) -> None:
    page.add_init_script("window.requestAnimationFrame = () => 1")
    visit(page, server.url + RACE + held)
    page.keyboard.press("2")
    wait_until(page, "document.querySelector('#stage').dataset.tab === '3d'")
    page.keyboard.press("End")
    # Any key brings the controls up to date.
    page.keyboard.press("Shift")
    assert step_of(page) == 80


def test_a_race_pauses_where_it_is(page: Page, server: Server) -> None:
    visit(page, server.url + RACE.replace("steps=80", "steps=5000"))
    page.get_by_role("button", name="Pause", exact=True).click()
    for _ in range(2):
        stopped = step_of(page)
        settle(page)
        assert step_of(page) == stopped
        page.keyboard.press("Space")
        wait_until(page, f"document.querySelector('input[aria-label=Step]').valueAsNumber > {stopped}")
        page.keyboard.press("Space")


def test_the_show_goes_on_while_a_hand_turns_a_slider(page: Page, server: Server) -> None:
    visit(page, server.url + RACE.replace("steps=80", "steps=5000"))
    slider = card(page, "Adam").get_by_role("slider", name="learning rate")
    before = step_of(page)
    for _ in range(40):
        slider.press("ArrowRight")
        next_frame(page)
    # Each frame of the show moves on by a step or more.
    assert step_of(page) > before + 5
    wait_painted(page)


def test_the_paths_on_the_page_are_those_of_the_server(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.keyboard.press("End")
    page.get_by_role("button", name="All measures").click()
    shown = page.get_by_role("dialog").get_by_role("row").filter(has_text="Adam").inner_text()
    document = {
        "objective": {"kind": "surface", "name": "booth"}, "start": [-8, 6], "steps": 80,
        "optimizers": [{"name": "adam", "lr": 0.4}],
    }  # fmt: skip
    request = Request(server.url + "/api/run", json.dumps(document).encode(), {"content-type": "application/json"})
    with urlopen(request) as response:
        (trajectory,) = json.load(response)["trajectories"]
    final = f"{trajectory['loss'][-1]:.3g}"
    assert final[:4] in shown.replace("−", "-")


def test_a_slider_bends_the_path_live_and_undo_brings_it_back(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.keyboard.press("End")
    before, first = picture(page), revision(page)
    slider = card(page, "Gradient descent").get_by_role("slider", name="learning rate")
    set_slider(slider, 0.3)
    wait_painted(page)
    assert revision(page) >= first + 3, "every move of the hand is a revision of its own"
    page.mouse.move(700, 880)
    assert eventually(lambda: picture(page) != before)
    assert "o=sgd;lr=0.02&" not in page.evaluate("location.search")
    page.get_by_role("button", name="Undo").click()
    wait_painted(page)
    page.mouse.move(700, 880)
    assert eventually(lambda: picture(page) == before)
    page.get_by_role("button", name="Redo").click()
    wait_painted(page)
    assert eventually(lambda: picture(page) != before)


def test_the_start_is_dragged_on_the_plot(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    page.keyboard.press("End")
    handle = page.locator("#stage [aria-label^='Start point']")
    box = handle.bounding_box()
    assert box
    before, first = picture(page), revision(page)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 40, steps=4)
    page.mouse.move(box["x"] + 120, box["y"] + 60, steps=4)
    page.mouse.up()
    wait_painted(page)
    assert revision(page) > first + 2
    assert eventually(lambda: picture(page) != before)
    wait_until(page, "!location.search.includes('start=-8,6')")


def test_a_link_opens_the_same_page_elsewhere(page: Page, stranger: Visitor, server: Server) -> None:
    visit(page, server.url + RACE)
    set_slider(card(page, "Adam").get_by_role("slider", name="learning rate"), 0.7)
    wait_painted(page)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("button", name="Copy link").click()
    link = page.evaluate("navigator.clipboard.readText()")
    page.keyboard.press("Escape")
    page.keyboard.press("End")
    page.mouse.move(700, 880)
    other = stranger.open()
    visit(other, link)
    other.keyboard.press("End")
    shown = picture(page)
    assert eventually(lambda: picture(other) == shown)
    assert other.evaluate("location.search") == page.evaluate("location.search")


def test_a_race_that_nobody_takes_part_in_has_a_link_too(page: Page, server: Server) -> None:
    visit(page, server.url + "/?v=1&on=himmelblau&o=&steps=50")
    expect(page.locator("#problem")).to_contain_text("Himmelblau")
    expect(page.locator(".card")).to_have_count(0)
    assert "o=&" in page.evaluate("location.search")


def test_what_a_link_leaves_out_suits_its_surface(page: Page, server: Server) -> None:
    visit(page, server.url + "/?on=rosenbrock")
    expect(page.locator("#problem")).to_contain_text("Rosenbrock")
    expect(page.locator("#notices")).to_have_text("")
    expect(page.locator(".card", has_text="Diverged")).to_have_count(0)
    visit(page, server.url + "/?on=booth&o=adam&o=adam;lr=0.3")
    expect(card(page, "Adam 2")).to_be_visible()
    wait_until(page, "location.search.includes('o=adam;lr=0.3') && !location.search.includes('label')")


def test_back_and_forward_walk_through_the_changes(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    set_slider(card(page, "Adam").get_by_role("slider", name="learning rate"), 0.7)
    wait_painted(page)
    changed = page.evaluate("location.search")
    page.go_back()
    wait_painted(page)
    wait_until(page, "location.search.includes('o=adam;lr=0.4')")
    expect(card(page, "Adam").get_by_role("textbox", name="learning rate")).to_have_value("0.4")
    page.go_forward()
    wait_painted(page)
    wait_until(page, f"location.search === {json.dumps(changed)}")


def test_reduced_motion_shows_all_at_once(stranger: Visitor, server: Server) -> None:
    quiet = stranger.open(reduced_motion="reduce")
    visit(quiet, server.url + RACE)
    wait_until(quiet, "document.querySelector('input[aria-label=Step]').valueAsNumber === 80")
    expect(quiet.get_by_role("button", name="Play", exact=True)).to_be_visible()
