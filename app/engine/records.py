"""What a run is made of between two calls: the carry that goes in and out, and what comes out beside it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

EndKind = Literal["converged", "diverged"]
Values = NDArray[np.float64]
Places = NDArray[np.int64]

KINDS: tuple[EndKind | None, ...] = (None, "converged", "diverged")
MOVING, CONVERGED, DIVERGED = range(3)
"""How a row ended, as a number: where it stands in `KINDS`."""


@dataclass(frozen=True, slots=True)
class End:
    """Why a trajectory ended before the last step, and the entry: the last one it has, or the first it lacks."""

    kind: EndKind
    step: int


@dataclass(frozen=True, slots=True)
class Row:
    """One trajectory at `Carry.position`.

    theta: parameters `(P,)` at that entry, or at the last that it has; evaluations: of the gradient, so far; last: the
    values of the last entry that it has, by column, or None; pace: how far its last step went, or None.
    """

    theta: Tensor
    evaluations: int = 0
    last: tuple[float, ...] | None = None
    end: End | None = None
    pace: float | None = None


class Tally(NamedTuple):
    """What is known of B rows so far, whatever is kept of their entries: an array for each thing.

    evaluations: of the gradient; point, last: the parameters `(B, P)` and the values `(B, columns)` of the last entry
    that a row has, NaN before the first; best: the lowest loss, infinite before the first entry; reached: the first
    entry whose loss was at or under the goal, or -1; kind: how it ended, by its place in `KINDS`; end: the step it
    ended at, or -1; pace: how far the last step went, NaN where none was made.
    """

    evaluations: NDArray[np.int64]
    point: Values
    last: Values
    best: Values
    reached: NDArray[np.int64]
    kind: NDArray[np.int8]
    end: NDArray[np.int64]
    pace: Values

    @classmethod
    def fresh(cls, rows: int, dim: int, columns: int) -> "Tally":
        """Of rows that have no entry yet."""
        return cls(
            np.zeros(rows, np.int64),
            np.full((rows, dim), np.nan),
            np.full((rows, columns), np.nan),
            np.full(rows, np.inf),
            np.full(rows, -1, np.int64),
            np.zeros(rows, np.int8),
            np.full(rows, -1, np.int64),
            np.full(rows, np.nan),
        )

    def of(self, rows: Places) -> "Tally":
        """Those rows alone; what becomes of it changes nothing here."""
        return Tally._make(column[rows] for column in self)

    def put(self, rows: Places, tally: "Tally") -> None:
        """Take over what `tally` tells of these rows."""
        for column, new in zip(self.arrays, tally.arrays, strict=True):
            column[rows] = new

    @property
    def arrays(self) -> tuple[NDArray[Any], ...]:
        return tuple(self)


class Memory(NamedTuple):
    """What the rows `places`, rising, remember: slots of a rule, each `(b, P)` or `(b, 1)`; or, of one row that
    `torch.optim` moves, its plain state.
    """

    places: Places
    state: Any

    def of(self, rows: Places) -> "Memory":
        """Those that stand at `rows`, which rise, alone, numbered anew by where they are in `rows`."""
        _, here, there = np.intersect1d(self.places, rows, assume_unique=True, return_indices=True)
        return Memory(there, self._chosen(here))

    def where(self, wanted: NDArray[np.bool_]) -> "Memory":
        """Those that are `wanted`, `(b,)`, alone, numbered as they are."""
        return Memory(self.places[wanted], self._chosen(np.flatnonzero(wanted)))

    def _chosen(self, index: Places) -> Any:
        if len(index) == len(self.places) or not isinstance(self.state, dict):
            return self.state
        return {name: slot[torch.from_numpy(index)] for name, slot in self.state.items()}


@dataclass(frozen=True, slots=True, eq=False)
class Carry:
    """All that is needed to go on: the index of the next entry, and the rows. Small and picklable.

    theta: where each row is at that entry, `(B, P)`, NaN where it has ended; memories: of all rows that have made a
    step and may make more.
    """

    position: int
    theta: Tensor
    tally: Tally
    memories: tuple[Memory, ...] = ()

    @property
    def ended(self) -> bool:
        """Whether every trajectory has ended."""
        return bool((self.tally.kind != MOVING).all())

    @property
    def live(self) -> Places:
        """The rows that may go on."""
        return np.flatnonzero(self.tally.kind == MOVING)

    @property
    def rows(self) -> tuple[Row, ...]:
        """Each row by itself."""
        return tuple(map(self._row, range(len(self.theta))))

    def of(self, rows: Sequence[int]) -> "Carry":
        """These rows, which rise, alone."""
        places = np.asarray(rows, np.int64)
        parts = (memory.of(places) for memory in self.memories)
        return Carry(self.position, self.theta[torch.from_numpy(places)], self.tally.of(places), _some(parts))

    def _row(self, index: int) -> Row:
        tally = self.tally
        kind, last, pace = KINDS[tally.kind[index]], tuple(tally.last[index].tolist()), float(tally.pace[index])
        return Row(
            torch.from_numpy(tally.point[index]).to(self.theta.dtype) if kind else self.theta[index],
            int(tally.evaluations[index]),
            # The learning rate of an entry is always known.
            None if all(map(math.isnan, last)) else last,
            End(kind, int(tally.end[index])) if kind else None,
            None if math.isnan(pace) else pace,
        )


def beside(carries: Sequence[Carry]) -> Carry:
    """The rows of all `carries`, which are at one position, one after the other."""
    firsts = np.cumsum([0, *(len(carry.theta) for carry in carries)])
    memories = [
        Memory(memory.places + first, memory.state)
        for carry, first in zip(carries, firsts.tolist(), strict=False)
        for memory in carry.memories
    ]
    tally = Tally._make(map(np.concatenate, zip(*(carry.tally.arrays for carry in carries), strict=True)))
    return Carry(carries[0].position, torch.cat([carry.theta for carry in carries]), tally, tuple(memories))


def _some(memories: Any) -> tuple[Memory, ...]:
    return tuple(memory for memory in memories if len(memory.places))


@dataclass(frozen=True, slots=True)
class Film:
    """Weights along the way: `theta (len(entries), optimizers, P)`, float64, at those `entries`, rising; NaN after the
    end of a trajectory.
    """

    entries: tuple[int, ...]
    theta: Tensor


@dataclass(frozen=True, slots=True)
class Chunk:
    """Entries from `first` on as `values (count, optimizers, columns)`, NaN after the end of a trajectory.

    A column of its objective's that is known at some entries only is NaN between them too; the loss never is.
    film: of objectives that have weights, those of the entries that are kept; otherwise None.
    """

    first: int
    values: Values
    film: Film | None = None

    @property
    def count(self) -> int:
        return int(self.values.shape[0])
