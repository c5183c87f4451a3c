"""A hill in a box, what of it is in sight, and the camera that sees it."""

import math

import numpy as np
from numpy.typing import NDArray

from app.engine.records import Values

TALL = 0.52
"""The height of the hill, as a part of its wider side."""

EYE = (-0.82, -1.05, 1.55)
NEAR, SAMPLES = 1.5, 40
"""How far the eye is, times its place; and at how many places of a line of sight the hill is looked for."""

BITE = 0.012
"""What is less than this part of the height under the hill counts as on it."""


class Camera:
    """Looks from `eye` at the middle of the box, z upwards; lengths are parts of the hill's wider side."""

    def __init__(self, eye: tuple[float, float, float]) -> None:
        self.eye = np.array(eye) * NEAR
        away = self.eye / np.linalg.norm(self.eye)
        right = np.cross((0.0, 0.0, 1.0), away)
        # Straight from above there is no right: then x is.
        right = right / np.linalg.norm(right) if np.linalg.norm(right) > 1e-9 else np.array([1.0, 0.0, 0.0])
        self._turn = np.stack((right, np.cross(away, right), away))

    def project(self, points: Values) -> tuple[Values, Values]:
        """Where points `(..., 3)` are seen, `(..., 2)`, x to the right and y upwards; and how far away each is."""
        seen = (points - self.eye) @ self._turn.T
        depth = -seen[..., 2]
        return seen[..., :2] / depth[..., None], depth


class Heights:
    """Levels over a grid: x, y its rising coordinates, level `(len(y), len(x))`, NaN where there is none; levels: the
    lowest and the highest of the box.
    """

    def __init__(self, x: Values, y: Values, level: Values, levels: tuple[float, float]) -> None:
        self.x, self.y, self.level, self.levels = x, y, level, levels
        self.wide = max(float(np.ptp(x)), float(np.ptp(y)))
        self.tall = TALL

    def place(self, x: Values, y: Values, level: Values) -> Values:
        """Where that is in the box, `(..., 3)`, the middle of the box at 0."""
        low, high = self.levels
        return np.stack(
            (
                (x - (self.x[0] + self.x[-1]) / 2) / self.wide,
                (y - (self.y[0] + self.y[-1]) / 2) / self.wide,
                ((level - low) / (high - low) - 0.5) * self.tall,
            ),
            -1,
        )

    def at(self, points: Values) -> Values:
        """The level at `points (n, 2)`, straight between the nodes of the grid; NaN outside."""
        u = (points[:, 0] - self.x[0]) / (self.x[-1] - self.x[0]) * (len(self.x) - 1)
        v = (points[:, 1] - self.y[0]) / (self.y[-1] - self.y[0]) * (len(self.y) - 1)
        outside = ~((u >= 0) & (u <= len(self.x) - 1) & (v >= 0) & (v <= len(self.y) - 1))
        u, v = (np.where(outside, 0.0, part) for part in (u, v))
        column, row = np.minimum(u.astype(int), len(self.x) - 2), np.minimum(v.astype(int), len(self.y) - 2)
        right, up = u - column, v - row
        below = self.level[row, column] * (1 - right) + self.level[row, column + 1] * right
        above = self.level[row + 1, column] * (1 - right) + self.level[row + 1, column + 1] * right
        found: Values = np.where(outside, math.nan, below * (1 - up) + above * up)
        return found

    def hidden(self, points: Values, level: Values, camera: Camera) -> NDArray[np.bool_]:
        """Whether the hill is between each of `points (n, 2)` at its level and the camera."""
        here = self.place(points[:, 0], points[:, 1], level)
        shares = np.linspace(0, 1, SAMPLES + 1)[1:] ** 1.5
        way = camera.eye - here
        # The hill is over by the time that a line of sight is above the box, or beside it.
        ends = np.where(way > 0, 0.5, -0.5) * (np.ptp(self.x) / self.wide, np.ptp(self.y) / self.wide, self.tall)
        exits = np.divide(ends - here, way, out=np.ones_like(way), where=way != 0)
        exits[way[:, 2] <= 0, 2] = 1.0
        leave = np.clip(exits.min(1, keepdims=True), 0.0, 1.0)
        found = np.zeros(len(points), dtype=bool)
        for share in shares:
            seen = here + share * leave * way
            over = self.at(self._back(seen))
            height = ((over - self.levels[0]) / (self.levels[1] - self.levels[0]) - 0.5) * self.tall
            found |= height > seen[:, 2] + BITE * self.tall
        return found

    def _back(self, places: Values) -> Values:
        """x and y of places in the box, `(n, 2)`."""
        middle = np.array([(self.x[0] + self.x[-1]) / 2, (self.y[0] + self.y[-1]) / 2])
        found: Values = places[:, :2] * self.wide + middle
        return found
