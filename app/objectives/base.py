"""The contract of everything that can be minimised."""

from typing import NamedTuple, Protocol

from torch import Tensor


class Draw(NamedTuple):
    """Which draw of the randomness a stochastic objective uses: a function of `seed` and `step` alone."""

    seed: int
    step: int


class Objective(Protocol):
    """A loss of B independent rows of `dim` parameters.

    loss(theta, draw): `(B, P)` to `(B,)`.
    loss_and_grad(theta, draw): also the gradient of each row's loss, `(B, P)`; a row's bits do not depend on the
    rows beside it.
    """

    @property
    def dim(self) -> int: ...

    def loss(self, theta: Tensor, draw: Draw) -> Tensor: ...

    def loss_and_grad(self, theta: Tensor, draw: Draw) -> tuple[Tensor, Tensor]: ...
