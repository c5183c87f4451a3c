"""Mini-batches as functions of the draw: no loader lives between two steps."""

from functools import lru_cache

import torch
from torch import Tensor

from app.objectives.base import Draw
from app.objectives.seeds import BATCHES, generator


def batch(draw: Draw, samples: int, size: int) -> Tensor:
    """The positions, among `samples`, of those in the mini-batch of a step: int64, `(size,)`.

    An epoch is `ceil(samples / size)` steps. It takes every sample once, in an order of its own, which only the seed
    and the number of the epoch decide; its last mini-batch is smaller where `size` does not divide `samples`.
    """
    steps = -(-samples // size)
    epoch, place = divmod(draw.step, steps)
    return _order(draw.seed, epoch, samples)[place * size : (place + 1) * size]


@lru_cache(maxsize=64)
def _order(seed: int, epoch: int, samples: int) -> Tensor:
    # What inference mode makes could not be used outside of it later.
    with torch.inference_mode(False):
        return torch.randperm(samples, generator=generator(BATCHES, seed, epoch))
