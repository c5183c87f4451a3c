"""Planes through weight space: where they lie, judged by numpy and by their definition."""

from typing import Any

import numpy as np
import pytest
import torch

from app.objectives.planes.base import Plane, window
from app.objectives.planes.choice import parse_plane_choice
from app.objectives.planes.directions import orthonormal
from app.objectives.planes.field import field
from app.objectives.planes.honesty import share
from app.objectives.planes.kinds import PRINCIPAL, RANDOM, THREE_POINTS, TWO_WEIGHTS
from tests.objectives.weights import DIM, NAN, SHAPES, chosen, dead, degenerate, each_kind, independent, network, walks


def test_projection_undoes_point_for_directions_that_are_not_orthogonal() -> None:
    plane = Plane(torch.tensor([1.0, 2.0, 3.0]).double(), torch.tensor([2.0, 0.0, 0.0]).double(),
                  torch.tensor([1.0, 1.0, 0.0]).double(), ("u", "v"))  # fmt: skip
    coordinates = torch.tensor([[0.5, -2.0], [3.0, 4.0]]).double()
    points = plane.point(coordinates)
    assert points.tolist() == [[0.0, 0.0, 3.0], [11.0, 6.0, 3.0]]
    lifted = points + torch.tensor([0.0, 0.0, 7.0]).double()
    torch.testing.assert_close(plane.project(points).coordinates, coordinates)
    torch.testing.assert_close(plane.project(lifted).coordinates, coordinates)
    assert plane.project(points).distance.tolist() == [0.0, 0.0]
    assert plane.project(lifted).distance.tolist() == [7.0, 7.0]


def test_projection_is_the_least_squares_answer_and_spares_rows_beside_a_lost_one() -> None:
    u, v, origin, *points = torch.randn(1203, 5, generator=torch.Generator().manual_seed(1)).double()
    theta = torch.stack(points)
    theta[7] = NAN
    coordinates, distance = Plane(origin, u, v, ("u", "v")).project(theta)
    matrix = np.stack((u.numpy(), v.numpy()), 1)
    kept = [index for index in range(1200) if index != 7]
    expected, squares, *_ = np.linalg.lstsq(matrix, (theta[kept] - origin).numpy().T, rcond=None)
    np.testing.assert_allclose(coordinates[kept].numpy(), expected.T, rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(distance[kept].numpy(), np.sqrt(squares), rtol=1e-9)
    assert coordinates[7].isnan().all()
    assert distance[7].isnan()


@pytest.mark.parametrize(("steps", "dim"), [(40, 13), (4, 60), (2, 13)])
def test_principal_plane_is_that_of_numpys_svd(steps: int, dim: int) -> None:
    trajectories = dead(walks(steps, 3, dim), 1, max(1, steps // 2))
    plane = chosen(PRINCIPAL).make(trajectories, SHAPES)
    points = trajectories.flatten(0, 1).numpy()
    points = points[np.isfinite(points).all(1)]
    _, values, right = np.linalg.svd(points - points.mean(0), full_matrices=False)
    np.testing.assert_allclose(plane.origin.numpy(), points.mean(0), atol=1e-12)
    for direction, expected in zip(plane.directions.numpy(), right[:2], strict=True):
        assert abs(direction @ expected) == pytest.approx(1.0, abs=1e-9)
    assert plane.project(trajectories[0, :1]).coordinates.max() <= 0
    held = (values[:2] ** 2).sum() / (values**2).sum()
    assert share(plane, trajectories) == pytest.approx(held, rel=1e-9)


def test_principal_plane_of_many_long_paths_takes_every_kth_step() -> None:
    trajectories = walks(700, 2, 1300)
    plane = chosen(PRINCIPAL).make(trajectories, {"layer1.weight": (1, 1300)})
    thinned = trajectories[::2].flatten(0, 1).numpy()
    right = np.linalg.svd(thinned - thinned.mean(0), full_matrices=False)[2]
    assert abs(plane.u.numpy() @ right[0]) == pytest.approx(1.0, abs=1e-9)
    assert abs(plane.v.numpy() @ right[1]) == pytest.approx(1.0, abs=1e-9)


def test_random_directions_have_the_norm_of_each_filter_and_leave_biases() -> None:
    shapes = {"conv1.weight": (4, 2, 3, 3), "conv1.bias": (4,), "layer2.weight": (3, 4), "layer2.bias": (3,)}
    trajectories = walks(dim=91)
    plane = chosen(RANDOM, row=2).make(trajectories, shapes)
    centre = trajectories[-1, 2]
    assert torch.equal(plane.origin, centre)
    for direction in plane.directions:
        assert not direction[72:76].any()
        assert not direction[88:].any()
        for first, size, filters in ((0, 18, 4), (76, 4, 3)):
            for index in range(filters):
                part = slice(first + index * size, first + (index + 1) * size)
                assert float(direction[part].norm()) == pytest.approx(float(centre[part].norm()), rel=1e-12)


def test_random_directions_are_a_function_of_the_seed_and_gaussian() -> None:
    shapes, trajectories = {"layer1.weight": (1, 20_000), "layer1.bias": (1,)}, walks(2, 1, 20_001)
    same, again, other = (chosen(RANDOM, seed=seed).make(trajectories, shapes) for seed in (5, 5, 6))
    assert torch.equal(same.directions, again.directions)
    assert not torch.equal(same.directions, other.directions)
    u, v = same.directions[:, :-1]
    scaled = u / u.std()
    assert float((scaled**4).mean()) == pytest.approx(3.0, abs=0.3)
    assert abs(float(u @ v / (u.norm() * v.norm()))) < 0.05


def test_a_filter_without_weights_stays_and_a_centre_without_any_is_given_some() -> None:
    centre = torch.arange(1.0, 14.0).double()
    centre[2:4] = 0
    plane = chosen(RANDOM).make(centre[None, None], SHAPES)
    assert not plane.directions[:, 2:4].any()
    assert independent(plane)
    plane = chosen(RANDOM).make(torch.zeros(1, 1, DIM), SHAPES)
    assert float(plane.u[:2].norm()) == pytest.approx(2**0.5)
    assert not plane.directions[:, 6:9].any()


def test_three_points_lie_on_their_plane() -> None:
    trajectories = dead(walks(), 2, 20)
    plane = chosen(THREE_POINTS, first=0, second=2).make(trajectories, SHAPES)
    three = torch.stack((trajectories[0, 0], trajectories[-1, 0], trajectories[19, 2]))
    coordinates, distance = plane.project(three)
    assert float(distance.max()) < 1e-12
    assert coordinates[0].tolist() == [0.0, 0.0]
    assert float(coordinates[1, 0]) == pytest.approx(float((three[1] - three[0]).norm()))
    assert float(coordinates[1, 1]) == pytest.approx(0.0, abs=1e-12)
    torch.testing.assert_close(plane.directions @ plane.directions.T, torch.eye(2).double())


def test_one_path_takes_the_entry_farthest_from_its_line_as_third_point() -> None:
    path = torch.zeros(4, 1, DIM).double()
    path[1, 0, 3], path[2, 0, 5], path[2, 0, 0], path[3, 0, 0] = 1.0, 2.0, 0.5, 1.0
    plane = chosen(THREE_POINTS).make(path, SHAPES)
    assert plane.u.tolist() == [1.0] + [0.0] * 12
    assert plane.v.tolist() == [0.0] * 5 + [1.0] + [0.0] * 7


def test_two_weights_are_their_own_coordinates() -> None:
    trajectories = walks()
    plane = chosen(TWO_WEIGHTS, first=3, second=10, row=1).make(trajectories, SHAPES)
    coordinates, distance = plane.project(trajectories[:, 1])
    assert torch.equal(coordinates, trajectories[:, 1, [3, 10]])
    assert float(distance[-1]) == 0.0
    others = [index for index in range(DIM) if index not in (3, 10)]
    expected = (trajectories[0, 1, others] - trajectories[-1, 1, others]).norm()
    assert float(distance[0]) == pytest.approx(float(expected))
    assert plane.axes == ("layer1.weight[1, 1]", "layer2.weight[0, 1]")


@each_kind
@pytest.mark.parametrize("name", degenerate())
def test_degenerate_paths_have_a_plane(kind: Any, name: str) -> None:
    objective, trajectories = network("tanh"), degenerate()[name]
    plane = chosen(kind).make(trajectories, SHAPES)
    assert independent(plane)
    assert plane.origin.isfinite().all()
    assert 0 <= share(plane, trajectories) <= 1
    shown = window(plane, plane.project(trajectories.flatten(0, 1)).coordinates)
    assert shown.x[0] < shown.x[1]
    assert shown.y[0] < shown.y[1]
    assert not field(objective, plane, shown, 3).loss.isnan().any()


def test_movement_on_a_line_is_held_whole_and_no_movement_too() -> None:
    for name in ("all equal", "on a line", "on an axis"):
        trajectories = degenerate()[name]
        assert share(chosen(PRINCIPAL).make(trajectories, SHAPES), trajectories) == pytest.approx(1.0, abs=1e-12)


@each_kind
def test_no_entry_at_all_is_refused(kind: Any) -> None:
    with pytest.raises(ValueError, match="without a single finite entry"):
        chosen(kind).make(torch.full((3, 2, DIM), NAN), SHAPES)


def test_missing_directions_are_weight_axes() -> None:
    zero, skew = torch.zeros(3).double(), torch.tensor([3.0, 0.0, 4.0]).double()
    assert [part.tolist() for part in orthonormal(zero, zero)] == [[1, 0, 0], [0, 1, 0]]
    assert [part.tolist() for part in orthonormal(skew, skew * -2)] == [[0.6, 0, 0.8], [0, 1, 0]]
    assert [part.tolist() for part in orthonormal(zero, skew)] == [[0.6, 0, 0.8], [0, 1, 0]]


@each_kind
def test_choices_come_back_from_their_document(kind: Any) -> None:
    errors: list[Any] = []
    parsed = parse_plane_choice({"name": kind.id}, 3, SHAPES, ("plane",), errors)
    assert parsed == chosen(kind)
    assert parsed
    assert parse_plane_choice(parsed.document(), 3, SHAPES, ("plane",), errors) == parsed
    assert not errors


@pytest.mark.parametrize(
    ("document", "path"),
    [
        ("principal", "plane"),
        ({"name": "tangent"}, "plane.name"),
        ({"name": "principal", "seed": 1}, "plane.seed"),
        ({"name": "random", "row": 3}, "plane.row"),
        ({"name": "three-points", "second": 3}, "plane.second"),
        ({"name": "two-weights", "second": 13}, "plane.second"),
        ({"name": "two-weights", "first": -1}, "plane.first"),
        ({"name": "two-weights", "first": True}, "plane.first"),
    ],
)
def test_a_choice_that_does_not_fit_is_refused_with_its_path(document: Any, path: str) -> None:
    errors: list[Any] = []
    assert parse_plane_choice(document, 3, SHAPES, ("plane",), errors) is None
    assert [error.path for error in errors] == [path]
