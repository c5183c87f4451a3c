"""The menu of optimizers has those that can take part, and what refuses them all is said beside it."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.experiment import parse
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from tests.catalogue import real_catalogue

MOUNT = """async ([catalog, experiment, problems]) => {
  const { createCards } = await import('/static/js/controls/cards/cards.js');
  document.body.replaceChildren();
  createCards(document.body, { catalog, change() {}, changeView() {} })
    .update({ experiment, view: { styles: [] }, race: null, problems });
}"""
SURFACE = {"kind": "surface", "name": "quadratic"}
MODEL = {"kind": "model", "model": {"name": "mlp"}, "dataset": {"name": "moons"}}


def mount(page: Page, objective: dict[str, Any], problems: list[dict[str, Any]]) -> None:
    experiment = parse({"objective": objective, "optimizers": [{"name": "sgd"}]}).canonical()
    page.evaluate(MOUNT, [real_catalogue(), experiment, problems])


@pytest.mark.parametrize(("objective", "flag"), [(SURFACE, "surfaces"), (MODEL, "models")])
def test_only_those_that_suit_are_offered(blank: Page, objective: dict[str, Any], flag: str) -> None:
    able = {entry.id for entry in OPTIMIZERS if getattr(entry, flag)}
    mount(blank, objective, [])
    blank.get_by_role("button", name="Add optimizer").click()
    offered = blank.locator(".menu-title").all_text_contents()
    assert offered == [preset.title for preset in PRESETS if preset.optimizer in able]
    assert ("Muon" in offered) == (flag == "models")


def test_what_refuses_all_of_them_is_said_beside_the_menu(blank: Page) -> None:
    mount(blank, MODEL, [{"path": "optimizers", "at": ["optimizers"], "message": "too dear together"}])
    expect(blank.get_by_text("too dear together")).to_be_visible()
