"""The gradient as the optimizers see it: evaluated once for all rows, then made noisy, then clipped."""

import json
import math
from collections.abc import Sequence
from functools import lru_cache

import torch
from torch import Tensor

from app.core.text import canonical_json
from app.engine.seeds import gradient_noise
from app.experiment import Experiment
from app.objectives.base import Draw, Objective, Seen
from app.objectives.choice import parse_choice

DTYPES = {"float64": torch.float64, "float32": torch.float32, "bfloat16": torch.bfloat16}
CLIP_EPSILON = 1e-6  # as torch.nn.utils.clip_grad_norm_ has it


def objective_of(experiment: Experiment) -> Objective:
    """What `experiment` minimises, the same object for equal documents."""
    return _objective(canonical_json(experiment.objective.document()))


@lru_cache(maxsize=16)
def _objective(text: str) -> Objective:
    choice = parse_choice(json.loads(text), ("objective",), [])
    assert choice
    return choice.build()


class Evaluator:
    """Loss and gradient of an experiment of so many `steps`, for the entries `first` ... `first + count - 1`."""

    def __init__(self, experiment: Experiment, first: int, count: int) -> None:
        self.objective = objective_of(experiment)
        self._seed, self._first, self.steps = experiment.seed, first, experiment.steps
        self._clip_norm, self._clip_value = experiment.clip_norm, experiment.clip_value
        self._noise: Tensor | None = None
        if experiment.noise:
            draws = gradient_noise(experiment.seed, first, count, self.objective.dim)
            self._noise = (draws * experiment.noise).to(DTYPES[experiment.dtype])

    def loss_and_grad(self, theta: Tensor, entry: int) -> tuple[Tensor, Tensor]:
        """The true loss `(B,)` and gradient `(B, P)` at `theta (B, P)`."""
        return self.objective.loss_and_grad(theta, Draw(self._seed, entry))

    def observe(self, theta: Tensor, entry: int) -> Seen:
        """The same, with what the objective tells of `theta`; NaN at an entry that is not described."""
        if entry % self.objective.every and entry != self.steps:
            unknown = theta.new_full((len(theta), len(self.objective.columns)), math.nan)
            return Seen(unknown, *self.loss_and_grad(theta, entry))
        return self.objective.observe(theta, Draw(self._seed, entry))

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
