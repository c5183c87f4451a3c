"""The figure of a training: paths on the plane, curves of both sets, and the sentence that says what is not shown."""

from typing import Any

import numpy as np
import pytest
from plotly.graph_objects import Figure

from app.engine.run import advance
from app.exports.figure import figure, figure_html
from tests.engine.trainings import film_of, training

ROWS = [{"name": "sgd", "lr": 0.1, "label": "<b>slow</b>"}, {"name": "adam", "lr": 0.05, "label": "fast"}]


def lines(shown: Figure, *, curves: bool) -> list[Any]:
    return [trace for trace in shown.data if trace.type == "scatter" and (trace.xaxis == "x2") is curves]


def test_each_trajectory_is_a_path_and_two_curves_of_one_colour() -> None:
    experiment = training(rows=ROWS)
    shown = figure(experiment)
    values = advance(experiment, None, 31)[1].values
    paths, curves = lines(shown, curves=False), lines(shown, curves=True)
    assert [trace.name for trace in paths] == [
        "&lt;b&gt;slow&lt;/b&gt; (step-limit, step 30)",
        "fast (step-limit, step 30)",
    ]
    assert [len(trace.x) for trace in paths] == [31, 31]
    for row in range(2):
        for place, (column, dash) in enumerate((("train_loss", "solid"), ("test_loss", "dash"))):
            curve = curves[2 * row + place]
            assert np.array_equal(curve.y, values[:, row, experiment.columns.index(column)])
            assert (curve.line.dash, curve.line.color) == (dash, paths[row].line.color)


def test_mini_batches_are_drawn_where_losses_were_measured() -> None:
    experiment = training(rows=ROWS, batch_size=2)
    for curve in lines(figure(experiment), curves=True):
        assert 2 < len(curve.x) == len(curve.y) < 31
        assert (curve.x[0], curve.x[-1]) == (0, 30)
        assert np.isfinite(curve.y).all()


def test_a_line_is_drawn_by_its_slope_and_intercept_over_its_loss() -> None:
    experiment = training("linear", "line", rows=[{"name": "sgd", "lr": 0.1}])
    shown = figure(experiment)
    (path,), ground = lines(shown, curves=False), shown.data[0]
    np.testing.assert_allclose(np.stack((path.x, path.y), 1), film_of(experiment).theta[:, 0], rtol=1e-12)
    loss = advance(experiment, None, 31)[1].values[30, 0, experiment.columns.index("full_loss")]
    column, row = (
        np.abs(np.array(axis) - end).argmin() for axis, end in ((ground.x, path.x[-1]), (ground.y, path.y[-1]))
    )
    assert ground.customdata[row][column] == pytest.approx(loss, rel=0.2)
    (note,) = shown.layout.annotations
    assert note.text == "The plane holds all of the movement."
    assert shown.layout.xaxis.title.text == "layer1.weight[0, 0]"


def test_what_the_plane_does_not_show_is_said_over_it() -> None:
    (note,) = figure(training(rows=ROWS)).layout.annotations
    assert note.text.startswith("The plane holds ")
    assert "%" in note.text


def test_a_training_that_is_lost_leaves_the_others_to_be_seen() -> None:
    rows = [{"name": "sgd", "lr": 1e5, "label": "hot"}, {"name": "adam", "lr": 0.01}]
    shown = figure(training(dataset="sine", rows=rows))
    assert max(map(abs, (*shown.layout.xaxis.range, *shown.layout.yaxis.range))) < 100
    low, high = shown.layout.yaxis2.range
    assert -10 < low < high < 20


def test_the_page_is_whole_and_what_a_label_says_stays_text() -> None:
    page = figure_html(training(rows=[{"name": "adam", "lr": 0.1, "label": "</script><img src=x>"}]))
    assert "<title>Multilayer perceptron on Two moons, 30 steps</title>" in page
    assert "<img" not in page.replace("plotly", "").split("Plotly.newPlot")[1]
