"""Planes through weight space in the real page: laid, chosen, linked, left again."""

from playwright.sync_api import Page, expect

from tests.browser import wait_until
from tests.e2e.scenes import visit
from tests.server import Server

NETWORK = "/?v=1&model=mlp&model.hidden=4,&data=moons&data.samples=60&o=sgd;lr=0.5&o=adam;lr=0.05&steps=40&view=2d"
LINE = "/?v=1&model=linear&data=line&data.samples=40&o=sgd;lr=0.1&o=adam;lr=0.1&steps=40&view=2d"
DRAWN = "Number(document.querySelector('.pane-2d').dataset.samples) > 33"


def test_the_paths_of_a_network_lie_on_a_plane_that_says_what_it_leaves_out(page: Page, server: Server) -> None:
    visit(page, server.url + NETWORK)
    wait_until(page, DRAWN)
    expect(page.get_by_role("note")).to_contain_text("of the movement")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_role("slider", name="Start point")).to_have_count(0)
    assert "principal component 1" in page.locator(".plot-axes .xtitle").all_text_contents()


def test_a_plane_is_chosen_linked_and_opened_again(page: Page, server: Server) -> None:
    visit(page, server.url + NETWORK)
    page.get_by_role("combobox", name="plane through weight space").select_option(label="Random directions")
    page.get_by_role("button", name="about this plane").click()
    page.get_by_role("combobox", name="centre").select_option(label="Adam")
    wait_until(page, "location.search.includes('plane=random&plane.row=1')")
    visit(page, page.url)
    wait_until(page, DRAWN)
    assert "random direction 1" in page.locator(".plot-axes .xtitle").all_text_contents()


def test_a_loss_of_two_weights_is_shown_as_it_is(page: Page, server: Server) -> None:
    visit(page, server.url + LINE)
    wait_until(page, DRAWN)
    expect(page.get_by_role("note")).to_have_text("This picture is the loss itself: it holds every weight there is.")


def test_what_an_address_asks_of_a_plane_in_vain_is_left_out(page: Page, server: Server) -> None:
    visit(page, server.url + NETWORK + "&plane=random&plane.row=9&plane.seed=abc")
    wait_until(page, DRAWN)
    assert "random direction 1" in page.locator(".plot-axes .xtitle").all_text_contents()


def test_a_surface_after_a_model_can_be_dragged_again(page: Page, server: Server) -> None:
    visit(page, server.url + NETWORK)
    wait_until(page, DRAWN)
    page.get_by_role("tab", name="Surface").click()
    expect(page.get_by_role("slider", name="Start point")).to_be_visible()
    expect(page.get_by_role("note")).to_have_count(0)
    expect(page.get_by_role("combobox", name="plane through weight space")).to_have_count(0)
