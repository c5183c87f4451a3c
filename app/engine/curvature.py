"""How steeply the ground bends, which is what bounds the learning rate."""

from collections.abc import Callable
from typing import NamedTuple

import torch
from torch import Tensor

from app.objectives.base import Draw, Objective

STEP = 1e-4

SMALL_STEP = 1e-8
"""Of differences along a direction: so short that hardly any unit's kink lies between, and far above rounding."""

ACCURACY = 1e-3
"""Of the largest curvature, relative."""

MOST_ITERATIONS = 60

Gradient = Callable[[Tensor], Tensor]


class Bends(NamedTuple):
    """How the ground bends at a point. values: the eigenvalues of the Hessian, rising, `(P,)`; directions: their unit
    vectors, the columns of `(P, P)`.
    """

    values: Tensor
    directions: Tensor


def bends(objective: Objective, point: Tensor) -> Bends | None:
    """How `objective` bends at `point (P,)`, from central differences of the gradient; None where that is not finite.

    The differences are `STEP` times the size of `point` apart; their error is of the order of `STEP` squared.
    """
    point = point.double()
    width = STEP * max(1.0, float(point.abs().max()))
    shifts = width * torch.eye(len(point), dtype=torch.float64)
    _, grads = objective.loss_and_grad(torch.cat((point + shifts, point - shifts)), Draw(0, 0))
    ahead, behind = grads.chunk(2)
    hessian = (ahead - behind) / (2 * width)
    hessian = (hessian + hessian.T) / 2
    return Bends(*torch.linalg.eigh(hessian)) if hessian.isfinite().all() else None


def curvatures(objective: Objective, point: Tensor) -> Tensor | None:
    """The eigenvalues of the Hessian at `point (P,)`, rising; None where they are not finite."""
    found = bends(objective, point)
    return found and found.values


def largest_curvature(gradient: Gradient, point: Tensor) -> float | None:
    """The largest eigenvalue of the Hessian at `point (P,)`, float64, to `ACCURACY`, by Lanczos' method.

    gradient: `(B, P)` to `(B, P)`. With `V_j` orthonormal and `T_j = V_j^T H V_j`, the largest eigenvalue of `T_j`
    rises to that of `H`; what is missing is at most `|H u - t u|` for the pair `(t, u)`. Products with `H` are central
    differences of the gradient. None where that bound is not reached within `MOST_ITERATIONS`, where a product is
    not finite, and where differences twice as long say otherwise, as on a kink.
    """
    basis = [_unit(torch.randn(len(point), dtype=torch.float64, generator=torch.Generator().manual_seed(0)))]
    products: list[Tensor] = []
    while len(products) < MOST_ITERATIONS:
        products.append(_bend(gradient, point, basis[-1], SMALL_STEP))
        if not products[-1].isfinite().all():
            return None
        space, images = torch.stack(basis), torch.stack(products)
        values, vectors = torch.linalg.eigh((space @ images.T + images @ space.T) / 2)
        largest, mix = float(values[-1]), vectors[:, -1]
        missing = float((mix @ images - largest * (mix @ space)).norm())
        if missing <= ACCURACY * abs(largest) or len(products) == len(point):
            return largest if _confirmed(gradient, point, mix @ space, largest) else None
        # Twice, because once loses to rounding what makes the basis orthogonal.
        rest = products[-1]
        for _ in range(2):
            rest = rest - (space @ rest) @ space
        basis.append(_unit(rest))
    return None


def _bend(gradient: Gradient, point: Tensor, direction: Tensor, step: float) -> Tensor:
    """The Hessian at `point` times the unit vector `direction`."""
    shift = step * max(1.0, float(point.abs().max())) * direction
    ahead, behind = gradient(torch.stack((point + shift, point - shift)))
    product: Tensor = (ahead - behind) / (2 * shift.norm())
    return product


def _confirmed(gradient: Gradient, point: Tensor, direction: Tensor, value: float) -> bool:
    """Whether `value` is the curvature along `direction` over twice the distance too."""
    again = float(direction @ _bend(gradient, point, direction, 2 * SMALL_STEP))
    return abs(again - value) <= 10 * ACCURACY * abs(value)


def _unit(vector: Tensor) -> Tensor:
    unit: Tensor = vector / vector.norm()
    return unit
