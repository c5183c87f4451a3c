"""The small picture of an experiment that stands beside a link to it: quick to draw, calm, told apart at a glance."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch

from app.core.words import say
from app.engine.records import Values
from app.experiment import Experiment
from app.exports.drawing.canvas import Canvas
from app.exports.drawing.choices import choices_of
from app.exports.drawing.curves import paint_curves
from app.exports.drawing.flat import courses, flat_axes, paint_field, paint_marks, paint_paths
from app.exports.drawing.grounds import ground_of
from app.exports.drawing.look import LIGHT
from app.exports.drawing.options import Size
from app.exports.drawing.page import GAP, SAMPLE, Box, LegendEntry, draw_entry
from app.exports.drawing.scene import Ground, Race, Track, race_of
from app.exports.drawing.words import PT, drawing, fitted, number, width, wrapped
from app.view import View

SIZE = Size(1200, 630)
"""As Open Graph and its kin want it."""

RUN_PRICE, FILMED_PRICE, FIELD_PRICE = 4_000.0, 2_000.0, 5_000.0
"""What may be computed, in steps of plain gradient descent: less than a tenth of a second for run and field together. A
run that is drawn on a plane leaves room for that.
"""

MOST_FRAMES = 96
"""So many weights of each path say well enough where a plane lies."""

SIDE = 220
"""Samples along the longer side of a surface."""

STAGE = 790.0
"""The width of the picture; words stand to the right of it."""

LEFT, RIGHT = 830.0, 1164.0
TITLE, SMALLER_TITLE, LABEL, SMALL = 34.0, 27.0, 19.0, 16.0
MOST_LABELS = 8
COLUMNS, ROWS = 8, 6
"""Of pictures that are learned from."""

BRAND = 580.0
"""The line on which the name of the playground stands."""


def preview(experiment: Experiment, view: View, title: str = "") -> bytes:
    """A PNG of 1200 by 630 pixels: paths on their ground, a legend, and `title` or else that of the objective.

    Of a long run only so many of its first steps are drawn as can be computed in a moment; the picture says so. The
    same holds for a model, whose losses are drawn by step where a plane through its weights would take too long.
    """
    with drawing():
        choices = choices_of(experiment, view)
        price = RUN_PRICE if experiment.objective.axes else FILMED_PRICE
        run = race_of(experiment, choices, price, frames=MOST_FRAMES)
        ground = ground_of(run, choices, FIELD_PRICE, told=False)
        canvas = Canvas(SIZE, LIGHT)
        overlay = canvas.overlay()
        pictures = _pictures(experiment)
        if ground:
            _paint_ground(canvas, run, ground)
        elif pictures is not None:
            _paint_pictures(canvas, pictures)
        else:
            paint_curves(canvas, Box(16, 24, STAGE - 24, SIZE.height - 36), run, choices, run.last)
        _paint_words(canvas, overlay, run, title or experiment.objective.title, told=pictures is None or bool(ground))
        _paint_brand(canvas, overlay)
        return canvas.png()


def _paint_ground(canvas: Canvas, run: Race, ground: Ground) -> None:
    axes = flat_axes(canvas, ground, (0, 0, STAGE, SIZE.height), bare=True)
    paint_field(axes, ground, LIGHT, SIDE)
    paint_marks(axes, ground, LIGHT, run.experiment.start)
    paint_paths(axes, courses(axes, ground), LIGHT, run.last)


def _pictures(experiment: Experiment) -> Values | None:
    """The samples of a model that learns from pictures, `(N, height, width)`; None for any other."""
    data = experiment.model.data() if experiment.model else None
    return data.samples.inputs.numpy() if data and len(data.shape) == 2 else None


def _paint_pictures(canvas: Canvas, pictures: Values) -> None:
    """Some of the pictures beside and below each other, in the colours of a field."""
    high, wide = pictures.shape[1:]
    tiles = np.pad(pictures[: COLUMNS * ROWS], ((0, 0), (1, 1), (1, 1)), constant_values=pictures.min())
    sheet = tiles.reshape(ROWS, COLUMNS, high + 2, wide + 2).swapaxes(1, 2).reshape(ROWS * (high + 2), -1)
    axes = canvas.axes(0, 0, STAGE, SIZE.height)
    axes.set_axis_off()
    colours = LinearSegmentedColormap.from_list("ink", [*LIGHT.field[::-1], LIGHT.paths[5], LIGHT.paths[0]])
    axes.imshow(sheet, cmap=colours, aspect="auto", interpolation="nearest")


def _paint_words(canvas: Canvas, overlay: Axes, run: Race, title: str, *, told: bool) -> None:
    """The title, what is raced on, and a legend; told: with the loss that each has come to in the steps drawn."""
    room, y = RIGHT - LEFT, 70.0
    size = TITLE if len(wrapped(title, TITLE, room, 4, strong=True)) < 4 else SMALLER_TITLE
    for line in wrapped(title, size, room, 4, strong=True):
        canvas.text(LEFT, y, line, size, LIGHT.ink, weight="bold")
        y += 1.24 * size
    objective = run.experiment.objective.title
    span = run.span if told else say("pictures.all-steps", n=run.experiment.steps, steps=f"{run.experiment.steps:,}")
    for line in [*(wrapped(objective, SMALL, room, 2) if objective != title else []), span]:
        canvas.text(LEFT, y, line, SMALL, LIGHT.ink_2)
        y += 24
    y += 30
    rows = min(MOST_LABELS, int((BRAND - 60 - y) / 40) + 1)
    shown = run.tracks if len(run.tracks) <= rows else run.tracks[: rows - 1]
    for track in shown:
        _paint_track(canvas, overlay, track, _reached(run, track) if told else "", y)
        y += 40
    if len(shown) < len(run.tracks):
        canvas.text(LEFT, y + 6, say("pictures.more", n=len(run.tracks) - len(shown)), SMALL, LIGHT.ink_2)
    elif told:
        canvas.text(RIGHT, y - 8, say("pictures.path-end"), 12, LIGHT.ink_2, ha="right")


def _paint_track(canvas: Canvas, overlay: Axes, track: Track, reached: str, y: float) -> None:
    draw_entry(overlay, LegendEntry(track.label, track), LEFT, y, LIGHT)
    begin = LEFT + SAMPLE + GAP + 6
    label = fitted(track.label, LABEL, RIGHT - begin - width(reached, SMALL) - 16)
    canvas.text(begin, y + 7, label, LABEL, LIGHT.ink)
    canvas.text(RIGHT, y + 6, reached, SMALL, LIGHT.ink_2, ha="right")


def _reached(run: Race, track: Track) -> str:
    """The last loss that is known of a track."""
    if track.end == "diverged":
        return say("pictures.diverged")
    values = track.values[:, run.column(run.experiment.objective.profile().loss)]
    known = values[np.isfinite(values)]
    return number(float(known[-1]), 3) if len(known) else ""


def _paint_brand(canvas: Canvas, overlay: Axes) -> None:
    """The sign and the name of the playground."""
    x, y, side = LEFT, BRAND - 24, 34.0
    unit = side / 32
    rounding = f"round,pad=0,rounding_size={8 * unit}"
    overlay.add_patch(FancyBboxPatch((x, y), side, side, boxstyle=rounding, facecolor=LIGHT.accent, linewidth=0))
    for middle, wide, high, alpha in (((17.5, 18), 21, 16, 0.45), ((18.5, 18.8), 10.8, 8, 0.6)):
        place = x + middle[0] * unit, y + middle[1] * unit
        overlay.add_patch(
            Ellipse(
                place, wide * unit, high * unit, angle=-24, facecolor="none", edgecolor="#ffffff", alpha=alpha,
                linewidth=1.2 * unit * PT,
            )
        )  # fmt: skip
    path = np.array([(6.5, 7.5), (13.5, 13), (10.3, 17.6), (16.5, 17), (16, 20.6), (19, 19)]) * unit + (x, y)
    overlay.plot(*path.T, color="#ffffff", linewidth=2.2 * unit * PT, solid_capstyle="round", solid_joinstyle="round")
    overlay.add_patch(
        Circle((x + 19.2 * unit, y + 18.8 * unit), 2.6 * unit, facecolor="#ffd84d", linewidth=0, zorder=3)
    )
    canvas.text(x + side + 12, y + 24, "Optimizer", LABEL, LIGHT.ink)
    after = x + side + 12 + width("Optimizer ", LABEL)
    canvas.text(after, y + 24, "Playground", LABEL, LIGHT.ink, weight="bold")
