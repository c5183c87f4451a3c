"""Weights and confusion matrices of models, in a real browser."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.views.modelpage import DIGITS, between, make, tip_at, token

WEIGHTS = """start(made.planarData(), 'moons', [2], { weights: [
  { name: 'layer1.weight', shape: [2, 2], values: [[1, -2.6, 0, 0.5], [4.1, 0, 0, 0]] },
  { name: 'layer1.bias', shape: [2], values: [[0, 3], [0, 0]] },
] })"""
CELL = """([panel, x, y]) => {
  const { flow, multiples } = view;
  const { left, top } = flow.places[0];
  const at = [left + x * flow.cell, top + y * flow.cell].map((each) => Math.round(each * devicePixelRatio));
  return [...multiples.panels[panel].layer.context.getImageData(...at, 1, 1).data.slice(0, 3)];
}"""


def test_weights_share_one_scale_that_is_symmetric_about_zero(model_page: Page) -> None:
    make(model_page, "weights", WEIGHTS, runs=2)
    # 4.1 is the largest of both optimizers, and 5 the round number above it.
    assert model_page.locator(".multiples-entry").inner_text().replace("−", "-").split() == ["layer1", "-5", "5"]
    zero, low, high = (token(model_page, name) for name in ("--zero", "--negative", "--positive"))
    assert model_page.evaluate(CELL, [0, 0.5, 0.5]) == pytest.approx(between(zero, high, 1 / 5), abs=2)
    assert model_page.evaluate(CELL, [0, 1.5, 0.5]) == pytest.approx(between(zero, low, 2.6 / 5), abs=2)
    assert model_page.evaluate(CELL, [0, 0.5, 1.5]) == pytest.approx(zero, abs=1)
    assert model_page.evaluate(CELL, [0, 3, 1.5]) == pytest.approx(between(zero, high, 3 / 5), abs=2), "the bias"
    assert model_page.evaluate(CELL, [1, 0.5, 0.5]) == pytest.approx(between(zero, high, 4.1 / 5), abs=2)


def test_a_weight_tells_its_name_and_value(model_page: Page) -> None:
    make(model_page, "weights", WEIGHTS, runs=2)
    spot = model_page.evaluate("(({cell, places: [{left, top}]}) => [left + 1.5 * cell, top + 0.5 * cell])(view.flow)")
    assert tip_at(model_page, *spot) == ["Adam", "layer1.weight[0, 1]", "-2.6"]


def test_filters_are_images_of_their_own_sides(model_page: Page) -> None:
    make(model_page, "weights", DIGITS % "{ weights: made.convolutionWeights(1) }")
    blocks: list[dict[str, Any]] = model_page.evaluate("view.blocks.map(({title, tiles}) => ({title, tiles}))")
    assert [block["title"] for block in blocks] == ["conv1", "conv2", "layer3"]
    images = [[tile for tile in block["tiles"] if tile["tensor"]["name"].endswith("weight")] for block in blocks]
    assert [len(tiles) for tiles in images] == [6, 72, 1]
    assert {(tile["rows"], tile["columns"]) for tile in images[0] + images[1]} == {(3, 3)}
    # conv2.weight[7, 4] begins after 7 filters of 6 maps and 4 maps of 9 numbers.
    assert images[1][7 * 6 + 4]["first"] == (7 * 6 + 4) * 9


def test_the_first_layer_that_reads_pictures_is_shown_as_pictures(model_page: Page) -> None:
    make(model_page, "weights", DIGITS % "{ weights: made.denseWeights(1, [64, 16, 10]) }")
    tiles = model_page.evaluate("view.blocks[0].tiles.filter(({tensor}) => tensor.name === 'layer1.weight')")
    assert len(tiles) == 16
    assert {(tile["rows"], tile["columns"]) for tile in tiles} == {(8, 8)}


@pytest.mark.parametrize("sizes", [[2, 16, 16, 1], [64, 64, 64, 64, 10]])
def test_weights_can_be_read_on_a_phone(model_page: Page, sizes: list[int]) -> None:
    model_page.set_viewport_size({"width": 390, "height": 420})
    make(
        model_page,
        "weights",
        f"start(made.planarData(), 'moons', [2], {{ weights: made.denseWeights(4, {sizes}) }})",
        runs=4,
    )
    assert model_page.evaluate("view.flow.cell") >= 3
    assert model_page.evaluate("view.multiples.width") <= 390
    assert model_page.evaluate("view.multiples.el.scrollWidth <= view.multiples.el.clientWidth")


MATRICES = """start({...made.planarData(), labels: ['class 0', 'class 1']}, 'moons', [2], { confusion: {
  labels: ['class 0', 'class 1'], train: [[[30, 10], [0, 40]]], test: [[[6, 4], [1, 9]]] } })"""
MATRIX_CELL = """async ([label, said]) => {
  const { placeOf } = await import('/static/js/views/confusion/painter.js');
  const { left, top, cell } = placeOf(view.multiples.width, view.multiples.height, ['0', '1']);
  return [left + said * cell + 4, top + label * cell + 4];
}"""


def matrix_tip(page: Page, label: int, said: int) -> list[str]:
    return tip_at(page, *page.evaluate(MATRIX_CELL, [label, said]))[1:]


def test_the_confusion_matrix_counts_true_classes_down_and_answers_across(model_page: Page) -> None:
    make(model_page, "confusion", MATRICES)
    assert matrix_tip(model_page, 0, 1) == ["true", "class 0", "said", "class 1", "test samples", "4 of 10 (40.0 %)"]
    assert matrix_tip(model_page, 1, 1) == ["true", "class 1", "said", "class 1", "test samples", "9 of 10 (90.0 %)"]
    canvas = model_page.locator(".multiples-canvas")
    expect(canvas).to_have_attribute("aria-label", "Adam: 15 of 20 test samples right at step 40")
    model_page.get_by_role("button", name="Train samples").click()
    expect(model_page.get_by_role("button", name="Train samples")).to_have_attribute("aria-pressed", "true")
    expect(canvas).to_have_attribute("aria-label", "Adam: 70 of 80 train samples right at step 40")
    assert matrix_tip(model_page, 1, 0)[-1] == "0 of 40 (0.0 %)"


def test_right_cells_have_another_hue_than_wrong_ones_and_more_samples_more_of_it(model_page: Page) -> None:
    make(model_page, "confusion", MATRICES)
    model_page.mouse.move(0, 0)
    base = token(model_page, "--panel-2")

    def cell(label: int, said: int) -> list[int]:
        x, y = model_page.evaluate(MATRIX_CELL, [label, said])
        ratio = "[x, y].map((each) => Math.round(each * devicePixelRatio))"
        take = (
            f"([x, y]) => [...view.multiples.panels[0].layer.context.getImageData(...{ratio}, 1, 1).data.slice(0, 3)]"
        )
        found: list[int] = model_page.evaluate(take, [x, y])
        return found

    assert cell(1, 1) == pytest.approx(between(base, token(model_page, "--accent"), 0.9**0.5), abs=2)
    assert cell(0, 0) == pytest.approx(between(base, token(model_page, "--accent"), 0.6**0.5), abs=2)
    assert cell(0, 1) == pytest.approx(between(base, token(model_page, "--bad"), 0.4**0.5), abs=2)
