"""Every optimizer against its judge: torch.optim, or the paper's own algorithm where torch has none."""

from typing import Any

import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from torch import Tensor

from app.optimizers.base import Optimizer, Step
from app.optimizers.catalog import PRESETS
from tests.optimizers.runs import (
    RULES,
    SLOPES,
    TWINS,
    Slope,
    as_columns,
    defaults,
    each,
    entry_called,
    rule_path,
    settings_of,
    torch_path,
)

FEW = settings(max_examples=10, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))
STEPS = 300
OF_NO_USE = 1e6

PROPORTIONAL = {"sgd", "asgd"}
"""Their steps are as long as the gradient, so their rates must fit the slope."""

by_name = pytest.mark.parametrize("slope", SLOPES, ids=lambda slope: slope.name)


def rates(entry: Optimizer, slope: Slope) -> st.SearchStrategy[float]:
    return st.floats(1e-3, 1e-1).map(lambda rate: rate / slope.curvature if entry.id in PROPORTIONAL else rate)


def drawn(entry: Optimizer, slope: Slope) -> st.SearchStrategy[dict[str, Any]]:
    changes = {"lr": rates(entry, slope)}
    if entry.id == "rmsprop":
        # Centered, it takes the root of a difference that may be rounding alone; a larger eps hides that.
        changes["eps"] = st.floats(1e-6, 1e-2)
    return settings_of(entry, **changes)


def assert_close(path: Tensor, wanted: Tensor, relative: float) -> None:
    """Equal up to `relative`, as long as the wanted path stays where it is of any use; at least its first two steps."""
    lost = (~(wanted.abs() < OF_NO_USE)).any(-1).nonzero()
    end = int(lost[0]) if len(lost) else len(wanted)
    assert end > 2
    torch.testing.assert_close(path[:end], wanted[:end], rtol=relative, atol=relative * 0.1)


@by_name
@each(TWINS)
def test_any_settings_move_as_torch_does(entry: Optimizer, slope: Slope) -> None:
    """300 steps with the gradients along torch's path given to both, so that no surface magnifies a rounding."""

    @FEW
    @given(drawn(entry, slope))
    def compare(hyper: dict[str, Any]) -> None:
        start = torch.tensor(slope.start, dtype=torch.float64)
        wanted, _ = torch_path(entry.torch, hyper, slope.gradient, start, STEPS)
        given_gradients = iter(slope.gradient(wanted[:-1]))
        path = rule_path(entry, hyper, lambda _: next(given_gradients)[None], start[None], STEPS)[:, 0]
        assert_close(path, wanted, 1e-9)

    compare()


@by_name
@pytest.mark.parametrize("preset", [p for p in PRESETS if p.optimizer in {e.id for e in TWINS}], ids=lambda p: p.id)
def test_alone_on_a_slope_it_stays_with_torch(preset: Any, slope: Slope) -> None:
    """300 steps, each side with the gradients of its own path."""
    entry = entry_called(preset.optimizer)
    rate = 0.05 / slope.curvature if entry.id in PROPORTIONAL else 0.3 if entry.id == "adadelta" else 0.01
    hyper = defaults(entry, lr=rate, **preset.settings)
    start = torch.tensor(slope.start, dtype=torch.float64)
    wanted, _ = torch_path(entry.torch, hyper, slope.gradient, start, STEPS)
    assert_close(rule_path(entry, hyper, slope.gradient, start[None], STEPS)[:, 0], wanted, 1e-9)


@pytest.mark.parametrize(("dtype", "relative"), [(torch.float32, 1e-5), (torch.bfloat16, 0.05)], ids=["32", "16"])
@each(TWINS)
def test_low_precision_rounds_as_torch_does(entry: Optimizer, dtype: torch.dtype, relative: float) -> None:
    slope = SLOPES[0]
    start = torch.tensor(slope.start, dtype=dtype)
    changes = {"lr": 0.02 / slope.curvature if entry.id in PROPORTIONAL else 0.01, "weight_decay": 0.1, "momentum": 0.9}
    known = {param.id for param in entry.params}
    hyper = defaults(entry, **{name: value for name, value in changes.items() if name in known})
    wanted, _ = torch_path(entry.torch, hyper, slope.gradient, start, 100)
    path = rule_path(entry, hyper, slope.gradient, start[None], 100)[:, 0]
    assert path.dtype == dtype
    assert_close(path, wanted, relative)


@each(RULES)
def test_a_row_has_the_same_bits_alone_and_in_any_batch(entry: Optimizer) -> None:
    """Rows with settings of their own, given as columns, and one row's settings given as plain numbers to many rows."""
    slope = SLOPES[2]
    switches = {param.id: st.shared(st.booleans(), key=param.id) for param in entry.params if param.kind == "switch"}
    starts = torch.linspace(-2.0, 2.0, 14, dtype=torch.float64).reshape(7, 2)

    @FEW
    @given(st.lists(settings_of(entry, lr=rates(entry, slope), **switches), min_size=7, max_size=7))
    def compare(rows: list[dict[str, Any]]) -> None:
        columns = {name: as_columns([row[name] for row in rows]) for name in rows[0]}
        together = rule_path(entry, columns, slope.gradient, starts, 20)
        shared = rule_path(entry, rows[3], slope.gradient, starts, 20)
        for index, row in enumerate(rows):
            alone = rule_path(entry, row, slope.gradient, starts[index : index + 1], 20)[:, 0]
            assert same_bits(together[:, index], alone)
            if index == 3:
                assert same_bits(shared[:, index], alone)

    compare()


def same_bits(one: Tensor, other: Tensor) -> bool:
    return torch.equal(one.nan_to_num(nan=12345.0), other.nan_to_num(nan=12345.0))


@each(RULES)
def test_update_changes_nothing_that_it_is_given(entry: Optimizer) -> None:
    def compare(hyper: dict[str, Any]) -> None:
        theta = torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=torch.float64)
        state = entry.init(theta, hyper)
        for t in range(1, 8):
            step = Step(theta, SLOPES[0].gradient(theta), t)
            before = [tensor.clone() for tensor in (step.theta, step.grad, *state.values())]
            displacement, new = entry.update(step, state, hyper)
            after = (step.theta, step.grad, *state.values())
            assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
            displacement.zero_()
            assert all(torch.equal(one, other) for one, other in zip(before, after, strict=True))
            theta, state = theta + 0.1, new

    FEW(given(settings_of(entry, lr=st.floats(1e-3, 1e-1)))(compare))()


@each(RULES)
def test_state_is_made_of_the_slots(entry: Optimizer) -> None:
    theta = torch.ones(3, 2, dtype=torch.float64)
    slots = {slot.id: slot for slot in entry.slots}
    on = {param.id: True for param in entry.params if param.kind == "switch"}
    hyper = defaults(entry, lr=0.1, **on) | (
        {"momentum": 0.9} if "momentum" in {param.id for param in entry.params} else {}
    )
    _, state = entry.update(Step(theta, theta, 1), entry.init(theta, hyper), hyper)
    assert set(state) == set(slots)
    assert all(tuple(value.shape) == ((3, 1) if slots[name].per_row else (3, 2)) for name, value in state.items())


def test_asgd_average_is_that_of_torch() -> None:
    entry = entry_called("asgd")
    hyper = defaults(entry, lr=0.01, t0=20.0)
    start = torch.tensor([2.0, 1.0], dtype=torch.float64)
    path, optimizer = torch_path("ASGD", hyper, SLOPES[0].gradient, start, 100)
    state = entry.init(start[None], hyper)
    for t, theta in enumerate(path[:-1], 1):
        _, state = entry.update(Step(theta[None], SLOPES[0].gradient(theta[None]), t), state, hyper)
    (wanted,) = optimizer.state.values()
    # torch keeps the averaging factor in float32.
    torch.testing.assert_close(state["ax"][0], wanted["ax"], rtol=1e-6, atol=0)
    assert state["eta"].item() == wanted["eta"].item()


def test_lion_is_algorithm_2_of_its_paper() -> None:
    """Chen et al. 2023, in plain numbers: c = b1 m + (1 - b1) g; theta -= lr (sign(c) + wd theta); m likewise, b2."""

    @FEW
    @given(st.floats(1e-3, 0.1), st.floats(0, 0.99), st.floats(0.5, 0.999), st.floats(0, 0.5), st.sampled_from(SLOPES))
    def compare(lr: float, beta1: float, beta2: float, decay: float, slope: Slope) -> None:
        theta, average, gradients, wanted = list(slope.start), [0.0, 0.0], [], [list(slope.start)]
        for _ in range(STEPS):
            gradient = slope.gradient(torch.tensor([theta], dtype=torch.float64))[0].tolist()
            gradients.append(gradient)
            for i, g in enumerate(gradient):
                c = beta1 * average[i] + (1 - beta1) * g
                theta[i] -= lr * ((c > 0) - (c < 0) + decay * theta[i])
                average[i] = beta2 * average[i] + (1 - beta2) * g
            wanted.append(list(theta))
        hyper = {"lr": lr, "betas": (beta1, beta2), "weight_decay": decay, "maximize": False}
        given_gradients = iter(torch.tensor(gradients, dtype=torch.float64))
        start = torch.tensor([slope.start], dtype=torch.float64)
        path = rule_path(entry_called("lion"), hyper, lambda _: next(given_gradients)[None], start, STEPS)
        assert_close(path[:, 0], torch.tensor(wanted, dtype=torch.float64), 1e-9)

    compare()
