"""Which points trajectories have: entries are finite, all else is none."""

from typing import NamedTuple

from torch import Tensor


class Route(NamedTuple):
    """The entries of one trajectory, `(N, P)`, float64, N at least 1."""

    points: Tensor

    @property
    def start(self) -> Tensor:
        """Its first entry."""
        return self.points[0]

    @property
    def end(self) -> Tensor:
        """Its last entry."""
        return self.points[-1]


def entries(trajectories: Tensor) -> Tensor:
    """All entries of trajectories `(T, B, P)`, step by step: `(N, P)`, float64; raises ValueError where N is 0."""
    points = trajectories.flatten(0, 1)
    points = points[points.isfinite().all(1)].double()
    if not len(points):
        raise ValueError("there is no plane through trajectories without a single finite entry")
    return points


def centred(points: Tensor) -> tuple[Tensor, Tensor]:
    """The mean `(P,)` of `points (N, P)` and their differences from it, exactly 0 where all points are equal."""
    differences = points - points[0]
    middle = differences.mean(0)
    return points[0] + middle, differences - middle


def path(trajectories: Tensor, row: int) -> Route:
    """Trajectory `row` of `(T, B, P)`; the common start of all where it has no entry. Raises as `entries` does."""
    points = trajectories[:, row].double()
    points = points[points.isfinite().all(1)]
    return Route(points if len(points) else entries(trajectories)[:1])
