"""Where rows end, and what is known of those that go on: looked for in several entries at once."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from app.engine.batch import Batch
from app.engine.lanes import Lane
from app.engine.records import CONVERGED, DIVERGED, MOVING, Tally
from app.engine.rest import TOLERANCE
from app.engine.tape import Stack

FARTHEST = 1e12
"""A trajectory has diverged where a coordinate is larger than this: no picture or number would be of use."""

STEEP = 1e150
"""Components of a slope up to this have a norm that is a number."""

CROWD, THINNED = 256, 8
"""Of so many rows, those that go on are taken together anew where one in so many has ended."""


class Watch:
    """Keeps the `tally` of rows that move, in the order of `lanes`. looked: at so many entries so far."""

    def __init__(self, batch: Batch, lanes: Sequence[Lane], tally: Tally) -> None:
        """tally: of these rows so far, which goes on from there."""
        self._lanes, self._goal = lanes, batch.goal
        # Slopes that are drawn anew at every step tell nothing by being small.
        self._asleep = bool(batch.noise) or batch.objective.stochastic
        self.tally = tally
        self._entries = np.zeros(len(tally.kind), np.int64)
        self._before: Stack | None = None
        self.looked = 0

    @property
    def thinned(self) -> bool:
        """Whether it is time to go on without those that have ended."""
        rows, ended = len(self._entries), int(np.count_nonzero(self.tally.kind))
        return ended == rows or (rows > CROWD and ended * THINNED > rows)

    def look(self, stack: Stack) -> None:
        """Look at the entries that come next."""
        moving = self.tally.kind == MOVING
        counts = np.where(moving, len(stack.entries), 0)
        if not (moving.all() and _is_calm(stack)):
            self._find_ends(stack, counts)
            self._tell(stack, counts, moving & (self.tally.kind != MOVING))
        self._add(stack, counts)
        self._before = stack
        # Nobody asks for it again, and it holds every state that there was.
        stack.seen.clear()
        self.looked += len(stack.entries)

    def finish(self) -> Tally:
        """The tally after the entries that were looked at."""
        moving = self.tally.kind == MOVING
        if self._before:
            self._tell(self._before, np.where(moving, len(self._before.entries), 0), moving)
        first = 0
        for lane in self._lanes:
            rows = slice(first, first + len(lane.group.places))
            self.tally.evaluations[rows] += self._entries[rows] + lane.extra_evaluations(self._entries[rows])
            if lane.moved is not None:
                self.tally.pace[rows] = torch.linalg.vector_norm(lane.moved.double(), dim=1).numpy()
            first = rows.stop
        return self.tally

    def _find_ends(self, stack: Stack, counts: NDArray[np.int64]) -> None:
        """Note which rows end, and in `counts` how many of these entries each has."""
        # NaN is not at most anything, so what is not a number is far too.
        known = (stack.theta.abs().amax(2) <= FARTHEST) & stack.loss.isfinite() & stack.norm.isfinite()
        lost, near = ~known.numpy(), (stack.norm <= TOLERANCE).numpy() & (not self._asleep)
        kind = self.tally.kind
        for index in np.flatnonzero(((lost | near) & (kind == MOVING)).any(1)).tolist():
            gone = lost[index] & (kind == MOVING)
            rests = self._resting(stack, index, near[index] & (kind == MOVING) & ~gone)
            for rows, how, entries in ((gone, DIVERGED, index), (rests, CONVERGED, index + 1)):
                kind[rows], counts[rows], self.tally.end[rows] = how, entries, stack.entries[index]

    def _resting(self, stack: Stack, index: int, asked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        found, first = np.zeros_like(asked), 0
        for lane, seen in zip(self._lanes, stack.seen[index], strict=True):
            rows = np.flatnonzero(asked[first : first + len(lane.group.places)])
            if len(rows):
                found[first + rows] = lane.rests(seen, rows).numpy()
            first += len(lane.group.places)
        return found

    def _tell(self, stack: Stack, counts: NDArray[np.int64], rows: NDArray[np.bool_]) -> None:
        """Note the last entry of these `rows`, which have so many of the stack's."""
        for count in np.unique(counts[rows]).tolist():
            these = np.flatnonzero(rows & (counts == count))
            source = stack if count else self._before
            if source:
                self.tally.point[these] = source.theta[count - 1].numpy()[these]
                self.tally.last[these] = source.told(self._lanes, count - 1, these)

    def _add(self, stack: Stack, counts: NDArray[np.int64]) -> None:
        """Note what those entries of the stack tell that each row has: the first so many."""
        self._entries += counts
        loss = stack.loss
        if (counts < len(stack.entries)).any():
            loss = loss.masked_fill(torch.arange(len(loss))[:, None] >= torch.from_numpy(counts), torch.inf)
        np.minimum(self.tally.best, loss.amin(0).numpy(), out=self.tally.best)
        if self._goal is not None:
            there = (loss <= self._goal).numpy()
            new = there.any(0) & (self.tally.reached < 0)
            self.tally.reached[new] = np.array(stack.entries)[there.argmax(0)[new]]


def _is_calm(stack: Stack) -> bool:
    """Whether no row can have ended: a quick look at all at once, which says no where it is in doubt."""
    slopes = stack.grad.abs()
    most = [float(part.amax()) for part in (stack.theta.abs(), stack.loss.abs(), slopes)]
    return most[0] <= FARTHEST and most[1] < np.inf and most[2] <= STEEP and float(slopes.amin()) > TOLERANCE
