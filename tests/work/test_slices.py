"""Slices: cut by the clock, with bits that do not depend on where."""

import time
from itertools import count as ticks
from typing import Any

import numpy as np
import pytest

from app.engine.run import advance
from app.experiment import parse
from app.protocol.slices import slice_entries
from app.work import slices
from app.work.slices import compute_slice

SLOW = {
    "objective": {"kind": "surface", "name": "rosenbrock"},
    "optimizers": [{"name": "lbfgs", "lr": 0.01}, {"name": "adam", "lr": 0.01}, {"name": "lbfgs", "lr": 1}],
    "steps": 30,
    "noise": 0.5,
}
EXTREME = {
    "name": "lbfgs", "lr": 0.01, "max_iter": 100, "history_size": 200, "tolerance_grad": 0, "tolerance_change": 0,
}  # fmt: skip


def run(document: dict[str, Any]) -> list[np.ndarray]:
    """The values of each slice."""
    experiment = parse(document)
    text, carry, found, outcomes = experiment.text(), None, [], None
    while outcomes is None:
        done = compute_slice(text, carry, slice_entries(experiment))
        carry, outcomes = done.carry, done.outcomes
        found.append(done.chunk.values)
    return found


@pytest.mark.parametrize(("pace", "most"), [(0.0, 1), (0.02, 15), (1.0, 31)])
def test_wherever_the_clock_cuts_the_bits_are_the_same(monkeypatch: pytest.MonkeyPatch, pace: float, most: int) -> None:
    clock = ticks()
    monkeypatch.setattr(slices.time, "monotonic", lambda: pace * next(clock))
    parts = run(SLOW)
    assert 1 <= len(parts) <= most
    assert np.concatenate(parts).tobytes() == advance(parse(SLOW), None, 31)[1].values.tobytes()
    assert (len(parts) == 1) == (pace == 0)


def test_what_was_stopped_is_computed_to_the_entry_whatever_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ticks()
    monkeypatch.setattr(slices.time, "monotonic", lambda: next(clock))
    done = compute_slice(parse(SLOW).text(), None, 9, finish=True)
    assert done.position == 9
    assert [outcome["kind"] for outcome in done.outcomes or []] == ["cancelled"] * 3


def test_the_hardest_step_that_is_allowed_is_a_slice_of_its_own() -> None:
    experiment = parse(SLOW | {"optimizers": [EXTREME]})
    text = experiment.text()
    carry = compute_slice(text, None, 1).carry
    begun = time.process_time()
    assert 1 <= compute_slice(text, carry, slice_entries(experiment)).chunk.count <= 3
    assert time.process_time() - begun < 1.0


def test_a_trajectory_that_rests_costs_little_whatever_its_price(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = ticks()
    monkeypatch.setattr(slices.time, "monotonic", lambda: 0.005 * next(clock))
    resting = {"name": "lbfgs", "lr": 1, "line_search_fn": "strong_wolfe"}
    experiment = SLOW | {"optimizers": [resting], "noise": 0, "steps": 2000}
    assert parse(experiment).step_cost > 1000
    # Ten looks at the clock in a slice, each time trusted with twice as much.
    assert len(run(experiment)) <= 2
