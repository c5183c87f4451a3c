"""The figure of a race on its own field: paths on its contour, and the loss by step."""

from collections.abc import Sequence

import numpy as np
from plotly.graph_objects import Figure, Scatter

from app.core.words import say
from app.engine.field import sample
from app.engine.outcomes import outcomes
from app.engine.records import Values
from app.engine.run import advance
from app.experiment import Experiment
from app.exports.drawing.flat import MARKS
from app.exports.parts import MARGIN, contour, ending, frame, loss_axis, style
from app.objectives.surfaces.base import Point, Window

SYMBOLS = {"global": "star", "local": "star-open", "saddle": "x-thin-open"}
RESOLUTION = 160


def field_figure(experiment: Experiment) -> Figure:
    """Paths over the contour of the field on the left, loss curves on the right, a colour and dash for each."""
    profile = experiment.objective.profile()
    field = profile.field
    assert field
    carry, chunk = advance(experiment, None, experiment.steps + 1)
    x, y, losses = (chunk.values[:, :, experiment.column(name)] for name in (*field.axes, profile.loss))
    ended, shown, window = outcomes(experiment, carry), frame(experiment, field.axes), _window(field.window, x, y)
    grid = (np.array(part, dtype=np.float64) for part in sample(experiment, window, RESOLUTION).values())
    shown.add_trace(contour(*grid, log=field.log), row=1, col=1)
    for index, (optimizer, outcome) in enumerate(zip(experiment.optimizers, ended, strict=True)):
        known = ~np.isnan(losses[:, index])
        look = style(index, ending(optimizer.label, outcome))
        shown.add_trace(Scatter(x=x[known, index], y=y[known, index], **look), row=1, col=1)
        shown.add_trace(Scatter(y=losses[known, index], **look, showlegend=False), row=1, col=2)
    for marks in _marks(field.points, experiment.begin().tolist()):
        shown.add_trace(marks, row=1, col=1)
    shown.update_xaxes(range=window.x, row=1, col=1)
    shown.update_yaxes(range=window.y, row=1, col=1)
    # What diverged would flatten all others.
    inside = (x >= window.x[0]) & (x <= window.x[1]) & (y >= window.y[0]) & (y <= window.y[1])
    shown.update_yaxes(**loss_axis(losses[inside], log=field.log), row=1, col=2)
    return shown


def _marks(known: Sequence[Point], start: list[float]) -> list[Scatter]:
    """The start, and the points that are known."""
    marks = [(say("pictures.start"), start[:1], start[1:], "circle-open")]
    for kind, symbol in SYMBOLS.items():
        points = [point for point in known if point.kind == kind]
        if points:
            marks.append((say(MARKS[kind]), [point.x for point in points], [point.y for point in points], symbol))
    return [
        Scatter(
            x=x, y=y, name=name, mode="markers", showlegend=False,
            marker={"symbol": symbol, "size": 11, "color": "#111", "line": {"width": 1.5}},
        )
        for name, x, y, symbol in marks
    ]  # fmt: skip


def _window(usual: Window, x: Values, y: Values) -> Window:
    return Window(_range(usual.x, x), _range(usual.y, y))


def _range(window: tuple[float, float], values: Values) -> tuple[float, float]:
    """The window, widened to hold the path where that goes no further than three windows beyond it."""
    low, high = window
    width = high - low
    inside = values[(values > low - 3 * width) & (values < high + 3 * width)]
    if not inside.size or (inside.min() >= low and inside.max() <= high):
        return window
    low, high = min(low, float(inside.min())), max(high, float(inside.max()))
    return low - MARGIN * (high - low), high + MARGIN * (high - low)
