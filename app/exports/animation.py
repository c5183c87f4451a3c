"""A race as an animated GIF, made piece by piece.

Each frame holds only what has changed, in colours that all frames share: so the file stays small, and no more than two
frames are held in memory.
"""

import struct
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageChops
from PIL.GifImagePlugin import getdata

from app.experiment import Experiment
from app.exports.drawing.animation import Animation, part_of
from app.exports.drawing.choices import Choices, choices_of
from app.exports.drawing.options import Options, animation_options
from app.exports.drawing.palette import Palette
from app.view import View

CLEAR = 255
"""The colour that stands for "as before"; the others are shared by all frames."""

STAY = 200
"""How long the last frame is shown, in hundredths of a second."""

SHORTEST = 2
"""Browsers show frames that stay for less as slowly as if they stayed for ten hundredths."""


class Piece(NamedTuple):
    """A part of the file, to be written after those before it: number `done` of `total`."""

    data: bytes
    done: int
    total: int


def animation(experiment: Experiment, view: View, options: Mapping[str, Any], title: str = "") -> Iterator[Piece]:
    """The file: a piece for each frame, and its end. Whoever takes no more pieces cancels it.

    Raises Problem at once where an option of `drawing.options.ANIMATION` is wrong, and before the first piece where
    there is nothing to draw.
    """
    chosen, choices = animation_options(options), choices_of(experiment, view)
    part_of(experiment, choices, chosen)
    return _pieces(experiment, choices, chosen, title)


def delay(rate: float) -> int:
    """How long a frame stays for `rate` frames a second, in hundredths of a second, of which GIF knows only whole ones:
    of all rates that there are so (50, 33.3, 25, 20, 16.7 ...) the nearest.
    """
    below = max(SHORTEST, int(100 / rate))
    return min(below, below + 1, key=lambda stay: abs(100 / stay - rate))


def gif(experiment: Experiment, view: View, options: Mapping[str, Any], title: str = "") -> bytes:
    """All pieces of `animation`."""
    return b"".join(piece.data for piece in animation(experiment, view, options, title))


def _pieces(experiment: Experiment, choices: Choices, options: Options, title: str) -> Iterator[Piece]:
    drawn = Animation(experiment, choices, options, title)
    total, rate = len(drawn.steps) + 1, options.chosen["rate"]
    samples = [np.asarray(drawn.frame(drawn.steps[place])) for place in (0, len(drawn.steps) // 2, -1)]
    palette = Palette(samples, options.theme, CLEAR)
    before, data, stay = None, _head(options, palette), delay(rate)
    for index, step in enumerate(drawn.steps):
        shown = drawn.frame(step)
        data += _changes(before, shown, palette, stay if index < total - 2 else STAY)
        yield Piece(data, index + 1, total)
        before, data = shown, b""
    yield Piece(b";", total, total)


def _head(options: Options, palette: Palette) -> bytes:
    """The head of the file: its size, the shared colours, and how often it is shown."""
    size = struct.pack("<HH", options.size.width, options.size.height)
    loops = struct.pack("<H", options.chosen["loops"])
    return b"GIF89a" + size + b"\xf7\x00\x00" + palette.data() + b"!\xff\x0bNETSCAPE2.0\x03\x01" + loops + b"\x00"


def _changes(before: Image.Image | None, shown: Image.Image, palette: Palette, stay: int) -> bytes:
    """The part of a frame that is not as `before`, shown for `stay` hundredths of a second."""
    box = (ImageChops.difference(before, shown).getbbox() if before else None) or (0, 0, 1, 1)
    if before is None:
        box = (0, 0, *shown.size)
    pixels = np.asarray(shown.crop(box))
    places = palette.places(pixels)
    if before:
        places = np.where((np.asarray(before.crop(box)) == pixels).all(2), np.uint8(CLEAR), places)
    part = Image.fromarray(places, "L")
    return b"".join(getdata(part, box[:2], duration=10 * stay, transparency=CLEAR, disposal=1))
