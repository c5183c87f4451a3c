"""Links to models, and the way between models and surfaces: back and forward, undo and redo, tabs, damaged links."""

from typing import Any
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Page, expect

from tests.browser import settle, wait_painted, wait_until
from tests.e2e.scenes import RACE, card, set_slider, visit
from tests.server import Server

MODEL = "/?v=1&model=mlp&model.hidden=8,&data=xor&data.noise=0.1&batch_size=32&o=sgd;lr=0.2&o=adam;lr=0.01&steps=60"


def address(page: Page) -> dict[str, list[str]]:
    """What the address bar says, once it is written."""
    settle(page)
    query: str = page.evaluate("location.search")
    return parse_qs(query.removeprefix("?"), keep_blank_values=True)


def search(page: Page) -> str:
    settle(page)
    query: Any = page.evaluate("location.search")
    return str(query)


def kind(page: Page, title: str) -> None:
    """Chooses the kind of problem as a person does."""
    page.get_by_role("tab", name=title, exact=True).click()
    wait_painted(page)


def travel(page: Page, way: str, part: str) -> None:
    """Goes `back` or `forward` to an address that holds `part`, and waits for its race."""
    page.evaluate(f"history.{way}()")
    wait_until(page, f"location.search.includes('{part}')")
    wait_painted(page)


def test_a_first_visit_is_a_race_on_a_surface(page: Page, server: Server) -> None:
    visit(page, server.url)
    assert address(page)["on"] == ["quadratic"]


@pytest.mark.parametrize("link", [RACE, MODEL, f"{MODEL}&view=weights&plane=random&plane.seed=3&hide=2"])
def test_a_link_opens_and_stays_as_it_is(page: Page, server: Server, link: str) -> None:
    visit(page, server.url + link)
    assert search(page) == link.removeprefix("/")


def test_a_short_link_to_a_model_is_completed(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?model=mlp&data=spirals")
    said = address(page)
    assert (said["model"], said["data"]) == (["mlp"], ["spirals"])
    assert [text.split(";")[0] for text in said["o"]] == ["sgd", "sgd", "adam"]
    assert all("lr=" in text for text in said["o"])
    assert "start" not in said
    for name in ("Gradient descent", "Momentum", "Adam"):
        expect(card(page, name)).to_be_visible()


def test_back_and_forward_across_kinds(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    kind(page, "Model")
    model = search(page)
    assert "model=" in model
    travel(page, "back", "on=booth")
    expect(page.get_by_role("tab", name="Surface", exact=True)).to_have_attribute("aria-selected", "true")
    assert search(page) == RACE.removeprefix("/")
    travel(page, "forward", "model=")
    expect(page.get_by_role("tab", name="Model", exact=True)).to_have_attribute("aria-selected", "true")
    assert search(page) == model


def test_undo_and_redo_across_kinds(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    kind(page, "Model")
    model = search(page)
    page.keyboard.press("Control+z")
    wait_painted(page)
    assert search(page) == RACE.removeprefix("/")
    page.keyboard.press("Control+Shift+z")
    wait_painted(page)
    assert search(page) == model


def test_each_kind_is_found_again_as_it_was_left(page: Page, server: Server) -> None:
    visit(page, f"{server.url}{MODEL}&view=weights&hide=2")
    model = search(page)
    kind(page, "Surface")
    page.get_by_role("tab", name="3D", exact=True).click()
    set_slider(card(page, "Adam").get_by_role("slider", name="learning rate"), 0.3)
    wait_painted(page)
    surface = search(page)
    assert "view=3d" in surface
    kind(page, "Model")
    assert search(page) == model
    kind(page, "Surface")
    assert search(page) == surface


@pytest.mark.parametrize(
    ("link", "told", "opened"),
    [
        ("model=mlp&data=../../etc/passwd&steps=50", "objective.dataset.name", {"model": "mlp", "data": "moons"}),
        ("model=mlp&dataset=../../etc/passwd&steps=50", "dataset", {"model": "mlp", "data": "moons"}),
        ("model=mlp&model.hidden=0&data=xor&steps=50", "objective.model.hidden", {"data": "xor"}),
        ("model=mlp&model.hidden=1000000,&data=xor&steps=50", "objective.model.hidden", {"data": "xor"}),
        ("model=mlp&data=xor&batch_size=100000&steps=50", "objective.batch_size", {"data": "xor"}),
        ("model=linear&data=digits&steps=50", "objective.model.name", {"data": "digits"}),
        ("model=mlp&data=xor&test_fraction=1&steps=50", "objective.test_fraction", {"data": "xor"}),
        ("model=mlp&data=xor&view=4d&plane=flat&steps=50", "plane", {"data": "xor"}),
    ],
)
def test_a_damaged_link_opens_with_the_rest(
    page: Page, server: Server, link: str, told: str, opened: dict[str, str]
) -> None:
    visit(page, f"{server.url}/?{link}")
    notice = page.get_by_role("status").filter(has_text="could not be used")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text(told)
    said = address(page)
    assert said["steps"] == ["50"]
    assert {name: said[name][0] for name in opened} == opened
    assert not {"model.hidden", "batch_size", "test_fraction", "dataset", "plane"} & set(said)


def test_all_that_is_wrong_with_a_link_is_told_at_once(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?model=mlp&model.hidden=0&data=xor&batch_size=100000&view=4d&o=sgd&o=foo&steps=50")
    notice = page.get_by_role("status").filter(has_text="could not be used")
    expect(notice).to_have_count(1)
    for path in ("view", "objective.model.hidden", "optimizers[1].name", "objective.batch_size"):
        expect(notice).to_contain_text(path)


def test_an_empty_race_of_a_model_keeps_its_place(page: Page, server: Server) -> None:
    link = "/?v=1&model=mlp&data=xor&o=&view=weights"
    visit(page, server.url + link)
    assert search(page) == link.removeprefix("/")
