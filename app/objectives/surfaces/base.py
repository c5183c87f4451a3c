"""What a surface is: a function of two variables with its gradient, and the words and numbers that present it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.core.words import say
from app.objectives.base import Column, Draw, Seen

Evaluate = Callable[..., tuple[Tensor, Tensor, Tensor]]


@dataclass(frozen=True, slots=True)
class Point:
    """A stationary point worth a mark, with the loss there. kind: "global", "local" or "saddle"."""

    x: float
    y: float
    value: float
    kind: str = "global"


@dataclass(frozen=True, slots=True)
class Window:
    """The part of the plane that is shown."""

    x: tuple[float, float]
    y: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Surface:
    """A catalogue entry.

    evaluate(x, y, **params): `(f, df/dx, df/dy)` for x and y of one shape, elementwise, by formula.
    code: f once more, as a student writes it in torch: the body of a function of x, y and the params; its comments are
        keys of messages.
    written: `evaluate` as the body of a function of x and y in Python, where it is none that a script can bring along;
        smooth: whether autograd finds the gradient of `code`.
    formula: LaTeX; log: whether the field reads better on a log scale.
    detail: samples a side that a picture of the window needs, where its ripples ask for more than usual.
    points: minima and saddles; known: `(x, y, value)` away from the minima, worked out from the printed formula.
    """

    id: str
    formula: str
    evaluate: Evaluate
    code: str
    window: Window
    start: tuple[float, float]
    points: tuple[Point, ...]
    known: tuple[tuple[float, float, float], ...]
    source: Reference
    log: bool = False
    params: tuple[Param, ...] = field(default=())
    detail: int = 180
    written: str = ""
    smooth: bool = True

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"surfaces.{self.id}.title")

    @property
    def line(self) -> str:
        """One sentence on what makes it hard."""
        return say(f"surfaces.{self.id}.line")


class SurfaceObjective:
    """A surface with its params as an `Objective` of two parameters, which are what it tells of a row."""

    dim = 2
    told = (Column("x"), Column("y"))
    independent = True
    stochastic = False
    every = 1
    shapes = None

    def __init__(self, surface: Surface, params: Mapping[str, Any]) -> None:
        self._evaluate, self._params = surface.evaluate, dict(params)

    def loss(self, theta: Tensor, draw: Draw) -> Tensor:
        """The loss of each row, `(B, 2)` to `(B,)`."""
        return self.loss_and_grad(theta, draw)[0]

    def loss_and_grad(self, theta: Tensor, draw: Draw) -> tuple[Tensor, Tensor]:
        """The loss `(B,)` and gradient `(B, 2)` of each row."""
        x, y = theta.unbind(1)
        value, along_x, along_y = self._evaluate(x, y, **self._params)
        # One coordinate of all rows after the other: so the gradients of many rows are quickest to compute with.
        return value, torch.stack((along_x, along_y)).t()

    def describe(self, theta: Tensor) -> Tensor:
        """The position, `(B, 2)`."""
        return theta

    def observe(self, theta: Tensor, draw: Draw) -> Seen:
        """The position, with the loss and gradient there."""
        return Seen(theta, *self.loss_and_grad(theta, draw))
