"""The loss on a grid, for the picture under the paths."""

from typing import Any

import torch
from torch import Tensor

from app.engine.objectives import objective_of
from app.experiment import Experiment
from app.objectives.base import Draw, Objective
from app.objectives.surfaces.base import Surface, Window
from app.objectives.surfaces.choice import SurfaceChoice

THUMBNAIL_WIDTH, THUMBNAIL_HEIGHT, LEVELS = 48, 36, 255


def sample(experiment: Experiment, window: Window | None, resolution: int) -> dict[str, list[Any]]:
    """The loss of an objective that is exact: `x` and `y`, `resolution` numbers each over the window, and `z[row of
    y][column of x]`, None where not finite. Raises TypeError where the objective is not exact.
    """
    field = experiment.objective.profile().field
    if field is None:
        raise TypeError(f"{experiment.objective.title} has no field without a plane")
    shown = window or field.window
    x = torch.linspace(*shown.x, resolution, dtype=torch.float64)
    y = torch.linspace(*shown.y, resolution, dtype=torch.float64)
    z = _grid(objective_of(experiment), x, y)
    rows = z.tolist()
    if not z.isfinite().all():
        rows = [[value if abs(value) < float("inf") else None for value in row] for row in rows]
    return {"x": x.tolist(), "y": y.tolist(), "z": rows}


def _grid(objective: Objective, x: Tensor, y: Tensor) -> Tensor:
    """The loss at every pair, `(len(y), len(x))`."""
    rows, columns = torch.meshgrid(y, x, indexing="ij")
    theta = torch.stack((columns.flatten(), rows.flatten()), 1)
    return objective.loss(theta, Draw(0, 0)).reshape(rows.shape)


def thumbnail(surface: Surface) -> dict[str, Any]:
    """A small picture of `surface` in its window: `levels`, row by row from the top, 0 for the lowest loss.

    Each level holds as many points as any other, so that every surface shows its shape whatever its range.
    """
    choice = SurfaceChoice(surface, {param.id: param.default for param in surface.params})
    (left, right), (bottom, top) = surface.window.x, surface.window.y
    x = torch.linspace(left, right, THUMBNAIL_WIDTH, dtype=torch.float64)
    y = torch.linspace(top, bottom, THUMBNAIL_HEIGHT, dtype=torch.float64)
    ranks = _grid(choice.build(), x, y).flatten().argsort().argsort()
    levels = ranks * LEVELS // (len(ranks) - 1)
    return {"width": THUMBNAIL_WIDTH, "height": THUMBNAIL_HEIGHT, "levels": levels.tolist()}
