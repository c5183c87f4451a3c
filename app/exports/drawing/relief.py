"""The ground as a hill, seen from a place in the air, with the paths on it."""

import math
from dataclasses import dataclass

import numpy as np
from contourpy import contour_generator
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PolyCollection

from app.engine.records import Values
from app.exports.drawing.canvas import Canvas
from app.exports.drawing.flat import band_colours, field_of, mark
from app.exports.drawing.heights import EYE, Camera, Heights
from app.exports.drawing.levels import Levels, levels_of
from app.exports.drawing.scene import Ground, Path
from app.exports.drawing.solid import Solid, frame
from app.exports.drawing.trail import Course
from app.exports.drawing.words import PT
from app.objectives.surfaces.base import Point

SIDE = 96
"""Faces along the longer side."""

LIFT = 0.012
"""How far over the hill lines are drawn, as a part of its height, so that they are not lost in it."""

AMBIENT, DIFFUSE = 0.80, 0.26
LIGHT = np.array([-0.45, 0.25, 0.86])


@dataclass(frozen=True, slots=True, eq=False)
class Hill:
    """x, y: of the grid; level `(len(y), len(x))`, held to the scale."""

    x: Values
    y: Values
    level: Values
    levels: Levels
    heights: Heights
    camera: Camera


def paint_relief(
    canvas: Canvas, box: tuple[float, float, float, float], ground: Ground, eye: tuple[float, float, float] | None
) -> tuple[Axes, list[Course]]:
    """Draw hill and axes into `box`, seen from `eye` or the usual place; its axes, and the paths as they go over it."""
    hill = _hill(ground, eye or EYE)
    axes = canvas.axes(*box)
    axes.set_axis_off()
    frame(Solid(axes, hill.heights, hill.camera, canvas.theme), hill.levels, ground.axes, box)
    _paint_faces(axes, hill, canvas)
    _paint_contours(axes, hill, canvas)
    for point in ground.points:
        _paint_mark(axes, hill, canvas, point)
    return axes, [_course(hill, path) for path in ground.paths if len(path.steps)]


def _hill(ground: Ground, eye: tuple[float, float, float]) -> Hill:
    x, y, loss = field_of(ground, ground.window, SIDE)
    levels = levels_of(loss, log=ground.log, lowest=ground.lowest)
    level = levels.of(loss)
    heights = Heights(x, y, level, (float(levels.steps[0]), float(levels.steps[-1])))
    return Hill(x, y, level, levels, heights, Camera(eye))


def _paint_faces(axes: Axes, hill: Hill, canvas: Canvas) -> None:
    """The faces of the grid, the furthest first, coloured by level and light."""
    xs, ys = np.meshgrid(hill.x, hill.y)
    nodes = hill.heights.place(xs, ys, hill.level)
    corners = np.stack((nodes[:-1, :-1], nodes[:-1, 1:], nodes[1:, 1:], nodes[1:, :-1]), 2).reshape(-1, 4, 3)
    corners = corners[np.isfinite(corners).all((1, 2))]
    across = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    across /= np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
    shine = AMBIENT + DIFFUSE * np.clip(across @ (LIGHT / np.linalg.norm(LIGHT)), 0, 1)
    scale = np.array(band_colours(canvas.theme, 256))
    share = np.clip(corners[:, :, 2].mean(1) / hill.heights.tall + 0.5, 0, 1)
    colours = np.clip(scale[(share * 255).astype(int)] * shine[:, None], 0, 1)
    screen, depth = hill.camera.project(corners)
    order = np.argsort(-depth.mean(1))
    faces = PolyCollection(
        screen[order].tolist(), facecolors=colours[order], edgecolors=colours[order], linewidths=0.4 * PT, zorder=1
    )
    axes.add_collection(faces, autolim=False)


def _paint_contours(axes: Axes, hill: Hill, canvas: Canvas) -> None:
    """Lines of equal loss on the hill, where they are in sight."""
    lines: list[Values] = []
    maker = contour_generator(hill.x, hill.y, np.ma.masked_invalid(hill.level))
    for level in hill.levels.steps[1:-1]:
        for line in maker.lines(float(level)):
            points = np.asarray(line)
            hidden = hill.heights.hidden(points, np.full(len(points), level), hill.camera)
            screen, _ = hill.camera.project(hill.heights.place(points[:, 0], points[:, 1], np.full(len(points), level)))
            lines.append(np.where(hidden[:, None], math.nan, screen))
    axes.add_collection(
        LineCollection([line.tolist() for line in lines], colors=canvas.theme.relief, linewidths=0.8 * PT, zorder=2),
        autolim=False,
    )


def _paint_mark(axes: Axes, hill: Hill, canvas: Canvas, known: Point) -> None:
    point = np.array([[known.x, known.y]])
    level = hill.heights.at(point)
    if not math.isfinite(level[0]) or hill.heights.hidden(point, level, hill.camera)[0]:
        return
    screen, _ = hill.camera.project(hill.heights.place(point[:, 0], point[:, 1], level))
    mark(axes, known.kind, (screen[0, 0], screen[0, 1]), canvas.theme, zorder=6)


def _course(hill: Hill, path: Path) -> Course:
    """The path along the ground, with more points where steps are long, so that it does not cut through hills."""
    points, steps = _denser(path.points, path.steps, hill)
    level = hill.heights.at(points)
    span = hill.heights.levels[1] - hill.heights.levels[0]
    hidden = hill.heights.hidden(points, level, hill.camera)
    screen, _ = hill.camera.project(hill.heights.place(points[:, 0], points[:, 1], level + LIFT * span))
    return Course(path.track, screen, steps, hidden)


def _denser(points: Values, steps: Values, hill: Hill) -> tuple[Values, Values]:
    wide = max(np.ptp(hill.x), np.ptp(hill.y))
    near = np.clip(points, [hill.x[0] - wide, hill.y[0] - wide], [hill.x[-1] + wide, hill.y[-1] + wide])
    pieces = np.maximum(1, np.ceil(np.abs(np.diff(near, axis=0)).max(1, initial=0) / wide * SIDE)).astype(int)
    at = np.concatenate([[0.0], *(start + np.arange(1, count + 1) / count for start, count in enumerate(pieces))])
    places = np.arange(len(steps))
    dense = np.stack([np.interp(at, places, part) for part in points.T], 1)
    return dense, np.interp(at, places, steps)
