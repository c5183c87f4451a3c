"""Every schedule against its twin in torch.optim.lr_scheduler, with and without a warm-up, and its shape by hand."""

import math
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.optim import lr_scheduler

from app.core.params import Param, parse_fields
from app.core.problems import FieldError
from app.schedules.base import Schedule
from app.schedules.catalog import SCHEDULES
from app.schedules.warmup import WARMUP, rate

FEW = settings(max_examples=10, derandomize=True, deadline=None, database=None)
STEPS = 400
TWINS = tuple(entry for entry in SCHEDULES if entry.torch)


def each(entries: tuple[Schedule, ...]) -> Any:
    return pytest.mark.parametrize("entry", entries, ids=lambda entry: entry.id)


def values_of(param: Param) -> st.SearchStrategy[Any]:
    """Values that `param` allows, with lengths short enough for several cycles in a run."""
    if param.kind == "switch":
        return st.booleans()
    if param.kind == "choice":
        return st.sampled_from(param.choices)
    if param.kind == "list":
        return st.lists(st.integers(1, STEPS), max_size=6, unique=True).map(lambda steps: tuple(sorted(steps)))
    low, high = param.soft
    drawn = st.integers(int(low), min(int(high), STEPS)) if param.kind == "integer" else st.floats(low, high)
    return st.one_of(drawn, st.none()) if param.optional else drawn


def settings_of(entry: Schedule) -> st.SearchStrategy[dict[str, Any]]:
    drawn = st.fixed_dictionaries({param.id: values_of(param) for param in entry.params})
    # Where the rise of a one-cycle takes one step or less, torch divides by 0, or warms up to another rate.
    return drawn.filter(lambda chosen: entry.id != "one-cycle" or chosen["pct_start"] * chosen["total_steps"] > 1)


def torch_rates(entry: Schedule, lr: float, chosen: dict[str, Any], steps: int) -> list[float]:
    """The rates that torch gives to the first `steps` optimizer steps."""
    optimizer = torch.optim.SGD([torch.zeros(1)], lr=lr)
    scheduler = getattr(lr_scheduler, entry.torch)(optimizer, **entry.twin(lr, chosen))
    if warmup := chosen.get("warmup"):
        ramp = lr_scheduler.LinearLR(optimizer, chosen["warmup_start"], total_iters=warmup)
        scheduler = lr_scheduler.SequentialLR(optimizer, [ramp, scheduler], [warmup])
    rates = []
    for _ in range(steps):
        rates.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return rates


def assert_rates(ours: list[float], wanted: list[float], lr: float) -> None:
    """Equal up to the rounding that torch gathers by going from step to step."""
    for step, (one, other) in enumerate(zip(ours, wanted, strict=True)):
        assert math.isclose(one, other, rel_tol=1e-9, abs_tol=lr * 1e-12), step


@each(TWINS)
def test_every_rate_is_torchs(entry: Schedule) -> None:
    @FEW
    @given(settings_of(entry), st.floats(1e-3, 10.0))
    def compare(chosen: dict[str, Any], lr: float) -> None:
        steps = chosen.get("total_steps", STEPS)
        wanted = torch_rates(entry, lr, chosen, steps)
        assert_rates([entry.rate(lr, step, chosen) for step in range(steps)], wanted, lr)

    compare()


@each(TWINS)
def test_every_rate_after_a_warm_up_is_torchs(entry: Schedule) -> None:
    @FEW
    @given(settings_of(entry), st.floats(1e-3, 10.0), st.integers(1, 60), st.floats(0.01, 1.0))
    def compare(chosen: dict[str, Any], lr: float, warmup: int, start: float) -> None:
        steps = chosen.get("total_steps", STEPS) + warmup
        full = {**chosen, "warmup": warmup, "warmup_start": start}
        wanted = torch_rates(entry, lr, full, steps)
        assert_rates([rate(entry, lr, step, full) for step in range(steps)], wanted, lr)

    compare()


@each(SCHEDULES)
def test_defaults_are_allowed_and_give_finite_rates_for_ever(entry: Schedule) -> None:
    errors: list[FieldError] = []
    chosen = parse_fields((*entry.params, *WARMUP), {}, (), errors)
    again = parse_fields((*entry.params, *WARMUP), chosen, (), errors)
    assert errors == []
    assert again == chosen
    for step in (0, 1, 299, 300, 301, 100_000):
        value = rate(entry, 0.1, step, chosen)
        assert isinstance(value, float)
        assert 0 <= value <= 0.1


BY_HAND = [
    ("constant", {}, {0: 1.0, 7: 1.0}),
    ("step", {"step_size": 10, "gamma": 0.5}, {0: 1.0, 9: 1.0, 10: 0.5, 35: 0.125}),
    ("multi-step", {"milestones": (3, 8), "gamma": 0.1}, {2: 1.0, 3: 0.1, 7: 0.1, 8: 0.01}),
    ("multi-step", {"milestones": (), "gamma": 0.1}, {0: 1.0, 99: 1.0}),
    ("exponential", {"gamma": 0.5}, {0: 1.0, 3: 0.125}),
    ("polynomial", {"total_iters": 4, "power": 2.0}, {0: 1.0, 2: 0.25, 4: 0.0, 9: 0.0}),
    ("cosine", {"T_max": 10, "eta_min": 0.2}, {0: 1.0, 5: 0.6, 10: 0.2, 15: 0.6, 20: 1.0}),
    ("cosine-restarts", {"T_0": 4, "T_mult": 2, "eta_min": 0.0}, {0: 1.0, 2: 0.5, 4: 1.0, 8: 0.5, 12: 1.0, 20: 0.5}),
    (
        "one-cycle",
        {"total_steps": 11, "pct_start": 6 / 11, "anneal_strategy": "linear", "div_factor": 10.0}
        | {"final_div_factor": 10.0, "three_phase": False},
        {0: 0.1, 5: 1.0, 10: 0.01, 11: 0.01, 500: 0.01},
    ),
    (
        "triangular",
        {"base_lr": 0.0, "step_size_up": 2, "step_size_down": 4, "mode": "triangular2", "gamma": 1.0},
        {0: 0.0, 1: 0.5, 2: 1.0, 4: 0.5, 6: 0.0, 8: 0.5, 14: 0.25},
    ),
]


@pytest.mark.parametrize(("name", "chosen", "wanted"), BY_HAND)
def test_rates_worked_out_by_hand(name: str, chosen: dict[str, Any], wanted: dict[int, float]) -> None:
    entry = entry_called(name)
    assert {step: pytest.approx(entry.rate(1.0, step, chosen)) for step in wanted} == wanted


def test_a_growing_factor_stays_a_finite_number() -> None:
    for name, chosen in (("exponential", {"gamma": 10.0}), ("step", {"step_size": 1, "gamma": 10.0})):
        assert math.isfinite(entry_called(name).rate(1e6, 100_000, chosen))
        assert entry_called(name).rate(0.0, 100_000, chosen) == 0


@pytest.mark.parametrize("three_phase", [False, True])
def test_one_cycle_takes_every_share_of_the_rise(three_phase: bool) -> None:
    """Also those at which torch divides by 0: a rise of exactly one step."""
    entry = entry_called("one-cycle")
    for share in (0.0, 0.1, 0.5, 1.0):
        chosen = {
            **{param.id: param.default for param in entry.params},
            **{"total_steps": 10, "pct_start": share, "three_phase": three_phase},
        }
        for step in range(12):
            assert 0 < entry.rate(0.5, step, chosen) <= 0.5


def test_a_warm_up_is_a_straight_line_to_where_the_schedule_begins() -> None:
    chosen = {"warmup": 4, "warmup_start": 0.2, "gamma": 0.5}
    rates = [rate(entry_called("exponential"), 1.0, step, chosen) for step in range(7)]
    assert rates == pytest.approx([0.2, 0.4, 0.6, 0.8, 1.0, 0.5, 0.25])
    without = {"warmup": 0, "warmup_start": 0.2, "gamma": 0.5}
    assert rate(entry_called("exponential"), 1.0, 0, without) == 1.0


def test_ids_are_in_the_order_of_the_menu() -> None:
    assert [entry.id for entry in SCHEDULES] == [
        *("constant", "step", "multi-step", "exponential", "polynomial", "cosine"),
        *("cosine-restarts", "one-cycle", "triangular"),
    ]
    assert [entry.id for entry in SCHEDULES if entry.constant] == ["constant"]


def entry_called(name: str) -> Schedule:
    (entry,) = (entry for entry in SCHEDULES if entry.id == name)
    return entry
