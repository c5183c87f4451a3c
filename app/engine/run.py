"""The only loop over steps."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch
from torch import Tensor

from app.engine.evaluate import DTYPES, Evaluator
from app.engine.lanes import Lane, Member, make_lanes
from app.engine.records import COLUMNS, Carry, Chunk, End, Row, Values
from app.experiment import Experiment, OptimizerChoice
from app.schedules.warmup import rate

TOLERANCE = 1e-8
"""A trajectory has converged where its gradient norm is at or under this."""

FARTHEST = 1e12
"""A trajectory has diverged where a coordinate is larger than this: no picture or number would be of use."""

POSITION, GRAD_NORM = slice(0, 2), COLUMNS.index("grad_norm")


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
    values = np.full((count, len(carry.rows), len(COLUMNS)), np.nan)
    rows = list(carry.rows)
    live = [index for index, row in enumerate(rows) if row.end is None]
    if live and count:
        choices = [experiment.optimizers[index] for index in live]
        values[:, live], moved = _race(experiment, choices, [rows[index] for index in live], carry.position, count)
        for index, row in zip(live, moved, strict=True):
            rows[index] = row
    return Carry(carry.position + count, tuple(rows)), Chunk(carry.position, values)


def _race(
    experiment: Experiment, choices: Sequence[OptimizerChoice], rows: Sequence[Row], first: int, count: int
) -> tuple[Values, list[Row]]:
    """The entries of `rows`, none of which has ended, and the rows after them."""
    table = rate_table(choices, first, count)
    members = [
        Member(place, choice, row, table[:, place])
        for place, (choice, row) in enumerate(zip(choices, rows, strict=True))
    ]
    evaluator = Evaluator(experiment, first, count)
    lanes = make_lanes(members, evaluator, first)
    theta, loss, grad = _loop(experiment, evaluator, lanes, first, count)
    places = [place for lane in lanes for place in lane.places]
    values = np.empty((count, len(rows), len(COLUMNS)))
    values[:, places, POSITION] = theta.double().numpy()
    values[:, places, 2] = loss.double().numpy()
    values[:, places, GRAD_NORM] = torch.linalg.vector_norm(grad.double(), dim=2).numpy()
    values[:, :, 4] = table
    return values, _finish(rows, lanes, values, first, noisy=bool(experiment.noise))


def _loop(
    experiment: Experiment, evaluator: Evaluator, lanes: Sequence[Lane], first: int, count: int
) -> tuple[Tensor, Tensor, Tensor]:
    """theta `(count, B, P)`, loss `(count, B)` and gradient `(count, B, P)`, rows in the order of the lanes."""
    sizes = [len(lane.places) for lane in lanes]
    tape: list[tuple[Tensor, Tensor, Tensor]] = []
    for offset in range(count):
        theta = torch.cat([lane.theta for lane in lanes])
        loss, grad = evaluator.loss_and_grad(theta, first + offset)
        tape.append((theta, loss, grad))
        if first + offset == experiment.steps:
            break
        seen = evaluator.modify(grad, first + offset)
        for lane, own_loss, own_grad in zip(lanes, loss.split(sizes), seen.split(sizes), strict=True):
            lane.step(own_loss, own_grad, offset)
    thetas, losses, grads = (torch.stack(part) for part in zip(*tape, strict=True))
    return thetas, losses, grads


def _finish(rows: Sequence[Row], lanes: Sequence[Lane], values: Values, first: int, *, noisy: bool) -> list[Row]:
    """The rows after `values`; the entries that a trajectory does not have any more become NaN."""
    finished = list(rows)
    kept = _kept(values, noisy=noisy)
    for lane in lanes:
        for place, theta, state in zip(lane.places, lane.theta, lane.states(), strict=True):
            end, entries = kept[place]
            values[entries:, place] = np.nan
            finished[place] = replace(
                rows[place],
                theta=theta,
                state=state,
                evaluations=rows[place].evaluations + entries + lane.extra_evaluations(entries),
                last=tuple(values[entries - 1, place].tolist()) if entries else rows[place].last,
                end=End(end, first + entries - (end == "converged")) if end else None,
            )
    return finished


def _kept(values: Values, *, noisy: bool) -> list[tuple[str | None, int]]:
    """Of each row: how it ended, or None, and how many of its entries are kept."""
    count = values.shape[0]
    lost = ~np.isfinite(values).all(2) | (np.abs(values[:, :, POSITION]).max(2) > FARTHEST)
    flat = (values[:, :, GRAD_NORM] <= TOLERANCE) & ~lost & (not noisy)
    kept: list[tuple[str | None, int]] = []
    for place in range(values.shape[1]):
        over = np.flatnonzero(lost[:, place] | flat[:, place])
        if not over.size:
            kept.append((None, count))
        elif lost[over[0], place]:
            kept.append(("diverged", int(over[0])))
        else:
            kept.append(("converged", int(over[0]) + 1))
    return kept


def rate_table(choices: Sequence[OptimizerChoice], first: int, count: int) -> Values:
    """The learning rate `(count, B)` that the step after each entry uses."""
    columns = [_rates(choice, first, count) for choice in choices]
    return np.stack(columns, 1)


def _rates(choice: OptimizerChoice, first: int, count: int) -> Values:
    lr, schedule, settings = choice.hyper["lr"], choice.schedule.schedule, choice.schedule.settings
    if schedule.constant and not settings["warmup"]:
        return np.full(count, lr)
    return np.array([rate(schedule, lr, entry, settings) for entry in range(first, first + count)])
