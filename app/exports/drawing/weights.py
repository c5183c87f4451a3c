"""The weights of models at a step, as matrices."""

from typing import Any

import numpy as np
from matplotlib.axes import Axes

from app.core.words import say
from app.engine.records import Values
from app.engine.snapshot import Viewer
from app.exports.drawing.canvas import Canvas
from app.exports.drawing.insight import looks_at, panels, rgb
from app.exports.drawing.page import Box
from app.exports.drawing.scene import Race
from app.exports.drawing.words import PT, number

SCALE = "pictures.weights"
APART = 0.06
"""Between two layers, as a part of the panel's height."""


def paint_weights(canvas: Canvas, box: Box, run: Race, step: float) -> None:
    """A panel of each track with its weights, layer under layer, inputs across and outputs down."""
    viewer = Viewer(run.experiment, ("weights",), 2)
    layers = viewer.frame(0, looks_at(viewer, run, step))["weights"]
    sheets = [[_matrix(layer["values"][place], layer["shape"]) for layer in layers] for place in range(len(run.tracks))]
    largest = max(float(np.nanmax(np.abs(sheet), initial=0.0)) for row in sheets for sheet in row) or 1.0
    names = [layer["name"] for layer in layers]
    zero, below, above = (rgb(colour) for colour in (canvas.theme.zero, canvas.theme.negative, canvas.theme.positive))

    look: dict[str, Any] = {"fontsize": 10 * PT, "color": canvas.theme.ink_2}

    def paint(axes: Axes, place: int) -> None:
        axes.set_axis_off()
        rows = [max(1.0, len(sheet) ** 0.5) for sheet in sheets[place]]
        left, high = 1.0, (1.0 - APART * len(rows)) / sum(rows)
        for name, sheet, share in zip(names, sheets[place], rows, strict=True):
            part = axes.inset_axes((0.0, left - share * high, 1.0, share * high))
            left -= share * high + APART
            size = np.nan_to_num(sheet / largest)[:, :, None]
            part.imshow(zero + np.abs(size) * (np.where(size < 0, below, above) - zero), aspect="auto")
            part.set_xticks([])
            part.set_yticks([])
            for spine in part.spines.values():
                spine.set_color(canvas.theme.line)
            part.text(0, -0.02, name, transform=part.transAxes, va="top", **look)
        axes.text(
            1,
            0,
            say("pictures.largest", size=number(largest, 2)),
            transform=axes.transAxes,
            ha="right",
            va="bottom",
            **look,
        )

    panels(canvas, box, run, 0.0, paint, score="test_score", step=step)


def _matrix(values: list[float | None], shape: list[int]) -> Values:
    """The weights of a layer as a matrix, a row for each output."""
    flat = np.array(values, dtype=np.float64)
    return flat.reshape(shape[0], -1) if len(shape) > 1 else flat[None]
