"""A race as one page that needs nothing else: paths on the contour, and the loss by step."""

import html

import numpy as np
from plotly.graph_objects import Contour, Figure, Scatter
from plotly.subplots import make_subplots

from app.engine.field import sample
from app.engine.records import COLUMNS, Values
from app.engine.run import advance
from app.experiment import Experiment

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#5c4b8a", "#7a7a00")
DASHES = ("solid", "dash", "dot", "dashdot")
RESOLUTION = 160
MARGIN = 0.08
"""Room around paths that leave the window, as a part of what is shown."""

X, Y, LOSS = (COLUMNS.index(name) for name in ("x", "y", "loss"))


def figure_html(experiment: Experiment) -> str:
    """The page with the figure of the whole run."""
    page: str = figure(experiment).to_html(include_plotlyjs=True, full_html=True, config={"responsive": True})
    return page


def figure(experiment: Experiment) -> Figure:
    """Paths over the contour of the surface on the left, loss curves on the right, a colour and dash for each."""
    _, chunk = advance(experiment, None, experiment.steps + 1)
    shown = make_subplots(
        rows=1, cols=2, column_widths=[0.6, 0.4], subplot_titles=(experiment.objective.surface.title, "loss")
    )
    shown.add_trace(_contour(experiment, chunk.values), row=1, col=1)
    for index, choice in enumerate(experiment.optimizers):
        values = chunk.values[:, index]
        values = values[~np.isnan(values[:, X])]
        style = _style(index, html.escape(choice.label))
        shown.add_trace(Scatter(x=values[:, X], y=values[:, Y], mode="lines", **style), row=1, col=1)
        shown.add_trace(Scatter(y=values[:, LOSS], mode="lines", **{**style, "showlegend": False}), row=1, col=2)
    shown.update_layout(template="plotly_white", legend={"orientation": "h", "y": -0.12}, font={"family": "system-ui"})
    shown.update_xaxes(title_text="x", row=1, col=1)
    shown.update_yaxes(title_text="y", row=1, col=1)
    shown.update_xaxes(title_text="step", row=1, col=2)
    shown.update_yaxes(type="log" if experiment.objective.surface.log else "linear", row=1, col=2)
    return shown


def _style(index: int, label: str) -> dict[str, object]:
    line = {"color": COLOURS[index % len(COLOURS)], "dash": DASHES[index // len(COLOURS) % len(DASHES)], "width": 2}
    return {"name": label, "legendgroup": str(index), "line": line}


def _contour(experiment: Experiment, values: Values) -> Contour:
    window = experiment.objective.surface.window
    ranges = (_range(window.x, values[:, :, X]), _range(window.y, values[:, :, Y]))
    field = sample(experiment.objective, ranges, RESOLUTION)
    z = np.array(field["z"], dtype=np.float64)
    title = "loss"
    if experiment.objective.surface.log:
        z, title = np.log10(z - np.nanmin(z) + 1e-3), "log10 of loss above the lowest"
    return Contour(
        x=field["x"], y=field["y"], z=z, colorscale="Greys", reversescale=True, ncontours=24,
        contours={"coloring": "fill"}, line={"width": 0.4},
        colorbar={"title": {"text": title, "side": "right"}, "x": 0.56},
    )  # fmt: skip


def _range(window: tuple[float, float], values: Values) -> tuple[float, float]:
    """The window, widened to hold the path where that goes no further than three windows beyond it."""
    low, high = window
    width = high - low
    inside = values[(values > low - 3 * width) & (values < high + 3 * width)]
    if not inside.size or (inside.min() >= low and inside.max() <= high):
        return window
    low, high = min(low, float(inside.min())), max(high, float(inside.max()))
    return low - MARGIN * (high - low), high + MARGIN * (high - low)
