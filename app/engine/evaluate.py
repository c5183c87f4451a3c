"""The gradient as the optimizers see it: evaluated once for all rows, then made noisy, then clipped."""

import math
from collections.abc import Sequence

import torch
from torch import Tensor

from app.engine.batch import Batch
from app.engine.seeds import gradient_noise
from app.objectives.base import Column, Draw, Seen
from app.objectives.columns import measured

FEW = 64
"""Up to so many rows it makes no difference how they lie in memory."""

CLIP_EPSILON = 1e-6  # as torch.nn.utils.clip_grad_norm_ has it


class Evaluator:
    """Loss and gradient of so many `rows` of a batch of so many `steps`, for its `entries`."""

    def __init__(self, batch: Batch, rows: int, entries: range) -> None:
        self.objective = batch.objective
        self._by_columns = rows > FEW and batch.objective.independent
        self._seed, self._first, self.steps = batch.seed, entries.start, batch.steps
        self._clip_norm, self._clip_value = batch.clip_norm, batch.clip_value
        self._measured = measured(batch.objective.told)
        self._noise: Tensor | None = None
        if batch.noise:
            draws = gradient_noise(batch.seed, entries.start, len(entries), self.objective.dim)
            self._noise = (draws * batch.noise).to(batch.theta.dtype)

    def laid(self, rows: Tensor) -> Tensor:
        """`rows (b, ...)` in memory as they are quickest to compute with: of many rows that do not touch, one parameter
        of all rows after the other; the weights of a model row by row, as products of matrices want them.
        """
        return rows.t().contiguous().t() if self._by_columns else rows.contiguous()

    def joined(self, parts: Sequence[Tensor]) -> Tensor:
        """The rows of all `parts`, laid as they are."""
        if len(parts) == 1:
            return parts[0]
        if self._by_columns:
            return torch.cat([part.t() for part in parts], 1).t()
        return torch.cat(list(parts))

    def loss_and_grad(self, theta: Tensor, entry: int) -> tuple[Tensor, Tensor]:
        """The true loss `(B,)` and gradient `(B, P)` at `theta (B, P)`."""
        return self.objective.loss_and_grad(theta, Draw(self._seed, entry))

    def observe(self, theta: Tensor, entry: int) -> Seen:
        """The same, with what is told of `theta`; NaN at an entry that is not described, or at which a column is not
        measured.
        """
        seen = self._describe(theta, entry)
        if not self._measured:
            return seen
        return seen._replace(
            own=torch.cat((seen.own, *(self._measure(one, theta, seen, entry) for one in self._measured)), 1)
        )

    def _describe(self, theta: Tensor, entry: int) -> Seen:
        if entry % self.objective.every and entry != self.steps:
            described = len(self.objective.told) - len(self._measured)
            unknown = theta.new_full((len(theta), described), math.nan)
            return Seen(unknown, *self.loss_and_grad(theta, entry))
        return self.objective.observe(theta, Draw(self._seed, entry))

    def _measure(self, column: Column, theta: Tensor, seen: Seen, entry: int) -> Tensor:
        """The numbers of a column, `(B, 1)`."""
        assert column.of
        if entry % column.every and entry != self.steps:
            return seen.own.new_full((len(theta), 1), math.nan)
        return column.of(self.objective, theta, seen)[:, None].to(seen.own.dtype)

    def modify(self, grad: Tensor, entry: int) -> Tensor:
        """`grad (B, P)` with this entry's noise, the same for every row, and clipped."""
        if self._noise is not None:
            grad = grad + self._noise[entry - self._first]
        if self._clip_norm is not None:
            norm = (grad * grad).sum(1, keepdim=True).sqrt()
            grad = grad * (self._clip_norm / (norm + CLIP_EPSILON)).clamp(max=1.0)
        if self._clip_value is not None:
            grad = grad.clamp(-self._clip_value, self._clip_value)
        return grad


class Seats:
    """A fixed place for every row of an experiment, also for those that do not move any more.

    What a row computes may depend, in its last bits, on how many rows there are and on its place among them. Where it
    does, rows are evaluated in these places, so that no bit depends on how a run is cut or on who is left.
    """

    def __init__(self, rows: int, taken: Sequence[int]) -> None:
        """rows: of the experiment; taken: where each row that moves sits."""
        self._rows = rows
        self._taken = None if list(taken) == list(range(rows)) else torch.tensor(taken)

    def sit(self, theta: Tensor) -> Tensor:
        """The moving rows `(b, P)` in their places among all, `(rows, P)`; empty places are 0."""
        if self._taken is None:
            return theta
        return theta.new_zeros(self._rows, theta.shape[1]).index_copy_(0, self._taken, theta)

    def leave(self, found: Tensor) -> Tensor:
        """What was found for all, `(rows, ...)`, of the moving rows alone."""
        return found if self._taken is None else found[self._taken]
