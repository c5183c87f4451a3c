"""Every surface with its default params, and those that have params with others too."""

import math
import random
import textwrap
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from app.objectives.surfaces.base import Surface
from app.objectives.surfaces.catalog import SURFACES
from tests.objectives.formulas import FORMULAS

Formula = Callable[..., Any]

OTHER_PARAMS: dict[str, tuple[dict[str, Any], ...]] = {
    "quadratic": (
        {"condition": 1.0, "angle": -90.0},
        {"condition": 1000.0, "angle": 75.0},
        {"condition": 3.0, "angle": 0.0},
    ),
}

each_surface = pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)


def default_params(surface: Surface) -> dict[str, Any]:
    """The value of each param where the user turned nothing."""
    return {param.id: param.default for param in surface.params}


each_case = pytest.mark.parametrize(
    ("surface", "params"),
    [
        pytest.param(surface, params, id="-".join((surface.id, *map(str, params.values()))))
        for surface in SURFACES
        for params in (default_params(surface), *OTHER_PARAMS.get(surface.id, ()))
    ],
)


def random_points(surface: Surface, count: int) -> list[tuple[float, float]]:
    """The same points of the window every time."""
    source = random.Random(surface.id)
    return [(source.uniform(*surface.window.x), source.uniform(*surface.window.y)) for _ in range(count)]


def as_written(surface: Surface) -> Formula:
    """The function that exported scripts have of it, of numbers or of tensors."""
    head = ", ".join(["x", "y", *(param.id for param in surface.params)])
    names: dict[str, Any] = {"torch": torch, "math": math}
    exec(f"def function({head}):\n{textwrap.indent(surface.code.strip(), '    ')}", names)
    written = names["function"]

    def formula(x: Any, y: Any, **params: Any) -> Any:
        if isinstance(x, Tensor):
            return written(x, y, **params)
        return float(written(*torch.tensor([x, y], dtype=torch.float64), **params))

    return formula


def printed(surface: Surface) -> Formula:
    """The printed formula, as it is written once more for the tests; or else as scripts have it."""
    return FORMULAS.get(surface.id) or as_written(surface)


def evaluate_at(surface: Surface, x: float, y: float, params: dict[str, Any]) -> tuple[float, float, float]:
    """Value and slopes at one point, in float64."""
    at = torch.tensor([[x, y]], dtype=torch.float64).unbind(1)
    value, along_x, along_y = (float(part) for part in surface.evaluate(*at, **params))
    return value, along_x, along_y


def window_grid(surface: Surface, count: int, dtype: torch.dtype = torch.float64) -> tuple[Tensor, Tensor]:
    """x and y of a grid over the window with its edges, each `(count, count)`."""
    x = torch.linspace(*surface.window.x, count, dtype=torch.float64).to(dtype)
    y = torch.linspace(*surface.window.y, count, dtype=torch.float64).to(dtype)
    at_x, at_y = torch.meshgrid(x, y, indexing="ij")
    return at_x, at_y
