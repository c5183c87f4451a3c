"""Layers of filters over pictures, for B sets of weights at once."""

import math

from torch import Tensor
from torch.nn import functional

from app.objectives.models.base import Weights


def convolve(weights: Weights, name: str, pictures: Tensor) -> Tensor:
    """Layer `name`, 3 by 3 with a border of one zero: pictures `(M, B * C, h, w)` to `(M, B * outputs, h, w)`.

    The first layer gets the same pictures for every row, `(M, C, h, w)`.
    """
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    groups = pictures.shape[1] // weight.shape[2]
    return functional.conv2d(pictures, weight.flatten(0, 1), bias.flatten(), padding=1, groups=groups)


def rows_first(maps: Tensor, rows: int) -> Tensor:
    """Maps `(M, B * C, h, w)` as features `(B, C * h * w, M)`."""
    size = math.prod(maps.shape[1:]) // rows
    return maps.reshape(len(maps), rows, size).permute(1, 2, 0)
