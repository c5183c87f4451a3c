"""What the figures of all kinds of objectives are made of."""

import html
from collections.abc import Mapping
from typing import Any

import numpy as np
from plotly.graph_objects import Contour, Figure
from plotly.subplots import make_subplots

from app.core.words import say
from app.engine.records import Values
from app.experiment import Experiment
from app.exports.drawing.look import LIGHT, SLOTS, dash_of

MARGIN = 0.08
"""Room around what is shown, as a part of it."""

DEEPEST = 1e-24
"""How small a loss is shown beside the largest, where the axis is logarithmic."""


ENDINGS = {
    "converged": "pictures.ended.converged",
    "diverged": "pictures.ended.diverged",
    "step-limit": "pictures.ended.step-limit",
}


def frame(experiment: Experiment, axes: tuple[str, str]) -> Figure:
    """An empty figure: a plane with these axes on the left, curves by step on the right."""
    shown = make_subplots(rows=1, cols=2, column_widths=[0.58, 0.42], horizontal_spacing=0.09)
    shown.update_layout(
        template="plotly_white", font_family="system-ui", title=title(experiment), margin={"t": 70, "r": 30},
        legend={"orientation": "h", "y": -0.12},
    )  # fmt: skip
    shown.update_xaxes(title_text=axes[0], row=1, col=1)
    shown.update_yaxes(title_text=axes[1], row=1, col=1)
    shown.update_xaxes(title_text=say("pictures.step"), row=1, col=2)
    shown.update_yaxes(title_text=say("pictures.loss"), row=1, col=2)
    return shown


def title(experiment: Experiment) -> str:
    """What the figure is about."""
    return say("pictures.figure-title", title=experiment.objective.title, n=experiment.steps)


def ending(label: str, outcome: Mapping[str, Any]) -> str:
    """A trajectory in the legend: its label as it stands in a page, and how it ended."""
    return say(ENDINGS[outcome["kind"]], label=html.escape(label), step=outcome["step"])


def style(index: int, name: str) -> dict[str, Any]:
    """The look of the line of trajectory `index`."""
    dash = ",".join(f"{length}px" for length in dash_of(index)) or "solid"
    line = {"color": LIGHT.paths[index % SLOTS], "dash": dash, "width": 2}
    return {"mode": "lines", "name": name, "legendgroup": str(index), "line": line}


def contour(x: Values, y: Values, loss: Values, *, log: bool) -> Contour:
    """The ground: loss `(len(y), len(x))`, NaN where there is none."""
    return Contour(
        x=x, y=y, z=np.log10(loss - np.nanmin(loss) + 1e-3) if log else loss, customdata=loss,
        hovertemplate=f"%{{x:.4g}}, %{{y:.4g}}<br>{say('pictures.hover', loss='%{customdata:.4g}')}<extra></extra>",
        colorscale="Greys", reversescale=True, ncontours=24, showscale=False,
        contours={"coloring": "fill"}, line={"width": 0.4},
    )  # fmt: skip


def loss_axis(known: Values, *, log: bool) -> Mapping[str, Any]:
    """The axis that shows all of `known`, which are finite."""
    if not known.size:
        return {}
    low, high = float(known.min()), float(known.max())
    if log and high > 0:
        low = float(known[known > high * DEEPEST].min())
        return {"type": "log", "range": [np.log10(low) - 0.5, np.log10(high) + 0.5], "exponentformat": "power"}
    margin = MARGIN * (high - low or 1.0)
    return {"range": [low - margin, high + margin]}
