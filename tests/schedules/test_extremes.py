"""Every schedule at the ends of what may be set, over many steps: torch's rates, or told to differ from them."""

import math
from itertools import product
from typing import Any

import pytest

from app.schedules.base import LARGEST
from app.schedules.catalog import SCHEDULES
from app.schedules.shapes import grown
from app.schedules.warmup import differs, rate
from tests.schedules.test_conformance import entry_called, torch_rates

STEPS = 2100
RATES = (5e-324, 1e-300, 0.1, 1e6)
ENDS: dict[str, list[dict[str, Any]]] = {
    "step": [{"step_size": 1, "gamma": gamma} for gamma in (0.0, 1e-5, 1.01, 10.0)],
    "multi-step": [{"milestones": tuple(range(1, 65)), "gamma": gamma} for gamma in (0.0, 10.0)],
    "exponential": [{"gamma": gamma} for gamma in (0.0, 0.5, 0.99, 1.5, 10.0)],
    "polynomial": [{"total_iters": total, "power": power} for total in (1, 1999, 10**6) for power in (0.0, 0.5, 100.0)],
    "cosine": [{"T_max": length, "eta_min": least} for length in (1, 2, 700, 2001, 10**6) for least in (0.0, 0.05)],
    "cosine-restarts": [{"T_0": length, "T_mult": growth} for length in (1, 7, 10**6) for growth in (1, 2, 100)],
    "one-cycle": [
        {"total_steps": total, "pct_start": share, "three_phase": three, "div_factor": first, "final_div_factor": last}
        for total, share, three in product((1, 2, 3, 2100), (0.0, 0.5, 0.7, 1.0), (False, True))
        for first, last in ((1e-9, 1e12), (1e12, 1e-9))
    ],
    "triangular": [
        {"step_size_up": up, "step_size_down": down, "mode": mode, "gamma": gamma, "base_lr": least}
        for up, down, least in ((1, None, 0.0), (1, 1000, 0.05), (3, 7, 0.0), (10**6, 1, 0.0))
        for mode, gamma in (("triangular", 1.0), ("triangular2", 1.0), ("exp_range", 0.9), ("exp_range", 10.0))
    ],
}  # fmt: skip
RISES = [(0, 0.1), (1, 1e-310), (40, 1e-320), (40, 1e-9), (3000, 1.0)]
moving = pytest.mark.parametrize("name", ENDS)


def cases(name: str) -> list[tuple[float, dict[str, Any]]]:
    """Each rate with each of the settings, some of them after each warm-up."""
    entry = entry_called(name)
    usual = {param.id: param.default for param in entry.params}
    found = []
    for own in ENDS[name]:
        for index, lr in enumerate(RATES):
            rises = RISES if index == 2 and own is ENDS[name][-1] else RISES[:1]
            found += [(lr, {**usual, **own, "warmup": rise, "warmup_start": share}) for rise, share in rises]
    return found


def steps_of(chosen: dict[str, Any]) -> int:
    return int(min(STEPS, chosen.get("total_steps", STEPS)))


@moving
def test_rates_are_torchs_or_are_told_to_differ(name: str) -> None:
    entry, same = entry_called(name), 0
    for lr, chosen in cases(name):
        steps = steps_of(chosen)
        ours = [rate(entry, lr, step, chosen) for step in range(steps)]
        assert all(math.isfinite(each) for each in ours), (lr, chosen)
        if differs(entry, lr, steps, chosen):
            continue
        same += 1
        size = max(lr, *(abs(each) for each in ours))
        for step, (one, other) in enumerate(zip(ours, torch_rates(entry, lr, chosen, steps), strict=True)):
            assert math.isclose(one, other, rel_tol=1e-9, abs_tol=size * 1e-12), (lr, chosen, step)
    assert same > len(ENDS[name]) / 2


@moving
@pytest.mark.parametrize("share", [1.0, 0.1])
def test_a_race_that_is_over_before_its_warm_up_is_told_as_torch_has_it(name: str, share: float) -> None:
    """Whatever comes behind the warm-up is not reached."""
    entry = entry_called(name)
    usual = {param.id: param.default for param in entry.params}
    for own in ENDS[name]:
        chosen = {**usual, **own, "warmup": 3000, "warmup_start": share}
        assert all(math.isfinite(rate(entry, 0.1, step, chosen)) for step in range(40))
        if not differs(entry, 0.1, 40, chosen):
            ours = [rate(entry, 0.1, step, chosen) for step in range(40)]
            assert ours == pytest.approx(torch_rates(entry, 0.1, chosen, 40), rel=1e-9, abs=1e-12)
    if name in {"step", "multi-step", "exponential"}:
        assert not any(
            differs(entry, 0.1, 40, {**usual, **own, "warmup": 3000, "warmup_start": share}) for own in ENDS[name]
        )


@pytest.mark.parametrize(("first", "last"), [(1e-320, 25.0), (25.0, 1e-320), (1e-320, 1e-320)])
def test_a_cycle_from_or_to_beyond_all_numbers_stays_among_them_and_is_told_to_differ(
    first: float, last: float
) -> None:
    entry = entry_called("one-cycle")
    usual = {param.id: param.default for param in entry.params}
    chosen = {**usual, "warmup": 0, "warmup_start": 1.0, "div_factor": first, "final_div_factor": last}
    ours = [rate(entry, 1e-9, step, chosen) for step in range(chosen["total_steps"])]
    assert all(0 <= each <= LARGEST for each in ours)
    assert differs(entry, 1e-9, len(ours), chosen)


def test_a_warm_up_of_a_constant_rate_from_nearly_nothing_is_told_to_differ() -> None:
    constant = entry_called("constant")
    settings = {"warmup": 10, "warmup_start": 1e-310}
    assert differs(constant, 0.1, 100, settings)
    assert not differs(constant, 0.1, 100, settings | {"warmup": 0})
    assert not differs(constant, 0.1, 100, settings | {"warmup_start": 1e-9})
    assert [rate(constant, 1.0, step, settings) for step in (1, 5, 10)] == pytest.approx([0.1, 0.5, 1.0])


@pytest.mark.parametrize(
    ("lr", "base", "exponent", "wanted"),
    [
        (0.1, 10.0, 3, 100.0), (1e-300, 10.0, 316, 1e16), (1e-300, 10.0, 599, 1e299), (5e-324, 10.0, 324, 4.940656458),
        (5e-324, 1.5, 2000, 5e-324 * 1.5**1000 * 1.5**1000), (1e-300, 10.0, 601, LARGEST), (1.0, 10.0, 10**5, LARGEST),
        (0.0, 10.0, 10**5, 0.0), (1.0, 0.0, 10**5, 0.0), (1e6, 1.0, 10**5, 1e6), (1e6, 10.0, 295, LARGEST),
    ],
)  # fmt: skip
def test_a_rate_grows_from_whatever_it_was(lr: float, base: float, exponent: int, wanted: float) -> None:
    assert grown(lr, base, exponent) == pytest.approx(wanted, rel=1e-9)


def test_every_schedule_is_tried() -> None:
    assert list(ENDS) == [entry.id for entry in SCHEDULES if not entry.constant]
