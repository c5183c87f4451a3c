"""A model with its data as an objective: the training loss as a function of the weights."""

from typing import NamedTuple

import torch
from torch import Tensor

from app.objectives.base import Draw
from app.objectives.datasets.base import Samples, Split
from app.objectives.models.base import Network, Weights, count, unflatten
from app.objectives.models.batches import batch
from app.objectives.models.head import Head
from app.objectives.models.price import every

CHUNK = 8192
"""Rows times samples that are evaluated at once, so that what lies between two layers stays in the cache."""


class Coded(NamedTuple):
    """Samples in one number format. inputs: `(M, ...)`; coded: targets as the loss takes them; targets: as they are."""

    inputs: Tensor
    coded: Tensor
    targets: Tensor


class ModelObjective:
    """The mean loss over training samples plus `l2 / 2 * sum(theta^2)`, as an `Objective` of P weights.

    shapes: name to shape of each weight, in the order of `theta`; split: what to learn from and to judge by;
    batch_size: samples in a mini-batch, None for all of them; l2: adds `l2 theta` to the gradient, biases included, as
    `weight_decay` of `torch.optim.SGD` does.
    Works in the number format of `theta`, inside and outside of inference mode. A row in a batch equals the same row
    alone to the precision of that format, not always to the bit: matrix products add in an order that may depend on
    how many there are.
    """

    columns = ("full_loss", "train_loss", "train_score", "test_loss", "test_score")
    independent = False

    def __init__(
        self,
        network: Network,
        split: Split,
        head: Head,
        *,
        batch_size: int | None = None,
        l2: float = 0.0,
    ) -> None:
        self.shapes, self.dim, self.split = network.shapes, count(network.shapes), split
        self._network, self._head = network, head
        self._batch_size, self._l2 = batch_size, l2
        training, batched = len(split.train.targets), batch_size or len(split.train.targets)
        self.stochastic = batched < training
        self.every = every(training + len(split.test.targets), batched, training)
        self._coded: dict[torch.dtype, tuple[Coded, Coded]] = {}

    def loss(self, theta: Tensor, draw: Draw) -> Tensor:
        """The loss of each row on the mini-batch of `draw`, `(B, P)` to `(B,)`."""
        return self._value(theta, self._drawn(draw, theta.dtype))

    def loss_and_grad(self, theta: Tensor, draw: Draw) -> tuple[Tensor, Tensor]:
        """Also its gradient, `(B, P)`."""
        return self._loss_and_grad(theta, self._drawn(draw, theta.dtype))

    def full_loss(self, theta: Tensor) -> Tensor:
        """The loss of each row on all training samples, `(B, P)` to `(B,)`: the surface that is descended."""
        return self._value(theta, self._sets(theta.dtype)[0])

    def full_loss_and_grad(self, theta: Tensor) -> tuple[Tensor, Tensor]:
        """Also its gradient, `(B, P)`."""
        return self._loss_and_grad(theta, self._sets(theta.dtype)[0])

    def measures(self, theta: Tensor) -> dict[str, Tensor]:
        """What training is judged by, each `(B,)`.

        full_loss: on all training samples, penalty included; train_loss, test_loss: without the penalty; train_score,
        test_score: the share of right answers, or R^2.
        """
        found = {}
        for name, samples in zip(("train", "test"), self._sets(theta.dtype), strict=True):
            parts = [self._judge(part, samples) for part in _chunks(theta, samples)]
            found[f"{name}_loss"], found[f"{name}_score"] = (torch.cat(part) for part in zip(*parts, strict=True))
        return {"full_loss": found["train_loss"] + self._penalty(theta), **found}

    def describe(self, theta: Tensor) -> Tensor:
        """The measures of each row in the order of `columns`, `(B, 5)`, float64; computed in float32 at least."""
        found = self.measures(theta.to(torch.promote_types(theta.dtype, torch.float32)))
        return torch.stack([found[name] for name in self.columns], 1).double()

    def predict(self, theta: Tensor, inputs: Tensor) -> Tensor:
        """What each row says of inputs `(M, ...)`: `(B, M, K)`.

        Values for regression (K = 1); the probability of class 1 (K = 1), which a loss by squares only imitates; or
        that of each of K classes.
        """
        return self._head.predictions(self._network.forward(theta, inputs.to(theta.dtype))).mT

    def weights(self, theta: Tensor) -> Weights:
        """The weights by name, views of one row `theta (P,)`."""
        return {name: weight[0] for name, weight in unflatten(theta[None], self.shapes).items()}

    def _loss_and_grad(self, theta: Tensor, samples: Coded) -> tuple[Tensor, Tensor]:
        parts = [self._slope(part, samples) for part in _chunks(theta, samples)]
        loss, grad = (torch.cat(part) for part in zip(*parts, strict=True))
        return (loss + self._penalty(theta), grad + self._l2 * theta) if self._l2 else (loss, grad)

    def _value(self, theta: Tensor, samples: Coded) -> Tensor:
        parts = [
            self._head.loss(self._network.forward(part, samples.inputs), samples.coded)
            for part in _chunks(theta, samples)
        ]
        return torch.cat(parts) + self._penalty(theta)

    def _slope(self, theta: Tensor, samples: Coded) -> tuple[Tensor, Tensor]:
        """The loss without penalty and its gradient."""
        outputs, back = self._network.pull(theta, samples.inputs)
        return self._head.loss(outputs, samples.coded), back(self._head.slope(outputs, samples.coded))

    def _judge(self, theta: Tensor, samples: Coded) -> tuple[Tensor, Tensor]:
        """The loss without penalty, and the score."""
        outputs = self._network.forward(theta, samples.inputs)
        return self._head.loss(outputs, samples.coded), self._head.score(outputs, samples.targets)

    def _penalty(self, theta: Tensor) -> Tensor:
        return theta.square().sum(1) * (self._l2 / 2) if self._l2 else theta.new_zeros(len(theta))

    def _drawn(self, draw: Draw, dtype: torch.dtype) -> Coded:
        train = self._sets(dtype)[0]
        if not self.stochastic or self._batch_size is None:
            return train
        index = batch(draw, len(train.targets), self._batch_size)
        with torch.inference_mode(False):
            return Coded(*(part[index] for part in train))

    def _sets(self, dtype: torch.dtype) -> tuple[Coded, Coded]:
        """Samples to train and to test, in `dtype`."""
        if dtype not in self._coded:
            with torch.inference_mode(False):
                self._coded[dtype] = self._code(self.split.train, dtype), self._code(self.split.test, dtype)
        return self._coded[dtype]

    def _code(self, samples: Samples, dtype: torch.dtype) -> Coded:
        inputs, targets = samples.inputs.to(dtype, copy=True), samples.targets.clone()
        return Coded(inputs, self._head.encode(targets, dtype), targets)


def _chunks(theta: Tensor, samples: Coded) -> list[Tensor]:
    """The rows of `theta`, in parts that are evaluated together."""
    rows = max(1, CHUNK // len(samples.targets))
    return [theta[first : first + rows] for first in range(0, len(theta), rows)]
