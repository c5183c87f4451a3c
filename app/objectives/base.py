"""The contract of everything that can be minimised."""

from collections.abc import Mapping
from typing import NamedTuple, Protocol

from torch import Tensor


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
    describe(theta): what is told of each row beside its loss, `(B, P)` to `(B, len(columns))`.
    observe(theta, draw): both at once, which may take less time.
    columns: the names of what `describe` gives; every: how many steps lie between two entries that are described.
    stochastic: whether the loss depends on the draw.
    independent: whether a row's bits do not depend on the rows beside it, nor on its place among them.
    shapes: name to shape of the tensors that a row is made of, in order, or None where it is just numbers.
    """

    @property
    def columns(self) -> tuple[str, ...]: ...

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
