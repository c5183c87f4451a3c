"""The only loop over steps."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from app.engine.evaluate import DTYPES, Evaluator
from app.engine.lanes import Lane, Member, make_lanes
from app.engine.records import COLUMNS, Carry, Chunk, End, EndKind, Row, Values
from app.experiment import Experiment, OptimizerChoice
from app.schedules.warmup import rate

TOLERANCE = 1e-8
"""A trajectory has converged where its gradient norm is at or under this."""

FARTHEST = 1e12
"""A trajectory has diverged where a coordinate is larger than this: no picture or number would be of use."""

TAPE = 32
"""Entries that wait to be written at once: many for few calls, few for little memory."""


def start(experiment: Experiment) -> Carry:
    """The carry before the first entry."""
    theta = torch.tensor(experiment.start, dtype=DTYPES[experiment.dtype])
    return Carry(0, tuple(Row(theta) for _ in experiment.optimizers))


def advance(experiment: Experiment, carry: Carry | None, count: int) -> tuple[Carry, Chunk]:
    """The next `count` entries of every trajectory (fewer where the run ends), and the carry to go on from.

    Entry 0 is the start, entry k the state after k steps, so a run has `steps + 1` entries. Pure: the same arguments
    give the same bits, and an entry depends neither on how a run is cut into chunks nor on the rows beside it.
    """
    carry = carry or start(experiment)
    count = max(0, min(count, experiment.steps + 1 - carry.position))
    live = [index for index, row in enumerate(carry.rows) if row.end is None]
    values: Values = np.empty((count, 0, len(COLUMNS)))
    rows: list[Row] = []
    if live and count:
        choices = [experiment.optimizers[index] for index in live]
        values, rows = _race(experiment, choices, [carry.rows[index] for index in live], carry.position, count)
    if len(live) < len(carry.rows) or not count:
        values, rows = _among_ended(carry, live, values, rows)
    return Carry(carry.position + count, tuple(rows)), Chunk(carry.position, values)


def _among_ended(carry: Carry, live: list[int], values: Values, rows: list[Row]) -> tuple[Values, list[Row]]:
    """`values` and `rows` of those that are live, in their places among the trajectories that have ended."""
    every, all_rows = np.full((len(values), len(carry.rows), len(COLUMNS)), np.nan), list(carry.rows)
    every[:, live[: len(rows)]] = values
    for index, row in zip(live, rows, strict=False):
        all_rows[index] = row
    return every, all_rows


def _race(
    experiment: Experiment, choices: Sequence[OptimizerChoice], rows: Sequence[Row], first: int, count: int
) -> tuple[Values, list[Row]]:
    """The entries of `rows`, none of which has ended, and the rows after them."""
    rates = [_rates(choice, first, count) for choice in choices]
    members = [Member(*parts) for parts in zip(range(len(rows)), choices, rows, rates, strict=True)]
    evaluator = Evaluator(experiment, first, count)
    lanes = make_lanes(members, evaluator, first)
    with torch.inference_mode():
        values = _loop(experiment, evaluator, lanes, first, count)
    places = [place for lane in lanes for place in lane.places]
    if places != sorted(places):
        values = values[:, np.argsort(places)]
    values[:, :, 4] = rates if all(isinstance(rate, float) for rate in rates) else _table(rates, count)
    ends = _ends(values, noisy=bool(experiment.noise))
    return values, _finish(rows, lanes, values, ends, first, over=first + count > experiment.steps)


def _loop(experiment: Experiment, evaluator: Evaluator, lanes: Sequence[Lane], first: int, count: int) -> Values:
    """The entries but for their learning rates, rows in the order of the lanes."""
    sizes = [len(lane.places) for lane in lanes]
    values: Values = np.empty((count, sum(sizes), len(COLUMNS)))
    tape: list[tuple[Tensor, Tensor, Tensor]] = []
    for offset in range(count):
        theta = torch.cat([lane.theta for lane in lanes])
        loss, grad = evaluator.loss_and_grad(theta, first + offset)
        tape.append((theta, loss, grad))
        if len(tape) == TAPE or offset == count - 1:
            _write(values[offset + 1 - len(tape) : offset + 1], tape)
            tape.clear()
        if first + offset == experiment.steps:
            break
        seen = evaluator.modify(grad, first + offset)
        for lane, own_grad in zip(lanes, torch.split_with_sizes(seen, sizes), strict=True):
            lane.step(loss, own_grad, offset)
    return values


def _write(values: Values, tape: Sequence[tuple[Tensor, Tensor, Tensor]]) -> None:
    """Position, loss and gradient norm of each entry of `tape`: theta `(B, P)`, loss `(B,)` and gradient `(B, P)`."""
    theta, loss, grad = (torch.stack(part).double() for part in zip(*tape, strict=True))
    values[:, :, :2], values[:, :, 2] = theta.numpy(), loss.numpy()
    values[:, :, 3] = torch.linalg.vector_norm(grad, dim=2).numpy()


def _ends(values: Values, *, noisy: bool) -> list[tuple[EndKind | None, int]]:
    """Of each row: how it ended, or None, and how many of its entries are kept."""
    x, y, loss, norm = (values[:, :, column] for column in range(4))
    # NaN is not at most anything, so what is not a number is lost too.
    lost = ~((np.abs(x) <= FARTHEST) & (np.abs(y) <= FARTHEST) & np.isfinite(loss) & np.isfinite(norm))
    over = lost if noisy else lost | (norm <= TOLERANCE)
    kept = np.where(over.any(0), over.argmax(0), len(over)).tolist()
    return [
        (None, entries)
        if entries == len(over)
        else ("diverged", entries)
        if lost[entries, place]
        else ("converged", entries + 1)
        for place, entries in enumerate(kept)
    ]


def _finish(
    rows: Sequence[Row],
    lanes: Sequence[Lane],
    values: Values,
    ends: Sequence[tuple[EndKind | None, int]],
    first: int,
    *,
    over: bool,
) -> list[Row]:
    """The rows after `values`, whose entries after the end of a trajectory become NaN; over: whether the run is."""
    finished = list(rows)
    for lane in lanes:
        states = [None] * len(lane.places) if over else lane.states()
        for place, theta, state in zip(lane.places, lane.theta.unbind(0), states, strict=True):
            kind, entries = ends[place]
            row, last = rows[place], rows[place].last
            if entries:
                last = tuple(values[entries - 1, place].tolist())
            evaluations = row.evaluations + entries + lane.extra_evaluations(entries)
            end = End(kind, first + entries - (kind == "converged")) if kind else None
            if end:
                values[entries:, place] = np.nan
            finished[place] = Row(theta, None if end else state, evaluations, last, end)
    return finished


def _rates(choice: OptimizerChoice, first: int, count: int) -> float | Values:
    """The learning rate that the step after each entry uses: one number where it never changes."""
    lr, schedule, settings = choice.hyper["lr"], choice.schedule.schedule, choice.schedule.settings
    if schedule.constant and not settings["warmup"]:
        return float(lr)
    return np.array([rate(schedule, lr, entry, settings) for entry in range(first, first + count)])


def _table(rates: Sequence[float | Values], count: int) -> Values:
    return np.stack([np.broadcast_to(rate, count) for rate in rates], 1)
