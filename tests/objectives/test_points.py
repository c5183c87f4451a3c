"""The minima and saddles that the surfaces state, judged by the printed formulas and by search."""

import math
from typing import Any

import pytest
import torch
from torch import Tensor

from app.objectives.surfaces.base import Point, Surface
from app.objectives.surfaces.catalog import SURFACES
from tests.objectives.cases import default_params, each_case, each_surface, evaluate_at, printed, window_grid

UNLISTED = {
    "rosenbrock": "a valley narrower than the grid",
    "beale": "a valley narrower than the grid",
    "goldstein-price": "a valley narrower than the grid",
    "bukin-6": "a crease narrower than the grid",
    "levy-13": "thousands of minima",
    "eggholder": "hundreds of minima",
}
"""Surfaces on whose grid there are hollows that are not listed, with the reason."""


def minima(surface: Surface) -> list[Point]:
    return [point for point in surface.points if point.kind != "saddle"]


def width(surface: Surface) -> float:
    return surface.window.x[1] - surface.window.x[0]


def around(surface: Surface, point: Point, radius: float, params: dict[str, Any]) -> list[float]:
    """The printed formula on a circle, clamped to the window, less its value at the centre."""
    formula = printed(surface)
    centre = formula(point.x, point.y, **params)
    values = []
    for part in range(360):
        x = point.x + radius * math.cos(math.radians(part + 0.3))
        y = point.y + radius * math.sin(math.radians(part + 0.3))
        x = min(max(x, surface.window.x[0]), surface.window.x[1])
        y = min(max(y, surface.window.y[0]), surface.window.y[1])
        values.append(formula(x, y, **params) - centre)
    return values


@each_surface
def test_points_are_known_kinds_in_the_window_and_listed_once(surface: Surface) -> None:
    for point in surface.points:
        assert point.kind in {"global", "local", "saddle"}
        assert surface.window.x[0] <= point.x <= surface.window.x[1]
        assert surface.window.y[0] <= point.y <= surface.window.y[1]
    assert len({(round(point.x, 6), round(point.y, 6)) for point in surface.points}) == len(surface.points)


@each_case
def test_value_at_a_point_is_right(surface: Surface, params: dict[str, Any]) -> None:
    for point in surface.points:
        expected = printed(surface)(point.x, point.y, **params)
        assert point.value == pytest.approx(expected, rel=1e-12, abs=1e-12)
        assert evaluate_at(surface, point.x, point.y, params)[0] == pytest.approx(point.value, rel=1e-12, abs=1e-12)


@each_case
def test_gradient_at_a_point_is_zero_or_points_out_of_the_window(surface: Surface, params: dict[str, Any]) -> None:
    for point in surface.points:
        slopes = evaluate_at(surface, point.x, point.y, params)[1:]
        edges = (surface.window.x, surface.window.y)
        for at, slope, (low, high) in zip((point.x, point.y), slopes, edges, strict=True):
            assert slope <= 1e-9 or at == low
            assert slope >= -1e-9 or at == high


@each_case
def test_nothing_near_a_minimum_is_lower(surface: Surface, params: dict[str, Any]) -> None:
    for point in minima(surface):
        assert min(around(surface, point, 1e-3 * width(surface), params)) > 0
        assert min(around(surface, point, 1e-5 * width(surface), params)) > -1e-12 * max(1.0, abs(point.value))


@each_case
def test_ground_rises_and_falls_twice_around_a_saddle(surface: Surface, params: dict[str, Any]) -> None:
    for point in surface.points:
        if point.kind == "saddle":
            values = around(surface, point, 1e-3 * width(surface), params)
            changes = sum((a > 0) != (b > 0) for a, b in zip(values, values[1:] + values[:1], strict=True))
            assert changes >= 4


def lowest_near(surface: Surface, x: Tensor, y: Tensor, reach: tuple[float, float]) -> float:
    """The lowest value on a fine grid around each of the points x, y `(N,)`, within the window."""
    fine = torch.linspace(-1, 1, 81, dtype=torch.float64)
    near_x = (x[:, None, None] + fine[:, None] * reach[0]).clamp(*surface.window.x)
    near_y = (y[:, None, None] + fine * reach[1]).clamp(*surface.window.y)
    near = torch.broadcast_tensors(near_x, near_y)
    return float(surface.evaluate(*near, **default_params(surface))[0].min())


@pytest.mark.parametrize(
    "surface", [surface for surface in SURFACES if minima(surface)], ids=lambda surface: surface.id
)  # fmt: skip
def test_no_place_in_the_window_is_lower_than_the_global_minimum(surface: Surface) -> None:
    x, y = (part.flatten() for part in window_grid(surface, 401))
    value = surface.evaluate(x, y, **default_params(surface))[0]
    lowest = value.argsort()[:60]
    reach = ((surface.window.x[1] - surface.window.x[0]) / 400, (surface.window.y[1] - surface.window.y[0]) / 400)
    found = min(float(value.min()), lowest_near(surface, x[lowest], y[lowest], reach))
    best = [point.value for point in surface.points if point.kind == "global"]
    assert max(best) - min(best) < 1e-12
    assert found >= min(best) - 1e-12 * max(1.0, abs(min(best)))
    assert all(point.value > min(best) + 1e-9 for point in surface.points if point.kind == "local")


@pytest.mark.parametrize(
    "surface", [surface for surface in SURFACES if not minima(surface)], ids=lambda surface: surface.id
)  # fmt: skip
def test_a_surface_without_minima_falls_to_the_edge_and_beyond(surface: Surface) -> None:
    lows = []
    for scale in (1, 2, 4):
        x, y = (part * scale for part in window_grid(surface, 201))
        value = surface.evaluate(x, y, **default_params(surface))[0]
        assert value.min() < value[1:-1, 1:-1].min()
        lows.append(float(value.min()))
    assert lows[2] < lows[1] < lows[0] < 0


@pytest.mark.parametrize(
    "surface", [surface for surface in SURFACES if surface.id not in UNLISTED], ids=lambda surface: surface.id
)
def test_every_hollow_of_the_window_is_listed(surface: Surface) -> None:
    x, y = window_grid(surface, 401)
    value = surface.evaluate(x, y, **default_params(surface))[0]
    inner = value[1:-1, 1:-1]
    hollow = torch.ones_like(inner, dtype=torch.bool)
    for across, along in [(i, j) for i in range(3) for j in range(3) if (i, j) != (1, 1)]:
        hollow &= inner < value[across : across + 399, along : along + 399]
    found = list(zip(x[1:-1, 1:-1][hollow].tolist(), y[1:-1, 1:-1][hollow].tolist(), strict=True))
    for at in found:
        assert any(math.dist(at, (point.x, point.y)) < 0.01 * width(surface) for point in minima(surface)), at
    for point in minima(surface):
        assert any(math.dist(at, (point.x, point.y)) < 0.01 * width(surface) for at in found), point
