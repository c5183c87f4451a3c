"""A race as one page that needs nothing else: paths on the ground that they descend, and the loss by step."""

import html

from plotly.graph_objects import Figure

from app.core.words import spoken
from app.experiment import Experiment
from app.exports.fields import field_figure
from app.exports.parts import title
from app.exports.planes import plane_figure

PAGE = """<!doctype html>
<html lang="{language}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{title}</title></head>
<body style="margin: 0; min-width: 48rem; height: 100vh">{figure}</body>
</html>
"""


def figure_html(experiment: Experiment, name: str = "") -> str:
    """The page with the figure of the whole run. name: its title; empty for what it is about."""
    heading = html.escape(name or title(experiment))
    shown = figure(experiment).update_layout(title=heading)
    drawn = shown.to_html(include_plotlyjs=True, full_html=False, div_id="figure", config={"responsive": True})
    return PAGE.format(language=spoken(), title=heading, figure=drawn)


def figure(experiment: Experiment) -> Figure:
    """The figure of the whole run."""
    return field_figure(experiment) if experiment.objective.axes else plane_figure(experiment)
