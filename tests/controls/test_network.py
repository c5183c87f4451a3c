"""The drawing of a model: every layer with as many units as it has, and as many weights as torch counts."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from torch import nn

from app.experiment import parse
from tests.catalogue import real_catalogue

MOUNT = """async ([catalog, objective]) => {
  const { layersOf } = await import('/static/js/controls/problem/layers.js');
  const { createNetwork } = await import('/static/js/controls/problem/network.js');
  const network = createNetwork();
  network.set(layersOf(catalog, objective));
  document.body.replaceChildren(network.el);
}"""


def dense(*sizes: int) -> nn.Module:
    return nn.Sequential(*(nn.Linear(sizes[at], sizes[at + 1]) for at in range(len(sizes) - 1)))


def convolution(first: int, second: int) -> nn.Module:
    maps = nn.Conv2d(1, first, 3, padding=1), nn.MaxPool2d(2), nn.Conv2d(first, second, 3, padding=1), nn.MaxPool2d(2)
    return nn.Sequential(*maps, nn.Flatten(), nn.Linear(second * 2 * 2, 10))


def choice(model: dict[str, Any], dataset: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {"kind": "model", "model": model, "dataset": dataset, **fields}


CASES: tuple[tuple[dict[str, Any], nn.Module, str], ...] = (
    (
        choice({"name": "mlp"}, {"name": "moons"}),
        dense(2, 16, 16, 1), "2 inputs, hidden layers of 16 and 16, 1 output",
    ),
    (
        choice({"name": "mlp", "hidden": [5]}, {"name": "sine"}),
        dense(1, 5, 1), "1 input, a hidden layer of 5, 1 output",
    ),
    (
        choice({"name": "mlp", "hidden": [64, 1, 3, 2]}, {"name": "iris"}),
        dense(4, 64, 1, 3, 2, 3), "4 inputs, hidden layers of 64, 1, 3 and 2, 3 outputs",
    ),
    (
        choice({"name": "mlp", "hidden": [8]}, {"name": "xor"}, loss="cross_entropy"),
        dense(2, 8, 2), "2 inputs, a hidden layer of 8, 2 outputs",
    ),
    (
        choice({"name": "mlp", "hidden": [8]}, {"name": "spirals", "classes": 4}),
        dense(2, 8, 4), "2 inputs, a hidden layer of 8, 4 outputs",
    ),
    (choice({"name": "linear"}, {"name": "line"}), dense(1, 1), "1 input, 1 output"),
    (choice({"name": "neuron"}, {"name": "blobs"}), dense(2, 1), "2 inputs, 1 output"),
    (choice({"name": "logistic"}, {"name": "circles"}), dense(2, 1), "2 inputs, 1 output"),
    (choice({"name": "softmax"}, {"name": "digits"}), dense(64, 10), "64 inputs, 10 outputs"),
    (
        choice({"name": "convolution"}, {"name": "digits"}),
        convolution(6, 12), "8 × 8 inputs, layers of 6 and 12 filters, 10 outputs",
    ),
    (
        choice({"name": "convolution", "filters": [1, 32]}, {"name": "digits"}),
        convolution(1, 32), "8 × 8 inputs, layers of 1 and 32 filters, 10 outputs",
    ),
)  # fmt: skip


def mount(page: Page, objective: dict[str, Any]) -> None:
    document = parse({"objective": objective, "optimizers": [{"name": "sgd"}]}).canonical()
    page.evaluate(MOUNT, [real_catalogue(), document["objective"]])


@pytest.mark.parametrize(("objective", "module", "words"), CASES)
def test_its_words_say_every_layer_and_count_as_torch_does(
    blank: Page, objective: dict[str, Any], module: nn.Module, words: str
) -> None:
    mount(blank, objective)
    weights = sum(weight.numel() for weight in module.parameters())
    expect(blank.get_by_role("figure")).to_have_accessible_name(f"{words}: {weights} weights")
    assert blank.locator("svg").get_attribute("aria-hidden") == "true"


LABELS = ["2", "3", "10", "11", "64", "1"]


def test_a_layer_has_a_circle_for_each_unit_and_dots_where_they_are_too_many(blank: Page) -> None:
    mount(blank, choice({"name": "mlp", "hidden": [3, 10, 11, 64]}, {"name": "moons"}))
    layers = blank.locator(".network-layer")
    assert [layer.get_attribute("data-count") for layer in layers.all()] == LABELS
    assert [layer.locator(".network-unit").count() for layer in layers.all()] == [2, 3, 10, 8, 8, 1]
    assert [layer.locator(".network-dot").count() for layer in layers.all()] == [0, 0, 0, 3, 3, 0]
    assert [layer.locator("text").text_content() for layer in layers.all()] == LABELS


def test_a_convolution_has_a_square_for_each_map(blank: Page) -> None:
    mount(blank, choice({"name": "convolution", "filters": [3, 6]}, {"name": "digits"}))
    layers = blank.locator(".network-layer")
    assert [layer.locator(".network-map").count() for layer in layers.all()] == [1, 3, 6, 0]
    assert layers.nth(3).locator(".network-unit").count() == 10
    sides = [float(layers.nth(at).locator("rect").first.get_attribute("width") or 0) for at in range(3)]
    assert sides == sorted(sides, reverse=True)


def test_a_line_joins_every_two_units_of_neighbouring_layers(blank: Page) -> None:
    mount(blank, choice({"name": "mlp", "hidden": [3, 4]}, {"name": "moons"}))
    lines = [path.get_attribute("d") or "" for path in blank.locator(".network-lines").all()]
    assert [line.count("L") for line in lines] == [2 * 3, 3 * 4, 4]


def test_all_of_it_is_inside_the_drawing(blank: Page) -> None:
    widest = choice({"name": "mlp", "hidden": [64, 64, 64, 64]}, {"name": "digits"})
    for objective in (*(case[0] for case in CASES), widest):
        mount(blank, objective)
        outside = blank.evaluate("""() => {
          const [, , width, height] = document.querySelector('svg').getAttribute('viewBox').split(' ').map(Number);
          return [...document.querySelectorAll('svg g')].map((each) => each.getBBox())
            .filter((box) => box.x < 0 || box.y < 0 || box.x + box.width > width || box.y + box.height > height).length;
        }""")
        assert outside == 0, objective


def test_the_counts_stand_clear_of_each_other(blank: Page) -> None:
    for objective in (
        choice({"name": "mlp", "hidden": [64, 64, 64, 64]}, {"name": "digits"}),
        choice({"name": "convolution", "filters": [32, 32]}, {"name": "digits"}),
    ):
        mount(blank, objective)
        spans = blank.evaluate("""[...document.querySelectorAll('.network-label')].map((each) => each.getBBox())
          .map((box) => [box.x, box.x + box.width]).sort((one, other) => one[0] - other[0])""")
        assert all(left[1] < right[0] for left, right in pairwise(spans)), objective
