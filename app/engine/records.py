"""What a run is made of between two calls: the carry that goes in and out, and the chunk of steps that comes out."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

EndKind = Literal["converged", "diverged"]
Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class End:
    """Why a trajectory ended before the last step, and the entry: the last one it has, or the first it lacks."""

    kind: EndKind
    step: int


@dataclass(frozen=True, slots=True)
class Row:
    """One trajectory at `Carry.position`.

    theta: parameters `(P,)` at that entry; state: slots of the rule, each `(P,)` or `(1,)`, or the plain state of a
    torch optimizer, or None before the first step and after the last; evaluations: of the gradient, so far; last: the
    values of the last entry that it has, in the experiment's columns, or None; pace: how far the last step went, or
    None.
    """

    theta: Tensor
    state: Any = None
    evaluations: int = 0
    last: tuple[float, ...] | None = None
    end: End | None = None
    pace: float | None = None


@dataclass(frozen=True, slots=True)
class Carry:
    """All that is needed to go on: the index of the next entry, and the rows. Small and picklable."""

    position: int
    rows: tuple[Row, ...]

    @property
    def ended(self) -> bool:
        """Whether every trajectory has ended."""
        return all(row.end for row in self.rows)


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
