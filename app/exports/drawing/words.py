"""Text in pictures: shown as it was written, whatever stands in it, and measured before it is drawn."""

import math
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib
from PIL import ImageFont

from app.core.words import say

FONTS = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
FILES = {False: FONTS / "DejaVuSans.ttf", True: FONTS / "DejaVuSans-Bold.ttf"}
PT = 0.72
"""Points in a pixel, at 100 pixels to the inch."""

STYLE: dict[Any, Any] = {
    "font.family": ["sans-serif"],
    "font.sans-serif": ["DejaVu Sans"],
    "text.parse_math": False,
    "text.usetex": False,
    "axes.formatter.use_mathtext": False,
    "axes.unicode_minus": True,
    "lines.scale_dashes": False,
    "path.simplify": True,
    "svg.fonttype": "none",
    "svg.hashsalt": "optimizer-playground",
}
# What changes the direction of all text after it, and what XML cannot hold.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


@contextmanager
def drawing() -> Iterator[None]:
    """Inside, matplotlib draws as pictures need it; characters that the font lacks become boxes, without a word."""
    with matplotlib.rc_context(STYLE), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        yield


def plain(text: str) -> str:
    """`text` without the characters that are not seen but change what is seen after them."""
    return _UNSEEN.sub("", text)


@lru_cache(maxsize=32)
def _font(size: float, strong: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FILES[strong], size, layout_engine=ImageFont.Layout.BASIC)


def width(text: str, size: float, *, strong: bool = False) -> float:
    """How long `text` is at `size`; both in px."""
    return float(_font(size, strong).getlength(text))


def fitted(text: str, size: float, room: float, *, strong: bool = False) -> str:
    """As much of `text` at `size` as has room, in px, with an ellipsis where some is left out."""
    shown = plain(text)
    if width(shown, size, strong=strong) <= room:
        return shown
    while shown and width(shown + "…", size, strong=strong) > room:
        shown = shown[:-1]
    return shown.rstrip() + "…"


def wrapped(text: str, size: float, room: float, most: int, *, strong: bool = False) -> list[str]:
    """`text` at `size` in at most `most` lines of `room` px, parted between words where that is possible."""
    lines, rest = list[str](), plain(text).split()
    while rest and len(lines) < most - 1:
        taken = 1
        while taken < len(rest) and width(" ".join(rest[: taken + 1]), size, strong=strong) <= room:
            taken += 1
        lines.append(fitted(" ".join(rest[:taken]), size, room, strong=strong))
        rest = rest[taken:]
    return [*lines, fitted(" ".join(rest), size, room, strong=strong)] if rest else lines


def number(value: float, digits: int = 4) -> str:
    """`value` with so many significant digits, a power of ten where it is very large or small."""
    if not math.isfinite(value):
        return "∞" if value > 0 else "−∞" if value < 0 else say("pictures.not-a-number")
    if value and not 1e-3 <= abs(value) < 1e5:
        mantissa, power = f"{value:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        raised = "10" + str(int(power)).translate(_RAISED)
        return {"1": raised, "-1": f"−{raised}"}.get(mantissa, f"{mantissa}×{raised}".replace("-", "−"))
    rounded = float(f"{value:.{digits}g}") + 0.0  # makes -0 0
    return f"{rounded:.10g}".replace("-", "−")
