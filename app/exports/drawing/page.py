"""What stands around the panels of a picture: a heading over them, a legend and a note under them."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from app.core.words import say
from app.exports.drawing.canvas import Canvas, add_line, dashes, sign
from app.exports.drawing.flat import MARKS, mark
from app.exports.drawing.look import SLOTS, Theme, dash_of, shape_of
from app.exports.drawing.scene import Ground, Track
from app.exports.drawing.words import PT, fitted, width, wrapped

EDGE = 16.0
TITLE, SMALL = 20.0, 12.0
SAMPLE, GAP, AFTER = 30.0, 7.0, 20.0
"""Of an entry of the legend, px: its line, and what is free before and after its words."""

ROW = 22.0
LONGEST = 280.0
LEGEND_PART, NOTE_ROWS = 0.3, 3


class Box(NamedTuple):
    """A part of the page, px."""

    left: float
    top: float
    width: float
    height: float


class LegendEntry(NamedTuple):
    """Of a legend: a track, or a kind of known points; and its words."""

    words: str
    track: Track | None = None
    kind: str = ""

    @property
    def sample(self) -> float:
        """The width of its line or sign."""
        return SAMPLE if self.track else 12.0

    @property
    def room(self) -> float:
        """All the width that it takes."""
        return self.sample + GAP + width(self.words, SMALL) + AFTER


def framed(canvas: Canvas, title: str, about: str, entries: Sequence[LegendEntry], note: str, *, heading: bool) -> Box:
    """Draw heading, legend and note where `heading` is on; the box that is left for the panels."""
    across, up = canvas.size.width, canvas.size.height
    if not heading:
        return Box(EDGE, EDGE, across - 2 * EDGE, up - 2 * EDGE)
    room, theme = across - 2 * EDGE, canvas.theme
    tall = up >= 300
    top = EDGE + (TITLE if tall else 0)
    if tall:
        canvas.text(EDGE, top - 2, fitted(title, TITLE, room, strong=True), TITLE, theme.ink, weight="bold")
        canvas.text(EDGE, top + 18, fitted(about, SMALL, room), SMALL, theme.ink_2)
        top += 34
    lines = wrapped(note, SMALL, room, NOTE_ROWS) if tall else []
    rows = _rows(entries, room, max(1, int((up * LEGEND_PART - 18 * len(lines)) / ROW)))
    bottom = up - EDGE + 6 - 18 * len(lines) - ROW * len(rows)
    overlay = canvas.overlay()
    for index, row in enumerate(rows):
        _draw_row(canvas, overlay, row, bottom + ROW * (index + 0.5))
    for index, line in enumerate(lines):
        canvas.text(EDGE, bottom + ROW * len(rows) + 18 * index + 12, line, SMALL, theme.ink_2)
    return Box(EDGE, top, room, bottom - top - 10)


def entries_of(tracks: Sequence[Track], ground: Ground | None) -> list[LegendEntry]:
    """What a legend tells: the tracks, and the kinds of known points."""
    kinds = [kind for kind in MARKS if ground and any(point.kind == kind for point in ground.points)]
    named = [LegendEntry(fitted(track.label, SMALL, LONGEST), track) for track in tracks]
    return named + [LegendEntry(say(MARKS[kind]), kind=kind) for kind in kinds]


def _rows(entries: Sequence[LegendEntry], room: float, most: int) -> list[list[LegendEntry]]:
    """The entries in rows of `room`, at most `most`; the last word is then how many are left out."""
    rows, left = [list[LegendEntry]()], room
    for index, entry in enumerate(entries):
        held = (
            entry
            if entry.room - AFTER <= room
            else entry._replace(words=fitted(entry.words, SMALL, max(20.0, room - entry.sample - GAP)))
        )
        if rows[-1] and held.room - AFTER > left:
            if len(rows) == most:
                rows[-1][-1:] = [LegendEntry(say("pictures.more", n=len(entries) - index + 1), kind="more")]
                break
            rows.append([])
            left = room
        rows[-1].append(held)
        left -= held.room
    return [row for row in rows if row]


def _draw_row(canvas: Canvas, overlay: Axes, row: Sequence[LegendEntry], y: float) -> None:
    x = EDGE
    for entry in row:
        draw_entry(overlay, entry, x, y, canvas.theme)
        canvas.text(x + entry.sample + GAP, y, entry.words, SMALL, canvas.theme.ink, va="center_baseline")
        x += entry.room


def draw_entry(overlay: Axes, entry: LegendEntry, x: float, y: float, theme: Theme) -> None:
    """The line or sign of an entry, from x on, its middle at y."""
    if entry.track:
        slot = entry.track.slot
        colour = theme.paths[slot % SLOTS]
        ends = [x, x + SAMPLE]
        add_line(overlay, ends, [y, y], color=colour, linewidth=2 * PT, linestyle=dashes(dash_of(slot)), zorder=1)
        sign(overlay, (x + SAMPLE / 2, y), shape_of(slot), 5, colour=colour, halo=theme.panel, zorder=2)
    elif entry.kind in MARKS:
        mark(overlay, entry.kind, (x + 6, y), theme, zorder=2)
