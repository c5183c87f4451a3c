"""The contract of everything that can be minimised, and of the numbers that are told on the way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from torch import Tensor

from app.core.words import message, say


class Draw(NamedTuple):
    """Which draw of the randomness a stochastic objective uses: a function of `seed` and `step` alone."""

    seed: int
    step: int


class Seen(NamedTuple):
    """What a step knows of its rows. own: what `describe` tells, `(B, columns)`; loss: `(B,)`; grad: `(B, P)`."""

    own: Tensor
    loss: Tensor
    grad: Tensor


class Objective(Protocol):
    """A loss of B independent rows of `dim` parameters P.

    loss(theta, draw): `(B, P)` to `(B,)`.
    loss_and_grad(theta, draw): also the gradient of each row's loss, `(B, P)`.
    describe(theta): what is told of each row beside its loss, `(B, P)` to `(B, columns)`.
    observe(theta, draw): both at once, which may take less time.
    told: the columns of an entry, beside those of every objective: first what `describe` gives, then what is measured;
    every: how many steps lie between two entries that are described.
    stochastic: whether the loss depends on the draw.
    independent: whether a row's bits do not depend on the rows beside it, nor on its place among them.
    shapes: name to shape of the tensors that a row is made of, in order, or None where it is just numbers.
    """

    @property
    def told(self) -> "tuple[Column, ...]": ...

    @property
    def independent(self) -> bool: ...

    @property
    def stochastic(self) -> bool: ...

    @property
    def every(self) -> int: ...

    @property
    def dim(self) -> int: ...

    @property
    def shapes(self) -> Mapping[str, tuple[int, ...]] | None: ...

    def loss(self, theta: Tensor, draw: Draw) -> Tensor: ...

    def loss_and_grad(self, theta: Tensor, draw: Draw) -> tuple[Tensor, Tensor]: ...

    def describe(self, theta: Tensor) -> Tensor: ...

    def observe(self, theta: Tensor, draw: Draw) -> Seen: ...


@dataclass(frozen=True, slots=True)
class Column:
    """A number that is told of every entry, declared once for all who compute, send, keep or show it.

    words: as a `Param` has them; loss: the key of what the objective's loss is measured in, where the unit names that.
    every: it is known at each entry whose index this divides, and at the last.
    price: of knowing it once for one row, in steps of plain gradient descent on a surface, beyond what a step costs.
    log: whether it may be seen on a logarithmic axis.
    of(objective, theta, seen): the number of each row, `(B, P)` to `(B,)`, where it is measured; None for what an
    objective describes by itself, and for what the loop knows. A column that is measured has a curve and a measure of
    its own.
    """

    id: str
    words: str = ""
    loss: str = ""
    every: int = 1
    price: float = 0.0
    log: bool = True
    of: Callable[[Objective, Tensor, Seen], Tensor] | None = None

    @property
    def title(self) -> str:
        """In words, as axes and menus have it."""
        return say(f"columns.{self.words or self.id}.title")

    @property
    def unit(self) -> str:
        """What it is measured in, as tables say behind its id."""
        return say(f"columns.{self.words or self.id}.unit", loss=message(self.loss))
