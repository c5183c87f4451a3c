"""What models have learned at a step: borders between classes, curves through data, and what is taken for what."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text

from app.core.problems import FieldError, invalid
from app.core.words import message, say
from app.engine.snapshot import Looks, Viewer, model_of, window
from app.exports.drawing.canvas import Canvas, dashes, marker, per_px
from app.exports.drawing.look import CLASS_SHAPES, SLOTS, Theme, dash_of
from app.exports.drawing.page import Box
from app.exports.drawing.scene import Race, Track
from app.exports.drawing.words import PT, fitted, number
from app.objectives.datasets.base import Data, split
from app.objectives.surfaces.base import Window

RESOLUTION = 160
STRENGTH = 0.5
"""Of a class's own colour where a model is certain."""

NOTE = "pictures.samples"

HEAD, GAP = 24.0, 14.0
"""Of a panel: the height of its words, and what is free beside it, px."""

Paint = Callable[[Axes, int], None]


def paint_data(canvas: Canvas, box: Box, run: Race, step: float) -> None:
    """A panel of each track with the data and what its model makes of the plane around them; of data that no plane
    holds, what is taken for what.
    """
    choice, _ = model_of(run.experiment)
    data = choice.data()
    shown = window(data)
    if shown is None:
        paint_confusion(canvas, box, run, step)
        return
    viewer = Viewer(run.experiment, ("grid",), RESOLUTION)
    frame = viewer.frame(0, looks_at(viewer, run, step))

    def paint(axes: Axes, place: int) -> None:
        paint_samples(axes, data, shown, choice.test_fraction, canvas.theme)
        paint_model(axes, frame, place, run.tracks[place], classes=data.classes, theme=canvas.theme)

    panels(canvas, box, run, ratio_of(data, shown), paint, score=score_of(data), step=step)


def ratio_of(data: Data, shown: Window) -> float:
    """Of the height to the width of a panel that shows data in this window; 0 for any."""
    return (shown.y[1] - shown.y[0]) / (shown.x[1] - shown.x[0]) if data.shape == (2,) else 0.0


def score_of(data: Data) -> str:
    """What of a track stands over its panel with data."""
    return "test_score" if data.classes else "test_loss"


def paint_model(
    axes: Axes, frame: dict[str, Any], place: int, track: Track, *, classes: int, theme: Theme
) -> list[Artist]:
    """What the model of a track, the one at `place` in a Viewer's `frame`, says of the data: all that is drawn."""
    if frame["grid"]:
        return _paint_sheet(axes, frame["grid"], place, classes, theme)
    return _paint_fit(axes, frame["curve"], place, track.slot, theme)


def paint_confusion(canvas: Canvas, box: Box, run: Race, step: float) -> None:
    """A panel of each track: how many test samples of a class (down) were taken for a class (across)."""
    choice, _ = model_of(run.experiment)
    labels = tuple(str(label) for label in choice.data().labels)
    if not labels:
        raise invalid([FieldError(("options", "show"), message("problems.picture.classes"))])
    viewer = Viewer(run.experiment, ("confusion",), 2)
    counts = viewer.frame(0, looks_at(viewer, run, step))["confusion"]["test"]

    def paint(axes: Axes, place: int) -> None:
        _paint_matrix(axes, np.array(counts[place]), labels, canvas.theme)

    panels(canvas, box, run, 1.0, paint, score="test_score", step=step)


def looks_at(viewer: Viewer, run: Race, step: float) -> Looks:
    """What the models of the tracks say where they are at `step`."""
    assert run.film
    places = [place for place, entry in enumerate(run.film.entries) if entry <= step]
    theta = run.film.theta[places][:, list(run.rows)]
    last = theta[:, :, 0].isfinite().sum(0).sub(1).clamp(min=0)
    rows = theta[last, range(len(run.rows))]
    looks: Looks = []
    while len(looks) < len(rows):
        looks += viewer.look(rows[len(looks) : len(looks) + viewer.together()])
    return looks


def panels(canvas: Canvas, box: Box, run: Race, ratio: float, paint: Paint, *, score: str, step: float) -> list[Text]:
    """Equal panels that fill the box well, and what stands over each of them of its `score`; ratio: of their height to
    their width, 0 for any.
    """
    count, written = len(run.tracks), list[Text]()
    columns = max(range(1, count + 1), key=lambda some: _area(box, count, some, ratio))
    wide, high = _side(box, count, columns, ratio)
    rows = math.ceil(count / columns)
    left = box.left + (box.width - columns * wide - (columns - 1) * GAP) / 2
    top = box.top + (box.height - rows * (high + HEAD) - (rows - 1) * GAP) / 2
    for place, track in enumerate(run.tracks):
        x = left + (place % columns) * (wide + GAP)
        y = top + (place // columns) * (high + HEAD + GAP) + HEAD
        axes = canvas.axes(x, y, wide, high)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_facecolor(canvas.theme.panel)
        for spine in axes.spines.values():
            spine.set_color(canvas.theme.line)
        paint(axes, place)
        colour = canvas.theme.paths[track.slot % SLOTS]
        told = told_of(run, place, score, step)
        canvas.text(x, y - 8, fitted(track.label, 13, wide - 110), 13, colour, weight="bold")
        written.append(canvas.text(x + wide, y - 8, told, 11, canvas.theme.ink_2, ha="right"))
    return written


def _side(box: Box, count: int, columns: int, ratio: float) -> tuple[float, float]:
    rows = math.ceil(count / columns)
    wide = max(1.0, (box.width - (columns - 1) * GAP) / columns)
    high = max(1.0, (box.height - (rows - 1) * GAP) / rows - HEAD)
    if ratio:
        wide = min(wide, high / ratio)
        high = wide * ratio
    return wide, high


def _area(box: Box, count: int, columns: int, ratio: float) -> float:
    wide, high = _side(box, count, columns, ratio)
    return min(wide, 2 * high) * min(high, 2 * wide)


def told_of(run: Race, place: int, score: str, step: float) -> str:
    """What is known at `step` of the `score` of a track, in words."""
    values = run.tracks[place].values[: int(step) + 1, run.column(score)]
    known = values[np.isfinite(values)]
    if not len(known):
        return ""
    if score == "test_score":
        return say("pictures.test-score", share=f"{100 * known[-1]:.1f}")
    return say("pictures.test-loss", loss=number(known[-1], 3))


def _paint_sheet(axes: Axes, grid: dict[str, Any], place: int, classes: int, theme: Theme) -> list[Artist]:
    """The plane in the hues of the classes, stronger where the model is surer, and the borders between them."""
    side = grid["rows"], grid["columns"]
    level = np.array(grid["levels"][place], dtype=float).reshape(side) / 255
    base, own = rgb(theme.base), np.array([rgb(colour) for colour in theme.classes])
    if "classes" in grid:
        best = np.array(grid["classes"][place]).reshape(side)
        sure = np.clip((level - 1 / classes) / (1 - 1 / classes), 0, 1)
    else:
        best, sure = (level > 0.5).astype(int), np.abs(2 * level - 1)
    colours = base + (STRENGTH * np.nan_to_num(sure))[:, :, None] * (own[best % SLOTS] - base)
    ends = (*grid["x"], *grid["y"])
    image = axes.imshow(colours, extent=ends, origin="lower", aspect="auto", interpolation="bilinear", zorder=1)
    x, y = (np.linspace(ends[0], ends[1], side[1]), np.linspace(ends[2], ends[3], side[0]))
    borders = [level - 0.5] if "classes" not in grid else [(best == one) - 0.5 for one in range(classes)]
    return [image] + [
        axes.contour(x, y, border, [0.0], colors=[theme.ink], linewidths=1.2 * PT, zorder=2)
        for border in borders
        if np.nanmin(border) < 0 < np.nanmax(border)
    ]


def rgb(colour: str) -> Any:
    return np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def paint_samples(axes: Axes, data: Data, shown: Window, test_fraction: float, theme: Theme) -> None:
    """The samples in this window: filled to train, hollow to test."""
    axes.set_xlim(*shown.x)
    axes.set_ylim(*shown.y)
    parts, box = split(data, test_fraction), axes.get_window_extent()
    scale = per_px(axes)
    radius = max(1.5, min(4.0, 0.17 * math.sqrt(box.width * box.height / scale**2 / max(1, data.size))))
    for samples, test in ((parts.train, False), (parts.test, True)):
        inputs, targets = samples.inputs.numpy(), samples.targets.numpy()
        for kind in range(max(1, data.classes)):
            own = targets == kind if data.classes else np.ones(len(targets), dtype=bool)
            x, y = (inputs[own, 0], inputs[own, 1] if inputs.shape[1] > 1 else targets[own])
            colour = theme.classes[kind % SLOTS] if data.classes else theme.ink_2
            look = marker(CLASS_SHAPES[kind % SLOTS], radius)
            face, edge = (theme.panel, colour) if test else (colour, theme.halo)
            axes.plot(x, y, **look, markerfacecolor=face, markeredgecolor=edge, markeredgewidth=PT, zorder=3)


def _paint_fit(axes: Axes, curve: dict[str, Any], place: int, slot: int, theme: Theme) -> list[Artist]:
    x, y = np.array(curve["x"]), np.array(curve["y"][place], dtype=float)
    low, high = axes.get_ylim()
    y = np.clip(y, low - 10 * (high - low), high + 10 * (high - low))
    light = axes.plot(x, y, color=theme.halo, linewidth=5 * PT, zorder=4)
    colour = theme.paths[slot % SLOTS]
    line = axes.plot(x, y, color=colour, linewidth=2.25 * PT, linestyle=dashes(dash_of(slot)), zorder=5)
    return [*light, *line]


def _paint_matrix(axes: Axes, counts: Any, labels: tuple[str, ...], theme: Theme) -> None:
    share = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    zero, right, wrong = (rgb(colour) for colour in (theme.zero, theme.positive, theme.negative))
    hue = np.where(np.eye(len(labels), dtype=bool)[:, :, None], right, wrong)
    axes.set_xticks(range(len(labels)), labels, fontsize=10 * PT, color=theme.ink_2)
    axes.tick_params(length=0, pad=1)
    axes.imshow(zero + share[:, :, None] * (hue - zero), aspect="auto", interpolation="nearest")
    scale = per_px(axes)
    size = min(12.0, axes.get_window_extent().width / scale / len(labels) * 0.4)
    for row, column in zip(*np.nonzero(counts), strict=True):
        colour = theme.panel if share[row, column] > 0.55 else theme.ink
        words = str(counts[row, column])
        axes.text(column, row, words, fontsize=size * PT, color=colour, ha="center", va="center")
