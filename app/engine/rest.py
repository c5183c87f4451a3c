"""Where a trajectory has come to rest: nothing that its optimizer still carries, and no slope, will move it again."""

import torch
from torch import Tensor

from app.engine.curvature import bends
from app.objectives.base import Objective
from app.optimizers.base import Hyper, Optimizer, State, Step

TOLERANCE = 1e-8
"""A trajectory is at rest where its gradient norm and the lengths of all its later steps are at or under this."""

BENT = 1e-6
"""A direction goes downhill where the loss bends down along it by more than this part of how it bends at most."""

APART = 1e-9
"""A parameter has no part in a direction whose component along it is at most this: what rounding leaves."""

MOST_PARAMETERS, AT_ONCE = 512, 32
"""Of an objective whose bends are looked at; and so many for each entry that passes between two looks: a look at P
parameters takes 2 P gradients.
"""


def rests(optimizer: Optimizer, objective: Objective, step: Step, state: State, hyper: Hyper) -> Tensor:
    """Which rows of one rule are at rest before `step`, `(B,)`: no step from here on is longer than `TOLERANCE`.

    hyper: the learning rate is the largest that is still to come. A row without any slope or memory is at rest whatever
    the ground is like. Any other is only where the loss bends up all around, and by so little that a disturbance
    shrinks; or where what bends down has neither slope nor memory along it.
    """
    still = torch.zeros(len(step.theta), 1, dtype=torch.float64)
    reach = optimizer.rest(step, state, hyper, still)
    resting = (reach == 0).all(1)
    near = torch.linalg.vector_norm(reach, dim=1) <= TOLERANCE
    sign, size = -1.0 if hyper.get("maximize") else 1.0, step.theta.shape[1]
    looks = size <= MOST_PARAMETERS and (step.t - 1) % -(-size // AT_ONCE) == 0
    for row in torch.nonzero(near & ~resting).flatten().tolist() if looks else ():
        bend = _steepest(objective, step.theta[row], reach[row], sign)
        if bend is not None:
            again = optimizer.rest(step, state, hyper, still + bend)[row]
            resting[row] = torch.linalg.vector_norm(again) <= TOLERANCE
    return resting


def _steepest(objective: Objective, theta: Tensor, reach: Tensor, sign: float) -> float | None:
    """By how much `sign` times the loss bends up at most at `theta (P,)`; None where that is not known, or where it
    bends down along a direction in which a step of `reach (P,)` goes.
    """
    found = bends(objective, theta)
    if found is None:
        return None
    values = found.values * sign
    down = values < -BENT * max(1.0, float(values.abs().max()))
    if (reach @ (found.directions[:, down].abs() > APART).double() > 0).any():
        return None
    return max(0.0, float(values.max()))
