"""Between a model's outputs and the data's targets: coding, loss, predictions, score."""

import math

import torch
from torch import Tensor

from app.objectives.datasets.base import Task
from app.objectives.models.losses import Loss


class Head:
    """A loss for a task.

    span: the outputs that stand for class 0 and class 1 where the loss compares outputs with values.
    unit: the key of what the loss is measured in; task: what is to be learned.
    """

    def __init__(self, loss: Loss, task: Task, span: tuple[float, float] = (0.0, 1.0)) -> None:
        self._loss, self.unit, self.task = loss, loss.unit, task
        coded = task == "binary" and loss.spanned
        self._low, high = span if coded else (0.0, 1.0)
        self._scale = high - self._low
        self._border = (self._low + high) / 2 if coded else 0.0
        """Above it the single output of a sample stands for class 1: values halfway, logits at 0."""

    def encode(self, targets: Tensor, dtype: torch.dtype) -> Tensor:
        """The targets `(M,)` as the loss takes them: class numbers, or values in `dtype`."""
        if self.task == "regression":
            return targets.to(dtype, copy=True)
        if not self._loss.spanned:
            return targets.clone()
        return self._low + self._scale * targets.to(dtype)

    def loss(self, outputs: Tensor, coded: Tensor) -> Tensor:
        """The mean loss over the samples of each row: outputs `(B, K, M)`, coded targets `(M,)`, to `(B,)`."""
        return self._loss.each(outputs, coded).mean(1)

    def slope(self, outputs: Tensor, coded: Tensor) -> Tensor:
        """The gradient of each row's `loss` with respect to its outputs, `(B, K, M)`."""
        return self._loss.slope(outputs, coded) / len(coded)

    def predictions(self, outputs: Tensor) -> Tensor:
        """Outputs `(B, K, M)` in terms of the data, same shape.

        Values for regression; for a loss with one output for each class, their probabilities; otherwise the
        probability of class 1, which mean squared error only imitates, so that it may leave 0 to 1.
        """
        return (self._loss.read(outputs) - self._low) / self._scale

    def classes(self, outputs: Tensor) -> Tensor:
        """The class that each sample is taken for: `(B, K, M)` to `(B, M)`, whole numbers or booleans."""
        # torch's argmax takes five times as long.
        return outputs.max(1).indices if self._loss.wide else outputs[:, 0] > self._border

    def score(self, outputs: Tensor, targets: Tensor) -> Tensor:
        """How good the outputs `(B, K, M)` are, for targets `(M,)` as the data has them: `(B,)`, 1 at best.

        The share of samples taken for their own class; for regression `R^2`, which is
        `1 - sum((output - target)^2) / sum((target - mean)^2)` with the mean over these targets, NaN where these are
        all the same. It says nothing of outputs that are not finite.
        """
        if self.task != "regression":
            return (self.classes(outputs) == targets).to(outputs.dtype).mean(1)
        known = targets.to(outputs.dtype)
        spread = (known - known.mean()).square().sum()
        unexplained = (outputs[:, 0] - known).square().sum(1)
        return torch.where(spread > 0, 1 - unexplained / spread, math.nan)
