"""The driver of torch.optim against a plain loop around torch.optim."""

import math
import pickle
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from app.optimizers.base import Optimizer
from app.optimizers.torch_adapter import TorchDriver
from app.optimizers.torch_driven import ADAFACTOR, LBFGS

START = torch.tensor([-1.2, 1.0], dtype=torch.float64)
CASES = [
    (LBFGS, {"max_iter": 4}, 0.5),
    (LBFGS, {"max_iter": 20, "history_size": 3, "line_search_fn": "strong_wolfe"}, 1.0),
    (LBFGS, {"max_iter": 1}, 0.1),
    (LBFGS, {"max_iter": 6, "max_eval": 3, "line_search_fn": "strong_wolfe"}, 0.5),
    (ADAFACTOR, {"weight_decay": 0.1, "eps": (1e-4, 1e-2), "d": 1.5, "beta2_decay": -0.5}, 0.05),
    (ADAFACTOR, {}, 0.1),
]
each_case = pytest.mark.parametrize(("entry", "changes", "lr"), CASES)


class Rosenbrock:
    """Loss and gradient of Rosenbrock's valley, counting how often it was asked."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, theta: Tensor) -> tuple[Tensor, Tensor]:
        self.count += 1
        x, y = theta
        gradient = torch.stack((-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)))
        return (1 - x) ** 2 + 100 * (y - x * x) ** 2, gradient


def settings_of(entry: Optimizer, changes: dict[str, Any]) -> dict[str, Any]:
    hyper = {param.id: param.default for param in entry.params if param.id != "maximize"}
    return hyper | changes | {"lr": 1.0}


def plain_loop(entry: Optimizer, hyper: dict[str, Any], rates: list[float], observe: Callable[..., Any]) -> Tensor:
    theta = START.clone()
    optimizer = getattr(torch.optim, entry.torch)([theta], **hyper)
    path = [START]

    def closure() -> Tensor:
        loss, theta.grad = observe(theta)
        return loss

    for rate in rates:
        optimizer.param_groups[0]["lr"] = rate
        optimizer.step(closure)
        path.append(theta.clone())
    return torch.stack(path)


def drive(driver: TorchDriver, theta: Tensor, rates: list[float], observe: Rosenbrock) -> Tensor:
    path = [theta]
    for rate in rates:
        path.append(driver.step(observe, {"lr": rate}, observe(path[-1])))
    return torch.stack(path)


@each_case
def test_it_moves_as_a_plain_loop_does(entry: Optimizer, changes: dict[str, Any], lr: float) -> None:
    hyper = settings_of(entry, changes)
    rates = [lr / (1 + 0.1 * step) for step in range(30)]
    wanted_calls, calls = Rosenbrock(), Rosenbrock()
    wanted = plain_loop(entry, hyper, rates, wanted_calls)
    driver = TorchDriver(entry, hyper, START, None)
    assert torch.equal(drive(driver, START, rates, calls), wanted)
    assert not torch.equal(wanted[-1], START)
    assert calls.count == wanted_calls.count
    assert driver.extra_evaluations == calls.count - len(rates)


@each_case
def test_a_resumed_run_has_the_bits_of_an_unbroken_one(entry: Optimizer, changes: dict[str, Any], lr: float) -> None:
    hyper, rates, observe = settings_of(entry, changes), [lr] * 12, Rosenbrock()
    unbroken = drive(TorchDriver(entry, hyper, START), START, rates, observe)
    first = TorchDriver(entry, hyper, START)
    path = drive(first, START, rates[:5], observe)
    exported = first.state()
    text = pickle.dumps(exported)
    drive(first, path[-1], rates[5:], observe)
    # Going on with the first driver leaves what it exported as it was.
    second = TorchDriver(entry, hyper, path[-1], exported)
    assert torch.equal(drive(second, path[-1], rates[5:], observe), unbroken[5:])
    third = TorchDriver(entry, hyper, path[-1], pickle.loads(text))
    assert torch.equal(drive(third, path[-1], rates[5:], observe), unbroken[5:])


@each_case
def test_what_changes_on_the_way_counts_from_there_on(entry: Optimizer, changes: dict[str, Any], lr: float) -> None:
    """Whatever the driver, or what it went on from, was made with."""
    hyper, observe = settings_of(entry, changes) | {"lr": lr}, Rosenbrock()
    other = hyper | {"weight_decay": 0.3, "history_size": 2}
    other = {name: value for name, value in other.items() if name in hyper}
    judge = TorchDriver(entry, other, START)
    turned, path = TorchDriver(entry, hyper, START), START
    wanted = judge.step(observe, other, observe(START))
    assert torch.equal(turned.step(observe, other, observe(path)), wanted)
    resumed = TorchDriver(entry, hyper, wanted, judge.state())
    assert torch.equal(resumed.step(observe, other, observe(wanted)), judge.step(observe, other, observe(wanted)))


@pytest.mark.parametrize("bad", [float("nan"), float("inf"), -float("inf")])
@pytest.mark.parametrize("line_search", [None, "strong_wolfe"])
def test_a_loss_that_is_not_finite_ends_no_run_with_an_error(bad: float, line_search: str | None) -> None:
    def observe(theta: Tensor) -> tuple[Tensor, Tensor]:
        loss, gradient = Rosenbrock()(theta)
        return (loss, gradient) if theta[0] < -0.5 else (loss * bad, gradient * bad)

    driver = TorchDriver(LBFGS, settings_of(LBFGS, {"line_search_fn": line_search}), START)
    theta = START
    for _ in range(5):
        theta = driver.step(observe, {"lr": 1.0}, observe(theta))
    assert theta.shape == START.shape
    assert driver.extra_evaluations > 0


def test_a_line_search_that_torch_cannot_end_leaves_no_position() -> None:
    """A loss that is NaN beyond a line, where the gradient still is a number: torch's search runs out of brackets."""

    def observe(theta: Tensor) -> tuple[Tensor, Tensor]:
        loss, gradient = Rosenbrock()(theta)
        return (loss, gradient) if theta[0] < -0.6 else (loss * math.nan, gradient)

    hyper = settings_of(LBFGS, {"line_search_fn": "strong_wolfe"})
    with pytest.raises(IndexError):
        plain_loop(LBFGS, hyper, [1.0] * 3, observe)
    driver = TorchDriver(LBFGS, hyper, START)
    theta = START
    for _ in range(4):
        theta = driver.step(observe, {"lr": 1.0}, observe(theta))
    assert theta.isnan().all()
    resumed = TorchDriver(LBFGS, hyper, theta, driver.state())
    assert resumed.step(observe, {"lr": 1.0}, observe(theta)).isnan().all()


@pytest.mark.parametrize("rates", [[0.0] * 4, [1.0, 0.0, 0.0, 1.0]], ids=str)
def test_a_line_search_without_room_stays_where_it_is(rates: list[float]) -> None:
    """At a rate of 0, to which many schedules fall, torch's line search divides by 0."""
    hyper, observe = settings_of(LBFGS, {"line_search_fn": "strong_wolfe"}), Rosenbrock()
    with pytest.raises(ZeroDivisionError):
        plain_loop(LBFGS, hyper, rates, Rosenbrock())
    driver, path = TorchDriver(LBFGS, hyper, START), [START]
    for rate in rates:
        driver = TorchDriver(LBFGS, hyper, path[-1], driver.state())
        path.append(driver.step(observe, {"lr": rate}, observe(path[-1])))
        assert torch.equal(path[-1], path[-2]) == (rate == 0)


def test_the_start_and_what_is_observed_stay_as_they_are() -> None:
    start = START.clone()
    driver = TorchDriver(ADAFACTOR, settings_of(ADAFACTOR, {}), start)
    loss, gradient = Rosenbrock()(start)
    kept = gradient.clone()
    moved = driver.step(Rosenbrock(), {"lr": 0.1}, (loss, gradient))
    assert torch.equal(start, START)
    assert torch.equal(gradient, kept)
    again = moved.clone()
    driver.step(Rosenbrock(), {"lr": 0.1}, Rosenbrock()(moved))
    assert torch.equal(moved, again)
