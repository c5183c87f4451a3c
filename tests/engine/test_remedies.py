"""Advice to who diverged, followed by `torch.optim` itself."""

import re
from dataclasses import replace
from typing import Any

import pytest

from app.engine.outcomes import outcomes
from app.engine.run import advance
from app.engine.watch import FARTHEST
from app.experiment import Experiment, parse
from tests.engine.races import race
from tests.engine.torchpaths import torch_path


def told(experiment: Experiment) -> str:
    """The sentence on its only optimizer, which diverges."""
    (outcome,) = outcomes(experiment, advance(experiment, None, experiment.steps + 1)[0])
    assert outcome["kind"] == "diverged"
    return str(outcome["message"])


def diverges(experiment: Experiment, **changes: Any) -> bool:
    """Whether torch goes out of any range, with `changes` of the optimizer's document."""
    document = experiment.canonical()
    document["optimizers"][0].update(changes)
    changed = parse(document)
    path, norms = torch_path(changed, changed.optimizers[0])
    return not (bool((path.abs() <= FARTHEST).all()) and bool(norms.isfinite().all()))


def rate_in(message: str, words: str) -> float:
    match = re.search(words + r" ([0-9.e-]*[0-9])", message)
    assert match, message
    return float(match[1])


RATES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("goldstein-price", {"start": [0.2, -0.5]}, {"name": "sgd", "lr": 0.0009}),
    ("rosenbrock", {}, {"name": "sgd", "lr": 0.5}),
    ("rosenbrock", {}, {"name": "sgd", "lr": 0.005, "momentum": 0.9}),
    ("beale", {"steps": 150}, {"name": "adamw", "lr": 50.0, "weight_decay": 10.0}),
    ("himmelblau", {}, {"name": "sgd", "lr": 0.5, "nesterov": True, "momentum": 0.5}),
]


@pytest.mark.parametrize(("surface", "fields", "row"), RATES, ids=str)
def test_a_rate_that_is_told_holds_and_a_border_is_one(
    surface: str, fields: dict[str, Any], row: dict[str, Any]
) -> None:
    experiment = race([row], surface, **{"steps": 300, **fields})
    message = told(experiment)
    lr = rate_in(message, "with a learning rate of")
    assert lr < row["lr"]
    assert not diverges(experiment, lr=lr)
    assert "with a tenth more it does" in message
    assert diverges(experiment, lr=1.1 * lr)


def test_the_bound_at_the_start_is_told_only_where_it_is_the_border() -> None:
    experiment = race([{"name": "sgd", "lr": 0.2}], "booth", steps=400)
    lr = rate_in(told(experiment), "learning rates below")
    assert not diverges(experiment, lr=0.99 * lr)
    assert diverges(experiment, lr=1.1 * lr)
    # Of so few steps none leads out of any range just above the bound.
    assert "steps shrink" not in told(race([{"name": "sgd", "lr": 50.0}], "booth", steps=20))


ZERO = ["adam", "adamw", "adamax", "nadam", "radam", "rmsprop", "adagrad", "adadelta", "adafactor"]


@pytest.mark.parametrize("name", ZERO)
@pytest.mark.parametrize("lr", [0.1, 0.0])
def test_a_division_of_nothing_by_nothing_is_called_that(name: str, lr: float) -> None:
    eps = [0.0, 0.001] if name == "adafactor" else 0.0
    experiment = race([{"name": name, "lr": lr, "eps": eps}], "saddle", start=[1.0, 0.0], steps=100)
    message = told(experiment)
    assert "a slope of 0 was divided by 0, as eps is 0. With the usual eps" in message
    assert "learning rate" not in message
    usual = next(param for param in experiment.optimizers[0].optimizer.params if param.id == "eps").default
    assert not diverges(experiment, eps=list(usual) if isinstance(usual, tuple) else usual)
    assert diverges(experiment, lr=1e-7)


SCHEDULES: list[tuple[dict[str, Any], float]] = [
    ({"name": "exponential", "gamma": 1.1}, 0.05),
    ({"name": "step", "step_size": 50, "gamma": 2.0}, 0.05),
]


@pytest.mark.parametrize(("schedule", "lr"), SCHEDULES, ids=str)
def test_a_schedule_that_raises_the_rate_too_far_is_named(schedule: dict[str, Any], lr: float) -> None:
    experiment = race([{"name": "sgd", "lr": lr, "schedule": schedule}], "booth", steps=2000)
    message = told(experiment)
    assert "Its schedule had raised the learning rate from" in message
    assert not diverges(experiment, schedule={"name": "constant"})


def test_a_momentum_without_loss_is_named_and_a_lower_one_holds() -> None:
    experiment = race([{"name": "sgd", "lr": 0.01, "momentum": 1.1}], "booth", steps=2000)
    assert "A momentum of 1 or more loses no speed: with 0.9 this run does not diverge." in told(experiment)
    assert not diverges(experiment, momentum=0.9)


def test_what_would_take_long_to_try_is_not_told() -> None:
    message = told(race([{"name": "sgd", "lr": 0.5}], "beale", steps=20_000))
    assert message.endswith("Its steps went too far: a lower learning rate may do.")


def test_where_no_rate_holds_that_is_told() -> None:
    experiment = race([{"name": "sgd", "lr": 1e6}], "beale", start=[1e5, 1e5], steps=60)
    message = told(experiment)
    assert "no lower learning rate that was tried does" in message
    assert diverges(experiment, lr=rate_in(message, "down to"))


def test_what_is_told_of_a_row_does_not_depend_on_how_the_run_was_cut() -> None:
    experiment = race([{"name": "sgd", "lr": 0.5}], "rosenbrock", steps=100)
    part = None
    while part is None or part.position <= 100:
        part, _ = advance(experiment, part, 7)
    assert str(outcomes(experiment, part)[0]["message"]) == told(experiment)
    assert replace(experiment).text() == experiment.text()
