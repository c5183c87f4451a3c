"""The only loop over steps."""

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.batch import Batch, Group, batch_of
from app.engine.evaluate import Evaluator, Seats
from app.engine.lanes import Lane, make_lanes
from app.engine.records import MOVING, Carry, Chunk, Memory, Places, Tally
from app.engine.tape import EVERY, Block, Keep, Kept, Tape
from app.engine.watch import Watch
from app.experiment import Experiment
from app.objectives.base import Seen

TOGETHER = 8192
"""Rows that move in step where rows do not touch: so many that calls are few, and what they compute stays at hand."""


def start(experiment: Experiment) -> Carry:
    """The carry before the first entry."""
    return begin(batch_of(experiment))


def begin(batch: Batch) -> Carry:
    """The carry before the first entry."""
    rows, dim = batch.theta.shape
    return Carry(0, batch.theta, Tally.fresh(rows, dim, len(batch.columns)))


def advance(experiment: Experiment, carry: Carry | None, count: int) -> tuple[Carry, Chunk]:
    """The next `count` entries of every trajectory (fewer where the run ends), and the carry to go on from.

    Entry 0 is the start, entry k the state after k steps, so a run has `steps + 1` entries. Pure: the same arguments
    give the same bits, and an entry does not depend on how a run is cut into chunks; nor on the rows beside it, where
    the objective's rows are independent.
    """
    batch = batch_of(experiment)
    carry = carry or begin(batch)
    after, kept = move(batch, carry, count)
    return after, Chunk(carry.position, kept.values, kept.film)


def move(batch: Batch, carry: Carry | None, count: int, keep: Keep = EVERY) -> tuple[Carry, Kept]:
    """The same of any batch, and of its entries those that `keep` asks for."""
    carry = carry or begin(batch)
    entries = range(carry.position, max(carry.position, min(carry.position + count, batch.steps + 1)))
    mover = Mover(batch, carry, Tape(batch, entries, keep))
    for crew in crews(batch, carry.live) if entries else ():
        mover.drive(crew, carry.memories, entries)
    return mover.carry(entries.stop), mover.tape.kept()


def crews(batch: Batch, live: Places) -> Iterator[list[Group]]:
    """The `live` rows of `batch`, those together that move in step: all, where rows depend on those beside them."""
    parts = (group.of(np.flatnonzero(np.isin(group.places, live))) for group in batch.groups)
    most = TOGETHER if batch.objective.independent else max(1, len(batch))
    crew, size = list[Group](), 0
    for group in parts:
        for first in range(0, len(group.places), most):
            part = group.of(slice(first, first + most))
            if size + len(part.places) > most:
                yield crew
                crew, size = [], 0
            crew.append(part)
            size += len(part.places)
    if crew:
        yield crew


class Mover:
    """Where the rows of `batch` get to, one crew after the other."""

    def __init__(self, batch: Batch, carry: Carry, tape: Tape) -> None:
        self._batch, self.tape = batch, tape
        self._theta, self._tally = carry.theta.clone(), carry.tally.of(np.arange(len(batch)))
        self._memories: list[Memory] = []

    def drive(self, crew: Sequence[Group], memories: Sequence[Memory], entries: range) -> None:
        """Move `crew` on over `entries`; memories: what its rows remember, and maybe others'."""
        while crew and entries:
            places = np.concatenate([group.places for group in crew])
            evaluator = Evaluator(self._batch, len(places), entries)
            lanes = make_lanes(crew, self._theta, memories, evaluator)
            watch = Watch(self._batch, lanes, self._tally.of(places))
            with torch.inference_mode():
                self._loop(evaluator, lanes, watch, places, entries)
                self._theta[torch.from_numpy(places)] = evaluator.joined([lane.theta for lane in lanes])
            self._note(places, watch.finish())
            entries = entries[watch.looked :]
            held = [] if entries.start > self._batch.steps else lanes
            memories = [Memory(lane.group.places, lane.state()).where(self._moving(lane.group)) for lane in held]
            crew = [self._going(group) for group in crew]
            crew = [group for group in crew if len(group.places)]
        self._memories += [memory for memory in memories if len(memory.places)]

    def carry(self, position: int) -> Carry:
        """All that is needed to go on at `position`."""
        return Carry(position, self._theta, self._tally, tuple(self._memories))

    def _loop(self, evaluator: Evaluator, lanes: Sequence[Lane], watch: Watch, places: Places, entries: range) -> None:
        """The entries, until there are no more or those that are left should go on by themselves."""
        sizes, seats = [len(lane.group.places) for lane in lanes], self._seats(places)
        block = Block()
        for entry in entries:
            theta = evaluator.joined([lane.theta for lane in lanes])
            known = Seen(*map(seats.leave, evaluator.observe(seats.sit(theta), entry)))
            parts = torch.split_with_sizes(evaluator.modify(known.grad, entry), sizes)
            seen = [lane.see(known.loss, part, entry) for lane, part in zip(lanes, parts, strict=True)]
            block.add(entry, theta, known, seen)
            if block.full or entry == entries[-1]:
                stack, block = block.stack(), Block()
                watch.look(stack)
                self.tape.write(stack, lanes, places)
            if entry < self._batch.steps:
                for lane in lanes:
                    lane.step()
            if not block.entries and watch.thinned:
                return

    def _seats(self, places: Places) -> Seats:
        rows = len(places) if self._batch.objective.independent else len(self._batch)
        return Seats(rows, range(rows) if self._batch.objective.independent else places.tolist())

    def _note(self, places: Places, tally: Tally) -> None:
        """What is known of the rows at `places` now."""
        self._tally.put(places, tally)
        ended = places[tally.kind != MOVING]
        self._theta[torch.from_numpy(ended)] = torch.nan
        self.tape.cut(ended, self._tally)

    def _going(self, group: Group) -> Group:
        moving = self._moving(group)
        return group if moving.all() else group.of(np.flatnonzero(moving))

    def _moving(self, group: Group) -> NDArray[np.bool_]:
        moving: NDArray[np.bool_] = self._tally.kind[group.places] == MOVING
        return moving
