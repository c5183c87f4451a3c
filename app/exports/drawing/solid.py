"""The box of a hill: its limits on the picture, and axes along its nearest edges."""

from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.ticker import MaxNLocator

from app.core.words import say
from app.engine.records import Values
from app.exports.drawing.heights import Camera, Heights
from app.exports.drawing.levels import Levels
from app.exports.drawing.look import Theme
from app.exports.drawing.words import PT, number

ROOM = (50.0, 4.0, 24.0, 40.0)
"""For words: left, top, right and below, px."""

OUT = 0.045
"""From an axis to its numbers, as a part of the box's wider side; names are three times as far."""

TICKS = 5
LOSS_GAP = 0.18
"""Between two numbers on the axis of the loss, as a part of it."""


class Solid(NamedTuple):
    """A box, the camera that sees it, and the axes of the picture."""

    axes: Axes
    heights: Heights
    camera: Camera
    theme: Theme

    @property
    def half(self) -> Values:
        """Half of its sides."""
        sides = np.ptp(self.heights.x), np.ptp(self.heights.y), self.heights.tall * self.heights.wide
        return np.array(sides) / 2 / self.heights.wide

    @property
    def near(self) -> Values:
        """On which side of x and y the camera is: the edges there have the numbers, the walls opposite the grid."""
        return np.where(self.camera.eye[:2] > 0, 1.0, -1.0)

    def word(self, place: Values, words: str, size: float, ha: str = "center") -> None:
        """Words at a place of the box, `size` in px."""
        x, y = self.camera.project(place)[0]
        look: dict[str, Any] = {"color": self.theme.ink_2, "ha": ha, "va": "center", "zorder": 0}
        self.axes.text(x, y, words, fontsize=size * PT, **look)


def frame(solid: Solid, levels: Levels, names: tuple[str, str], box: tuple[float, float, float, float]) -> None:
    """Set the limits of the axes, which fill `box`, so that all is seen; draw the grid behind the hill and the axes."""
    corners = np.array(list(product(*((-side, side) for side in solid.half))))
    _fit(solid.axes, solid.camera.project(corners)[0], box)
    grid = [line for axis, name in enumerate(names) for line in _paint_side(solid, axis, name)]
    grid += _paint_losses(solid, levels)
    seen = [solid.camera.project(line)[0].tolist() for line in grid]
    lines = LineCollection(seen, colors=[solid.theme.line], linewidths=PT, zorder=0)
    solid.axes.add_collection(lines, autolim=False)


def _paint_side(solid: Solid, axis: int, name: str) -> Iterator[Values]:
    """The numbers and the name along an edge, of x (axis 0) or y (1); the lines of the grid there."""
    values, half, near, other = (solid.heights.x, solid.heights.y)[axis], solid.half, solid.near, 1 - axis
    low, high = float(values[0]), float(values[-1])
    for tick in MaxNLocator(TICKS).tick_values(low, high):
        if low <= tick <= high:
            place = (2 * (tick - low) / (high - low) - 1) * half[axis]
            yield from _rules(axis, place, half, near)
            solid.word(_edge(axis, place, near[other] * (half[other] + OUT), half), number(tick), 11)
    middle = _edge(axis, 0.0, near[other] * (half[other] + 2.6 * OUT), half)
    solid.word(middle, name, 12, "right" if solid.camera.project(middle)[0][0] < 0 else "left")


def _fit(axes: Axes, seen: Values, box: tuple[float, float, float, float]) -> None:
    """Limits around what is `seen (n, 2)` with equal units, and room for words."""
    low, high = seen.min(0), seen.max(0)
    left, top, right, below = ROOM
    unit = max(
        (high[0] - low[0]) / max(1.0, box[2] - left - right), (high[1] - low[1]) / max(1.0, box[3] - top - below)
    )
    spare = np.array([box[2] - left - right, box[3] - top - below]) * unit - (high - low)
    start = low - spare / 2 - np.array([left, below]) * unit
    axes.set_xlim(start[0], start[0] + box[2] * unit)
    axes.set_ylim(start[1], start[1] + box[3] * unit)


def _rules(axis: int, place: float, half: Values, near: Values) -> Iterator[Values]:
    """The lines of the grid at a place of x or y: over the floor, and up the wall behind."""
    other = 1 - axis
    floor, wall = np.zeros((2, 3)), np.zeros((2, 3))
    floor[:, axis] = wall[:, axis] = place
    floor[:, other], floor[:, 2] = (-half[other], half[other]), -half[2]
    wall[:, other], wall[:, 2] = -near[other] * half[other], (-half[2], half[2])
    yield floor
    yield wall


def _edge(axis: int, along: float, out: float, half: Values) -> Values:
    """A place beside an edge of the floor."""
    place = np.array([0.0, 0.0, -half[2]])
    place[axis], place[1 - axis] = along, out
    return place


def _paint_losses(solid: Solid, levels: Levels) -> Iterator[Values]:
    """The axis of the loss up the left edge; the lines of the grid on both walls behind."""
    half, near = solid.half, solid.near
    # Of the two upright edges that stand at the side, the left one on the picture.
    edges = [np.array([near[0] * half[0], -near[1] * half[1]]), np.array([-near[0] * half[0], near[1] * half[1]])]
    left = min(edges, key=lambda edge: float(solid.camera.project(np.array([*edge, 0.0]))[0][0]))
    out = left * (1 + OUT / np.linalg.norm(left))
    low, high = float(levels.steps[0]), float(levels.steps[-1])
    for loss, level in levels.ticks(LOSS_GAP):
        # The lowest corner belongs to the numbers of the other axes.
        if level < low + 0.1 * (high - low):
            continue
        z = (2 * (level - low) / (high - low) - 1) * half[2]
        solid.word(np.array([*out, z]), number(loss, 3), 11, "right")
        back = -near * half[:2]
        for corner in ((-back[0], back[1]), (back[0], -back[1])):
            yield np.array([[*back, z], [*corner, z]])
    solid.word(np.array([*(left * 1.02), half[2] * 1.26]), say("pictures.loss"), 12)
