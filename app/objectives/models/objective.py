"""A model with its data as an objective: the training loss as a function of the weights."""

import math
from typing import NamedTuple

import torch
from torch import Tensor

from app.objectives.base import Draw, Seen
from app.objectives.datasets.base import Samples, Split
from app.objectives.models.base import Network, Weights, count, unflatten
from app.objectives.models.batches import batch
from app.objectives.models.head import Head
from app.objectives.models.price import every
from app.objectives.models.told import columns

CHUNK = 2**14
"""Rows times samples that are evaluated at once, so that what lies between two layers stays in the cache."""


class Coded(NamedTuple):
    """Samples in one number format. inputs: `(M, ...)`; coded: targets as the loss takes them; targets: as they are."""

    inputs: Tensor
    coded: Tensor
    targets: Tensor

    def at(self, index: Tensor | slice) -> "Coded":
        """The samples at `index`."""
        return Coded(*(part[index] for part in self))


class Sets(NamedTuple):
    """All samples, those to train before those to test; and each alone, views of these."""

    every: Coded
    train: Coded
    test: Coded


class ModelObjective:
    """The mean loss over training samples plus `l2 / 2 * sum(theta^2)`, as an `Objective` of P weights.

    shapes: name to shape of each weight, in the order of `theta`; split: what to learn from and to judge by;
    batch_size: samples in a mini-batch, None for all of them; l2: adds `l2 theta` to the gradient, biases included, as
    `weight_decay` of `torch.optim.SGD` does.
    Works in the number format of `theta`, inside and outside of inference mode; for bfloat16 in float32, and only what
    comes out is rounded. A row in a batch equals the same row alone to the precision of that format, not always to the
    bit: matrix products add in an order that may depend on how many there are.
    """

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
        self.told = columns(head.unit, head.task, self.every)
        self._coded: dict[torch.dtype, Sets] = {}

    def loss(self, theta: Tensor, draw: Draw) -> Tensor:
        """The loss of each row on the mini-batch of `draw`, `(B, P)` to `(B,)`."""
        return self._value(theta, draw)

    def loss_and_grad(self, theta: Tensor, draw: Draw) -> tuple[Tensor, Tensor]:
        """Also its gradient, `(B, P)`."""
        return self._loss_and_grad(theta, draw)

    def full_loss(self, theta: Tensor) -> Tensor:
        """The loss of each row on all training samples, `(B, P)` to `(B,)`: the surface that is descended."""
        return self._value(theta, None)

    def full_loss_and_grad(self, theta: Tensor) -> tuple[Tensor, Tensor]:
        """Also its gradient, `(B, P)`."""
        return self._loss_and_grad(theta, None)

    def describe(self, theta: Tensor) -> Tensor:
        """What training is judged by, `(B, P)` to `(B, 5)`, float64, in the order of `told`.

        full_loss: on all training samples, penalty included; train_loss, test_loss: without the penalty; train_score,
        test_score: the share of right answers, or R^2; NaN where the loss is not finite.
        """
        precise = _precise(theta)
        sets = self._sets(precise.dtype)
        parts = [
            self._judge(self._network.forward(part, sets.every.inputs), sets) for part in _chunks(precise, sets.every)
        ]
        return self._told(torch.cat(parts), precise)

    def observe(self, theta: Tensor, draw: Draw) -> Seen:
        """Both `describe` and `loss_and_grad`; where a step sees all samples, their outputs are computed once."""
        if self.stochastic:
            return Seen(self.describe(theta), *self.loss_and_grad(theta, draw))
        precise = _precise(theta)
        sets = self._sets(precise.dtype)
        parts = [self._judged_slope(part, sets) for part in _chunks(precise, sets.every)]
        judged, grad = (torch.cat(part) for part in zip(*parts, strict=True))
        own = self._told(judged, precise)
        return Seen(own, own[:, 0].to(theta.dtype), self._with_penalty(grad, precise).to(theta.dtype))

    def predict(self, theta: Tensor, inputs: Tensor) -> Tensor:
        """What each row says of inputs `(M, ...)`: `(B, M, K)`.

        Values for regression (K = 1); the probability of class 1 (K = 1), which a loss by squares only imitates; or
        that of each of K classes.
        """
        precise = _precise(theta)
        return self._head.predictions(self._network.forward(precise, inputs.to(precise.dtype))).mT.to(theta.dtype)

    def weights(self, theta: Tensor) -> Weights:
        """The weights by name, views of one row `theta (P,)`."""
        return {name: weight[0] for name, weight in unflatten(theta[None], self.shapes).items()}

    def _value(self, theta: Tensor, draw: Draw | None) -> Tensor:
        precise = _precise(theta)
        samples = self._drawn(draw, precise.dtype)
        parts = [
            self._head.loss(self._network.forward(part, samples.inputs), samples.coded)
            for part in _chunks(precise, samples)
        ]
        return (torch.cat(parts) + self._penalty(precise)).to(theta.dtype)

    def _loss_and_grad(self, theta: Tensor, draw: Draw | None) -> tuple[Tensor, Tensor]:
        precise = _precise(theta)
        samples = self._drawn(draw, precise.dtype)
        parts = [self._slope(part, samples) for part in _chunks(precise, samples)]
        loss, grad = (torch.cat(part) for part in zip(*parts, strict=True))
        loss, grad = loss + self._penalty(precise), self._with_penalty(grad, precise)
        return loss.to(theta.dtype), grad.to(theta.dtype)

    def _slope(self, theta: Tensor, samples: Coded) -> tuple[Tensor, Tensor]:
        """The loss without penalty and its gradient."""
        outputs, back = self._network.pull(theta, samples.inputs)
        return self._head.loss(outputs, samples.coded), back(self._head.slope(outputs, samples.coded))

    def _judged_slope(self, theta: Tensor, sets: Sets) -> tuple[Tensor, Tensor]:
        """What `_judge` says, and the gradient of the training loss without penalty."""
        outputs, back = self._network.pull(theta, sets.every.inputs)
        training = sets.train.coded
        return self._judge(outputs, sets), back(self._head.slope(outputs[:, :, : len(training)], training))

    def _judge(self, outputs: Tensor, sets: Sets) -> Tensor:
        """Training loss without penalty and score, test loss and score, of the outputs for all samples: `(B, 4)`."""
        edge, found = len(sets.train.targets), list[Tensor]()
        for own, samples in ((outputs[:, :, :edge], sets.train), (outputs[:, :, edge:], sets.test)):
            loss = self._head.loss(own, samples.coded)
            score = self._head.score(own, samples.targets)
            found += [loss, torch.where(loss.isfinite(), score, math.nan)]
        return torch.stack(found, 1)

    def _told(self, judged: Tensor, theta: Tensor) -> Tensor:
        """What `_judge` says in the order of `told`."""
        full = judged[:, 0] + self._penalty(theta)
        return torch.cat((full[:, None], judged), 1).double()

    def _penalty(self, theta: Tensor) -> Tensor | float:
        return theta.square().sum(1) * (self._l2 / 2) if self._l2 else 0.0

    def _with_penalty(self, grad: Tensor, theta: Tensor) -> Tensor:
        return torch.add(grad, theta, alpha=self._l2) if self._l2 else grad

    def _drawn(self, draw: Draw | None, dtype: torch.dtype) -> Coded:
        """The samples of a mini-batch, or all to train where there is no draw or each draw is of all."""
        train = self._sets(dtype).train
        if draw is None or not self.stochastic or self._batch_size is None:
            return train
        with torch.inference_mode(False):
            return train.at(batch(draw, len(train.targets), self._batch_size))

    def _sets(self, dtype: torch.dtype) -> Sets:
        """All samples in `dtype`."""
        if dtype not in self._coded:
            with torch.inference_mode(False):
                joined = Samples(*(torch.cat(parts) for parts in zip(*self.split, strict=True)))
                coded, edge = self._code(joined, dtype), len(self.split.train.targets)
                self._coded[dtype] = Sets(coded, coded.at(slice(edge)), coded.at(slice(edge, None)))
        return self._coded[dtype]

    def _code(self, samples: Samples, dtype: torch.dtype) -> Coded:
        inputs, targets = samples.inputs.to(dtype, copy=True), samples.targets.clone()
        return Coded(inputs, self._head.encode(targets, dtype), targets)


def _precise(theta: Tensor) -> Tensor:
    return theta.to(torch.promote_types(theta.dtype, torch.float32))


def _chunks(theta: Tensor, samples: Coded) -> list[Tensor]:
    """The rows of `theta`, in parts that are evaluated together."""
    rows = max(1, CHUNK // len(samples.targets))
    return [theta[first : first + rows] for first in range(0, len(theta), rows)]
