"""What differs between two experiments, part by part, judged by hand."""

from typing import Any

from playwright.sync_api import Page

from app.experiment import parse
from tests.catalogue import real_catalogue
from tests.node import CATALOG, Scripts

BOOTH = {"kind": "surface", "name": "booth"}
BOWL = {"kind": "surface", "name": "quadratic", "params": {"condition": 40, "angle": 20}}


def canonical(**fields: Any) -> dict[str, Any]:
    return parse({"objective": BOOTH, "start": [1, 2], "optimizers": [{"name": "sgd", "lr": 0.1}]} | fields).canonical()


def network(**fields: Any) -> dict[str, Any]:
    objective = {"kind": "model", "model": {"name": "mlp"}, "dataset": {"name": "moons"}} | fields
    return parse({"objective": objective, "optimizers": [{"name": "adam", "lr": 0.01}]}).canonical()


def compare(scripts: Scripts, left: dict[str, Any], right: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = scripts.call("compare/differences.js", "differences", left, right, CATALOG)
    return found


def rows(
    scripts: Scripts, left: dict[str, Any], right: dict[str, Any]
) -> list[tuple[str, str, str | None, str | None]]:
    """Group, name, left and right of all that differs."""
    found = compare(scripts, left, right)
    told = [
        (group["title"], row["name"], row["left"], row["right"]) for group in found["groups"] for row in group["rows"]
    ]
    assert found["differing"] == len(told)
    return told


def test_equal_experiments_differ_in_nothing(scripts: Scripts) -> None:
    found = compare(scripts, canonical(), canonical())
    assert (found["groups"], found["differing"]) == ([], 0)
    names = {(group["title"], row["name"]): row["left"] for group in found["equal"] for row in group["rows"]}
    assert names["Problem", "surface"] == "Booth"
    assert names["Run", "start"] == "1, 2"
    assert names["Run", "clip by norm"] == "off"
    assert names["Gradient descent", "learning rate"] == "0.1"
    assert names["Gradient descent", "schedule"] == "Constant"
    assert found["same"] == sum(len(group["rows"]) for group in found["equal"]) == len(names)


def test_every_kind_of_part_is_told_in_words(scripts: Scripts) -> None:
    left = canonical(
        objective=BOWL,
        optimizers=[{"name": "adam", "lr": 0.1, "label": "A", "schedule": {"name": "multi-step", "milestones": [50]}}],
    )
    right = canonical(
        objective=BOWL | {"params": {"condition": 40, "angle": 65}},
        start=[1, -2],
        steps=120,
        seed=123456,
        noise=0.5,
        clip_norm=2,
        dtype="float32",
        optimizers=[
            {
                "name": "adam",
                "lr": 0.3,
                "label": "A",
                "amsgrad": True,
                "betas": [0.8, 0.999],
                "schedule": {"name": "multi-step", "milestones": [50, 70], "warmup": 5},
            }
        ],
    )
    assert rows(scripts, left, right) == [
        ("Problem", "angle", "20 °", "65 °"),
        ("Run", "start", "1, 2", "1, −2"),
        ("Run", "steps", "300", "120"),
        ("Run", "seed", "0", "123456"),
        ("Run", "gradient noise", "0", "0.5"),
        ("Run", "clip by norm", "off", "2"),
        ("Run", "number format", "float64", "float32"),
        ("A", "learning rate", "0.1", "0.3"),
        ("A", "betas", "0.9, 0.999", "0.8, 0.999"),
        ("A", "AMSGrad", "off", "on"),
        ("A", "schedule, drops at", "50 steps", "50, 70 steps"),
        ("A", "warm-up", "0 steps", "5 steps"),
    ]


def test_numbers_that_differ_late_are_told_with_all_their_digits(scripts: Scripts) -> None:
    left, right = (canonical(optimizers=[{"name": "sgd", "lr": lr}]) for lr in (0.1, 0.1000001))
    assert rows(scripts, left, right) == [("Gradient descent", "learning rate", "0.1", "0.1000001")]


def test_optimizers_belong_together_by_label_then_by_position(scripts: Scripts) -> None:
    left = [{"name": "sgd", "lr": 0.1, "label": label} for label in ("one", "two", "three")]
    right = [
        {"name": "sgd", "lr": 0.1, "label": "three"},
        {"name": "sgd", "lr": 0.5, "label": "other"},
        {"name": "sgd", "lr": 0.2, "label": "one"},
        {"name": "rmsprop", "lr": 0.3, "label": "more"},
    ]
    documents = canonical(optimizers=left), canonical(optimizers=right)
    pairs = scripts.call("compare/differences.js", "pairOptimizers", *documents)
    assert pairs == [[0, 2], [1, 1], [2, 0], [None, 3]]
    assert rows(scripts, *documents) == [
        ("one", "learning rate", "0.1", "0.2"),
        ("two and other", "name", "two", "other"),
        ("two and other", "learning rate", "0.1", "0.5"),
        ("more", "optimizer", None, "RMSprop, learning rate 0.3"),
        ("Optimizers", "order", "one, two, three", "three, other, one"),
    ]


def test_another_optimizer_under_the_same_label(scripts: Scripts) -> None:
    left = canonical(optimizers=[{"name": "sgd", "lr": 0.1, "momentum": 0.9, "label": "mine"}])
    right = canonical(optimizers=[{"name": "rmsprop", "lr": 0.1, "momentum": 0.9, "label": "mine"}])
    told = {name: (one, other) for _, name, one, other in rows(scripts, left, right)}
    assert told["optimizer"] == ("SGD", "RMSprop")
    assert told["Nesterov"] == ("off", None)
    assert told["centered"] == (None, "off")
    assert not {"learning rate", "momentum"} & set(told)


def test_models_differ_in_model_data_and_training(scripts: Scripts) -> None:
    left = network()
    right = network(model={"name": "mlp", "hidden": [8, 4]}, batch_size=16, l2=0.001)
    right["objective"]["dataset"]["seed"] = 5
    told = {(name, one, other) for _, name, one, other in rows(scripts, left, right)}
    assert told == {
        ("hidden layers", "16, 16", "8, 4"),
        ("data seed", "0", "5"),
        ("batch size", "all samples", "16"),
        ("L2 penalty", "0", "0.001"),
    }


def test_a_surface_and_a_model_have_little_in_common(scripts: Scripts) -> None:
    told = {name: (one, other) for _, name, one, other in rows(scripts, canonical(), network())}
    assert told["surface"] == ("Booth", None)
    assert told["start"] == ("1, 2", None)
    assert told["model"] == (None, "Multilayer perceptron")
    assert told["data"] == (None, "Two moons")
    assert "steps" not in told


def test_labels_stay_text(blank: Page) -> None:
    label = "<img src=x onerror=alert(1)> ${1} \u202e🙂"
    left = canonical(optimizers=[{"name": "sgd", "lr": 0.1, "label": label}])
    shown = blank.evaluate(
        """async ([left, right, catalog]) => {
          const { differences } = await import('/static/js/compare/differences.js');
          const { createDifferenceTable } = await import('/static/js/compare/table.js');
          createDifferenceTable(document.body).update(differences(left, right, catalog));
          return [document.querySelectorAll('img').length, document.body.textContent];
        }""",
        [left, canonical(), real_catalogue()],
    )
    assert shown[0] == 0
    assert label in shown[1]
