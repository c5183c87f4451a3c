"""What a run is made of between two calls: the carry that goes in and out, and the chunk of steps that comes out."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from torch import Tensor

COLUMNS = ("x", "y", "loss", "grad_norm", "lr")
"""Of every entry: position, loss and gradient norm there, and the learning rate that the next step uses."""

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
    values of the last entry that it has, in `COLUMNS`, or None.
    """

    theta: Tensor
    state: Any = None
    evaluations: int = 0
    last: tuple[float, ...] | None = None
    end: End | None = None


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
class Chunk:
    """Entries from `first` on as `values (count, optimizers, columns)`, NaN after the end of a trajectory."""

    first: int
    values: Values

    @property
    def count(self) -> int:
        return int(self.values.shape[0])
