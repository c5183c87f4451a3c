"""What is told about trajectories on a surface: which known point they reached, or what the ground is like there."""

import math
from collections.abc import Mapping, Sequence

import torch

from app.core.text import number
from app.engine.curvature import curvatures
from app.engine.objectives import objective_of
from app.experiment import Experiment
from app.objectives.surfaces.base import Point

NEAR = 1e-3
"""How near, as a part of the window's width, counts as being at a minimum."""

FLAT = 1e-3
"""Between these curvatures the ground counts as flat."""


class Landscape:
    """The `Teller` of an experiment whose position is all that there is."""

    restless = ""
    elsewhere = "Choose a start nearer to the window."

    def __init__(self, experiment: Experiment) -> None:
        profile, self._objective = experiment.objective.profile(), objective_of(experiment)
        assert profile.field
        self._field, self._lowest = profile.field, profile.lowest
        self._start = experiment.begin()

    def steepest(self) -> float | None:
        """The largest eigenvalue of the Hessian at the start."""
        bends = curvatures(self._objective, self._start)
        return None if bends is None else float(bends[-1])

    def floor(self) -> float:
        """The value of the lowest minimum, or infinity where none is known."""
        return math.inf if self._lowest is None else self._lowest

    def reached(self, last: Mapping[str, float]) -> str:
        """The loss."""
        return f"loss {number(last['loss'])}"

    def aside(self, _last: Mapping[str, float]) -> str:
        """Nothing more."""
        return ""

    def place(self, last: Mapping[str, float], near: str, _step: int) -> str:
        """`near` a known point, or what the curvature says that it is."""
        points, window = self._field.points, self._field.window
        x, y = (last[axis] for axis in self._field.axes)
        point = min(points, key=lambda point: math.hypot(point.x - x, point.y - y), default=None)
        if point and math.hypot(point.x - x, point.y - y) <= NEAR * (window.x[1] - window.x[0]):
            return f"{near} {_name(point, points)}"
        bends = curvatures(self._objective, torch.tensor((x, y), dtype=torch.float64))
        if bends is not None and bends[0] < -FLAT < FLAT < bends[1]:
            return "near a saddle: flat here, but downhill in another direction"
        if bends is not None and bends[0] > FLAT:
            return f"in a hollow at ({number(x)}, {number(y)})"
        if bends is not None and bends[1] < -FLAT:
            return f"on a top at ({number(x)}, {number(y)}), with lower ground all around"
        return "on flat ground, which need not be a minimum"


def _name(point: Point, points: Sequence[Point]) -> str:
    """What `point` is, one of `points`, with its coordinates."""
    at = f"({number(point.x)}, {number(point.y)})"
    if point.kind == "local":
        return f"a local minimum {at}, not the lowest"
    if point.kind == "saddle":
        return f"a saddle {at}: flat there, but downhill in another direction"
    only = sum(other.kind == "global" for other in points) == 1
    return f"the global minimum {at}" if only else f"a global minimum {at}, one of several"
