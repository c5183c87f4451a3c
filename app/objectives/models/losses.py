"""What is made small: the loss of each sample, by task, in the order of the menu."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from app.core.words import say
from app.objectives.datasets.base import Task


def squared(outputs: Tensor, targets: Tensor) -> Tensor:
    """`(output - target)^2`, as `torch.nn.MSELoss`: outputs `(B, 1, M)`, targets `(M,)`, to `(B, M)`."""
    return (outputs[:, 0] - targets).square()


def squared_slope(outputs: Tensor, targets: Tensor) -> Tensor:
    """`2 (output - target)`, `(B, 1, M)`."""
    return (outputs - targets) * 2


def binary(outputs: Tensor, targets: Tensor) -> Tensor:
    """`-log P(target)` where `P(1) = sigmoid(output)`, as `torch.nn.BCEWithLogitsLoss`: `(B, 1, M)` to `(B, M)`."""
    chosen = targets.to(outputs.dtype).expand(len(outputs), -1)
    return functional.binary_cross_entropy_with_logits(outputs[:, 0], chosen, reduction="none")


def binary_slope(outputs: Tensor, targets: Tensor) -> Tensor:
    """`sigmoid(output) - target`, `(B, 1, M)`."""
    return outputs.sigmoid() - targets


def categorical(outputs: Tensor, targets: Tensor) -> Tensor:
    """`-log P(target)` where `P = softmax(outputs)`, as `torch.nn.CrossEntropyLoss`: `(B, K, M)` to `(B, M)`."""
    return functional.cross_entropy(outputs, targets.expand(len(outputs), -1), reduction="none")


def categorical_slope(outputs: Tensor, targets: Tensor) -> Tensor:
    """`softmax(outputs) - 1` for the target's class, `softmax(outputs)` for the others: `(B, K, M)`."""
    return outputs.softmax(1) - functional.one_hot(targets, outputs.shape[1]).T


def unchanged(outputs: Tensor) -> Tensor:
    """The outputs themselves."""
    return outputs


def shares(outputs: Tensor) -> Tensor:
    """The probability of each class, `(B, K, M)`."""
    return outputs.softmax(1)


@dataclass(frozen=True, slots=True, eq=False)
class Loss:
    """A catalogue entry.

    tasks: those that it fits; each(outputs, targets): the loss of every sample; slope(outputs, targets): its gradient
    with respect to the outputs; read(outputs): outputs `(B, K, M)` as
    predictions: values, or probabilities; torch: its class in `torch.nn`.
    wide: one output for each class, otherwise a single one; spanned: it compares outputs with values, so two classes
    need values to stand for them.
    """

    id: str
    formula: str
    tasks: tuple[Task, ...]
    each: Callable[[Tensor, Tensor], Tensor]
    slope: Callable[[Tensor, Tensor], Tensor]
    read: Callable[[Tensor], Tensor]
    torch: str
    wide: bool = False
    spanned: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return say(self.unit)

    @property
    def unit(self) -> str:
        """The key of what it is measured in, which is its title."""
        return f"losses.{self.id}.title"


LOSSES: tuple[Loss, ...] = (
    Loss(
        "mse", r"\frac{1}{M} \sum_i (\hat y_i - y_i)^2", ("regression", "binary"),
        squared, squared_slope, unchanged, "MSELoss", spanned=True,
    ),
    Loss(
        "bce", r"-\frac{1}{M} \sum_i \log P(y_i), \quad P(1) = \sigma(\hat y_i)", ("binary",),
        binary, binary_slope, torch.sigmoid, "BCEWithLogitsLoss",
    ),
    Loss(
        "cross_entropy", r"-\frac{1}{M} \sum_i \log P(y_i), \quad P = \operatorname{softmax}(\hat y_i)",
        ("binary", "multiclass"), categorical, categorical_slope, shares, "CrossEntropyLoss", wide=True,
    ),
)  # fmt: skip
