"""What bends a layer's output: the activations, in the order of the menu."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from app.core.params import Param


class Tanh(torch.autograd.Function):
    """The hyperbolic tangent as `2 sigmoid(2x) - 1`, exact to one spacing of the number format near 1.

    torch's sigmoid is vectorised and its tanh is not: this takes a quarter of the time, and half of that of a step.
    """

    @staticmethod
    def forward(ctx: Any, x: Tensor) -> Tensor:
        """`tanh(x)`, elementwise."""
        y = x.mul(2).sigmoid_().mul_(2).sub_(1)
        ctx.save_for_backward(y)
        return y

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        """`grad (1 - y^2)`."""
        (y,) = ctx.saved_tensors
        slope: Tensor = torch.ops.aten.tanh_backward(grads[0], y)
        return slope


def tanh(x: Tensor) -> Tensor:
    """`tanh(x)`, elementwise."""
    apply: Callable[[Tensor], Tensor] = Tanh.apply
    return apply(x)


def linear(x: Tensor) -> Tensor:
    """x itself."""
    return x


@dataclass(frozen=True, slots=True)
class Activation:
    """A catalogue entry. apply: elementwise; torch: the name of its module in `torch.nn`; span: the limits of what
    comes out, where it has any.
    """

    id: str
    torch: str
    apply: Callable[[Tensor], Tensor]
    span: tuple[float, float] | None = None


ACTIVATIONS: tuple[Activation, ...] = (
    Activation("tanh", "Tanh", tanh, (-1.0, 1.0)),
    Activation("relu", "ReLU", functional.relu),
    Activation("gelu", "GELU", functional.gelu),
    Activation("sigmoid", "Sigmoid", torch.sigmoid, (0.0, 1.0)),
    Activation("linear", "Identity", linear),
)

ACTIVATION = Param(
    "activation", "activation", "choice", "tanh",
    "What bends the output of each hidden layer; with linear, all layers together are no more than one.",
    choices=tuple(activation.id for activation in ACTIVATIONS),
)  # fmt: skip
