"""The parts of a model's panel: what they say closed, what they show open, and the room they take."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from app.experiment import parse
from app.scenarios import SCENARIOS
from tests.catalogue import real_catalogue
from tests.controls.panel import SPIRALS, mount, refuse, unfold

WHERE = """[...document.querySelectorAll('.part, .part-line, .param, svg.network')]
  .filter((each) => each.getClientRects().length)
  .map((each) => each.getBoundingClientRect().top + scrollY)"""


@pytest.mark.parametrize(
    ("part", "names"),
    [("Data:", ["samples", "data noise"]), ("Model:", ["hidden layers 1, units"]), ("Training", ["batch size"])],
)
def test_nothing_moves_while_a_number_is_turned(blank: Page, part: str, names: list[str]) -> None:
    mount(blank, SPIRALS["experiment"])
    unfold(blank, part)
    before = blank.evaluate(WHERE)
    for name in names:
        blank.get_by_role("slider", name=name, exact=True).press("Shift+ArrowLeft")
    assert blank.evaluate(WHERE) == before


PARTS = {"Data:": "samples", "Model:": "hidden layers 1, units", "Training": "batch size"}


def test_the_settings_of_one_part_are_open_at_a_time(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    for name in PARTS.values():
        expect(blank.get_by_role("textbox", name=name)).to_have_count(0)
    for opened in PARTS:
        blank.get_by_role("button", name=opened).press("Enter")
        for part, name in PARTS.items():
            button = blank.get_by_role("button", name=part)
            expect(button).to_have_attribute("aria-expanded", str(part == opened).lower())
            expect(blank.get_by_role("textbox", name=name)).to_have_count(int(part == opened))
    # What is open stays so while another kind of problem is shown.
    surface = parse({"objective": {"kind": "surface", "name": "quadratic"}, "optimizers": [{"name": "sgd"}]})
    for experiment in (surface.canonical(), SPIRALS["experiment"]):
        blank.evaluate("(experiment) => window.panel.show({ experiment })", experiment)
    expect(blank.get_by_role("textbox", name="batch size")).to_be_visible()
    blank.get_by_role("button", name="Training").press("Enter")
    expect(blank.get_by_role("textbox", name="batch size")).to_have_count(0)


def test_what_is_refused_closes_nothing_that_is_in_use(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    unfold(blank, "Data:")
    refuse(blank, ["objective", "l2"])
    expect(blank.get_by_role("textbox", name="samples")).to_be_visible()
    expect(blank.get_by_role("textbox", name="L2 penalty")).to_be_visible()
    unfold(blank, "Model:")
    expect(blank.get_by_role("textbox", name="samples")).to_have_count(0)
    expect(blank.get_by_role("textbox", name="L2 penalty")).to_have_count(0)


def test_a_closed_part_says_what_is_set_in_it(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    said = "binary cross entropy all 179 samples · 400 steps"
    expect(blank.get_by_role("button", name="Training")).to_have_accessible_description(said)
    expect(blank.get_by_role("button", name="Data: Spirals")).to_have_accessible_description("256 samples")
    model = blank.get_by_role("button", name="Model: Multilayer perceptron")
    expect(model).to_have_accessible_description("337 weights")
    batches = {**SPIRALS["experiment"]["objective"], "batch_size": 32}
    blank.evaluate("(e) => window.panel.show({ experiment: e })", {**SPIRALS["experiment"], "objective": batches})
    expect(blank.get_by_text("32 of 179 samples · 400 steps")).to_be_visible()


@pytest.mark.parametrize("chosen", [scenario.id for scenario in SCENARIOS])
@pytest.mark.parametrize("width", [260, 292])
def test_the_panel_leaves_room_for_the_optimizers(blank: Page, width: int, chosen: str) -> None:
    """At the widths of the rail it is low enough for a card to be in sight below it on any common screen."""
    mount(blank, next(each for each in real_catalogue()["scenarios"] if each["id"] == chosen)["experiment"])
    blank.evaluate("(width) => document.body.firstElementChild.style.setProperty('width', `${width}px`)", width)
    size = blank.evaluate("(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight])(document.body.firstChild)")
    assert size[0] <= width
    assert size[1] <= 460
    inside = (
        """[...document.querySelectorAll('.part, .part-line')].every((each) => each.scrollWidth <= each.clientWidth)"""
    )
    assert blank.evaluate(inside)


@pytest.mark.parametrize("part", PARTS)
def test_axe_finds_nothing_serious_in_open_settings(blank: Page, part: str) -> None:
    mount(blank, SPIRALS["experiment"])
    unfold(blank, part)
    found = Axe().run(blank).response["violations"]
    assert [each["id"] for each in found if each["impact"] in ("serious", "critical")] == []
