"""The rail's two panels: from surfaces to models and back, what to look for, data to choose, what is refused."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from app.core.problems import FieldError
from app.core.words import message
from app.experiment import parse
from app.objectives.datasets.base import split
from app.objectives.datasets.catalog import DATASETS
from app.scenarios import SCENARIOS
from tests.catalogue import real_catalogue
from tests.controls.panel import SPIRALS, mount, refuse, unfold

INKED = """(canvas) => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  .data.filter((value, at) => at % 4 === 3 && value > 200).length"""


def now(page: Page) -> dict[str, Any]:
    """The experiment, which the server takes as it is."""
    found: dict[str, Any] = page.evaluate("window.panel.now()")
    assert parse(found).canonical() == found
    return found


def test_the_tabs_show_the_kind_that_there_is_and_ask_for_the_other(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    expect(blank.get_by_role("tab", name="Model")).to_have_attribute("aria-selected", "true")
    expect(blank.get_by_role("textbox", name="start x")).to_be_hidden()
    blank.get_by_role("tab", name="Model").press("ArrowLeft")
    assert blank.evaluate("window.panel.asked") == ["surface"]
    surface = parse({"objective": {"kind": "surface", "name": "quadratic"}, "optimizers": [{"name": "sgd"}]})
    blank.evaluate("(experiment) => window.panel.show({ experiment })", surface.canonical())
    expect(blank.get_by_role("tabpanel", name="Surface")).to_be_visible()
    expect(blank.get_by_role("textbox", name="start x")).to_be_visible()
    expect(blank.get_by_role("figure")).to_be_hidden()
    # What only models have is not asked of surfaces, and seed and steps are there once.
    expect(blank.get_by_role("textbox", name="steps")).to_have_count(1)


def test_a_typed_start_is_a_change_that_is_over(blank: Page) -> None:
    surface = parse({"objective": {"kind": "surface", "name": "quadratic"}, "optimizers": [{"name": "sgd"}]})
    mount(blank, surface.canonical())
    entry = blank.get_by_role("textbox", name="start y")
    entry.fill("0.25")
    entry.press("Enter")
    assert now(blank)["start"][1] == 0.25
    assert blank.evaluate("window.panel.gestures") == [False]


@pytest.mark.parametrize("chosen", [scenario.id for scenario in SCENARIOS])
def test_a_scenario_is_opened_whole_and_says_what_to_look_for(blank: Page, chosen: str) -> None:
    mount(blank, SPIRALS["experiment"])
    scenario = next(each for each in real_catalogue()["scenarios"] if each["id"] == chosen)
    blank.get_by_role("button", name="What to look for").click()
    expect(blank.get_by_role("menuitem")).to_have_count(len(SCENARIOS))
    blank.get_by_role("menuitem", name=scenario["title"]).click()
    assert now(blank) == scenario["experiment"]
    expect(blank.locator(".scenario-line")).to_have_text(scenario["line"])


def test_the_sentence_stays_while_numbers_are_turned_and_goes_with_another_model(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    unfold(blank, "Data:")
    blank.get_by_role("slider", name="data noise").press("ArrowRight")
    unfold(blank, "Model:")
    blank.get_by_role("button", name="remove hidden layers 2").click()
    assert now(blank) != SPIRALS["experiment"]
    expect(blank.locator(".scenario-line")).to_have_text(SPIRALS["line"])
    blank.get_by_role("combobox", name="model").select_option("logistic")
    expect(blank.locator(".scenario-line")).not_to_have_text(SPIRALS["line"])


@pytest.mark.parametrize("dataset", [entry.id for entry in DATASETS])
def test_every_dataset_is_chosen_by_its_picture(blank: Page, dataset: str) -> None:
    mount(blank, SPIRALS["experiment"])
    unfold(blank, "Data:")
    blank.get_by_role("button", name="Change data").click()
    title = next(entry.title for entry in DATASETS if entry.id == dataset)
    tile = blank.get_by_role("dialog", name="Data").get_by_role("button", name=title)
    inked = tile.locator("canvas").evaluate(INKED)
    assert inked > 100
    tile.click()
    assert now(blank)["objective"]["dataset"]["name"] == dataset
    expect(blank.get_by_role("button", name=f"Data: {title}")).to_be_visible()


POINTS = """() => {
  const canvas = document.querySelector('.part canvas');
  const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const at = (x, y) => data[4 * (Math.round((1 - y) * (height - 1)) * width + Math.round(x * (width - 1))) + 3] > 0;
  return [at(0.25, 0.75), at(0.75, 0.25), at(0.25, 0.25), at(0.5, 0.5)];
}"""


def test_the_picture_is_of_the_data_as_they_are_set(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    window = {"x": [0, 4], "y": [0, 8]}
    data = {"window": window, "train": {"inputs": [[1, 6], [3, 2]], "targets": [0, 1]}}
    blank.evaluate("(data) => window.panel.show({ data })", data)
    assert blank.evaluate(POINTS) == [True, True, False, False]
    # Another dataset is shown as it comes until its own data are there.
    unfold(blank, "Data:")
    blank.get_by_role("button", name="Change data").click()
    blank.get_by_role("dialog", name="Data").get_by_role("button", name="Blobs").click()
    assert blank.evaluate(POINTS) != [True, True, False, False]
    blank.evaluate("(data) => window.panel.show({ data })", data)
    assert blank.evaluate(POINTS) == [True, True, False, False]


def test_another_loss_is_offered_only_where_it_fits(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    loss = blank.locator("select[aria-label=loss]")
    assert loss.locator("option").evaluate_all("(all) => all.map((each) => each.value)") == [
        "bce", "cross_entropy", "mse",
    ]  # fmt: skip
    unfold(blank, "Data:")
    entry = blank.get_by_role("textbox", name="classes")
    entry.fill("3")
    entry.press("Enter")
    assert loss.locator("option").evaluate_all("(all) => all.map((each) => each.value)") == ["cross_entropy"]
    assert now(blank)["objective"]["loss"] == "cross_entropy"
    expect(blank.get_by_role("figure")).to_have_accessible_name(
        "2 inputs, hidden layers of 16 and 16, 3 outputs: 371 weights"
    )


def test_a_batch_is_all_training_samples_or_some_of_them(blank: Page) -> None:
    mount(blank, SPIRALS["experiment"])
    objective = parse(SPIRALS["experiment"]).objective
    unfold(blank, "Training")
    training = len(split(objective.data(), objective.test_fraction).train.targets)
    entry, every = blank.get_by_role("textbox", name="batch size"), blank.get_by_role("button", name="all samples")
    expect(every).to_have_attribute("aria-pressed", "true")
    expect(entry).to_have_value(str(training))
    every.click()
    assert now(blank)["objective"]["batch_size"] == 32
    blank.get_by_role("slider", name="batch size").press("ArrowLeft")
    assert now(blank)["objective"]["batch_size"] == 31
    every.click()
    every.click()
    assert now(blank)["objective"]["batch_size"] == 31
    entry.fill(str(training))
    entry.press("Enter")
    assert now(blank)["objective"]["batch_size"] is None


@pytest.mark.parametrize(
    ("at", "name"),
    [
        (["objective", "model", "name"], "model"),
        (["objective", "model", "hidden", 1], "hidden layers 2, units"),
        (["objective", "model", "hidden"], "hidden layers 1, units"),
        (["objective", "model", "activation"], "activation"),
        (["objective", "dataset", "turns"], "turns"),
        (["objective", "dataset", "samples"], "samples"),
        (["objective", "loss"], "loss"),
        (["objective", "batch_size"], "batch size"),
        (["objective", "l2"], "L2 penalty"),
        (["steps"], "steps"),
        (["seed"], "seed"),
    ],
)
def test_what_is_refused_is_said_where_it_is_set(blank: Page, at: list[str | int], name: str) -> None:
    mount(blank, SPIRALS["experiment"])
    refuse(blank, at)
    wrong = blank.locator('[aria-invalid="true"]')
    expect(wrong).to_have_count(1)
    expect(wrong).to_have_accessible_name(name)
    expect(wrong).to_be_visible()
    expect(blank.get_by_text("not so")).to_be_visible()
    blank.evaluate("window.panel.show({ problems: [] })")
    expect(blank.locator("[aria-invalid]")).to_have_count(0)
    expect(blank.get_by_text("not so")).to_be_hidden()


@pytest.mark.parametrize("at", [["objective"], ["objective", "dataset", "name"], ["objective", "model", "width"]])
def test_what_no_entry_stands_for_is_said_all_the_same(blank: Page, at: list[str | int]) -> None:
    mount(blank, SPIRALS["experiment"])
    refuse(blank, at)
    expect(blank.get_by_text("not so")).to_be_visible()
    blank.evaluate("window.panel.show({ problems: [] })")
    expect(blank.get_by_text("not so")).to_be_hidden()


NOTICE = """async ([experiment, error]) => {
  const { createNotices } = await import('/static/js/controls/page/notices.js');
  document.body.replaceChildren(Object.assign(document.createElement('div'), { id: 'notices' }));
  createNotices(document.body).update({ experiment, connection: 'open', problems: [error] });
}"""


@pytest.mark.parametrize(
    ("at", "placed"),
    [
        (["objective", "model", "hidden", 0], "model, hidden 1: not so"),
        (["objective", "batch_size"], "batch size: not so"),
        (["objective", "params", "condition"], "condition: not so"),
        (["steps"], "steps: not so"),
        (["optimizers", 1, "lr"], "Momentum, lr: not so"),
    ],
)
def test_a_notice_names_the_place_in_words(blank: Page, at: list[str | int], placed: str) -> None:
    blank.evaluate(
        NOTICE,
        [
            SPIRALS["experiment"],
            FieldError(tuple(at), message("problems.needs.field")).document() | {"message": "not so"},
        ],
    )
    expect(blank.get_by_role("alert")).to_contain_text(placed)
