"""What the loop sees, written down: the values of every entry, and the weights of those that are kept."""

import math
from collections.abc import Iterable, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.engine.records import Film, Values
from app.experiment import Experiment

LENGTH = 32
"""Entries that wait to be written at once: many for few calls, few for little memory."""

MOST_WAITING = 2**20
"""Weights that wait, 8 MiB."""

MOST_KEPT = 2**22
"""Numbers in the film of a whole run, 32 MiB."""

FARTHEST = 1e12
"""A trajectory has diverged where a coordinate is larger than this: no picture or number would be of use."""


def kept(experiment: Experiment, dim: int, entries: Iterable[int]) -> tuple[int, ...]:
    """Those of `entries` whose weights are kept: every k-th of a run that is too long to keep all, and the last."""
    numbers = (experiment.steps + 1) * len(experiment.optimizers) * dim
    every = -(-numbers // MOST_KEPT)
    return tuple(entry for entry in entries if entry % every == 0 or entry == experiment.steps)


def empty_film(experiment: Experiment, dim: int, entries: range) -> Film | None:
    """The film of `entries` at which no trajectory is left; None where none of them is kept."""
    known = kept(experiment, dim, entries)
    size = len(known), len(experiment.optimizers), dim
    return Film(known, torch.full(size, math.nan, dtype=torch.float64)) if known else None


class Tape:
    """The entries `first` ... `first + count - 1` of `rows` rows.

    values: `(count, rows, columns)`, but for the learning rates; far: `(count, rows)`, whether a weight is beyond
    `FARTHEST` or not a number; film: of the entries that are kept, where there are weights to keep. All are complete
    after `flush`.
    """

    def __init__(self, experiment: Experiment, first: int, count: int, rows: int, *, keeps: bool) -> None:
        """keeps: whether there is a film."""
        self.values: Values = np.empty((count, rows, len(experiment.columns)))
        self.far: NDArray[np.bool_] = np.empty((count, rows), dtype=bool)
        self._own = len(experiment.objective.told)
        self._loss, self._norm = (experiment.column(name) for name in ("loss", "grad_norm"))
        self._first, self._keeps = first, keeps
        self._experiment, self._done = experiment, 0
        self._waiting: list[tuple[Tensor, Tensor, Tensor, Tensor]] = []
        self._kept: list[tuple[int, Tensor]] = []

    def add(self, theta: Tensor, own: Tensor, loss: Tensor, grad: Tensor) -> None:
        """One entry: theta `(rows, P)`, what the objective tells of it, loss `(rows,)` and gradient `(rows, P)`."""
        self._waiting.append((theta, own, loss, grad))

    @property
    def full(self) -> bool:
        """Whether as much waits as may."""
        waiting = len(self._waiting)
        return waiting == LENGTH or (waiting > 0 and waiting * self._waiting[0][0].numel() > MOST_WAITING)

    def flush(self) -> Values:
        """Write what waits; gives the norms of its gradients, `(entries, rows)`."""
        theta, own, loss, grad = (torch.stack(part).double() for part in zip(*self._waiting, strict=True))
        entries = slice(self._done, self._done + len(theta))
        self.values[entries, :, : self._own] = own.numpy()
        self.values[entries, :, self._loss] = loss.numpy()
        self.values[entries, :, self._norm] = torch.linalg.vector_norm(grad, dim=2).numpy()
        # NaN is not at most anything, so what is not a number is far too.
        self.far[entries] = ~(theta.abs().amax(2) <= FARTHEST).numpy()
        if self._keeps:
            self._keep(theta)
        self._done += len(theta)
        self._waiting.clear()
        norms: Values = self.values[entries, :, self._norm]
        return norms

    def _keep(self, theta: Tensor) -> None:
        first = self._first + self._done
        for entry in kept(self._experiment, theta.shape[2], range(first, first + len(theta))):
            self._kept.append((entry, theta[entry - first]))

    def film(self, order: Sequence[int]) -> Film | None:
        """The weights that were kept, rows in `order`; None where there are none."""
        if not self._kept:
            return None
        theta = torch.stack([weights for _, weights in self._kept])
        return Film(tuple(entry for entry, _ in self._kept), theta[:, order])
