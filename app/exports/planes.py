"""The figure of a training: paths on a plane through weight space, and the losses on both sets by step."""

import html
import math
import textwrap
from collections.abc import Iterator

import numpy as np
from plotly.graph_objects import Contour, Figure, Scatter

from app.core.words import say
from app.engine.outcomes import outcomes
from app.engine.picture import Laid, description, lay, measure, path_points, paths, sharpest
from app.engine.records import Values
from app.engine.run import advance
from app.engine.snapshot import model_of
from app.experiment import Experiment
from app.exports.parts import contour, ending, frame, loss_axis, style
from app.objectives.planes.choice import default_plane
from app.objectives.planes.field import field

LINE = 100
"""Characters in a line of the sentence over the plane."""

HIGHEST = 10.0
"""Curves are shown up to so many times the loss at the start: one that is lost would flatten all others."""

CURVES = {"train_loss": ("pictures.training", "solid"), "test_loss": ("pictures.test", "dash")}
"""Key and dash of each."""


def plane_figure(experiment: Experiment) -> Figure:
    """Paths on the default plane on the left, under a sentence on what it holds; on the right the mean loss on training
    samples (solid) and on test samples (dashed); a colour for each trajectory.
    """
    _, objective = model_of(experiment)
    carry, chunk = advance(experiment, None, experiment.steps + 1)
    assert chunk.film
    laid = lay(experiment, chunk.film, default_plane(objective.shapes))
    at, total = path_points(laid)
    along = measure(objective, at, 0, total, math.inf)
    told, shown = description(experiment, laid, along), frame(experiment, laid.plane.said)
    shown.add_trace(_ground(experiment, laid, log=told["log"]), row=1, col=1)
    for index, (path, outcome) in enumerate(
        zip(paths(experiment, laid, along), outcomes(experiment, carry), strict=True)
    ):
        look = style(index, ending(path["label"], outcome))
        points = np.array(path["points"]).reshape(-1, 2)
        shown.add_trace(Scatter(x=points[:, 0], y=points[:, 1], **look), row=1, col=1)
        for curve in _curves(experiment, chunk.values[:, index], index):
            shown.add_trace(curve, row=1, col=2)
    _finish(shown, laid, told["sentence"])
    shown.update_yaxes(**loss_axis(_seen(experiment, chunk.values), log=told["log"]), row=1, col=2)
    return shown


def _ground(experiment: Experiment, laid: Laid, *, log: bool) -> Contour:
    model, objective = model_of(experiment)
    x, y, loss = (part.numpy() for part in field(objective, laid.plane, laid.window, sharpest(model)))
    return contour(x, y, np.where(np.isfinite(loss), loss, math.nan), log=log)


def _curves(experiment: Experiment, values: Values, index: int) -> Iterator[Scatter]:
    """The losses of a trajectory with entries `values`, where they were measured."""
    for column, (name, dash) in CURVES.items():
        loss = values[:, experiment.column(column)]
        known = np.flatnonzero(np.isfinite(loss))
        look = style(index, say(name))
        look["line"] |= {"dash": dash}
        yield Scatter(x=known, y=loss[known], **look, showlegend=False)


def _seen(experiment: Experiment, values: Values) -> Values:
    """The losses that are shown."""
    shown = values[:, :, [experiment.column(name) for name in CURVES]]
    known: Values = shown[shown <= HIGHEST * np.nanmax(shown[0])]
    return known


def _finish(shown: Figure, laid: Laid, sentence: str) -> None:
    text = "<br>".join(html.escape(line) for line in textwrap.wrap(sentence, LINE))
    shown.add_annotation(
        text=text, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", align="left",
        showarrow=False, font_size=12, yshift=4,
    )  # fmt: skip
    shown.update_layout(margin_t=90)
    shown.update_xaxes(range=laid.window.x, row=1, col=1)
    shown.update_yaxes(range=laid.window.y, row=1, col=1)
    shown.update_yaxes(title_text=say("pictures.mean-loss"), row=1, col=2)
