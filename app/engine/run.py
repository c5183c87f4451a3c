"""The only loop over steps."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.linalg import vector_norm

from app.engine.evaluate import DTYPES, Evaluator, Seats, objective_of
from app.engine.lanes import Lane, Member, make_lanes
from app.engine.records import Carry, Chunk, End, EndKind, Film, Row, Values
from app.engine.tape import Tape, empty_film
from app.engine.watch import Watch
from app.experiment import Experiment, OptimizerChoice
from app.schedules.warmup import rate


class Stretch(NamedTuple):
    """A run between two calls: what it told, its weights, and its rows after that."""

    values: Values
    film: Film | None
    rows: list[Row]


def start(experiment: Experiment) -> Carry:
    """The carry before the first entry."""
    theta = experiment.begin().to(DTYPES[experiment.dtype])
    return Carry(0, tuple(Row(theta) for _ in experiment.optimizers))


def advance(experiment: Experiment, carry: Carry | None, count: int) -> tuple[Carry, Chunk]:
    """The next `count` entries of every trajectory (fewer where the run ends), and the carry to go on from.

    Entry 0 is the start, entry k the state after k steps, so a run has `steps + 1` entries. Pure: the same arguments
    give the same bits, and an entry does not depend on how a run is cut into chunks; nor on the rows beside it, where
    the objective's rows are independent.
    """
    carry = carry or start(experiment)
    count = max(0, min(count, experiment.steps + 1 - carry.position))
    live = [index for index, row in enumerate(carry.rows) if row.end is None]
    if live and count:
        found = _among_all(_race(experiment, carry, live, count), carry, live)
    else:
        found = _ended_all(experiment, carry, count)
    return Carry(carry.position + count, tuple(found.rows)), Chunk(carry.position, found.values, found.film)


def _ended_all(experiment: Experiment, carry: Carry, count: int) -> Stretch:
    """The next `count` entries where no trajectory is left."""
    objective, entries = objective_of(experiment), range(carry.position, carry.position + count)
    film = empty_film(experiment, objective.dim, entries) if objective.shapes else None
    return Stretch(np.full((count, len(carry.rows), len(experiment.columns)), np.nan), film, list(carry.rows))


def _among_all(found: Stretch, carry: Carry, live: Sequence[int]) -> Stretch:
    """What was `found` of those that are live, in their places among the trajectories that have ended."""
    if len(live) == len(carry.rows):
        return found
    values, rows = _spread(found.values, live, len(carry.rows)), list(carry.rows)
    for index, row in zip(live, found.rows, strict=True):
        rows[index] = row
    film = found.film
    if film:
        film = Film(film.entries, torch.from_numpy(_spread(film.theta.numpy(), live, len(carry.rows))))
    return Stretch(values, film, rows)


def _spread(values: Values, live: Sequence[int], rows: int) -> Values:
    every = np.full((len(values), rows, values.shape[2]), np.nan)
    every[:, live] = values
    return every


def _race(experiment: Experiment, carry: Carry, live: Sequence[int], count: int) -> Stretch:
    """The next `count` entries of the rows that are `live`."""
    rows, choices = [carry.rows[index] for index in live], [experiment.optimizers[index] for index in live]
    first = carry.position
    rates = [_rates(choice, first, count) for choice in choices]
    members = [Member(*parts) for parts in zip(range(len(rows)), choices, rows, rates, strict=True)]
    evaluator = Evaluator(experiment, first, count)
    lanes = make_lanes(members, evaluator, first)
    places = [place for lane in lanes for place in lane.places]
    seats = Seats(len(rows), range(len(rows)))
    if not evaluator.objective.independent:
        seats = Seats(len(carry.rows), [live[place] for place in places])
    with torch.inference_mode():
        tape, resting = _loop(experiment, evaluator, lanes, seats, range(first, first + count))
    order = np.argsort(places)
    values, far, film = tape.values[:, order], tape.far[:, order], tape.film(order.tolist())
    values[:, :, experiment.column("lr")] = (
        rates if all(isinstance(rate, float) for rate in rates) else _table(rates, count)
    )
    known = np.isfinite(values[:, :, [experiment.column(name) for name in ("loss", "grad_norm")]]).all(2)
    ends = _ends(far | ~known, resting[:, order])
    moved = _finish(rows, lanes, values, ends, first, over=first + count > experiment.steps)
    return Stretch(values, _ended(film, ends, first), moved)


def _loop(
    experiment: Experiment, evaluator: Evaluator, lanes: Sequence[Lane], seats: Seats, entries: range
) -> tuple[Tape, NDArray[np.bool_]]:
    """The entries but for their learning rates, and where each row is at rest; rows in the order of the lanes."""
    sizes = [len(lane.places) for lane in lanes]
    tape = Tape(experiment, entries.start, len(entries), sum(sizes), keeps=evaluator.objective.shapes is not None)
    watch = Watch(lanes, len(entries), asleep=bool(experiment.noise) or evaluator.objective.stochastic)
    for offset, entry in enumerate(entries):
        theta = torch.cat([lane.theta for lane in lanes])
        own, loss, grad = map(seats.leave, evaluator.observe(seats.sit(theta), entry))
        tape.add(theta, own, loss, grad)
        parts = torch.split_with_sizes(evaluator.modify(grad, entry), sizes)
        watch.note([lane.see(loss, part, offset) for lane, part in zip(lanes, parts, strict=True)])
        if tape.full or entry == entries[-1]:
            watch.look(tape.flush())
        if entry < experiment.steps:
            for lane in lanes:
                lane.step()
    return tape, watch.found


def _ends(lost: NDArray[np.bool_], resting: NDArray[np.bool_]) -> list[tuple[EndKind | None, int]]:
    """Of each row: how it ended, or None, and how many of its entries are kept."""
    over = lost | resting
    kept = np.where(over.any(0), over.argmax(0), len(over)).tolist()
    return [
        (None, entries)
        if entries == len(over)
        else ("diverged", entries)
        if lost[entries, place]
        else ("converged", entries + 1)
        for place, entries in enumerate(kept)
    ]


def _ended(film: Film | None, ends: Sequence[tuple[EndKind | None, int]], first: int) -> Film | None:
    """`film`, NaN after the end of each trajectory."""
    for place, (_, entries) in enumerate(ends):
        if film:
            after = [index for index, entry in enumerate(film.entries) if entry >= first + entries]
            film.theta[after, place] = np.nan
    return film


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
        paces = [None] * len(lane.places) if lane.moved is None else vector_norm(lane.moved.double(), dim=1).tolist()
        for place, theta, state, pace in zip(lane.places, lane.theta.unbind(0), states, paces, strict=True):
            kind, entries = ends[place]
            row, last = rows[place], rows[place].last
            if entries:
                last = tuple(values[entries - 1, place].tolist())
            evaluations = row.evaluations + entries + lane.extra_evaluations(entries)
            end = End(kind, first + entries - (kind == "converged")) if kind else None
            if end:
                values[entries:, place] = np.nan
            finished[place] = Row(
                theta, None if end else state, evaluations, last, end, row.pace if pace is None else pace
            )
    return finished


def _rates(choice: OptimizerChoice, first: int, count: int) -> float | Values:
    """The learning rate that the step after each entry uses: one number where it never changes."""
    lr, schedule, settings = choice.hyper["lr"], choice.schedule.schedule, choice.schedule.settings
    if schedule.constant and not settings["warmup"]:
        return float(lr)
    return np.array([rate(schedule, lr, entry, settings) for entry in range(first, first + count)])


def _table(rates: Sequence[float | Values], count: int) -> Values:
    return np.stack([np.broadcast_to(rate, count) for rate in rates], 1)
