"""What is kept of a run's entries: the values of those that are asked for, and the weights of some."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor

from app.engine.batch import Batch
from app.engine.lanes import Lane, Moment
from app.engine.records import CONVERGED, Film, Places, Tally, Values
from app.objectives.base import Seen

LENGTH = 32
"""Entries that wait to be written at once: many for few calls, few for little memory."""

MOST_WAITING = 2**14
"""Parameters that wait, 128 KiB: with all that comes beside them, more would not stay in the processor's cache."""

MOST_KEPT = 2**22
"""Numbers in the film of a whole run, 32 MiB."""


class Keep(NamedTuple):
    """Which entries are kept: every so many-th, and the last one of the run; of 0, none.

    film: whether weights are, of an objective that has some.
    """

    every: int
    film: bool = True

    def of(self, batch: Batch, entries: range) -> tuple[int, ...]:
        """Those of `entries` that are kept."""
        if not self.every:
            return ()
        return tuple(entry for entry in entries if entry % self.every == 0 or entry == batch.steps)

    def size(self, batch: Batch) -> int:
        """The bytes that all that is kept of the whole run takes, and the carry beside it, in float64."""
        rows, dim = batch.theta.shape
        entries, weights = self.of(batch, range(batch.steps + 1)), 0
        if self.film and batch.objective.shapes is not None:
            weights = dim * len(kept_weights(batch.steps, rows, dim, range(batch.steps + 1)))
        known = rows * (len(batch.columns) * (len(entries) + 1) + weights + dim + len(Tally._fields) - 2)
        # Where a row is and what its rule remembers, before a step and after it.
        moving = sum(len(group.places) * dim * (1 + len(group.optimizer.slots)) for group in batch.groups)
        return 8 * (known + 2 * moving)


EVERY, NOTHING = Keep(1), Keep(0, film=False)
"""All of them; and nothing but what the tally tells."""


class Kept(NamedTuple):
    """What was kept of some entries. entries: which, rising; values: `(entries, B, columns)`, NaN after the end of a
    trajectory; film: of an objective that has weights, where there are any, otherwise None.
    """

    entries: tuple[int, ...]
    values: Values
    film: Film | None


class Block:
    """Entries that were seen and are not written yet, `(entries, rows)` each, of rows in the order of their lanes."""

    def __init__(self) -> None:
        self.entries: list[int] = []
        self.seen: list[list[Moment]] = []
        self._parts: list[tuple[Tensor, Tensor, Tensor, Tensor]] = []

    def add(self, entry: int, theta: Tensor, known: Seen, seen: list[Moment]) -> None:
        """One entry. theta: where the rows are, `(rows, P)`; known: what the objective says of that; seen: by each lane
        of its own rows.
        """
        self.entries.append(entry)
        self.seen.append(seen)
        self._parts.append((theta, *known))

    @property
    def full(self) -> bool:
        """Whether as much waits as may."""
        waiting = len(self._parts)
        return waiting == LENGTH or waiting * self._parts[0][0].numel() >= MOST_WAITING

    def stack(self) -> "Stack":
        """All that was seen, in float64."""
        if len(self._parts) == 1:
            parts = [part[None] for part in self._parts[0]]
        else:
            parts = [torch.stack(part) for part in zip(*self._parts, strict=True)]
        return Stack(self.entries, self.seen, *(part.double() for part in parts))


@dataclass(frozen=True)
class Stack:
    """A block, one tensor for each thing: theta and grad `(n, rows, P)`, own `(n, rows, columns)`, loss `(n, rows)`."""

    entries: list[int]
    seen: list[list[Moment]]
    theta: Tensor
    own: Tensor
    loss: Tensor
    grad: Tensor

    @cached_property
    def norm(self) -> Tensor:
        """Of each gradient, `(n, rows)`."""
        # Along memory a norm is rounded once less than across it.
        norm: Tensor = torch.linalg.vector_norm(self.grad.contiguous(), dim=2)
        return norm

    def told(self, lanes: Sequence[Lane], index: int, rows: Places | slice = slice(None)) -> Values:
        """The values of these `rows` at the entry `index` of the block, `(rows, columns)`."""
        rates = rates_over(lanes, [self.entries[index]])[0, rows, None]
        own, loss, norm = (part[index].numpy()[rows] for part in (self.own, self.loss, self.norm))
        return np.concatenate((own, loss[:, None], norm[:, None], rates), 1)


def kept_weights(steps: int, rows: int, dim: int, entries: Iterable[int]) -> tuple[int, ...]:
    """Those of `entries` whose weights are kept: every k-th of a run that is too long to keep all, and the last."""
    every = -(-(steps + 1) * rows * dim // MOST_KEPT)
    return tuple(entry for entry in entries if entry % every == 0 or entry == steps)


class Tape:
    """What is kept of `entries` of all rows of `batch`; NaN where nothing was written."""

    def __init__(self, batch: Batch, entries: range, keep: Keep) -> None:
        rows, dim = batch.theta.shape
        self._batch, self._first = batch, entries.start
        self.entries = keep.of(batch, entries)
        self._values: Values = np.full((len(self.entries), rows, len(batch.columns)), np.nan)
        weights = keep.film and batch.objective.shapes is not None
        self._weighed = kept_weights(batch.steps, rows, dim, entries) if weights else ()
        self._theta = torch.full((len(self._weighed), rows, dim), math.nan, dtype=torch.float64)
        self._place = {entry: place for place, entry in enumerate(self.entries)}
        self._frame = {entry: frame for frame, entry in enumerate(self._weighed)}

    def write(self, stack: Stack, lanes: Sequence[Lane], places: Places) -> None:
        """Write what was seen of the rows at `places`."""
        which = [index for index, entry in enumerate(stack.entries) if entry in self._place]
        if which:
            self._write(stack, which, lanes, places)
        for index, entry in enumerate(stack.entries):
            if entry in self._frame:
                self._theta[self._frame[entry], places] = stack.theta[index]

    def cut(self, rows: Places, tally: Tally) -> None:
        """Take back what was written after the end of `rows`."""
        for row in rows.tolist() if self.entries or self._weighed else ():
            after = int(tally.end[row]) + (tally.kind[row] == CONVERGED)
            self._values[bisect_left(self.entries, after) :, row] = np.nan
            self._theta[bisect_left(self._weighed, after) :, row] = math.nan

    def kept(self) -> Kept:
        """All of it."""
        film = Film(self._weighed, self._theta) if self._weighed else None
        return Kept(self.entries, self._values, film)

    def _write(self, stack: Stack, which: list[int], lanes: Sequence[Lane], places: Places) -> None:
        whole = len(which) == len(stack.entries)
        own, loss, norm = ((part if whole else part[which]).numpy() for part in (stack.own, stack.loss, stack.norm))
        rates = rates_over(lanes, [stack.entries[index] for index in which])
        first = self._place[stack.entries[which[0]]]
        told = np.concatenate((own, loss[..., None], norm[..., None], rates[..., None]), 2)
        self._values[first : first + len(which), places] = told


def rates_over(lanes: Sequence[Lane], entries: Sequence[int]) -> Values:
    """The learning rate of each row at each of `entries`, `(n, rows)`, rows in the order of the lanes."""
    found: Values = np.empty((len(entries), sum(len(lane.group.places) for lane in lanes)))
    first = 0
    for lane in lanes:
        found[:, first : first + len(lane.group.places)] = lane.group.rates(entries)
        first += len(lane.group.places)
    return found
