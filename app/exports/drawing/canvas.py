"""A figure measured in pixels of the page, and what is drawn on it everywhere: lines, signs and words."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.markers import MarkerStyle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from PIL import Image

from app.engine.records import Values
from app.exports.drawing.look import Corners, Theme
from app.exports.drawing.options import Size
from app.exports.drawing.words import PT, plain

DPI = 100
"""Pixels of the page in an inch."""

HALO, STROKE = 3.0, 1.5
"""Widths in px: of the light around signs, both sides together, and of their outlines."""


class Canvas:
    """A figure of `size` with the origin in its upper left corner."""

    def __init__(self, size: Size, theme: Theme, *, transparent: bool = False) -> None:
        self.size, self.theme = size, theme
        ground = "none" if transparent else theme.panel
        self.figure = Figure((size.width / DPI, size.height / DPI), dpi=DPI * size.scale, facecolor=ground)
        # Its stubs leave most of what it does without types.
        self.agg: Any = FigureCanvasAgg(self.figure)

    def axes(self, left: float, top: float, width: float, height: float, **settings: Any) -> Axes:
        """Axes with their box there."""
        across, up = self.size.width, self.size.height
        return self.figure.add_axes((left / across, 1 - (top + height) / up, width / across, height / up), **settings)

    def overlay(self) -> Axes:
        """Axes over everything whose coordinates are px from the upper left corner."""
        axes = self.figure.add_axes((0, 0, 1, 1), zorder=10)
        axes.set_axis_off()
        axes.set_xlim(0, self.size.width)
        axes.set_ylim(self.size.height, 0)
        return axes

    def text(self, x: float, y: float, words: str, size: float, colour: str, **settings: Any) -> Text:
        """One line of words whose baseline begins at (x, y), at `size` in px."""
        place = x / self.size.width, 1 - y / self.size.height
        return self.figure.text(*place, plain(words), fontsize=size * PT, color=colour, **settings)

    def image(self) -> Image.Image:
        """What was drawn, as RGBA pixels."""
        self.agg.draw()
        return self.pixels()

    def pixels(self) -> Image.Image:
        """What was drawn last, as RGBA pixels."""
        size = self.agg.get_width_height(physical=True)
        return Image.frombytes("RGBA", size, bytes(self.agg.buffer_rgba()))

    def png(self, *, transparent: bool = False) -> bytes:
        """The picture as PNG."""
        file = BytesIO()
        self.image().convert("RGBA" if transparent else "RGB").save(file, "PNG", compress_level=5)
        return file.getvalue()

    def svg(self) -> bytes:
        """The picture as SVG, with its words as text, and nothing that tells when it was made."""
        file = BytesIO()
        none = dict.fromkeys(("Creator", "Date", "Format", "Type"))
        self.figure.savefig(file, format="svg", metadata=none, facecolor=self.figure.get_facecolor())
        head, _, body = file.getvalue().partition(b"<svg")
        points = self.size.width * PT, self.size.height * PT
        for name, length, side in zip(("width", "height"), points, (self.size.width, self.size.height), strict=True):
            body = body.replace(f'{name}="{length:g}pt"'.encode(), f'{name}="{side}"'.encode(), 1)
        return head.partition(b"<!DOCTYPE")[0] + b"<svg" + body


def dashes(pattern: tuple[float, ...]) -> Any:
    """A dash pattern in px as matplotlib has it."""
    return (0, [length * PT for length in pattern]) if pattern else "solid"


def per_px(axes: Axes) -> float:
    """Pixels of the picture for one of the page."""
    return float(axes.figure.dpi) / DPI


def marker(corners: Corners, radius: float) -> dict[str, Any]:
    """The look of a line's markers with this shape, `radius` in px."""
    reach = max(max(abs(x), abs(y)) for x, y in corners)
    # A marker is scaled so that its furthest corner lies at half its size.
    shape = MarkerStyle(Outline([*corners, corners[0]], closed=True))
    return {"linestyle": "none", "marker": shape, "markersize": 2 * radius * reach * PT}


def add_line(axes: Axes, x: Values | Sequence[float], y: Values | Sequence[float], **look: Any) -> Line2D:
    """A line, or markers, on axes whose limits are set: `plot` would look for limits each time."""
    made = Line2D(x, y, **look)
    axes.add_artist(made)
    return made


def sign(
    axes: Axes, place: tuple[float, float], corners: Corners, radius: float, *, colour: str, halo: str, **more: Any
) -> None:
    """A filled sign in a halo at a place of the axes."""
    look = marker(corners, radius) | more
    x, y = ([part] for part in place)
    add_line(axes, x, y, markerfacecolor=halo, markeredgecolor=halo, markeredgewidth=HALO * PT, **look)
    add_line(axes, x, y, markerfacecolor=colour, markeredgewidth=0, **look)


def stroke(
    axes: Axes, place: tuple[float, float], corners: Corners, radius: float, *, colour: str, halo: str, **more: Any
) -> None:
    """An outline in a halo at a place of the axes."""
    look = marker(corners, radius) | {"markerfacecolor": "none"} | more
    x, y = ([part] for part in place)
    add_line(axes, x, y, markeredgecolor=halo, markeredgewidth=(STROKE + HALO) * PT, **look)
    add_line(axes, x, y, markeredgecolor=colour, markeredgewidth=STROKE * PT, **look)
