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
        tape = _loop(experiment, evaluator, lanes, first, count)
    theta, loss, norm = _in_order(tape, [place for lane in lanes for place in lane.places])
    ends = _ends(theta, loss, norm, noisy=bool(experiment.noise))
    values = np.empty((count, len(rows), len(COLUMNS)))
    values[:, :, :2], values[:, :, 2], values[:, :, 3] = theta, loss, norm
    values[:, :, 4] = rates if all(isinstance(rate, float) for rate in rates) else _table(rates, count)
    return values, _finish(rows, lanes, values, ends, first)


def _loop(
    experiment: Experiment, evaluator: Evaluator, lanes: Sequence[Lane], first: int, count: int
) -> tuple[Values, Values, Values]:
    """theta `(count, B, P)`, loss `(count, B)` and gradient norm `(count, B)`, rows in the order of the lanes."""
    sizes = [len(lane.places) for lane in lanes]
    tape: list[tuple[Tensor, Tensor, Tensor]] = []
    for offset in range(count):
        theta = torch.cat([lane.theta for lane in lanes])
        loss, grad = evaluator.loss_and_grad(theta, first + offset)
        tape.append((theta, loss, grad))
        if first + offset == experiment.steps:
            break
        seen = evaluator.modify(grad, first + offset)
        parts = zip(lanes, torch.split_with_sizes(loss, sizes), torch.split_with_sizes(seen, sizes), strict=True)
        for lane, own_loss, own_grad in parts:
            lane.step(own_loss, own_grad, offset)
    theta, loss, grad = (torch.stack(part).double() for part in zip(*tape, strict=True))
    return theta.numpy(), loss.numpy(), torch.linalg.vector_norm(grad, dim=2).numpy()


def _in_order(tape: tuple[Values, Values, Values], places: list[int]) -> tuple[Values, Values, Values]:
    """The parts of `tape`, whose rows stand at `places`, with rows in the order of the places."""
    if places == sorted(places):
        return tape
    theta, loss, norm = tape
    order = np.argsort(places)
    return theta[:, order], loss[:, order], norm[:, order]


def _ends(theta: Values, loss: Values, norm: Values, *, noisy: bool) -> list[tuple[EndKind | None, int]]:
    """Of each row: how it ended, or None, and how many of its entries are kept."""
    # NaN is not at most anything, so what is not a number is lost too.
    near = np.logical_and.reduce([np.abs(theta[:, :, axis]) <= FARTHEST for axis in range(theta.shape[2])])
    lost = ~(near & np.isfinite(loss) & np.isfinite(norm))
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
) -> list[Row]:
    """The rows after `values`; the entries that a trajectory does not have any more become NaN."""
    finished = list(rows)
    for lane in lanes:
        for place, theta, state in zip(lane.places, lane.theta.unbind(0), lane.states(), strict=True):
            kind, entries = ends[place]
            row, last = rows[place], rows[place].last
            if entries:
                last = tuple(values[entries - 1, place].tolist())
            evaluations = row.evaluations + entries + lane.extra_evaluations(entries)
            end = End(kind, first + entries - (kind == "converged")) if kind else None
            if end:
                values[entries:, place] = np.nan
            finished[place] = Row(theta, state, evaluations, last, end)
    return finished


def _rates(choice: OptimizerChoice, first: int, count: int) -> float | Values:
    """The learning rate that the step after each entry uses: one number where it never changes."""
    lr, schedule, settings = choice.hyper["lr"], choice.schedule.schedule, choice.schedule.settings
    if schedule.constant and not settings["warmup"]:
        return float(lr)
    return np.array([rate(schedule, lr, entry, settings) for entry in range(first, first + count)])


def _table(rates: Sequence[float | Values], count: int) -> Values:
    return np.stack([np.broadcast_to(rate, count) for rate in rates], 1)
