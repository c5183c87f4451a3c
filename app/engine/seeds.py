"""Randomness as a function of what is asked for: no generator lives between two calls."""

import torch
from torch import Tensor

from app.objectives.seeds import NOISE, generator

BLOCK = 256
"""Steps drawn together; part of the meaning of a seed, so it never changes."""


def gradient_noise(seed: int, first: int, count: int, dim: int) -> Tensor:
    """Standard normal noise for steps `first` ... `first + count - 1`: float64 `(count, dim)`.

    Step s is row `s mod BLOCK` of `torch.randn(BLOCK, dim)` from the generator of part `s // BLOCK` of the stream
    `NOISE` under `seed`.
    """
    blocks = range(first // BLOCK, (first + count - 1) // BLOCK + 1)
    drawn = torch.cat([_block(seed, block, dim) for block in blocks])
    offset = first - blocks[0] * BLOCK
    return drawn[offset : offset + count]


def _block(seed: int, block: int, dim: int) -> Tensor:
    return torch.randn(BLOCK, dim, dtype=torch.float64, generator=generator(NOISE, seed, block))
