"""What is told about trajectories on a surface: which known point they reached, or what the ground is like there."""

import math
from collections.abc import Mapping, Sequence
from typing import Literal

import torch

from app.core.words import Message, message
from app.engine.curvature import curvatures
from app.engine.objectives import objective_of
from app.experiment import Experiment
from app.objectives.surfaces.base import Point

NEAR = 1e-3
"""How near, as a part of the window's width, counts as being at a minimum."""

Near = Literal["at", "close"]
"""How near a trajectory is to where it has come to, as the keys of messages have it."""

FLAT = 1e-3
"""Between these curvatures the ground counts as flat."""


class Landscape:
    """The `Teller` of an experiment whose position is all that there is."""

    restless = None

    def __init__(self, experiment: Experiment) -> None:
        profile, self._objective = experiment.objective.profile(), objective_of(experiment)
        assert profile.field
        self._field, self._lowest = profile.field, profile.lowest
        self._start = experiment.begin()

    @property
    def elsewhere(self) -> Message:
        """A start nearer to the window, or any other where it is in there."""
        x, y = self._start.tolist()
        (left, right), (bottom, top) = self._field.window.x, self._field.window.y
        inside = left <= x <= right and bottom <= y <= top
        return message("outcomes.elsewhere.start" if inside else "outcomes.elsewhere.surface")

    def steepest(self) -> float | None:
        """The largest eigenvalue of the Hessian at the start."""
        bends = curvatures(self._objective, self._start)
        return None if bends is None else float(bends[-1])

    def floor(self) -> float:
        """The value of the lowest minimum, or infinity where none is known."""
        return math.inf if self._lowest is None else self._lowest

    def reached(self, last: Mapping[str, float]) -> Message:
        """The loss."""
        return message("outcomes.reached.loss", loss=last["loss"])

    def aside(self, _last: Mapping[str, float]) -> None:
        """Nothing more."""

    def place(self, last: Mapping[str, float], near: Near, _step: int) -> Message:
        """`near` a known point, or what the curvature says that it is."""
        points, window = self._field.points, self._field.window
        x, y = (last[axis] for axis in self._field.axes)
        point = min(points, key=lambda point: math.hypot(point.x - x, point.y - y), default=None)
        if point and math.hypot(point.x - x, point.y - y) <= NEAR * (window.x[1] - window.x[0]):
            return message(f"outcomes.{near}.{_kind(point, points)}", x=point.x, y=point.y)
        bends = curvatures(self._objective, torch.tensor((x, y), dtype=torch.float64))
        if bends is not None and bends[0] < -FLAT < FLAT < bends[1]:
            return message("outcomes.place.saddle")
        if bends is not None and bends[0] > FLAT:
            return message("outcomes.place.hollow", x=x, y=y)
        if bends is not None and bends[1] < -FLAT:
            return message("outcomes.place.top", x=x, y=y)
        return message("outcomes.place.flat")


def _kind(point: Point, points: Sequence[Point]) -> str:
    """What `point` is, one of `points`, as the keys of `outcomes.at` and `outcomes.close` have it."""
    only = sum(other.kind == "global" for other in points) == 1
    return point.kind if point.kind != "global" or only else "global-of-several"
