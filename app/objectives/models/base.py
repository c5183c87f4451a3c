"""What a model is: a pure function from weights and inputs to outputs, for B sets of weights at once.

Weights travel as `theta (B, P)`. `unflatten` cuts each row into the tensors that the equivalent `nn.Module` has, in the
order of its `parameters()`. Outputs stand before samples, `(B, K, M)`: with samples last in memory, bias and activation
run along whole rows, which takes half the time.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.core.words import say

Settings = Mapping[str, Any]
Shapes = dict[str, tuple[int, ...]]
Weights = dict[str, Tensor]
Back = Callable[[Tensor], Sequence[Tensor]]
Layers = Callable[[Settings, tuple[int, ...], int], Sequence[str]]


def no_span(_settings: Settings) -> tuple[float, float]:
    """The targets of two classes where a model's output has no limits: 0 and 1."""
    return 0.0, 1.0


@dataclass(frozen=True, slots=True, eq=False)
class Model:
    """A catalogue entry; there is one of each, so equal means the same.

    losses: the ids of those it can learn by, the preferred first; inputs: the shapes of one input that it takes, all
    where empty; formula: LaTeX.
    shapes(settings, input, outputs): name to shape of each parameter, weight and bias in turn, in the order of
    `nn.Module.parameters()`; input: the shape of one input; outputs: their number K.
    forward(weights, inputs, settings): each weight `(B, *shape)`, inputs `(M, *input)`, to outputs `(B, K, M)`.
    pull(weights, inputs, settings): the outputs, and a function from the gradient with respect to them, or to those of
    the first samples alone, to the gradients with respect to each weight in turn, `(B, ...)` with its numbers in order.
    layers(settings, input, outputs): the layers in `nn.Sequential`, each as a student writes it, in float64.
    work(shapes, input): the multiply-adds that one input is worth on its way to the outputs.
    span(settings): the outputs that stand for class 0 and 1 when the loss compares outputs with classes.
    convex: whether each of its losses is a convex function of the weights, so that where no slope is left is lowest.
    """

    id: str
    formula: str
    losses: tuple[str, ...]
    shapes: Callable[[Settings, tuple[int, ...], int], Shapes]
    forward: Callable[[Weights, Tensor, Settings], Tensor]
    pull: Callable[[Weights, Tensor, Settings], tuple[Tensor, Back]]
    layers: Layers
    work: Callable[[Shapes, tuple[int, ...]], float]
    params: tuple[Param, ...] = ()
    inputs: tuple[tuple[int, ...], ...] = ()
    span: Callable[[Settings], tuple[float, float]] = no_span
    convex: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"models.{self.id}.title")

    @property
    def line(self) -> str:
        """One sentence for the menu."""
        return say(f"models.{self.id}.line")


def flat(shape: tuple[int, ...]) -> list[str]:
    """What dense layers need before them, where an input has this `shape`."""
    return ["nn.Flatten()"] if len(shape) > 1 else []


def dense(inputs: int, outputs: int) -> str:
    """A dense layer as a student writes it."""
    return f"nn.Linear({inputs}, {outputs}, dtype=torch.float64)"


def count(shapes: Shapes) -> int:
    """P, the number of all parameters together."""
    return sum(math.prod(shape) for shape in shapes.values())


def unflatten(theta: Tensor, shapes: Shapes) -> Weights:
    """The weights by name, views of `theta (B, P)`: each `(B, *shape)`."""
    parts = theta.split_with_sizes([math.prod(shape) for shape in shapes.values()], 1)
    return {name: part.view(len(theta), *shape) for part, (name, shape) in zip(parts, shapes.items(), strict=True)}


@dataclass(frozen=True, slots=True)
class Network:
    """A model with a value for each of its params, cut to its data: functions of rows of weights `theta (B, P)`."""

    model: Model
    settings: Settings
    shapes: Shapes

    def forward(self, theta: Tensor, inputs: Tensor) -> Tensor:
        """The outputs `(B, K, M)` for inputs `(M, ...)`."""
        return self.model.forward(unflatten(theta, self.shapes), inputs, self.settings)

    def pull(self, theta: Tensor, inputs: Tensor) -> tuple[Tensor, Callable[[Tensor], Tensor]]:
        """The outputs, and a function from the gradient with respect to them to that with respect to `theta`."""
        outputs, back = self.model.pull(unflatten(theta, self.shapes), inputs, self.settings)
        return outputs, lambda grad: torch.cat([part.flatten(1) for part in back(grad)], 1)
