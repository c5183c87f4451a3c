"""The loss on a plane: the picture under the paths."""

from typing import NamedTuple, Protocol

import torch
from torch import Tensor

from app.objectives.planes.base import Plane
from app.objectives.surfaces.base import Window

MOST_NUMBERS = 2**17
"""Weights that are laid out at once: 1 MiB, which stays in the cache until it is used."""

RELIEF = 1e-3
"""A picture whose heights differ by less than this part of the highest needs more digits than float32 has."""


class FullLoss(Protocol):
    """What a plane can be drawn of: full_loss(theta) is the loss of each row on all training samples, `(B,)`."""

    def full_loss(self, theta: Tensor) -> Tensor: ...


class Grid(NamedTuple):
    """x, y: coordinates `(R,)`; loss: `(R, R)`, row by row of y, float64, not finite where the model overflows."""

    x: Tensor
    y: Tensor
    loss: Tensor


def field(objective: FullLoss, plane: Plane, window: Window, resolution: int) -> Grid:
    """The training loss at `resolution` times `resolution` points of the window, its edges included.

    Computed in float32, which takes half the time, to some six digits; in float64 where those would show in a picture:
    where the loss is nearly the same everywhere, or not finite somewhere.
    """
    x = torch.linspace(*window.x, resolution, dtype=torch.float64)
    y = torch.linspace(*window.y, resolution, dtype=torch.float64)
    rows, columns = torch.meshgrid(y, x, indexing="ij")
    coordinates = torch.stack((columns.flatten(), rows.flatten()), 1)
    loss = plane_loss(objective, plane, coordinates, torch.float32)
    if needs_digits(loss):
        loss = plane_loss(objective, plane, coordinates)
    return Grid(x, y, loss.view(rows.shape))


def needs_digits(loss: Tensor) -> bool:
    """Whether a field that was computed in float32 must be computed in float64 to show what there is."""
    return not (loss.max() - loss.min() > RELIEF * loss.abs().max()) or not bool(loss.isfinite().all())


def plane_loss(objective: FullLoss, plane: Plane, coordinates: Tensor, dtype: torch.dtype = torch.float64) -> Tensor:
    """The training loss at `coordinates (N, 2)` of the plane, `(N,)`, float64; computed in `dtype`."""
    rows = max(1, MOST_NUMBERS // len(plane.origin))
    parts = [coordinates[first : first + rows] for first in range(0, len(coordinates), rows)]
    return torch.cat([objective.full_loss(plane.point(part, dtype)) for part in parts]).double()
