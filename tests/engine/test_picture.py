"""The picture of a run on a plane: against torch's own modules, by definition, and where a run goes astray."""

import math
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from app.core.problems import Problem
from app.engine import picture
from app.engine.picture import Laid, description, field_points, figures, lay, measure, path_points, paths
from app.engine.records import Film
from app.engine.snapshot import model_of
from app.experiment import Experiment
from app.objectives.planes.choice import default_plane
from app.objectives.planes.kinds import RANDOM, THREE_POINTS
from app.objectives.surfaces.base import Window
from tests.engine.trainings import film_of, training
from tests.objectives.twins import Twin
from tests.objectives.weights import chosen


def picture_of(experiment: Experiment, kind: Any = None) -> Laid:
    _, objective = model_of(experiment)
    plane = chosen(kind) if kind else default_plane(objective.shapes)
    return lay(experiment, film_of(experiment), plane)


def along(experiment: Experiment, laid: Laid) -> np.ndarray:
    """All losses along the paths."""
    at, total = path_points(laid)
    return measure(model_of(experiment)[1], at, 0, total, math.inf)


def true_loss(experiment: Experiment, theta: Tensor) -> float:
    return float(Twin(model_of(experiment)[0]).set(theta).loss().detach())


@pytest.mark.parametrize("kind", [None, RANDOM, THREE_POINTS])
def test_points_are_where_the_weights_are_nearest(kind: Any) -> None:
    experiment = training()
    laid, film = picture_of(experiment, kind), film_of(experiment)
    assert laid.entries == tuple(range(31))
    found = paths(experiment, laid, along(experiment, laid))
    for row, path in enumerate(found):
        assert path["label"] == experiment.optimizers[row].label
        for step in (0, 7, 30):
            away = (
                film.theta[step, row] - laid.plane.point(torch.tensor([path["points"][step]], dtype=torch.float64))[0]
            )
            assert float(away.norm()) == pytest.approx(path["distance"][step], abs=1e-12)
            assert float((laid.plane.directions @ away).abs().max()) < 1e-9


def test_losses_along_the_paths_are_those_of_a_plain_module() -> None:
    experiment = training()
    laid, film = picture_of(experiment), film_of(experiment)
    for row, path in enumerate(paths(experiment, laid, along(experiment, laid))):
        for step in (0, 11, 30):
            assert path["loss"][step] == pytest.approx(true_loss(experiment, film.theta[step, row]), rel=1e-9)
            near = laid.plane.point(torch.tensor([path["points"][step]], dtype=torch.float64))[0]
            assert path["shown"][step] == pytest.approx(true_loss(experiment, near), rel=1e-9)


def test_a_model_of_two_weights_is_drawn_as_it_is() -> None:
    experiment = training("linear", "line")
    laid, film = picture_of(experiment), film_of(experiment)
    losses = along(experiment, laid)
    told = description(experiment, laid, losses)
    assert (told["exact"], told["share"], told["plane"]["name"]) == (True, 1.0, "two-weights")
    assert told["axes"] == ["layer1.weight[0, 0]", "layer1.bias[0]"]
    assert told["sentence"] == "The plane holds all of the movement."
    for row, path in enumerate(paths(experiment, laid, losses)):
        np.testing.assert_allclose(path["points"], film.theta[:, row].numpy(), rtol=1e-12)
        assert path["distance"] == [0.0] * 31
        assert path["shown"] == pytest.approx(path["loss"], rel=1e-12)


@pytest.mark.parametrize(("dtype", "digits"), [(torch.float64, 1e-9), (torch.float32, 1e-5)])
def test_a_field_has_the_loss_of_a_plain_module_row_by_row_from_the_lowest_y(dtype: torch.dtype, digits: float) -> None:
    experiment = training()
    laid = picture_of(experiment)
    at, total = field_points(laid.plane, Window((-1.0, 1.0), (0.0, 4.0)), 3, dtype)
    found = measure(model_of(experiment)[1], at, 0, total, math.inf).reshape(3, 3)
    for j, y in enumerate((0.0, 2.0, 4.0)):
        for i, x in enumerate((-1.0, 0.0, 1.0)):
            theta = laid.plane.point(torch.tensor([[x, y]], dtype=torch.float64))[0]
            assert found[j, i] == pytest.approx(true_loss(experiment, theta), rel=digits)


def test_pieces_that_are_cut_by_the_clock_are_the_whole() -> None:
    experiment = training()
    laid = picture_of(experiment)
    _, objective = model_of(experiment)
    for at, total in (path_points(laid), field_points(laid.plane, laid.window, 20, torch.float64)):
        whole, parts = measure(objective, at, 0, total, math.inf), list[np.ndarray]()
        while sum(map(len, parts)) < total:
            parts.append(measure(objective, at, sum(map(len, parts)), total, 0.0))
            assert 0 < len(parts[-1]) < total
        np.testing.assert_allclose(np.concatenate(parts), whole, rtol=1e-12)


def test_the_window_shows_all_paths() -> None:
    laid = picture_of(training())
    x, y = laid.coordinates.unbind(2)
    assert laid.window.x[0] < x.min() < x.max() < laid.window.x[1]
    assert laid.window.y[0] < y.min() < y.max() < laid.window.y[1]


HOT = {"name": "sgd", "lr": 1e3, "label": "hot"}


@pytest.mark.parametrize("rows", [[HOT, {"name": "adam", "lr": 0.01}], [HOT]])
def test_a_trajectory_that_is_lost_does_not_shape_the_picture(rows: list[dict[str, Any]]) -> None:
    experiment = training(dataset="sine", rows=rows)
    laid, film = picture_of(experiment), film_of(experiment)
    assert film.theta[:, 0].nan_to_num(0).abs().max() > 1e8
    assert laid.window.x[1] - laid.window.x[0] < 2000
    if len(rows) > 1:
        alone = picture_of(training(dataset="sine", rows=rows[1:]))
        corners = torch.eye(2, dtype=torch.float64)
        torch.testing.assert_close(laid.plane.point(corners), alone.plane.point(corners), rtol=1e-9, atol=1e-9)
        assert laid.share == pytest.approx(alone.share)
        assert description(experiment, laid, along(experiment, laid))["share"] == laid.share


def test_a_trajectory_that_converged_shapes_the_picture() -> None:
    rows = [{"name": "sgd", "lr": 0.5}, {"name": "sgd", "lr": 0.01}]
    experiment = training("linear", "line", rows=rows, steps=400)
    laid = picture_of(experiment)
    x = laid.coordinates[:, 0, 0]
    assert not x[-1].isfinite()
    assert laid.window.x[0] < x[x.isfinite()].min() < x[x.isfinite()].max() < laid.window.x[1]
    path = paths(experiment, laid, along(experiment, laid))[0]
    assert len(path["points"]) == len(path["loss"]) == len(path["distance"]) == int(x.isfinite().sum()) < 401


def test_where_nothing_is_finite_there_is_no_picture() -> None:
    experiment = training()
    film = film_of(experiment)
    nothing = Film(film.entries, torch.full_like(film.theta, math.nan))
    with pytest.raises(Problem) as caught:
        lay(experiment, nothing, default_plane(model_of(experiment)[1].shapes))
    assert caught.value.kind == "no-picture"


def test_of_many_points_every_kth_is_shown_and_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = training()
    whole = picture_of(experiment)
    monkeypatch.setattr(picture, "MOST_POINTS", 14)
    laid = picture_of(experiment)
    assert laid.entries == (0, 5, 10, 15, 20, 25, 30)
    assert laid.share == whole.share
    assert torch.equal(laid.plane.origin, whole.plane.origin)
    assert torch.equal(laid.coordinates, whole.coordinates[::5])
    told = description(experiment, laid, along(experiment, laid))
    assert told["entries"] == [0, 5, 10, 15, 20, 25, 30]


def test_what_is_too_dear_is_measured_at_some_entries_and_at_the_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"name": "sgd", "lr": 0.1}, {"name": "sgd", "lr": 1e5}]
    experiment = training(dataset="sine", rows=rows)
    whole = paths(experiment, laid := picture_of(experiment), along(experiment, laid))
    monkeypatch.setattr(picture, "PATHS_PRICE", 0.0)
    some = paths(experiment, laid := picture_of(experiment), along(experiment, laid))
    for all_of_them, found in zip(whole, some, strict=True):
        assert found["points"] == all_of_them["points"]
        known = [place for place, loss in enumerate(found["loss"]) if loss is not None]
        assert known == [0, len(found["loss"]) - 1]
        assert [found["shown"][place] for place in known] == pytest.approx([all_of_them["shown"][p] for p in known])


def test_the_sentence_tells_the_entry_and_speaks_of_what_is_in_the_picture() -> None:
    experiment = training(rows=[{"name": "sgd", "lr": 0.1, "label": "A"}, {"name": "adam", "lr": 0.02, "label": "B"}])
    laid = picture_of(experiment, RANDOM)
    losses = along(experiment, laid)
    found = figures(laid, losses)
    gap = (found.loss - found.shown).abs() / torch.maximum(found.loss, found.shown)
    inside = (found.coordinates >= -1.1).all(2) & (found.coordinates <= 1.1).all(2)
    step, row = divmod(int(gap.where(inside, gap * 0).argmax()), 2)
    sentence = description(experiment, laid, losses)["sentence"]
    assert f"At step {step} {'AB'[row]}'s true loss is {found.loss[step, row]:.3g};" in sentence
