"""Paths through the weights of a small network, to lay planes through."""

from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from app.objectives.models.choice import parse_model_choice
from app.objectives.models.objective import ModelObjective
from app.objectives.planes.base import Plane
from app.objectives.planes.choice import PlaneChoice
from app.objectives.planes.kinds import PLANES

SHAPES = {"layer1.weight": (3, 2), "layer1.bias": (3,), "layer2.weight": (1, 3), "layer2.bias": (1,)}
DIM = 13
NAN = float("nan")

each_kind = pytest.mark.parametrize("kind", PLANES, ids=lambda kind: kind.id)


def chosen(kind: Any, **settings: Any) -> PlaneChoice:
    return PlaneChoice(kind, {param.id: param.default for param in kind.params} | settings)


def network(activation: str = "relu", model: str = "mlp", data: str = "moons") -> ModelObjective:
    own = {"hidden": [3], "activation": activation} if model == "mlp" else {}
    document = {"kind": "model", "model": {"name": model, **own}, "dataset": {"name": data, "samples": 40}}
    errors: list[Any] = []
    choice = parse_model_choice(document, (), errors)
    assert choice, errors
    return choice.build()


def walks(steps: int = 30, rows: int = 3, dim: int = DIM, seed: int = 0) -> Tensor:
    """Random walks from one start, `(T, B, P)`."""
    moves = torch.randn(steps, rows, dim, dtype=torch.float64, generator=torch.Generator().manual_seed(seed)) * 0.1
    moves[0] = moves[0, :1]
    return moves.cumsum(0)


def independent(plane: Plane) -> bool:
    directions = plane.directions.numpy()
    return bool(np.isfinite(directions).all()) and np.linalg.matrix_rank(directions) == 2


def dead(trajectories: Tensor, row: int, step: int) -> Tensor:
    trajectories = trajectories.clone()
    trajectories[step:, row] = NAN
    return trajectories


def degenerate() -> dict[str, Tensor]:
    start, line = walks()[:1], torch.linspace(0, 1, 30).double()[:, None, None]
    nothing = torch.full((30, 3, DIM), NAN).double()
    only_start = nothing.clone()
    only_start[0] = start
    lost = walks()
    lost[:, 0] = NAN
    return {
        "all equal": start.expand(30, 3, DIM),
        "all zero": torch.zeros(30, 3, DIM).double(),
        "on a line": start + line * torch.arange(1.0, 14.0),
        "on an axis": line.expand(30, 3, DIM) * (torch.arange(DIM) == 1),
        "one row": walks(rows=1),
        "one entry": start[:, :1],
        "ended at once": only_start,
        "first lost": lost,
        "far away": walks() * 1e12,
        "infinite": torch.cat((walks(), torch.full((1, 3, DIM), float("inf")).double())),
    }
