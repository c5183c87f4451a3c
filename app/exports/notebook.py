"""The script of an experiment as a Jupyter notebook: the same statements in cells, with text, formulas and a figure."""

import json
from typing import Any

from app.core.words import say
from app.experiment import Experiment
from app.exports.script import sections
from app.exports.scripts.surface import ground_code
from app.exports.scripts.text import Section, inside
from app.objectives.surfaces.choice import SurfaceChoice

FORMAT, MINOR = 4, 5
"""The version of nbformat that it is written in."""

MODEL_FIGURE = """\
import html

import plotly.graph_objects as go

figure = go.Figure()
for label, path in trajectories.items():
    figure.add_scatter(y=[loss for _, loss in path], name=html.escape(label))
figure.update_layout(xaxis_title="{step}", yaxis_title="{loss}", yaxis_type="log", template="plotly_white")
figure"""

LOG = "ground = torch.log10(ground - ground.min() + 1e-3)\n"

SURFACE_FIGURE = """\
import html

import plotly.graph_objects as go
from plotly.colors import qualitative
from plotly.subplots import make_subplots

x = torch.linspace({low_x!r}, {high_x!r}, 120, dtype=torch.float64)
y = torch.linspace({low_y!r}, {high_y!r}, 120, dtype=torch.float64)
ground = {ground}
{log}figure = make_subplots(rows=1, cols=2, subplot_titles=("{paths}", "{loss}"))
figure.add_contour(
    x=x.tolist(), y=y.tolist(), z=ground.tolist(), colorscale="Greys", reversescale=True, showscale=False, row=1, col=1
)
for number, (label, path) in enumerate(trajectories.items()):
    colour = qualitative.Dark24[number % 24]
    look = dict(name=html.escape(label), legendgroup=str(number), line_color=colour, mode="lines")
    figure.add_scatter(x=[x for x, y, loss in path], y=[y for x, y, loss in path], **look, row=1, col=1)
    figure.add_scatter(y=[loss for x, y, loss in path], **look, showlegend=False, row=1, col=2)
figure.update_xaxes(range=[{low_x!r}, {high_x!r}], row=1, col=1)
figure.update_yaxes(range=[{low_y!r}, {high_y!r}], row=1, col=1)
figure.update_yaxes(type={scale!r}, row=1, col=2)
figure.update_layout(template="plotly_white")
figure"""


def notebook(experiment: Experiment) -> str:
    """The notebook, JSON of nbformat 4.5; it has not been executed. The experiment stands in its metadata."""
    words = say("scripts.notebook.introduction", title=experiment.objective.title, n=experiment.steps)
    cells = [_cell("text-0", "markdown", words)]
    for number, section in enumerate([*sections(experiment), _figure(experiment)], 1):
        cells += [_cell(f"text-{number}", "markdown", _words(section)), _cell(f"code-{number}", "code", section.code)]
    document = {
        "cells": cells,
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "optimizer_playground": {"experiment": experiment.canonical()},
        },
        "nbformat": FORMAT,
        "nbformat_minor": MINOR,
    }
    return json.dumps(document, indent=1, allow_nan=False) + "\n"


def _words(section: Section) -> str:
    return "\n\n".join([f"## {section.title}", section.words, *(f"$$\n{line}\n$$" for line in section.formulas)])


def _cell(name: str, kind: str, text: str) -> dict[str, Any]:
    cell: dict[str, Any] = {"id": name, "cell_type": kind, "metadata": {}, "source": text}
    return cell | {"execution_count": None, "outputs": []} if kind == "code" else cell


def _figure(experiment: Experiment) -> Section:
    choice = experiment.objective
    if not isinstance(choice, SurfaceChoice):
        code = MODEL_FIGURE.format(step=inside(say("scripts.figure.step")), loss=inside(say("scripts.figure.loss")))
        return Section(say("scripts.figure.title"), say("scripts.figure.model"), code)
    window, ground = choice.surface.window, ground_code(experiment, choice)
    code = SURFACE_FIGURE.format(
        low_x=window.x[0], high_x=window.x[1], low_y=window.y[0], high_y=window.y[1],
        ground=ground, log=LOG if choice.surface.log else "",
        scale="log" if choice.surface.log else "linear",
        paths=inside(say("scripts.figure.paths")), loss=inside(say("scripts.figure.loss")),
    )  # fmt: skip
    return Section(say("scripts.figure.title"), say("scripts.figure.surface"), code)
