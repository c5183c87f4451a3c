"""A race as an animated GIF, made piece by piece.

Each frame holds only what has changed, in colours that all frames share: so the file stays small, and no more than two
frames are held in memory.
"""

import struct
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
from PIL import Image, ImageChops
from PIL.GifImagePlugin import getdata

from app.experiment import Experiment
from app.exports.drawing.film import Film
from app.exports.drawing.look import Theme
from app.exports.drawing.options import Options, animation_options
from app.view import View

CLEAR = 255
"""The colour that stands for "as before"; the others are shared by all frames."""

COMMON, NEAR = 64, 8
"""So many of the commonest colours are kept exactly; no other is nearer to them than this, in levels of 255."""

STAY = 2.0
"""How long the last frame is shown, s."""


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
    chosen = animation_options(options)
    return _pieces(experiment, view, chosen, title)


def gif(experiment: Experiment, view: View, options: Mapping[str, Any], title: str = "") -> bytes:
    """All pieces of `animation`."""
    return b"".join(piece.data for piece in animation(experiment, view, options, title))


def _pieces(experiment: Experiment, view: View, options: Options, title: str) -> Iterator[Piece]:
    film = Film(experiment, view, options, title)
    total, rate = len(film.steps) + 1, options.chosen["rate"]
    palette = _palette(film.frame(film.steps[-1]), options.theme)
    before, data = None, _head(options, palette)
    for index, step in enumerate(film.steps):
        shown = film.frame(step)
        data += _changes(before, shown, palette, 1 / rate if index < total - 2 else STAY)
        yield Piece(data, index + 1, total)
        before, data = shown, b""
    yield Piece(b";", total, total)


def _palette(frame: Image.Image, theme: Theme) -> Image.Image:
    """An image with the shared colours: exactly those of the paths and the commonest ones, and others in `frame`."""
    counted = sorted(Counter(frame.get_flattened_data()).items(), key=lambda item: (-item[1], item[0]))
    paths = [tuple(bytes.fromhex(colour[1:])) for colour in theme.paths]
    exact = list(dict.fromkeys([*paths, *(colour for colour, _ in counted[:COMMON])]))
    found = frame.quantize(CLEAR - len(exact), method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    others = np.array(found.getpalette(), dtype=int).reshape(-1, 3)
    # One that is nearly an exact colour would be taken in its place.
    apart = np.abs(others[:, None] - np.array(exact)).max(2).min(1) > NEAR
    colours = np.concatenate([np.array(exact), others[apart]])[:CLEAR]
    image = Image.new("P", (1, 1))
    # What is drawn clear is no colour of its own, so that no pixel is taken for it.
    image.putpalette(np.pad(colours, ((0, 256 - len(colours)), (0, 0)), mode="edge").astype(np.uint8).tobytes())
    return image


def _head(options: Options, palette: Image.Image) -> bytes:
    """The head of the file: its size, the shared colours, and how often it is shown."""
    size = struct.pack("<HH", options.size.width, options.size.height)
    loops = struct.pack("<H", options.chosen["loops"])
    colours = bytes(palette.getpalette() or [])
    return b"GIF89a" + size + b"\xf7\x00\x00" + colours + b"!\xff\x0bNETSCAPE2.0\x03\x01" + loops + b"\x00"


def _changes(before: Image.Image | None, shown: Image.Image, palette: Image.Image, stay: float) -> bytes:
    """The part of a frame that is not as `before`, shown for `stay` seconds."""
    box = (ImageChops.difference(before, shown).getbbox() if before else None) or (0, 0, 1, 1)
    if before is None:
        box = (0, 0, *shown.size)
    part = shown.crop(box).quantize(palette=palette, dither=Image.Dither.NONE)
    if before:
        same = (np.asarray(before.crop(box)) == np.asarray(shown.crop(box))).all(2)
        part = Image.fromarray(np.where(same, CLEAR, np.asarray(part)).astype(np.uint8), "L")
    return b"".join(getdata(part, box[:2], duration=round(1000 * stay), transparency=CLEAR, disposal=1))
