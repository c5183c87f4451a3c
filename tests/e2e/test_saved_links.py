"""Saved experiments in a browser: they open as they were left, and keep their address until something is changed."""

from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.browser import settle, wait_until
from tests.e2e.scenes import card, set_slider, visit, wait_hill
from tests.patience import PATIENCE
from tests.server import Server

BOWL = {"kind": "surface", "name": "quadratic", "params": {"condition": 40, "angle": 20}}
ROWS = [{"name": "sgd", "lr": 0.02}, {"name": "sgd", "lr": 0.02, "momentum": 0.9}, {"name": "adam", "lr": 0.1}]
RACE = {"objective": BOWL, "start": [-2.6, 1.4], "optimizers": ROWS, "steps": 200}
SOLID = {
    "tab": "3d", "step": 60, "camera": [1.2, 0.6, 0.8], "hide": [2], "colours": [3, 1, 2], "curve": "rate", "log": "xy",
}  # fmt: skip
TRAINING = {
    "objective": {"kind": "model", "model": {"name": "mlp", "hidden": [6]}, "dataset": {"name": "xor"}},
    "optimizers": [{"name": "sgd", "lr": 0.2}, {"name": "adam", "lr": 0.02}],
    "steps": 40,
}


def save(server: Server, experiment: dict[str, Any], view: dict[str, Any] | None = None, title: str = "") -> str:
    """The address of the page of a new saved experiment."""
    document = {"experiment": experiment, "view": view or {}, "title": title}
    answer = httpx.post(f"{server.url}/api/experiments", json=document, trust_env=False, timeout=PATIENCE)
    return str(answer.json()["url"])


def eye(page: Page) -> list[float]:
    """Where Plotly's camera is."""
    found: Any = page.evaluate(
        "Object.values(document.querySelector('.plot-scene')._fullLayout.scene._scene.getCamera().eye)"
    )
    return [round(part, 3) for part in found]


def test_a_saved_view_opens_as_it_was_left(page: Page, server: Server) -> None:
    url = save(server, RACE, SOLID, "Seen from behind")
    visit(page, url)
    expect(page.get_by_role("tab", name="3D", exact=True)).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("tab", name="Rate")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("button", name="logarithmic step axis")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".readout")).to_have_text("60 / 200")
    wait_hill(page)
    assert eye(page) == [1.2, 0.6, 0.8]
    settle(page)
    assert page.url == url
    assert page.title() == "Seen from behind · Optimizer Playground"


def test_a_saved_experiment_is_drawn_without_asking_for_it(page: Page, server: Server) -> None:
    url = save(server, RACE)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    visit(page, url)
    assert [address for address in asked if "/api/experiments" in address] == []
    expect(card(page, "Momentum")).to_be_visible()


def test_the_address_becomes_a_long_one_with_the_first_change_and_back_leads_to_the_short_one(
    page: Page, server: Server
) -> None:
    url = save(server, RACE, {"colours": [3, 1, 2]}, "A race")
    visit(page, url)
    rate = card(page, "Adam").get_by_role("slider", name="learning rate")
    rate.scroll_into_view_if_needed()
    set_slider(rate, 0.3)
    wait_until(page, "location.pathname === '/'")
    wait_until(page, "document.documentElement.dataset.painted === document.documentElement.dataset.revision")
    changed = page.evaluate("location.search")
    assert "on=quadratic" in changed
    assert "colours=3,1,2" in changed
    assert page.title() == "Optimizer Playground"
    page.go_back()
    wait_until(page, f"location.href === '{url}'")
    field = card(page, "Adam").get_by_role("textbox", name="learning rate")
    expect(field).to_have_value("0.1")
    settle(page)
    assert page.url == url
    assert page.title() == "A race · Optimizer Playground"


def test_another_tab_is_a_change_and_another_theme_is_none(page: Page, server: Server) -> None:
    url = save(server, RACE)
    visit(page, url)
    page.get_by_role("button", name="Theme").click()
    settle(page)
    assert page.url == url
    page.get_by_role("tab", name="3D", exact=True).click()
    wait_until(page, "location.search.includes('view=3d')")


def test_a_saved_training_opens_with_its_plane(page: Page, server: Server) -> None:
    url = save(server, TRAINING, {"tab": "2d", "plane": "random", "plane.seed": 3})
    visit(page, url)
    settle(page)
    assert page.url == url
    expect(page.get_by_role("tab", name="2D", exact=True)).to_have_attribute("aria-selected", "true")
    page.get_by_role("tab", name="Weights", exact=True).click()
    wait_until(page, "location.search.includes('plane=random&plane.seed=3')")


@pytest.mark.parametrize(
    "view",
    [{"tab": "4d", "step": -1, "camera": [0, 0, 0], "log": 7, "colours": ["red"], "hide": [99], "plane": "flat"},
     {"tab": "confusion", "step": 1e9, "curve": "accuracy", "camera": [1, 2], "colours": [1, 1, 1]}],
)  # fmt: skip
def test_a_view_that_makes_no_sense_changes_nothing(page: Page, server: Server, view: dict[str, Any]) -> None:
    visit(page, save(server, RACE, view))
    expect(page.get_by_role("tab", name="2D", exact=True)).to_have_attribute("aria-selected", "true")
    for name in ("Gradient descent", "Momentum", "Adam"):
        expect(card(page, name)).to_be_visible()


def test_text_of_a_saved_experiment_stays_text(page: Page, server: Server) -> None:
    spiteful = "</script><img src=x onerror=\"document.title='broken'\">"
    rows = [{"name": "sgd", "lr": 0.02, "label": spiteful}]
    visit(page, save(server, RACE | {"optimizers": rows}, {"note": spiteful}, spiteful))
    assert page.title() == f"{spiteful} · Optimizer Playground"
    expect(card(page, spiteful)).to_be_visible()
    assert page.locator("img[src=x]").count() == 0


def test_a_long_address_rests_where_it_says(page: Page, server: Server) -> None:
    link = "/?v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=0.4&steps=80&curve=gradient&log=&step=33"
    visit(page, server.url + link)
    expect(page.locator(".readout")).to_have_text("33 / 80")
    expect(page.get_by_role("tab", name="Gradient")).to_have_attribute("aria-selected", "true")
    settle(page)
    assert page.evaluate("location.search") == link.removeprefix("/")
