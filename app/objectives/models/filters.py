"""Layers of filters over pictures, for B sets of weights at once: what lies between the products of a `chain`.

Maps are `(B, C, h, w, M)`, samples last, so that places and samples together are the columns of one matrix product.
"""

from itertools import product

import torch
from torch import Tensor

from app.objectives.models.chain import Link, Undo

KERNEL = 3
CORNERS = tuple(product(range(2), repeat=2))
PLACES = tuple(product(range(KERNEL), repeat=2))


def pictures(shape: tuple[int, int]) -> Link:
    """The link from pictures, `(1, h * w, M)` with `shape = (h, w)`, to the first layer of filters."""
    return lambda x, empty: patches(x.view(len(x), 1, *shape, -1), empty)


def pooled_pictures(shape: tuple[int, int]) -> Link:
    """The link from a layer of filters over pictures of `shape` to the next, over pictures of half the sides."""

    def link(x: Tensor, empty: float) -> tuple[Tensor, Undo]:
        small, unpool = pool(x.view(*x.shape[:2], *shape, -1))
        entering, unpatch = patches(small, empty)
        return entering, lambda grad: unpool(unpatch(grad)).flatten(2)

    return link


def pooled_features(shape: tuple[int, int]) -> Link:
    """The link from a layer of filters over pictures of `shape` to a dense layer."""

    def link(x: Tensor, _empty: float) -> tuple[Tensor, Undo]:
        small, unpool = pool(x.view(*x.shape[:2], *shape, -1))
        return small.flatten(1, 3), lambda grad: unpool(grad.view(small.shape)).flatten(2)

    return link


def patches(maps: Tensor, empty: float) -> tuple[Tensor, Undo]:
    """What each place's 3 by 3 filter meets, `(B, 9 C, h * w * M)`, and the way back of its gradient.

    empty: what lies around the border.
    """
    rows, channels, height, width, samples = maps.shape
    padded = maps.new_full((rows, channels, height + 2, width + 2, samples), empty)
    padded[:, :, 1:-1, 1:-1] = maps
    met = padded.unfold(2, KERNEL, 1).unfold(3, KERNEL, 1).permute(0, 1, 5, 6, 2, 3, 4)

    def back(grad: Tensor) -> Tensor:
        parts, total = grad.view(met.shape), torch.zeros_like(padded)
        for down, right in PLACES:
            total[:, :, down : down + height, right : right + width] += parts[:, :, down, right]
        return total[:, :, 1:-1, 1:-1]

    return met.reshape(rows, channels * KERNEL**2, -1), back


def pool(maps: Tensor) -> tuple[Tensor, Undo]:
    """The largest of each 2 by 2, `(B, C, h / 2, w / 2, M)`, and the way back of its gradient: to the first of them."""
    corners = [maps[:, :, down::2, right::2] for down, right in CORNERS]
    largest = torch.maximum(torch.maximum(*corners[:2]), torch.maximum(*corners[2:]))

    def back(grad: Tensor) -> Tensor:
        total, free = torch.empty_like(maps), torch.ones_like(largest, dtype=torch.bool)
        for (down, right), corner in zip(CORNERS, corners, strict=True):
            hit = (corner == largest) & free
            torch.mul(grad, hit, out=total[:, :, down::2, right::2])
            free ^= hit
        return total

    return largest, back
