"""Every surface x every property that needs no knowledge of its minima."""

import math
from typing import Any

import pytest
import torch
from latex2mathml.converter import convert
from torch import Tensor

from app.core.problems import FieldError
from app.core.registry import by_id
from app.objectives.base import Draw
from app.objectives.surfaces.base import Surface, SurfaceObjective
from app.objectives.surfaces.catalog import SURFACES
from tests.golden import read_menu
from tests.objectives.cases import (
    as_written,
    default_params,
    each_case,
    each_surface,
    evaluate_at,
    printed,
    random_points,
    window_grid,
)
from tests.objectives.worked import WORKED

DTYPES = (torch.float64, torch.float32, torch.bfloat16)
BITS = {torch.float64: torch.int64, torch.float32: torch.int32, torch.bfloat16: torch.int16}
ROOT = math.sqrt(94 + 47)
"""The inner root of Eggholder at (-94, 0), where the outer one has its kink."""

each_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=str)


def test_menu_has_every_surface_once_in_its_order() -> None:
    assert [surface.id for surface in SURFACES] == read_menu()["surfaces"]
    assert len({surface.id for surface in SURFACES}) == len(SURFACES)
    assert len({surface.title for surface in SURFACES}) == len(SURFACES)


@each_surface
def test_value_and_code_give_the_values_that_were_worked_out_by_hand(surface: Surface) -> None:
    params, code = default_params(surface), as_written(surface)
    assert len({(x, y) for x, y, _ in surface.known}) >= 3
    for x, y, value in surface.known:
        assert evaluate_at(surface, x, y, params)[0] == pytest.approx(value, rel=1e-13, abs=1e-14)
        assert code(x, y, **params) == pytest.approx(value, rel=1e-13, abs=1e-13)


@pytest.mark.parametrize("name", WORKED)
def test_known_values_are_those_worked_out_by_hand(name: str) -> None:
    stated = {(x, y): value for x, y, value in by_id(SURFACES, name).known}
    assert stated == pytest.approx(WORKED[name], rel=1e-14, abs=1e-14)


@each_case
def test_value_follows_the_code_that_scripts_have(surface: Surface, params: dict[str, Any]) -> None:
    code, points = as_written(surface), random_points(surface, 60)
    for x, y in points:
        value = evaluate_at(surface, x, y, params)[0]
        assert value == pytest.approx(code(x, y, **params), rel=1e-11, abs=1e-13)


@each_surface
def test_known_values_lie_away_from_the_minima(surface: Surface) -> None:
    minima = [point for point in surface.points if point.kind != "saddle"]
    width = surface.window.x[1] - surface.window.x[0]
    for x, y, _ in surface.known:
        assert all(math.hypot(x - point.x, y - point.y) > 0.005 * width for point in minima)


@each_case
def test_value_follows_the_printed_formula(surface: Surface, params: dict[str, Any]) -> None:
    for x, y in random_points(surface, 60):
        value = evaluate_at(surface, x, y, params)[0]
        assert value == pytest.approx(printed(surface)(x, y, **params), rel=1e-11, abs=1e-13)


def slope(surface: Surface, at: tuple[float, float], params: dict[str, Any], step: tuple[float, float]) -> float:
    """The printed formula's derivative along a step, per step: two central differences, extrapolated to no step."""
    formula, (x, y), (dx, dy) = printed(surface), at, step

    def central(part: float) -> float:
        ahead = formula(x + part * dx, y + part * dy, **params)
        return (ahead - formula(x - part * dx, y - part * dy, **params)) / (2 * part)

    return (4 * central(0.5) - central(1.0)) / 3


@each_case
def test_gradient_is_the_slope_of_the_printed_formula(surface: Surface, params: dict[str, Any]) -> None:
    step = 1e-5 * (surface.window.x[1] - surface.window.x[0])
    for x, y in random_points(surface, 60):
        value, along_x, along_y = evaluate_at(surface, x, y, params)
        tolerance = 1e-7 * max(1.0, abs(value), math.hypot(along_x, along_y))
        assert along_x == pytest.approx(slope(surface, (x, y), params, (step, 0)) / step, abs=tolerance)
        assert along_y == pytest.approx(slope(surface, (x, y), params, (0, step)) / step, abs=tolerance)


@each_case
def test_gradient_is_that_of_autograd(surface: Surface, params: dict[str, Any]) -> None:
    theta = torch.tensor(random_points(surface, 200), dtype=torch.float64, requires_grad=True)
    value, along_x, along_y = surface.evaluate(*theta.unbind(1), **params)
    (expected,) = torch.autograd.grad(value.sum(), theta)
    actual = torch.stack((along_x, along_y), 1)
    scale = expected.norm(dim=1, keepdim=True).clamp(min=1.0)
    assert ((actual - expected).abs() / scale).max() < 1e-11


def rows(surface: Surface, count: int, dtype: torch.dtype) -> Tensor:
    """Points of the window and, every eighth, far outside it, `(count, 2)`."""
    theta = torch.tensor(random_points(surface, count), dtype=torch.float64)
    theta[::8] *= 1e3
    return theta.to(dtype)


def bits(surface: Surface, theta: Tensor) -> Tensor:
    """The bits of value and gradient as integers, `(B, 3)`."""
    parts = surface.evaluate(*theta.unbind(1), **default_params(surface))
    return torch.stack(parts, 1).view(BITS[theta.dtype])


@each_dtype
@each_surface
def test_a_row_has_the_same_bits_in_every_batch(surface: Surface, dtype: torch.dtype) -> None:
    theta = rows(surface, 1024, dtype)
    whole = bits(surface, theta)
    for first in range(0, 1024 - 17, 17):
        assert torch.equal(bits(surface, theta[first : first + 17]), whole[first : first + 17])
    for row in range(0, 1024, 5):
        assert torch.equal(bits(surface, theta[row : row + 1]), whole[row : row + 1])


@each_dtype
@each_case
def test_everything_is_finite_in_the_window(surface: Surface, params: dict[str, Any], dtype: torch.dtype) -> None:
    x, y = window_grid(surface, 61, dtype)
    for part in surface.evaluate(x, y, **params):
        assert part.dtype == dtype
        assert part.shape == x.shape
        assert part.isfinite().all()


@each_surface
def test_whole_numbers_and_marked_points_are_finite(surface: Surface) -> None:
    ticks = torch.arange(-60.0, 61.0, dtype=torch.float64)
    x, y = torch.meshgrid(ticks, ticks, indexing="ij")
    marked = torch.tensor([(point.x, point.y) for point in surface.points], dtype=torch.float64)
    for at in ((x, y), marked.unbind(1)):
        assert all(part.isfinite().all() for part in surface.evaluate(*at, **default_params(surface)))


@pytest.mark.parametrize(
    ("name", "at", "slopes"),
    [
        ("ackley", (0.0, 0.0), (0.0, 0.0)),
        ("bukin-6", (-10.0, 1.0), (0.0, 0.0)),
        ("bukin-6", (-5.0, 0.25), (0.01, 0.0)),
        ("bukin-6", (-10.0, 2.0), (0.2 * 50, 50.0)),
        ("eggholder", (0.0, -47.0), (0.0, 0.0)),
        ("eggholder", (-94.0, 0.0), (-math.sin(ROOT) - 47 * math.cos(ROOT) / ROOT, 47 * math.cos(ROOT) / ROOT)),
    ],
)
def test_slope_at_a_kink_is_the_defined_one(name: str, at: tuple[float, float], slopes: tuple[float, float]) -> None:
    surface = next(surface for surface in SURFACES if surface.id == name)
    assert evaluate_at(surface, *at, {})[1:] == pytest.approx(slopes, rel=1e-12)


@each_dtype
@each_surface
def test_huge_inputs_are_a_result(surface: Surface, dtype: torch.dtype) -> None:
    x = torch.tensor([1e12, -1e12, 1e12, 0.0], dtype=dtype)
    y = torch.tensor([1e12, 1e12, 0.0, -1e12], dtype=dtype)
    assert all(part.shape == (4,) for part in surface.evaluate(x, y, **default_params(surface)))


@each_surface
def test_shapes_are_kept(surface: Surface) -> None:
    for shape in ((), (0,), (2, 3, 4)):
        x = torch.full(shape, surface.start[0], dtype=torch.float64)
        y = torch.full(shape, surface.start[1], dtype=torch.float64)
        assert [part.shape for part in surface.evaluate(x, y, **default_params(surface))] == [shape] * 3


@each_surface
def test_objective_gives_what_the_surface_gives(surface: Surface) -> None:
    objective = SurfaceObjective(surface, default_params(surface))
    theta = torch.tensor(random_points(surface, 5), dtype=torch.float64)
    value, along_x, along_y = surface.evaluate(theta[:, 0], theta[:, 1], **default_params(surface))
    loss, grad = objective.loss_and_grad(theta, Draw(0, 0))
    assert torch.equal(loss, value)
    assert torch.equal(objective.loss(theta, Draw(0, 0)), value)
    assert torch.equal(grad, torch.stack((along_x, along_y), 1))


@each_surface
def test_presentation_is_complete(surface: Surface) -> None:
    for (low, high), start in zip((surface.window.x, surface.window.y), surface.start, strict=True):
        assert low < start < high
    assert all(math.dist(surface.start, (point.x, point.y)) > 0.05 for point in surface.points)
    assert surface.line[-1] in ".?"
    assert len(surface.line) < 120
    assert surface.source.url.startswith("https://")
    assert surface.source.title


@each_surface
def test_formula_becomes_mathml(surface: Surface) -> None:
    assert "f" in surface.formula
    mathml = convert(surface.formula, display="block")
    assert "\\" not in mathml
    assert "<merror" not in mathml


@each_surface
def test_defaults_of_params_are_allowed(surface: Surface) -> None:
    errors: list[FieldError] = []
    for param in surface.params:
        assert param.parse(param.default, (param.id,), errors) == param.default
    assert errors == []


@pytest.mark.parametrize(("condition", "angle"), [(20.0, -30.0), (1.0, 45.0), (1000.0, 90.0)])
def test_quadratic_is_flat_along_its_angle_and_steep_across(condition: float, angle: float) -> None:
    quadratic = next(surface for surface in SURFACES if surface.id == "quadratic")
    params = {"condition": condition, "angle": angle}
    turn = math.radians(angle)
    flat = evaluate_at(quadratic, 2 * math.cos(turn), 2 * math.sin(turn), params)
    steep = evaluate_at(quadratic, -2 * math.sin(turn), 2 * math.cos(turn), params)
    assert flat == pytest.approx((2.0, 2 * math.cos(turn), 2 * math.sin(turn)), abs=1e-12)
    assert steep == pytest.approx(
        (2 * condition, -2 * condition * math.sin(turn), 2 * condition * math.cos(turn)), rel=1e-12, abs=1e-12
    )
