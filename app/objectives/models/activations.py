"""What bends a layer's output: the activations, in the order of the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from app.core.params import Param

BACKWARD: Any = torch.ops.aten
"""torch's own fused derivatives, each one pass over memory."""


def relu_slope(grad: Tensor, _z: Tensor, y: Tensor) -> Tensor:
    """`grad` where y is above 0, otherwise 0."""
    slope: Tensor = BACKWARD.threshold_backward(grad, y, 0)
    return slope


def gelu_slope(grad: Tensor, z: Tensor, _y: Tensor) -> Tensor:
    """`grad (Phi(z) + z phi(z))` with the normal distribution's Phi and its density phi."""
    slope: Tensor = BACKWARD.gelu_backward(grad, z)
    return slope


def sigmoid_slope(grad: Tensor, _z: Tensor, y: Tensor) -> Tensor:
    """`grad y (1 - y)`."""
    slope: Tensor = BACKWARD.sigmoid_backward(grad, y)
    return slope


def linear(z: Tensor) -> Tensor:
    """z itself."""
    return z


def linear_slope(grad: Tensor, _z: Tensor, _y: Tensor) -> Tensor:
    """`grad` itself."""
    return grad


@dataclass(frozen=True, slots=True)
class Activation:
    """A catalogue entry: `f(z) = outer c(inner z) + shift`, elementwise, with a core c that is quick to compute.

    core(z): what comes out of the core, y; it overwrites z where the slope does not need it, for fresh memory costs
    more time than the arithmetic; slope(grad, z, y): the gradient with respect to the core's z, for that with respect
    to its y; torch: the name of f's module in `torch.nn`; span: the limits of what comes out of f, where it has any.
    """

    id: str
    torch: str
    core: Callable[[Tensor], Tensor]
    slope: Callable[[Tensor, Tensor, Tensor], Tensor]
    span: tuple[float, float] | None = None
    inner: float = 1.0
    outer: float = 1.0
    shift: float = 0.0

    def whole(self, y: Tensor) -> Tensor:
        """What comes out of f, for what came out of the core."""
        return y if self.outer == 1 and not self.shift else y * self.outer + self.shift


LINEAR_UNIT = Activation("linear", "Identity", linear, linear_slope)

ACTIVATIONS: tuple[Activation, ...] = (
    # tanh(z) = 2 sigmoid(2 z) - 1: torch's sigmoid takes a tenth of the time of its tanh.
    Activation("tanh", "Tanh", torch.sigmoid_, sigmoid_slope, (-1.0, 1.0), inner=2.0, outer=2.0, shift=-1.0),
    Activation("relu", "ReLU", torch.relu_, relu_slope),
    Activation("gelu", "GELU", functional.gelu, gelu_slope),
    Activation("sigmoid", "Sigmoid", torch.sigmoid_, sigmoid_slope, (0.0, 1.0)),
    LINEAR_UNIT,
)


ACTIVATION = Param("activation", "choice", "tanh", choices=tuple(activation.id for activation in ACTIVATIONS))
