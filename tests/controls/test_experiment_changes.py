"""The experiment document is changed by functions that leave what they are given as it was."""

from typing import Any

import pytest
from playwright.sync_api import Page

SCRIPT = """async ([experiment, catalog, name, args]) => {
  const module = await import('/static/js/state/experiment.js');
  const before = JSON.stringify(experiment);
  const after = module[name](experiment, ...args.map((each) => (each === 'CATALOG' ? catalog : each)));
  if (JSON.stringify(experiment) !== before) throw new Error('the argument was changed');
  return after;
}"""


def param(name: str, default: Any) -> dict[str, Any]:
    return {"id": name, "default": default, "kind": "switch" if isinstance(default, bool) else "number"}


SGD = [param("lr", None), param("momentum", 0.0), param("nesterov", False)]
CATALOG = {
    "surfaces": [
        {"id": "bowl", "start": [1, 2], "params": [], "rates": {"plain": 0.1, "heavy": 0.02}},
        {"id": "valley", "start": [-1, 3], "params": [param("depth", 5)], "rates": {"heavy": 0.003}},
    ],
    "optimizers": [{"id": "sgd", "params": SGD}],
    "presets": [
        {"id": "plain", "title": "Plain", "optimizer": "sgd", "settings": {}},
        {"id": "heavy", "title": "Heavy", "optimizer": "sgd", "settings": {"momentum": 0.9}},
        {"id": "ahead", "title": "Ahead", "optimizer": "sgd", "settings": {"momentum": 0.9, "nesterov": True}},
    ],
    "schedules": [{"id": "constant", "params": []}, {"id": "decay", "params": [param("gamma", 0.9)]}],
    "warmup": [param("warmup", 0)],
}


def optimizer(label: str, **fields: Any) -> dict[str, Any]:
    start = {"name": "sgd", "label": label, "lr": 0.5, "momentum": 0.0, "nesterov": False}
    return start | {"schedule": {"name": "constant", "warmup": 7}} | fields


def experiment(*optimizers: dict[str, Any]) -> dict[str, Any]:
    return {
        "objective": {"kind": "surface", "name": "bowl", "params": {}},
        "start": [9, 9],
        "optimizers": [*optimizers],
    }


def apply(page: Page, before: dict[str, Any], name: str, *args: Any) -> dict[str, Any]:
    after: dict[str, Any] = page.evaluate(SCRIPT, [before, CATALOG, name, args])
    return after


def labels(document: dict[str, Any]) -> list[str]:
    return [each["label"] for each in document["optimizers"]]


def test_a_new_optimizer_has_every_field_and_the_rate_of_its_surface(blank: Page) -> None:
    after = apply(blank, experiment(), "addOptimizer", "CATALOG", "heavy")
    assert after["optimizers"] == [
        {"name": "sgd", "label": "Heavy", "lr": 0.02, "momentum": 0.9, "nesterov": False}
        | {"schedule": {"name": "constant", "warmup": 0}}
    ]


def test_labels_stay_apart(blank: Page) -> None:
    before = experiment(optimizer("Plain"), optimizer("Plain 2"))
    assert labels(apply(blank, before, "addOptimizer", "CATALOG", "plain")) == ["Plain", "Plain 2", "Plain 3"]
    assert labels(apply(blank, before, "duplicateOptimizer", 0)) == ["Plain", "Plain 3", "Plain 2"]


@pytest.mark.parametrize(("start", "end", "order"), [(0, 2, "bca"), (2, 0, "cab"), (1, 1, "abc")])
def test_an_optimizer_moves_to_its_place(blank: Page, start: int, end: int, order: str) -> None:
    before = experiment(*(optimizer(label) for label in "abc"))
    assert labels(apply(blank, before, "moveOptimizer", start, end)) == list(order)


def test_another_surface_brings_its_start_its_params_and_its_rates(blank: Page) -> None:
    before = experiment(optimizer("mine", momentum=0.8), optimizer("Plain"))
    after = apply(blank, before, "setSurface", "CATALOG", "valley")
    assert after["objective"] == {"kind": "surface", "name": "valley", "params": {"depth": 5}}
    assert after["start"] == [-1, 3]
    assert [each["lr"] for each in after["optimizers"]] == [0.003, 0.01]


@pytest.mark.parametrize(("label", "expected"), [("Heavy", "Ahead"), ("Heavy 2", "Ahead"), ("my own", "my own")])
def test_a_label_of_a_preset_follows_the_settings_and_one_of_a_person_stays(
    blank: Page, label: str, expected: str
) -> None:
    before = experiment(optimizer(label, momentum=0.8))
    assert labels(apply(blank, before, "setHyper", 0, "nesterov", True, "CATALOG")) == [expected]


def test_another_schedule_keeps_the_warm_up(blank: Page) -> None:
    after = apply(blank, experiment(optimizer("a")), "setSchedule", "CATALOG", 0, "decay")
    assert after["optimizers"][0]["schedule"] == {"name": "decay", "gamma": 0.9, "warmup": 7}
