"""Directions through weight space that are always two, independent and finite."""

import math

import torch
from torch import Tensor
from torch.linalg import vector_norm

from app.objectives.models.base import Shapes

DEPENDENT = 1e-6
"""A direction of which no more than this part leads away from the line of another is none of its own."""


def orthonormal(first: Tensor, second: Tensor) -> tuple[Tensor, Tensor]:
    """The plane of two vectors `(P,)`, P at least 2, as two orthogonal vectors of length 1.

    One of them points along `first`. A vector that is 0, or that depends on the other, is replaced by the weight axis
    that is least along the other, the first of several.
    """
    if not first.any():
        first = second
    u = _unit(first if first.any() else axis(first, 0))
    rest = _away(second, u)
    if vector_norm(rest) <= DEPENDENT * vector_norm(second):
        rest = _away(axis(u, int(u.abs().argmin())), u)
    return u, _unit(_away(_unit(rest), u))


def independent(u: Tensor, v: Tensor) -> tuple[Tensor, Tensor]:
    """`u` and `v`, `(P,)` and not 0; where v depends on u, a direction orthogonal to u and as long takes its place."""
    if vector_norm(_away(v, _unit(u))) > DEPENDENT * vector_norm(v):
        return u, v
    return u, orthonormal(u, v)[1] * vector_norm(u)


def axis(like: Tensor, index: int) -> Tensor:
    """The direction of weight `index`, in the shape and number format of `like (P,)`."""
    direction = torch.zeros_like(like)
    direction[index] = 1.0
    return direction


def filter_normalised(drawn: Tensor, centre: Tensor, shapes: Shapes) -> Tensor:
    """Directions `drawn (K, P)` in the proportions of the weights `centre (P,)`: `(K, P)`.

    For filter j of a layer `d_j -> d_j / |d_j| * |w_j|`: each filter (of a dense layer: the weights into one unit) gets
    the norm of the centre's, which may be 0; biases get 0. Source: Li et al. 2018, section 4.
    """
    sizes = [math.prod(shape) for shape in shapes.values()]
    parts = zip(drawn.split_with_sizes(sizes, 1), centre.split_with_sizes(sizes), shapes.values(), strict=True)
    return torch.cat([_scaled(part, weight, shape) for part, weight, shape in parts], 1)


def _scaled(drawn: Tensor, weight: Tensor, shape: tuple[int, ...]) -> Tensor:
    if len(shape) < 2:
        return torch.zeros_like(drawn)
    filters = drawn.reshape(len(drawn), shape[0], -1)
    norms = vector_norm(weight.view(shape[0], -1), dim=1, keepdim=True)
    scaled: Tensor = filters / vector_norm(filters, dim=2, keepdim=True) * norms
    return scaled.flatten(1)


def _unit(vector: Tensor) -> Tensor:
    unit: Tensor = vector / vector_norm(vector)
    return unit


def _away(vector: Tensor, unit: Tensor) -> Tensor:
    """What of `vector` is orthogonal to `unit`."""
    return vector - (vector @ unit) * unit
