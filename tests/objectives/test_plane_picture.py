"""The picture of a plane and its honesty, judged by torch's own modules and by definition."""

from typing import Any

import pytest
import torch
from torch import nn

from app.objectives.planes.base import Plane, window
from app.objectives.planes.choice import default_plane
from app.objectives.planes.field import field, plane_loss
from app.objectives.planes.honesty import Figures, honesty, share
from app.objectives.planes.kinds import PRINCIPAL, RANDOM, TWO_WEIGHTS
from app.objectives.surfaces.base import Window
from tests.objectives.weights import NAN, SHAPES, chosen, each_kind, network, walks


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64])
def test_the_field_at_the_origin_is_the_loss_of_torchs_own_module(dtype: torch.dtype) -> None:
    objective, trajectories = network(), walks()
    plane = chosen(RANDOM).make(trajectories, SHAPES)
    module = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1)).to(dtype)
    nn.utils.vector_to_parameters(trajectories[-1, 0].to(dtype), module.parameters())
    inputs, targets = objective.split.train
    with torch.no_grad():
        expected = nn.functional.binary_cross_entropy_with_logits(module(inputs.to(dtype))[:, 0], targets.to(dtype))
    found = plane_loss(objective, plane, torch.zeros(1, 2), dtype)
    torch.testing.assert_close(found[0], expected.double(), rtol=1e-6 if dtype == torch.float32 else 1e-12, atol=0)


def test_the_random_picture_does_not_mind_how_relu_layers_share_their_scale() -> None:
    objective, end = network(), walks()[-1, 0]
    scaled = end.clone()
    scaled[:9] *= 10.0
    scaled[9:12] /= 10.0
    shown = Window((-1.0, 1.0), (-1.0, 1.0))
    first, second = (
        field(objective, chosen(RANDOM).make(theta[None, None], SHAPES), shown, 9).loss for theta in (end, scaled)
    )
    torch.testing.assert_close(first, second, rtol=1e-5, atol=0)
    assert first.max() - first.min() > 0.01


@each_kind
def test_a_model_of_two_weights_is_shown_whole(kind: Any) -> None:
    objective, trajectories = network(model="linear", data="line"), walks(dim=2)
    plane = chosen(kind).make(trajectories, objective.shapes)
    theta = trajectories.flatten(0, 1)
    coordinates, distance = plane.project(theta)
    assert share(plane, trajectories) == pytest.approx(1.0, abs=1e-12)
    assert float(distance.max()) < 1e-12
    shown = plane_loss(objective, plane, coordinates)
    torch.testing.assert_close(shown, objective.full_loss(theta), rtol=1e-12, atol=1e-14)
    assert default_plane(objective.shapes).kind is TWO_WEIGHTS


@each_kind
def test_the_picture_is_true_where_the_distance_is_zero_and_only_there(kind: Any) -> None:
    objective, trajectories = network("tanh"), walks()
    plane = chosen(kind).make(trajectories, SHAPES)
    theta = trajectories.flatten(0, 1)
    coordinates, distance = plane.project(theta)
    onto = plane.point(coordinates)
    assert float(plane.project(onto).distance.max()) < 1e-12
    assert float(distance.max()) > 1e-3
    shown, true = plane_loss(objective, plane, coordinates), objective.full_loss(theta)
    torch.testing.assert_close(shown, objective.full_loss(onto), rtol=1e-12, atol=1e-14)
    assert float((shown - true).abs().max()) > 1e-3


def test_field_has_rows_of_y_and_meets_a_paths_loss() -> None:
    objective, trajectories = network("tanh"), walks()
    plane = chosen(TWO_WEIGHTS).make(trajectories, SHAPES)
    found = field(objective, plane, Window((-1.0, 2.0), (0.0, 1.0)), 5)
    assert found.x.tolist() == [-1.0, -0.25, 0.5, 1.25, 2.0]
    assert found.y.tolist() == [0.0, 0.25, 0.5, 0.75, 1.0]
    theta = trajectories[-1, 0].clone()
    theta[0], theta[1] = 1.25, 0.25
    assert float(found.loss[1, 3]) == pytest.approx(float(objective.full_loss(theta[None])), rel=1e-5)


def test_field_takes_more_digits_where_float32_would_draw_steps() -> None:
    objective, trajectories = network("tanh"), walks()
    plane = chosen(TWO_WEIGHTS).make(trajectories, SHAPES)
    found = field(objective, plane, Window((0.2, 0.2 + 1e-7), (0.1, 0.1 + 1e-7)), 4)
    theta = trajectories[-1, 0].repeat(4, 1)
    theta[:, 0], theta[:, 1] = found.x, found.y[2]
    torch.testing.assert_close(found.loss[2], objective.full_loss(theta), rtol=1e-14, atol=0)
    assert len(found.loss.unique()) == 16


def test_field_takes_more_digits_where_float32_would_overflow() -> None:
    objective = network(model="linear", data="line")
    plane = default_plane(objective.shapes).make(walks(dim=2), objective.shapes)
    found = field(objective, plane, Window((0.0, 1e30), (0.0, 1.0)), 3)
    theta = torch.stack((found.x, torch.full((3,), 0.5).double()), 1)
    torch.testing.assert_close(found.loss[1], objective.full_loss(theta), rtol=1e-12, atol=0)


def test_field_of_weights_that_overflow_ends_without_an_error() -> None:
    objective = network(model="linear", data="line")
    plane = default_plane(objective.shapes).make(walks(dim=2), objective.shapes)
    found = field(objective, plane, Window((1e200, 2e200), (0.0, 1.0)), 3)
    assert not found.loss.isfinite().any()


def test_share_is_that_of_the_variance_along_the_plane() -> None:
    u, v, w = torch.eye(3).double()
    trajectories = torch.stack((3 * u, -3 * u, 2 * v, -2 * v, w, -w))[:, None] + 100
    plane = Plane(torch.zeros(3).double(), u * 5, u + v, ("u", "v"))
    assert share(plane, trajectories) == pytest.approx(26 / 28)


@pytest.mark.parametrize(
    ("share_held", "at", "expected"),
    [
        (0.93, None, "93 % of the movement. At step 1 Adam's true loss is 0.31; the picture shows 0.52 there."),
        (0.99996, (0, 0), "99.9 % of the movement."),
        (1.0, (0, 1), "all of the movement."),
        (0.5, (2, 1), "50 % of the movement."),
        (0.5, (2, 0), "50 % of the movement. At step 2 SGD's true loss is 4; the picture has no value there."),
    ],
)
def test_honesty_in_words(share_held: float, at: tuple[int, int] | None, expected: str) -> None:
    loss = torch.tensor([[1.0, 1.0], [0.5, 0.31], [4.0, NAN]]).double()
    shown = torch.tensor([[1.04, 0.99], [0.5, 0.52], [float("inf"), NAN]]).double()
    distance = torch.where(loss.isnan(), loss, 0.1)
    if at is None:
        shown[2, 0] = 4.0
    found = Figures(share_held, torch.zeros(3, 2, 2), distance, loss, shown)
    assert str(honesty(found, ["SGD", "Adam"], at)) == f"The plane holds {expected}"


def test_window_shows_every_point_with_a_margin() -> None:
    plane = Plane(torch.zeros(2), torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0]), ("u", "v"))
    points = torch.tensor([[[0.0, 2.0]], [[10.0, 4.0]], [[NAN, NAN]]]).double()
    assert window(plane, points, 0.1) == Window((-1.0, 11.0), (1.8, 4.2))
    assert window(plane, points[:1], 0.1) == Window((-1.0, 1.0), (1.0, 3.0))
    assert window(plane, torch.tensor([[0.0, 5.0], [4.0, 5.0]]).double(), 0.0) == Window((0.0, 4.0), (3.0, 7.0))
    assert window(plane, points[2]) == Window((-1.0, 1.0), (-1.0, 1.0))
    wide = Plane(plane.origin, plane.u, plane.v, plane.axes, reach=1.0)
    assert window(wide, torch.zeros(1, 2).double(), 0.0) == Window((-1.0, 1.0), (-1.0, 1.0))


def test_field_in_float32_is_that_in_float64_to_five_digits() -> None:
    objective, trajectories = network("tanh"), walks()
    plane = chosen(PRINCIPAL).make(trajectories, SHAPES)
    coordinates = torch.cartesian_prod(*[torch.linspace(-3, 3, 16, dtype=torch.float64)] * 2)
    coarse, fine = (plane_loss(objective, plane, coordinates, dtype) for dtype in (torch.float32, torch.float64))
    torch.testing.assert_close(coarse, fine, rtol=1e-5, atol=0)
    assert not torch.equal(coarse, fine)
