"""What a plane is: two directions through weight space, with an origin."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.core.words import Message, say
from app.objectives.models.base import Shapes
from app.objectives.surfaces.base import Window

Settings = Mapping[str, Any]

PART = 512
"""Rows that are projected at once, so that what is needed in between stays small."""

THIN = 1e-6
"""A window's side that is smaller than this part of the other shows rounding, not movement."""


class Projection(NamedTuple):
    """coordinates: `(N, 2)` of the nearest points of the plane; distance: `(N,)`, how far they are."""

    coordinates: Tensor
    distance: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Plane:
    """All `theta = origin + a u + b v`; (a, b) are the coordinates.

    origin, u, v: `(P,)`, float64 and finite; u and v are independent, but need be neither orthogonal nor of length 1.
    axes: what u and v are, a message or the name of a weight; reach: what a picture shows at least of a and b, to both
    sides of 0.
    """

    origin: Tensor
    u: Tensor
    v: Tensor
    axes: tuple[str | Message, str | Message]
    reach: float = 0.0

    @property
    def said(self) -> tuple[str, str]:
        """Its axes in words."""
        return str(self.axes[0]), str(self.axes[1])

    @property
    def directions(self) -> Tensor:
        """u and v, `(2, P)`."""
        return torch.stack((self.u, self.v))

    def point(self, coordinates: Tensor, dtype: torch.dtype = torch.float64) -> Tensor:
        """The points of the plane at coordinates `(N, 2)`: `(N, P)`, in `dtype`."""
        return torch.addmm(self.origin.to(dtype), coordinates.to(dtype), self.directions.to(dtype))

    def project(self, theta: Tensor) -> Projection:
        """The nearest points of the plane to `theta (N, P)`, NaN for rows that are not finite.

        The coordinates c solve `G c = D (theta - origin)` with `D` the directions and `G = D D^T`; the distance is
        the Euclidean norm of what is left.
        """
        parts = [
            self._project(theta[first : first + PART].double() - self.origin) for first in range(0, len(theta), PART)
        ]
        coordinates, distance = (torch.cat(part) for part in zip(*parts, strict=True))
        return Projection(coordinates, distance)

    def _project(self, difference: Tensor) -> tuple[Tensor, Tensor]:
        directions = self.directions
        dual = torch.linalg.solve(directions @ directions.T, directions)
        coordinates = difference @ dual.T
        return coordinates, torch.linalg.vector_norm(difference - coordinates @ directions, dim=1)


Make = Callable[[Tensor, Shapes, Settings], Plane]


@dataclass(frozen=True, slots=True, eq=False)
class PlaneKind:
    """A catalogue entry: a way to lay a plane.

    make(trajectories, shapes, settings): trajectories `(T, B, P)`, NaN where one has no entry: after its end, or
    everywhere for one that must not shape the plane. Raises ValueError where there is no finite entry at all.
    rows, weights: the ids of those params that number a trajectory, or one of the P weights.
    """

    id: str
    make: Make
    params: tuple[Param, ...] = ()
    rows: tuple[str, ...] = ()
    weights: tuple[str, ...] = ()
    source: Reference | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"planes.{self.id}.title")

    @property
    def line(self) -> str:
        """One sentence for the menu."""
        return say(f"planes.{self.id}.line")


def window(plane: Plane, coordinates: Tensor, margin: float = 0.1) -> Window:
    """The window that shows all finite points of `coordinates (..., 2)`, and the plane's reach.

    margin: what is added on each side, as a part of the side. A side without extent gets that of the other; where
    both have none, each reaches 1 to both sides.
    """
    points = coordinates.reshape(-1, 2)
    shown = [points[points.isfinite().all(1)]]
    if plane.reach or not len(shown[0]):
        shown.append(points.new_tensor([[-plane.reach], [plane.reach]]).expand(2, 2))
    low, high = torch.cat(shown).aminmax(dim=0)
    side = high - low
    side = torch.where(side > THIN * side.max(), side, side.max())
    half = torch.where(side > 0, side * (0.5 + margin), 1.0)
    middle = (low + high) / 2
    edges = torch.stack((middle - half, middle + half), 1).tolist()
    return Window(*(tuple(edge) for edge in edges))
