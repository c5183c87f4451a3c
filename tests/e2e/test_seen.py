"""What is seen travels in links: the part of the plane, where the player rests, the measure, the speed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser import Visitor, settle, wait_until
from tests.e2e.scenes import apart, card, picture, share, told, visit
from tests.e2e.test_saved_links import RACE, TRAINING, save
from tests.patience import eventually
from tests.server import Server

AXES = "document.querySelector('.pane-2d .plot-axes')?._fullLayout"
NEAR = [-2.8, -1.2, 0.5, 1.7]


def seen(page: Page) -> list[float]:
    """The ends of x and of y that the flat stage shows."""
    wait_until(page, f"{AXES} != null")
    ends: list[float] = page.evaluate(f"[...{AXES}.xaxis.range, ...{AXES}.yaxis.range]")
    return ends


def shows(page: Page, near: list[float]) -> None:
    """Waits until the flat stage shows `near`: one side just fits, the other has room around it."""
    wait_until(page, f"Math.min({AXES}?.xaxis.range[1] - {near[1]}, {AXES}?.yaxis.range[1] - {near[3]}) < 1e-6")
    left, right, bottom, top = seen(page)
    assert left < near[0] + 1e-6
    assert right > near[1] - 1e-6
    assert bottom < near[2] + 1e-6
    assert top > near[3] - 1e-6
    sides = (near[1] - near[0]) / (right - left), (near[3] - near[2]) / (top - bottom)
    assert max(sides) == pytest.approx(1, abs=1e-6)


def copied(page: Page, kind: str) -> str:
    """The link of the share dialog, or the short one."""
    dialog = share(page)
    if kind == "short":
        dialog.get_by_role("button", name="Make short link").click()
        expect(told(dialog)).to_have_text("Short link made and copied.")
    field = dialog.get_by_role("textbox", name="short link" if kind == "short" else "link", exact=True)
    link = field.input_value()
    page.keyboard.press("Escape")
    return link


def look_closer(page: Page) -> None:
    """Zooms with the wheel, away from the middle, and waits until the stage rests."""
    box = page.locator("#stage").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + box["height"] * 0.6)
    with page.expect_response("**/api/field"):
        page.mouse.wheel(0, -700)
    page.mouse.move(5, 5)


def test_what_is_seen_travels_in_both_kinds_of_link(page: Page, stranger: Visitor, server: Server) -> None:
    visit(page, f"{server.url}/?v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=0.4&steps=80&view=both&step=33")
    look_closer(page)
    page.get_by_role("combobox", name="rank by").select_option("length")
    page.get_by_role("combobox", name="speed").select_option("0.25")
    page.get_by_role("button", name="logarithmic step axis").click()
    expect(page.locator(".readout")).to_have_text("33 / 80")
    for kind in ("long", "short"):
        other = stranger.open()
        visit(other, copied(page, kind))
        expect(other.get_by_role("tab", name="Both", exact=True)).to_have_attribute("aria-selected", "true")
        expect(other.locator(".readout")).to_have_text("33 / 80")
        expect(other.get_by_role("combobox", name="rank by")).to_have_value("length")
        expect(other.get_by_role("combobox", name="speed")).to_have_value("0.25")
        expect(other.get_by_role("button", name="logarithmic step axis")).to_have_attribute("aria-pressed", "true")
        assert seen(other) == pytest.approx(seen(page), abs=1e-3)
        assert copied(other, kind) == copied(page, kind)
        stranger.forget()


def test_a_zoomed_stage_is_the_same_picture_elsewhere(page: Page, stranger: Visitor, server: Server) -> None:
    visit(page, f"{server.url}/?v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=0.4&steps=80&step=50")
    whole = picture(page)
    look_closer(page)
    closer = picture(page)
    assert apart(whole, closer) > 0.02
    for kind in ("long", "short"):
        other = stranger.open()
        visit(other, copied(page, kind))
        assert eventually(lambda other=other: apart(picture(other), closer) < 0.002)
        stranger.forget()


def test_a_kept_part_of_the_plane_is_whole_on_every_screen(stranger: Visitor, server: Server) -> None:
    url = save(server, RACE, {"tab": "2d", "range": NEAR})
    for width, height in ((1440, 900), (390, 844)):
        page = stranger.open((width, height))
        visit(page, url)
        shows(page, NEAR)
        settle(page)
        assert page.url == url
        page.keyboard.press("0")
        wait_until(page, f"{AXES}.xaxis.range[1] - {AXES}.xaxis.range[0] > {2 * (NEAR[1] - NEAR[0])}")
        stranger.forget()


def test_a_part_of_a_plane_through_weights_is_kept(page: Page, server: Server) -> None:
    near = [-0.4, 0.2, -0.25, 0.35]
    visit(page, save(server, TRAINING, {"tab": "2d", "plane": "random", "plane.seed": 3, "range": near}))
    wait_until(page, "document.querySelector('.pane-2d').dataset.samples > 0")
    shows(page, near)


@pytest.mark.parametrize(
    "near", [[1e6, 1e6 + 1, 0, 1], [0, 1e-8, 0, 1e-8], [-1e6, 1e6, -1e6, 1e6], [1, 0, 0, 1], [0, 1]]
)
def test_a_part_that_is_of_no_use_shows_all(page: Page, server: Server, near: list[float]) -> None:
    visit(page, save(server, RACE))
    whole = seen(page)
    visit(page, save(server, RACE, {"range": near}))
    assert seen(page) == whole


def test_a_change_keeps_what_is_seen_and_leaves_it_out_of_the_address(page: Page, server: Server) -> None:
    visit(page, save(server, RACE, {"range": NEAR, "step": 40, "measure": "length"}))
    shows(page, NEAR)
    card(page, "Adam").get_by_role("slider", name="learning rate").press("ArrowRight")
    wait_until(page, "location.pathname === '/' && location.search.includes('measure=length')")
    assert page.evaluate("/range|step=40/.test(location.search)") is False
    shows(page, NEAR)


def test_the_speed_of_a_link_is_not_the_readers_from_then_on(page: Page, server: Server) -> None:
    speed = page.get_by_role("combobox", name="speed")
    visit(page, server.url)
    speed.select_option("2")
    visit(page, save(server, RACE, {"speed": 0.5}))
    expect(speed).to_have_value("0.5")
    page.get_by_role("tab", name="3D", exact=True).click()
    wait_until(page, "location.search.includes('speed=0.5')")
    visit(page, save(server, RACE))
    expect(speed).to_have_value("2")


def test_back_leads_to_what_the_address_says(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?v=1&on=booth&start=-8,6&o=sgd;lr=0.02&steps=80&curve=gradient&log=xy&measure=length")
    page.get_by_role("slider", name="learning rate").press("ArrowRight")
    wait_until(page, "location.search.includes('lr=0.0') && !location.search.includes('lr=0.02&')")
    page.get_by_role("tab", name="Loss").click()
    page.get_by_role("combobox", name="rank by").select_option("final")
    wait_until(page, "!/curve|measure/.test(location.search)")
    page.go_back()
    wait_until(page, "location.search.includes('curve=gradient')")
    expect(page.get_by_role("tab", name="Gradient")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("combobox", name="rank by")).to_have_value("length")
    page.go_forward()
    expect(page.get_by_role("tab", name="Loss")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("combobox", name="rank by")).to_have_value("final")
