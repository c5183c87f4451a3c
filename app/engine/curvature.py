"""How steeply a surface bends, which is what bounds the learning rate."""

import torch
from torch import Tensor

from app.objectives.base import Draw, Objective

STEP = 1e-4


def curvatures(objective: Objective, point: Tensor) -> Tensor | None:
    """The eigenvalues of the Hessian at `point (P,)`, rising, from central differences of the gradient; None where
    they are not finite.

    The differences are `STEP` times the size of `point` apart; their error is of the order of `STEP` squared.
    """
    point = point.double()
    width = STEP * max(1.0, float(point.abs().max()))
    shifts = width * torch.eye(len(point), dtype=torch.float64)
    _, grads = objective.loss_and_grad(torch.cat((point + shifts, point - shifts)), Draw(0, 0))
    ahead, behind = grads.chunk(2)
    hessian = (ahead - behind) / (2 * width)
    hessian = (hessian + hessian.T) / 2
    return torch.linalg.eigvalsh(hessian) if hessian.isfinite().all() else None
