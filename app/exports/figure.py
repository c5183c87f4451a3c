"""A race as one page that needs nothing else: paths on the contour, and the loss by step."""

import html
from typing import Any

import numpy as np
from plotly.graph_objects import Contour, Figure, Scatter
from plotly.subplots import make_subplots

from app.engine.field import sample
from app.engine.outcomes import outcomes
from app.engine.records import Values
from app.engine.run import advance
from app.experiment import Experiment

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5c4b8a", "#7a7a00")
DASHES = ("solid", "dash", "dot", "dashdot")
SYMBOLS = {"global": "star", "local": "star-open", "saddle": "x-thin-open"}
RESOLUTION = 160
MARGIN = 0.08
"""Room around paths that leave the window, as a part of what is shown."""

DEEPEST = 1e-24
"""How small a loss is shown beside the largest, where the axis is logarithmic."""

X, Y, LOSS = range(3)
PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body style="margin: 0; min-width: 48rem; height: 100vh">{figure}</body>
</html>
"""


def figure_html(experiment: Experiment) -> str:
    """The page with the figure of the whole run."""
    shown = figure(experiment).to_html(include_plotlyjs=True, full_html=False, config={"responsive": True})
    return PAGE.format(title=html.escape(_title(experiment)), figure=shown)


def figure(experiment: Experiment) -> Figure:
    """Paths over the contour of the surface on the left, loss curves on the right, a colour and dash for each."""
    carry, chunk = advance(experiment, None, experiment.steps + 1)
    ended, log = outcomes(experiment, carry), experiment.objective.surface.log
    field = _field(experiment, chunk.values)
    shown = make_subplots(rows=1, cols=2, column_widths=[0.58, 0.42], horizontal_spacing=0.09)
    shown.add_trace(_contour(field, log=log), row=1, col=1)
    for index, (choice, outcome) in enumerate(zip(experiment.optimizers, ended, strict=True)):
        values = chunk.values[:, index]
        values = values[~np.isnan(values[:, X])]
        style = _style(index, f"{html.escape(choice.label)} ({outcome['kind']}, step {outcome['step']})")
        shown.add_trace(Scatter(x=values[:, X], y=values[:, Y], **style), row=1, col=1)
        shown.add_trace(Scatter(y=values[:, LOSS], **style, showlegend=False), row=1, col=2)
    for marks in _marks(experiment):
        shown.add_trace(marks, row=1, col=1)
    shown.update_layout(
        template="plotly_white", font_family="system-ui", title=_title(experiment), margin={"t": 70, "r": 30},
        legend={"orientation": "h", "y": -0.12},
    )  # fmt: skip
    shown.update_xaxes(title_text="x", range=[field["x"][0], field["x"][-1]], row=1, col=1)
    shown.update_yaxes(title_text="y", range=[field["y"][0], field["y"][-1]], row=1, col=1)
    shown.update_xaxes(title_text="step", row=1, col=2)
    shown.update_yaxes(title_text="loss", **_loss_axis(chunk.values, field, log=log), row=1, col=2)
    return shown


def _title(experiment: Experiment) -> str:
    return f"{experiment.objective.surface.title}, {experiment.steps} steps"


def _style(index: int, name: str) -> dict[str, Any]:
    line = {"color": COLOURS[index % len(COLOURS)], "dash": DASHES[index // len(COLOURS) % len(DASHES)], "width": 2}
    return {"mode": "lines", "name": name, "legendgroup": str(index), "line": line}


def _marks(experiment: Experiment) -> list[Scatter]:
    """The start, and the points of the surface that are known."""
    x, y = experiment.start
    marks = [("start", [x], [y], "circle-open")]
    for kind, symbol in SYMBOLS.items():
        points = [point for point in experiment.objective.surface.points if point.kind == kind]
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


def _field(experiment: Experiment, values: Values) -> dict[str, list[Any]]:
    window = experiment.objective.surface.window
    ranges = (_range(window.x, values[:, :, X]), _range(window.y, values[:, :, Y]))
    return sample(experiment.objective, ranges, RESOLUTION)


def _contour(field: dict[str, list[Any]], *, log: bool) -> Contour:
    loss = np.array(field["z"], dtype=np.float64)
    return Contour(
        x=field["x"], y=field["y"], z=np.log10(loss - np.nanmin(loss) + 1e-3) if log else loss, customdata=loss,
        hovertemplate="x %{x:.4g}, y %{y:.4g}<br>loss %{customdata:.4g}<extra></extra>",
        colorscale="Greys", reversescale=True, ncontours=24, showscale=False,
        contours={"coloring": "fill"}, line={"width": 0.4},
    )  # fmt: skip


def _loss_axis(values: Values, field: dict[str, list[Any]], *, log: bool) -> dict[str, Any]:
    """The axis that shows the loss of every entry within the field: one that diverged would flatten all others."""
    x, y = values[:, :, X], values[:, :, Y]
    inside = (x >= field["x"][0]) & (x <= field["x"][-1]) & (y >= field["y"][0]) & (y <= field["y"][-1])
    known = values[:, :, LOSS][inside]
    if not known.size:
        return {}
    low, high = float(known.min()), float(known.max())
    if log and high > 0:
        low = float(known[known > high * DEEPEST].min())
        return {"type": "log", "range": [np.log10(low) - 0.5, np.log10(high) + 0.5], "exponentformat": "power"}
    margin = MARGIN * (high - low or 1.0)
    return {"range": [low - margin, high + margin]}


def _range(window: tuple[float, float], values: Values) -> tuple[float, float]:
    """The window, widened to hold the path where that goes no further than three windows beyond it."""
    low, high = window
    width = high - low
    inside = values[(values > low - 3 * width) & (values < high + 3 * width)]
    if not inside.size or (inside.min() >= low and inside.max() <= high):
        return window
    low, high = min(low, float(inside.min())), max(high, float(inside.max()))
    return low - MARGIN * (high - low), high + MARGIN * (high - low)
