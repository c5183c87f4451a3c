"""Layers for B sets of weights at once, with samples last."""

import math
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional

from app.objectives.models.base import Shapes, Weights


def dense_shapes(sizes: tuple[int, ...], first: int = 1) -> Shapes:
    """The shapes of dense layers from `sizes[0]` inputs over `sizes[1]` units to `sizes[-1]` outputs.

    They are called `layer1`, `layer2` ... counting from `first`.
    """
    shapes: Shapes = {}
    for number, (inputs, outputs) in enumerate(pairwise(sizes), first):
        shapes[f"layer{number}.weight"] = (outputs, inputs)
        shapes[f"layer{number}.bias"] = (outputs,)
    return shapes


def features(inputs: Tensor) -> Tensor:
    """Inputs `(M, ...)` with all parts of a sample as its features, for every row alike: `(1, n, M)`."""
    return inputs.flatten(1).T[None]


def dense(weights: Weights, name: str, x: Tensor) -> Tensor:
    """`weight x + bias` of layer `name`: x `(B, n, M)` or `(1, n, M)` to `(B, outputs, M)`."""
    weight, bias = weights[f"{name}.weight"], weights[f"{name}.bias"]
    return torch.baddbmm(bias[:, :, None], weight, x.expand(len(weight), -1, -1))


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
