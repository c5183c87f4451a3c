"""The gradient as the optimizers see it: evaluated once for all rows, then made noisy, then clipped."""

import torch
from torch import Tensor

from app.engine.seeds import gradient_noise
from app.experiment import Experiment
from app.objectives.base import Draw

DTYPES = {"float64": torch.float64, "float32": torch.float32, "bfloat16": torch.bfloat16}
CLIP_EPSILON = 1e-6  # as torch.nn.utils.clip_grad_norm_ has it


class Evaluator:
    """Loss and gradient of an experiment for the entries `first` ... `first + count - 1`."""

    def __init__(self, experiment: Experiment, first: int, count: int) -> None:
        self._objective = experiment.objective.build()
        self._seed, self._first = experiment.seed, first
        self._clip_norm, self._clip_value = experiment.clip_norm, experiment.clip_value
        self._noise: Tensor | None = None
        if experiment.noise:
            draws = gradient_noise(experiment.seed, first, count, self._objective.dim)
            self._noise = (draws * experiment.noise).to(DTYPES[experiment.dtype])

    def loss_and_grad(self, theta: Tensor, entry: int) -> tuple[Tensor, Tensor]:
        """The true loss `(B,)` and gradient `(B, P)` at `theta (B, P)`."""
        return self._objective.loss_and_grad(theta, Draw(self._seed, entry))

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
