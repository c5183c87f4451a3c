"""The ground from above, with the paths on it."""

from dataclasses import replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from app.engine.records import Values
from app.exports.drawing.canvas import Canvas, sign, stroke
from app.exports.drawing.levels import Levels, levels_of
from app.exports.drawing.look import CIRCLE, STAR, Theme
from app.exports.drawing.scene import Ground, fitted, tamed
from app.exports.drawing.trail import Ball, Course, Trail
from app.exports.drawing.words import PT, number
from app.objectives.surfaces.base import Window

CROSS = ((-1.0, -1.0), (1.0, 1.0), (0.0, 0.0), (-1.0, 1.0), (1.0, -1.0), (0.0, 0.0))
"""An x, drawn by its strokes."""

MOST_SAMPLES, SHARPER = 640, 1.3
"""Along the longer side of a field; and how many there are for each one that a picture on the page needs."""

MARKS = {"global": "pictures.global", "local": "pictures.local", "saddle": "pictures.saddle"}
"""What the kinds of known points are called, by key."""


def field_of(ground: Ground, window: Window, side: int) -> tuple[Values, Values, Values]:
    """x, y and the loss `(len(y), len(x))`, with `side` samples along the longer side."""
    wide, high = window.x[1] - window.x[0], window.y[1] - window.y[0]
    longest = max(wide, high)
    x = np.linspace(*window.x, max(2, round(side * wide / longest)))
    y = np.linspace(*window.y, max(2, round(side * high / longest)))
    return x, y, ground.loss(x, y)


def flat_axes(canvas: Canvas, ground: Ground, box: tuple[float, float, float, float], *, bare: bool = False) -> Axes:
    """Axes in the `box` (left, top, width, height) that show the ground's window with equal units; bare: no ticks."""
    axes, theme = canvas.axes(*box), canvas.theme
    window = fitted(ground.window, box[2], box[3])
    axes.set_xlim(*window.x)
    axes.set_ylim(*window.y)
    axes.set_facecolor(theme.field[-1])
    for spine in axes.spines.values():
        spine.set_color(theme.line)
        spine.set_linewidth(PT)
        spine.set_visible(not bare)
    if bare:
        axes.set_xticks([])
        axes.set_yticks([])
    else:
        dress(axes, theme, ground.axes)
    return axes


def paint_flat(
    canvas: Canvas, box: tuple[float, float, float, float], ground: Ground, start: tuple[float, ...] | None,
    window: Window | None,
) -> tuple[Axes, list[Course]]:  # fmt: skip
    """Draw the ground from above into `box`, or the part of it in `window`, and what is known of it; its axes, and the
    paths as they go over them.
    """
    left, top, width, height = box
    ground = replace(ground, window=window or ground.window)
    axes = flat_axes(canvas, ground, (left + 46, top + 4, width - 50, height - 46))
    paint_field(axes, ground, canvas.theme)
    paint_marks(axes, ground, canvas.theme, start)
    return axes, courses(axes, ground)


def dress(axes: Axes, theme: Theme, names: tuple[str, str]) -> None:
    """Quiet ticks, and `names` for the axes."""
    axes.tick_params(colors=theme.ink_2, labelsize=11 * PT, length=4 * PT, width=PT, color=theme.line, pad=3 * PT)
    for axis, name in zip((axes.xaxis, axes.yaxis), names, strict=True):
        axis.set_major_formatter(lambda value, _: number(value))
        axis.set_label_text(name, color=theme.ink_2, fontsize=12 * PT)
        axis.labelpad = 4 * PT


def paint_field(axes: Axes, ground: Ground, theme: Theme, most: int = MOST_SAMPLES) -> Levels:
    """Draw the loss all over the axes, with lines of equal loss; the scale of its colours.

    most: samples along the longer side; fewer where the ground needs no more.
    """
    shown = Window(axes.get_xlim(), axes.get_ylim())
    side = min(most, int(SHARPER * ground.side * _longest(shown) / _longest(ground.window)))
    x, y, loss = field_of(ground, shown, side)
    levels = levels_of(loss, log=ground.log, lowest=ground.lowest)
    grid = np.ma.masked_invalid(levels.of(loss))
    if grid.mask.any():
        # Where the loss has no value, the picture has a hole.
        axes.patch.set(facecolor=theme.panel, hatch="////", edgecolor=theme.line, linewidth=0)
    axes.contourf(x, y, grid, levels.steps, colors=band_colours(theme, len(levels.steps) - 1), zorder=1)
    axes.contour(
        x, y, grid, levels.steps[1:-1], colors=[theme.contour], linewidths=0.75 * PT, linestyles="solid", zorder=1.5
    )
    return levels


def _longest(window: Window) -> float:
    return max(window.x[1] - window.x[0], window.y[1] - window.y[0])


def band_colours(theme: Theme, count: int) -> list[Any]:
    """A colour for each of `count` bands, from the lowest loss on."""
    stops = np.array([[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in theme.field])
    places = (np.arange(count) + 0.5) / count * (len(stops) - 1)
    return [tuple(np.interp(place, range(len(stops)), part) for part in stops.T) for place in places]


def paint_marks(axes: Axes, ground: Ground, theme: Theme, start: tuple[float, ...] | None) -> None:
    """The start, and the minima and saddles that are known."""
    look: dict[str, Any] = {"zorder": 6, "clip_on": True}
    for point in ground.points:
        mark(axes, point.kind, (point.x, point.y), theme, **look)
    if start:
        stroke(axes, (start[0], start[1]), CIRCLE, 8, colour=theme.mark, halo=theme.halo, **look)


def mark(axes: Axes, kind: str, place: tuple[float, float], theme: Theme, **look: Any) -> None:
    """The sign of a known point of this kind."""
    light = {"colour": theme.mark, "halo": theme.halo}
    if kind == "global":
        sign(axes, place, STAR, 5.5, **light, **look)
    else:
        stroke(axes, place, CIRCLE if kind == "local" else CROSS, 3.5, **light, **look)


def courses(axes: Axes, ground: Ground) -> list[Course]:
    """The paths as they go over the axes."""
    window = Window(axes.get_xlim(), axes.get_ylim())
    return [
        Course(path.track, tamed(path.points, window), path.steps, np.zeros(len(path.steps), dtype=bool))
        for path in ground.paths
        if len(path.steps)
    ]


def paint_paths(axes: Axes, found: list[Course], theme: Theme, step: float) -> None:
    """The paths up to `step`, what comes after it faintly, and their balls over all."""
    trails = [Trail(axes, course, theme) for course in found]
    for trail in trails:
        trail.rest(step)
        trail.until(step)
    for course in found:
        Ball(axes, course, theme).at(step)
