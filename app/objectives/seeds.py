"""Generators as functions of what they are for, so that no two uses of one seed see the same numbers."""

import numpy as np
import torch

SAMPLES, SPLIT, BATCHES, DIRECTIONS, NOISE = 1, 2, 3, 4, 5
"""Streams; part of the meaning of a seed, so they never change."""


def generator(stream: int, seed: int, part: int = 0) -> torch.Generator:
    """A generator for `part` of `stream` under `seed`.

    It is seeded with the first word of `numpy.random.SeedSequence((stream, seed, part))`, because torch's generator
    takes in only the lower 32 bits of its seed.
    """
    word = np.random.SeedSequence((stream, seed, part)).generate_state(1)[0]
    return torch.Generator().manual_seed(int(word))
