"""Training on the page: it begins, is scrubbed through, bends under the hand, and survives weights that overflow."""

import json
from typing import Any
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page, expect

from tests.browser import settle, wait_painted, wait_until
from tests.e2e.scenes import card, picture, set_slider, visit
from tests.patience import eventually
from tests.server import Server

SPIRALS = "/?v=1&model=mlp&model.hidden=8,&data=spirals&o=sgd;lr=0.5&o=adam;lr=0.02&steps=120"
PANE = "#stage .pane-data"


@pytest.fixture
def page(moving: Page) -> Page:
    """Races play here."""
    return moving


def scrub(page: Page, step: int) -> None:
    """Takes the player to `step` and waits until the networks of that step are on the screen."""
    page.get_by_role("slider", name="Step", exact=True).fill(str(step))
    wait_until(page, f"document.querySelector('{PANE}').dataset.step === '{step}'")


def test_the_model_tab_trains_a_network_at_once(page: Page, server: Server) -> None:
    visit(page, server.url)
    page.get_by_role("tab", name="Model", exact=True).click()
    wait_painted(page)
    wait_until(page, f"document.querySelector('{PANE}')?.dataset.step > 0")
    expect(page.get_by_role("tab", name="Data", exact=True)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Accuracy")).to_be_visible()
    wait_until(page, "location.search.includes('model=')")


def test_with_reduced_motion_a_training_is_shown_at_its_end(page: Page, server: Server) -> None:
    page.emulate_media(reduced_motion="reduce")
    visit(page, server.url + SPIRALS.replace("steps=120", "steps=900"))
    expect(page.get_by_role("slider", name="Step", exact=True)).to_have_value("900")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_scrubbing_shows_the_networks_of_that_step(page: Page, server: Server) -> None:
    visit(page, server.url + SPIRALS)
    page.keyboard.press("End")
    scrub(page, 120)
    trained = picture(page)
    scrub(page, 0)
    # Before the first step both have the same weights, and the trained ones have others.
    assert picture(page) != trained
    scrub(page, 120)
    assert picture(page) == trained


def test_the_scores_on_the_page_are_those_of_the_server(page: Page, server: Server) -> None:
    visit(page, server.url + SPIRALS)
    page.keyboard.press("End")
    scrub(page, 120)
    objective: dict[str, Any] = {
        "kind": "model", "model": {"name": "mlp", "hidden": [8]}, "dataset": {"name": "spirals"},
    }  # fmt: skip
    document = {
        "objective": objective,
        "steps": 120,
        "optimizers": [{"name": "sgd", "lr": 0.5}, {"name": "adam", "lr": 0.02}],
    }
    request = Request(server.url + "/api/run", json.dumps(document).encode(), {"content-type": "application/json"})
    with urlopen(request) as response:
        trajectories = json.load(response)["trajectories"]
    shown = page.locator(PANE).inner_text()
    for trajectory in trajectories:
        assert f"{100 * trajectory['test_score'][-1]:.1f} %" in shown


def test_a_slider_trains_anew_and_the_picture_follows(page: Page, server: Server) -> None:
    visit(page, server.url + SPIRALS)
    page.keyboard.press("End")
    scrub(page, 120)
    before = picture(page)
    set_slider(card(page, "Adam").get_by_role("slider", name="learning rate"), 0.2)
    wait_painted(page)
    assert eventually(lambda: picture(page) != before)
    page.keyboard.press("Control+z")
    wait_painted(page)
    assert eventually(lambda: picture(page) == before)


def test_weights_that_overflow_end_their_run_and_nothing_else(page: Page, server: Server) -> None:
    visit(
        page,
        server.url
        + SPIRALS.replace("o=sgd;lr=0.5", "o=sgd;lr=1000000;momentum=0.99").replace(
            "&data=spirals", "&model.activation=relu&data=spirals"
        ),
    )
    page.keyboard.press("End")
    scrub(page, 120)
    expect(card(page, "Momentum").get_by_role("button", name="Diverged at step")).to_be_visible()
    expect(card(page, "Adam").get_by_role("button", name="Ran all 120 steps")).to_be_visible()
    for tab in ("Weights", "Confusion", "2D", "Data"):
        page.get_by_role("tab", name=tab, exact=True).click()
        settle(page)
    expect(page.locator(PANE).get_by_text("diverged")).to_be_visible()


def test_what_costs_too_much_is_refused_before_it_starts_and_named(page: Page, server: Server) -> None:
    network = "/?v=1&model=mlp&model.hidden=64,64,64,64&data=digits&steps=100000" + "&o=sgd;lr=0.1" * 8
    page.goto(server.url + network)
    expect(page.locator("#notices")).to_contain_text("at most 250000000 here, so at most")
    expect(page.get_by_role("slider", name="Step", exact=True)).to_have_attribute("max", "300")
