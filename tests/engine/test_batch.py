"""Batches: rows that differ in where they begin and in every number, and what is kept of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from numpy.testing import assert_array_equal

from app import limits
from app.core.params import Param
from app.core.problems import Problem
from app.engine.batch import Batch, batch_of, sweep
from app.engine.records import CONVERGED, DIVERGED, MOVING, Carry, Values
from app.engine.run import advance, move
from app.engine.tape import EVERY, NOTHING, Keep
from app.experiment import Experiment, parse
from app.optimizers.catalog import OPTIMIZERS
from app.settings import Settings
from tests.engine.races import race

ROWS = 5
NEVER_BATCHED = ("switch", "choice")


def drawn(param: Param, draw: np.random.Generator) -> Any:
    """A value for each row, within what the slider has; numbers of rows side by side, and of one row."""
    if param.kind == "tuple":
        return tuple(drawn(item, draw) for item in param.items)
    low, high = param.soft or (param.low, param.high)
    if param.kind == "integer":
        return torch.tensor(draw.integers(max(1, low), min(high, 12), ROWS, endpoint=True))
    return torch.tensor(draw.uniform(low, high, ROWS), dtype=torch.float64)


def one_of(values: Any, row: int) -> Any:
    return tuple(one_of(value, row) for value in values) if isinstance(values, tuple) else values[row].item()


def numeric(params: tuple[Param, ...], draw: np.random.Generator) -> dict[str, Any]:
    """Every numeric hyper-parameter, learning rates small enough to go on."""
    found = {param.id: drawn(param, draw) for param in params if param.kind in ("number", "integer", "tuple")}
    return {**found, "lr": torch.tensor(10 ** draw.uniform(-4, -1.5, ROWS), dtype=torch.float64)}


def single(experiment: Experiment, hyper: Mapping[str, Any], start: Any) -> Values:
    """Every entry of the run of one row by itself."""
    (choice,) = experiment.optimizers
    alone = replace(experiment, start=tuple(start), optimizers=(replace(choice, hyper={**choice.hyper, **hyper}),))
    return advance(alone, None, alone.steps + 1)[1].values[:, 0]


@pytest.mark.parametrize("optimizer", [one for one in OPTIMIZERS if one.surfaces], ids=lambda one: one.id)
@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"noise": 0.3, "seed": 4, "clip_norm": 5.0},
        {"dtype": "float32", "clip_value": 2.0},
    ],
    ids=["plain", "noisy", "float32"],
)
def test_rows_that_differ_in_start_and_every_number_equal_single_runs(optimizer: Any, fields: dict[str, Any]) -> None:
    draw = np.random.default_rng(len(optimizer.id))
    schedule = {"name": "cosine", "T_max": 40, "warmup": 5} if fields else {"name": "constant"}
    document = {"name": optimizer.id, "schedule": schedule}
    for surface in ("rosenbrock", "ackley"):
        experiment = race([document], surface, steps=60, **fields)
        hyper = numeric(tuple(param for param in optimizer.params if not param.optional), draw)
        starts = torch.tensor(draw.uniform(-1.5, 1.5, (ROWS, 2)), dtype=torch.float64)
        _, kept = move(sweep(experiment, hyper, starts), None, 61)
        for row in range(ROWS):
            own = {name: one_of(values, row) for name, values in hyper.items()}
            assert_array_equal(kept.values[:, row], single(experiment, own, starts[row].tolist()), str(own))


def mixed() -> Batch:
    """Rows that diverge early and late, come to rest, and go on, too many for one crew."""
    experiment = race([{"name": "sgd", "lr": 0.1, "momentum": 0.5}], "booth", steps=90)
    draw = np.random.default_rng(1)
    rows = 9000
    lr = torch.tensor(10 ** draw.uniform(-4, 0.5, rows), dtype=torch.float64)
    starts = torch.tensor(draw.uniform(-9, 9, (rows, 2)), dtype=torch.float64)
    starts[::97] = torch.tensor([1.0, 3.0], dtype=torch.float64)
    return replace(sweep(experiment, {"lr": lr}, starts), goal=0.5)


MIXED = mixed()
ALL = move(MIXED, None, 91)


def test_rows_of_a_large_batch_end_as_they_do_alone() -> None:
    carry, kept = ALL
    experiment = race([{"name": "sgd", "lr": 0.1, "momentum": 0.5}], "booth", steps=90)
    assert {int(kind) for kind in np.unique(carry.tally.kind)} == {MOVING, CONVERGED, DIVERGED}
    (group,) = MIXED.groups
    for row in [*range(0, 9000, 450), 8999, 97, 8730]:
        own = {"lr": float(group.hyper["lr"][row])}
        alone = single(experiment, own, MIXED.theta[row].tolist())
        assert_array_equal(kept.values[:, row], alone)


@pytest.mark.parametrize("cuts", [(91,), (1, 40, 50), (7,) * 13])
def test_what_is_known_without_any_entries_is_what_the_entries_tell(cuts: tuple[int, ...]) -> None:
    carry: Carry | None = None
    for count in cuts:
        carry, nothing = move(MIXED, carry, count, NOTHING)
        assert nothing.values.size == 0
    assert carry
    values = ALL[1].values
    loss = values[:, :, MIXED.columns.index("loss")]
    there = np.isfinite(loss)
    entries = there.sum(0)
    tally = carry.tally
    assert_array_equal(tally.evaluations, entries)
    some = entries > 0
    assert_array_equal(tally.last[some], values[entries[some] - 1, np.flatnonzero(some)])
    assert_array_equal(tally.point[some], tally.last[some, :2])
    assert_array_equal(tally.best, np.where(there, loss, np.inf).min(0))
    reached = np.where((loss <= 0.5).any(0), (loss <= 0.5).argmax(0), -1)
    assert_array_equal(tally.reached, reached)
    assert (reached > 0).any()
    assert (reached == -1).any()
    lacks = np.where(tally.kind == CONVERGED, entries - 1, np.where(tally.kind == DIVERGED, entries, -1))
    assert_array_equal(tally.end, lacks)
    assert_array_equal(carry.theta.isnan().any(1).numpy(), tally.kind != MOVING)


def test_every_so_many_entries_are_those_of_all() -> None:
    experiment = race([{"name": "adam", "lr": 0.05}, {"name": "sgd", "lr": 1.0, "label": "out"}], steps=100)

    batch = batch_of(experiment)
    whole = move(batch, None, 101)[1].values
    carry, found, entries = None, [], list[int]()
    for count in (20, 1, 30, 50):
        carry, kept = move(batch, carry, count, Keep(7))
        found.append(kept.values)
        entries += kept.entries
    assert entries == [*range(0, 100, 7), 100]
    assert_array_equal(np.concatenate(found), whole[entries])


def test_weights_are_kept_only_where_they_are_asked_for() -> None:
    document = {"objective": {"kind": "model", "model": {"name": "linear"}, "dataset": {"name": "line"}}, "steps": 9}
    experiment = parse({**document, "optimizers": [{"name": "sgd"}, {"name": "adam"}]})

    batch = batch_of(experiment)
    assert move(batch, None, 10, Keep(3, film=False))[1].film is None
    kept = move(batch, None, 10, Keep(3))[1]
    assert kept.film
    assert (kept.entries, kept.film.entries) == ((0, 3, 6, 9), tuple(range(10)))


def test_a_million_rows() -> None:
    experiment = race([{"name": "sgd", "lr": 0.1}], "booth", steps=2)
    rates = torch.linspace(0, 0.1, 1_000_000, dtype=torch.float64)
    carry, _ = move(sweep(experiment, {"lr": rates}), None, 3, NOTHING)
    for row in (0, 123_456, 999_999):
        alone = single(experiment, {"lr": float(rates[row])}, experiment.begin().tolist())
        assert_array_equal(carry.tally.last[row], alone[2])


def test_a_batch_that_would_not_fit_is_refused_before_it_starts() -> None:
    experiment = race([{"name": "adam", "lr": 0.1}], "booth", steps=300)
    batch, settings = sweep(experiment, {"lr": torch.linspace(0, 1, 50_000)}), Settings()
    limits.admit_batch(len(batch), NOTHING.size(batch), settings)
    with pytest.raises(Problem, match=r"rows: take \d+ bytes of memory; at most 268435456 here") as refused:
        limits.admit_batch(len(batch), EVERY.size(batch), settings)
    assert refused.value.kind == "too-large"
    with pytest.raises(Problem, match="rows: must be at most 49999 on this server; got 50000"):
        limits.admit_batch(len(batch), NOTHING.size(batch), Settings(max_batch_rows=49_999))


def test_what_a_batch_takes_is_told_before_it_starts() -> None:
    batch = sweep(race([{"name": "adam", "lr": 0.1}], "booth", steps=50), {"lr": torch.linspace(0, 1, 400)})
    for keep in (EVERY, Keep(10), NOTHING):
        carry, kept = move(batch, None, 20, keep)
        rest = move(batch, carry, 31, keep)[1]
        held = kept.values.nbytes + rest.values.nbytes + sum(column.nbytes for column in carry.tally)
        states = sum(slot.nbytes for memory in carry.memories for slot in memory.state.values())
        held += 2 * (carry.theta.nbytes + states)
        assert held == pytest.approx(keep.size(batch), rel=0.2)
