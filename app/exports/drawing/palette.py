"""The few colours that all frames of an animation share."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from app.exports.drawing.look import Theme

Bytes = NDArray[np.uint8]

COMMON, MOVED = 64, 64
"""So many of the commonest colours are kept exactly, and so many others are of what moves."""

PLACES = np.array([1 << 16, 1 << 8, 1])
"""A colour as one number."""


class Palette:
    """At most `most` colours that stand for all of the `frames (height, width, 3)` and others like them: exactly those
    of paths and the commonest ones, some of what is not the same in all frames, some of everything.
    """

    def __init__(self, frames: Sequence[Bytes], theme: Theme, most: int) -> None:
        pixels = np.concatenate(frames).reshape(-1, 3)
        moved = np.concatenate([frame[(frame != frames[0]).any(2)] for frame in frames[1:]])
        packed, counts = np.unique(pixels @ PLACES, return_counts=True)
        common = packed[np.argsort(-counts, kind="stable")[:COMMON]].tolist()
        exact = list(dict.fromkeys([*(int(colour[1:], 16) for colour in theme.paths), *common]))
        rest = [
            *_standing_for(moved, MOVED, Image.Quantize.MAXCOVERAGE),
            *_standing_for(pixels, most - MOVED - len(exact), Image.Quantize.MEDIANCUT),
        ]
        numbers = list(dict.fromkeys([*exact, *rest]))[:most]
        self._colours = np.array([tuple(number.to_bytes(3)) for number in numbers])
        self._known = np.full(1 << 24, -1, dtype=np.int16)

    def places(self, frame: Bytes) -> Bytes:
        """Where in the palette the colour nearest to each of `frame (height, width, 3)` is, `(height, width)`."""
        packed = frame @ PLACES
        new = np.unique(packed[self._known[packed] < 0])
        if new.size:
            wanted = np.stack([new >> 16, new >> 8 & 255, new & 255], 1).astype(np.float32)
            own = self._colours.astype(np.float32)
            self._known[new] = ((own**2).sum(1) - 2 * wanted @ own.T).argmin(1)
        found: Bytes = self._known[packed].astype(np.uint8)
        return found

    def data(self) -> bytes:
        """256 colours of three bytes; the last ones are never meant."""
        spare = 256 - len(self._colours)
        return np.pad(self._colours, ((0, spare), (0, 0)), mode="edge").astype(np.uint8).tobytes()


def _standing_for(pixels: Bytes, count: int, method: Image.Quantize) -> list[int]:
    """At most `count` colours that stand for all of the `pixels (n, 3)`."""
    if not len(pixels):
        return []
    found = Image.fromarray(pixels[None]).quantize(count, method=method, dither=Image.Dither.NONE).getpalette()
    numbers: list[int] = (np.array(found).reshape(-1, 3) @ PLACES).tolist()
    return numbers
