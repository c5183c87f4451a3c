"""Memory for what lies between two layers, used again and again.

Fresh memory of this size comes from the operating system page by page, which takes half as long as the arithmetic.
"""

import math
import threading

import torch
from torch import Tensor


class Scratch(threading.local):
    """Tensors whose contents last until the same slot is taken again. Each thread has its own."""

    def __init__(self) -> None:
        self._slots: dict[tuple[int, torch.dtype], Tensor] = {}

    def take(self, slot: int, shape: tuple[int, ...], dtype: torch.dtype) -> Tensor:
        """A tensor of `shape` with any contents, in the memory of `slot`."""
        size = math.prod(shape)
        known = self._slots.get((slot, dtype))
        if known is None or len(known) < size:
            # What inference mode makes could not be used outside of it later.
            with torch.inference_mode(False):
                known = self._slots[slot, dtype] = torch.empty(size, dtype=dtype)
        return known[:size].view(shape)


SCRATCH = Scratch()
