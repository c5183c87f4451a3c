"""Which part of a run a picture is made for: one that is lost would leave nothing to be seen of the others."""

import math

import torch
from torch import Tensor
from torch.linalg import vector_norm

from app.core.problems import Problem
from app.core.words import message
from app.engine.snapshot import last_places, last_points
from app.objectives.planes.field import FullLoss

FAR, LOST = 10.0, 10.0
"""A trajectory is lost where it is so many times as far from the start as is usual, or has ended, and its loss there is
so many times that of the start."""

LOOKS = 12
"""At so many of its entries it is looked for where a lost trajectory went astray, if all are."""


def calm_part(objective: FullLoss, theta: Tensor) -> Tensor:
    """What of trajectories `(T, B, P)` shapes a picture, NaN for all else: those that are not lost, or the beginnings
    of all, where all are. Raises Problem where no trajectory has a single entry.
    """
    last = last_places(theta)
    if not (last >= 0).any():
        raise Problem("no-picture", message("problems.no-picture.entries"))
    lost = _lost(objective, theta, last)
    if not lost.all():
        return theta.masked_fill(lost[:, None], math.nan)
    ends = _calm_until(objective, theta, last)
    return theta.masked_fill((torch.arange(len(theta))[:, None] > ends)[:, :, None], math.nan)


def _lost(objective: FullLoss, theta: Tensor, last: Tensor) -> Tensor:
    """Which of trajectories `(T, B, P)` are lost, `(B,)`. Losses are evaluated only where that is in question.

    last: the place of each one's last entry, -1 where it has none.
    """
    ends = last_points(theta)
    reach = vector_norm(ends - theta[0], dim=1)
    lost = last < 0
    asked = ~lost & ((last < len(theta) - 1) | ~(reach <= FAR * reach.nanmedian()))
    if asked.any():
        before, after = objective.full_loss(theta[0, asked][:1]), objective.full_loss(ends[asked])
        lost[asked] = ~(after <= LOST * before)
    return lost


def _calm_until(objective: FullLoss, theta: Tensor, last: Tensor) -> Tensor:
    """Up to which place each of trajectories `(T, B, P)` stays calm, by some of its losses; 1 at least, `(B,)`."""
    places = (torch.linspace(0, 1, LOOKS)[:, None] * last.clamp(min=0)).long()
    points = theta[places, torch.arange(theta.shape[1])]
    losses = objective.full_loss(points.flatten(0, 1)).view(places.shape)
    calm = (losses <= LOST * losses[0]).long().cumprod(0).sum(0)
    return places.gather(0, (calm - 1).clamp(min=0)[None])[0].clamp(min=1)
