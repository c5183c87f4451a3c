"""The figure of a race on a surface: paths on its contour, and the loss by step."""

import html

import numpy as np
from plotly.graph_objects import Figure, Scatter

from app.engine.field import sample
from app.engine.outcomes import outcomes
from app.engine.records import Values
from app.engine.run import advance
from app.experiment import Experiment
from app.exports.parts import MARGIN, contour, frame, loss_axis, style
from app.objectives.surfaces.base import Window
from app.objectives.surfaces.choice import SurfaceChoice

SYMBOLS = {"global": "star", "local": "star-open", "saddle": "x-thin-open"}
RESOLUTION = 160
X, Y, LOSS = 0, 1, 2
"""Where they stand among the columns of an entry."""


def surface_figure(experiment: Experiment) -> Figure:
    """Paths over the contour of the surface on the left, loss curves on the right, a colour and dash for each."""
    choice = experiment.objective
    assert isinstance(choice, SurfaceChoice)
    carry, chunk = advance(experiment, None, experiment.steps + 1)
    ended, shown, window = outcomes(experiment, carry), frame(experiment, ("x", "y")), _window(choice, chunk.values)
    field = {name: np.array(values, dtype=np.float64) for name, values in sample(choice, window, RESOLUTION).items()}
    shown.add_trace(contour(field["x"], field["y"], field["z"], log=choice.surface.log), row=1, col=1)
    for index, (optimizer, outcome) in enumerate(zip(experiment.optimizers, ended, strict=True)):
        values = chunk.values[:, index]
        values = values[~np.isnan(values[:, LOSS])]
        look = style(index, f"{html.escape(optimizer.label)} ({outcome['kind']}, step {outcome['step']})")
        shown.add_trace(Scatter(x=values[:, X], y=values[:, Y], **look), row=1, col=1)
        shown.add_trace(Scatter(y=values[:, LOSS], **look, showlegend=False), row=1, col=2)
    for marks in _marks(choice, experiment.begin().tolist()):
        shown.add_trace(marks, row=1, col=1)
    shown.update_xaxes(range=window.x, row=1, col=1)
    shown.update_yaxes(range=window.y, row=1, col=1)
    shown.update_yaxes(**loss_axis(_seen(chunk.values, window), log=choice.surface.log), row=1, col=2)
    return shown


def _marks(choice: SurfaceChoice, start: list[float]) -> list[Scatter]:
    """The start, and the points of the surface that are known."""
    marks = [("start", start[:1], start[1:], "circle-open")]
    for kind, symbol in SYMBOLS.items():
        points = [point for point in choice.surface.points if point.kind == kind]
        if points:
            name = "saddle" if kind == "saddle" else f"{kind} minimum"
            marks.append((name, [point.x for point in points], [point.y for point in points], symbol))
    return [
        Scatter(
            x=x, y=y, name=name, mode="markers", showlegend=False,
            marker={"symbol": symbol, "size": 11, "color": "#111", "line": {"width": 1.5}},
        )
        for name, x, y, symbol in marks
    ]  # fmt: skip


def _seen(values: Values, window: Window) -> Values:
    """The loss of every entry within the window: one that diverged would flatten all others."""
    x, y = values[:, :, X], values[:, :, Y]
    inside = (x >= window.x[0]) & (x <= window.x[1]) & (y >= window.y[0]) & (y <= window.y[1])
    known: Values = values[:, :, LOSS][inside]
    return known


def _window(choice: SurfaceChoice, values: Values) -> Window:
    shown = choice.surface.window
    return Window(_range(shown.x, values[:, :, X]), _range(shown.y, values[:, :, Y]))


def _range(window: tuple[float, float], values: Values) -> tuple[float, float]:
    """The window, widened to hold the path where that goes no further than three windows beyond it."""
    low, high = window
    width = high - low
    inside = values[(values > low - 3 * width) & (values < high + 3 * width)]
    if not inside.size or (inside.min() >= low and inside.max() <= high):
        return window
    low, high = min(low, float(inside.min())), max(high, float(inside.max()))
    return low - MARGIN * (high - low), high + MARGIN * (high - low)
