"""The figure of a race: what is in it, and that one lost path does not spoil the others."""

from typing import Any

import numpy as np
import pytest
from plotly.graph_objects import Figure

from app.experiment import parse
from app.exports.figure import figure, figure_html


def draw(*optimizers: dict[str, Any], surface: str = "rosenbrock", **fields: Any) -> Figure:
    rows = list(optimizers) or [{"name": "adam", "lr": 0.1, "label": "<b>hot</b>"}]
    document = {"objective": {"kind": "surface", "name": surface}, "optimizers": rows, "steps": 50, **fields}
    return figure(parse(document))


def test_each_trajectory_is_a_path_and_a_curve_of_one_colour() -> None:
    shown = draw({"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1e-4})
    lines = [trace for trace in shown.data[1:] if trace.mode == "lines"]
    assert [len(trace.y) for trace in lines] == [51] * 4
    assert [trace.line.color for trace in lines[::2]] == [trace.line.color for trace in lines[1::2]]
    assert lines[0].line.color != lines[2].line.color
    assert lines[0].name == "Adam (step-limit, step 50)"
    assert (lines[0].x[0], lines[0].y[0]) == (-1.2, 1.0)


def test_a_path_that_is_lost_leaves_the_others_to_be_seen() -> None:
    shown = draw({"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1.0})
    assert max(np.abs(shown.layout.xaxis.range)) < 20
    assert max(np.abs(shown.layout.yaxis.range)) < 20
    low, high = shown.layout.yaxis2.range
    assert shown.layout.yaxis2.type == "log"
    assert -10 < low < high < 5


def test_the_loss_of_a_path_that_falls_without_end_is_shown_as_far_as_the_path() -> None:
    shown = draw({"name": "sgd", "lr": 0.1}, surface="saddle", steps=200)
    low, high = shown.layout.yaxis2.range
    assert -1000 < low < -1
    assert 1 <= high < 100


@pytest.mark.parametrize("start", [[1, 1], [1e5, 1e5]])
def test_a_start_at_the_minimum_or_far_away_is_drawn(start: list[float]) -> None:
    with np.errstate(all="raise"):
        assert draw(start=start).data


def test_the_known_points_and_the_start_are_marked() -> None:
    marks = {
        trace.name: list(zip(trace.x, trace.y, strict=True)) for trace in draw().data[1:] if trace.mode == "markers"
    }
    assert marks == {"start": [(-1.2, 1.0)], "global minimum": [(1.0, 1.0)]}


def test_the_page_is_whole_and_what_a_label_says_stays_text() -> None:
    page = figure_html(parse({
        "objective": {"kind": "surface", "name": "rosenbrock"},
        "optimizers": [{"name": "adam", "lr": 0.1, "label": "</script><img src=x>"}],
    }))  # fmt: skip
    assert page.startswith("<!doctype html>")
    assert "<title>Rosenbrock, 300 steps</title>" in page
    assert "<img" not in page.replace("plotly", "").split("Plotly.newPlot")[1]


def test_a_title_stands_over_it_as_text() -> None:
    document = {"objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": [{"name": "adam", "lr": 0.1}]}
    page = figure_html(parse(document), "a < b & <i>c</i>")
    assert "<title>a &lt; b &amp; &lt;i&gt;c&lt;/i&gt;</title>" in page
    assert "<i>c" not in page.split("Plotly.newPlot")[-1]
