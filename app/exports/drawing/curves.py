"""A measure of every trajectory by step."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from app.core.words import say
from app.engine.records import Values
from app.exports.drawing.canvas import Canvas, dashes, sign
from app.exports.drawing.choices import Choices
from app.exports.drawing.flat import dress
from app.exports.drawing.look import SLOTS, dash_of, shape_of
from app.exports.drawing.page import Box
from app.exports.drawing.scene import Race, Track
from app.exports.drawing.words import PT, number
from app.objectives.profile import DISTANCE, Curve, Profile

RUNAWAY = 1e3
"""A trajectory that reaches so many times the highest start does not stretch the axis for the others ..."""

OVERSHOOT = 100.0
"""... beyond so many times what they reach."""

DEEPEST = 1e-16
"""Of the highest value: what is smaller has no place on a logarithmic axis."""


SHOWN = ("only", "train", "test")
"""The lines that are drawn: the first in full, the second thinly; the losses of single batches would hide them."""


def paint_curves(canvas: Canvas, box: Box, run: Race, choices: Choices, step: float) -> None:
    """The chosen measure in `box`, which holds the axes with their words."""
    profile = run.experiment.objective.profile()
    curve = profile.curve(choices.curve)
    axes = canvas.axes(box.left + 58, box.top + 8, box.width - 74, box.height - 50)
    series = [(track, list(_lines(run, track, profile, curve))) for track in run.tracks]
    lowest = min(
        (float(np.nanmin(line)) for _, lines in series for line in lines if np.isfinite(line).any()), default=0
    )
    base = min(0.0, lowest) if choices.log_y and curve.log else 0.0
    title = curve.title
    if any(len(lines) > 1 for _, lines in series):
        title = say("pictures.paired", title=title)
    if base:
        title = say("pictures.above", title=title, base=number(base))
    _scale(axes, [line - base for _, lines in series for line in lines], run, choices, linear=not curve.log)
    dress(axes, canvas.theme, (say("pictures.step"), title))
    _quiet(canvas, axes)
    for track, lines in series:
        for thin, line in enumerate(lines):
            _line(canvas, axes, track, line - base, thin=bool(thin), paired=len(lines) > 1)
        _end(canvas, axes, track, lines[0] - base, step)


def _lines(run: Race, track: Track, profile: Profile, curve: Curve) -> Iterator[Values]:
    """The numbers of a track, one an entry."""
    for line in curve.lines:
        if line.column == DISTANCE:
            yield _distance(run, track, profile)
        elif line.role in SHOWN:
            yield track.values[:, run.column(line.column)]


def _distance(run: Race, track: Track, profile: Profile) -> Values:
    """To the nearest minimum; NaN where none is known."""
    assert profile.field
    minima = np.array([(point.x, point.y) for point in profile.field.points if point.kind != "saddle"]).reshape(-1, 2)
    place = track.values[:, [run.column(axis) for axis in profile.field.axes]]
    found: Values = np.linalg.norm(place[:, None] - minima, axis=2).min(1, initial=np.inf)
    return np.where(np.isfinite(found), found, np.nan)


def _scale(axes: Axes, lines: list[Values], run: Race, choices: Choices, *, linear: bool) -> None:
    """Axes that show what is worth seeing."""
    known = [line[np.isfinite(line)] for line in lines]
    known = [line for line in known if line.size]
    starts = max((abs(float(line[0])) for line in known), default=1.0)
    tame = [float(line.max()) for line in known if line.max() <= RUNAWAY * starts]
    cap = max([starts, *tame]) * (1.0 if len(tame) == len(known) else OVERSHOOT if choices.log_y else 1.5)
    seen = np.concatenate([line[line <= cap] for line in known] or [np.zeros(1)])
    low, high = (float(seen.min()), float(seen.max())) if seen.size else (0.0, 1.0)
    axes.set_xlim((1, max(2, run.last)) if choices.log_x else (0, run.last))
    if choices.log_x:
        axes.set_xscale("log")
    if choices.log_y and not linear and high > 0:
        bottom = float(seen[seen >= high * DEEPEST].min())
        room = max(1.1, (high / bottom) ** 0.05)
        axes.set_yscale("log")
        axes.set_ylim(max(bottom / room, 1e-300), high * room)
        return
    low = max(low, -1.0) if linear else low
    room = 0.05 * ((high - low) or abs(high) or 1.0)
    axes.set_ylim(low - room, high + room)


def _quiet(canvas: Canvas, axes: Axes) -> None:
    """A thin grid, no frame."""
    axes.set_facecolor("none")
    axes.grid(color=canvas.theme.line, linewidth=PT)
    axes.set_axisbelow(True)
    axes.minorticks_off()
    for spine in axes.spines.values():
        spine.set_visible(False)
    axes.tick_params(length=0)


def _line(canvas: Canvas, axes: Axes, track: Track, values: Values, *, thin: bool, paired: bool) -> None:
    known = np.flatnonzero(np.isfinite(values))
    pattern = ((5, 4) if thin else ()) if paired else dash_of(track.slot)
    colour = canvas.theme.paths[track.slot % SLOTS]
    axes.plot(
        known, values[known], color=colour, linewidth=(1.25 if thin else 1.75) * PT, linestyle=dashes(pattern),
        solid_joinstyle="round", zorder=2 if thin else 3,
    )  # fmt: skip


def _end(canvas: Canvas, axes: Axes, track: Track, values: Values, step: float) -> None:
    """The track's sign where it is at `step`."""
    known = np.flatnonzero(np.isfinite(values))
    known = known[known <= step]
    if len(known):
        colour = canvas.theme.paths[track.slot % SLOTS]
        look: dict[str, Any] = {"clip_on": False, "zorder": 4}
        at, value = int(known[-1]), float(values[known[-1]])
        low, high = axes.get_ylim()
        if low <= value <= high:
            sign(axes, (at, value), shape_of(track.slot), 4, colour=colour, halo=canvas.theme.panel, **look)
