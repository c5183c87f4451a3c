"""A path on the picture as the page draws it: its trail up to a step, the rest faintly, its ball, and how it ended."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from app.engine.records import Values
from app.exports.drawing.canvas import HALO, add_line, dashes, marker, per_px
from app.exports.drawing.look import CIRCLE, SLOTS, Corners, Theme, dash_of, shape_of
from app.exports.drawing.scene import Track
from app.exports.drawing.words import PT

AHEAD, VEILED = 0.34, 0.34
"""Opacities: of what is still to come, and of what a hill hides."""

DOT_GAP = 7.0
"""Steps that are so many px apart get a dot each."""

BEHIND = 0.55
"""Of a ball that a hill hides."""

BALL, DOT, RING, CROSS = 6.0, 2.2, 11.0, 5.0
WIDTH, LIGHT = 2.0, 4.5
"""Of a line and of the light around it, px."""

ARROW: Corners = ((0.0, 0.0), (-13.0, 6.0), (-9.5, 0.0), (-13.0, -6.0))
"""Pointing to the right, its tip at the origin, px."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """A track on axes: points `(m, 2)`, NaN where it cannot be shown; the step of each, rising, a fraction between two
    entries; whether a hill hides it.
    """

    track: Track
    points: Values
    steps: Values
    veiled: Any


class Trail:
    """The lines and signs of a course on `axes`, whose limits are set."""

    def __init__(self, axes: Axes, course: Course, theme: Theme, *, moving: bool = False) -> None:
        """moving: whether only `artists` will be drawn anew, again and again."""
        self._axes, self._course, self._theme = axes, course, theme
        slot = course.track.slot
        self._colour = theme.paths[slot % SLOTS]
        self.artists: list[Line2D] = []
        self._moving = moving
        self._light = self._line(3, color=theme.halo, linewidth=LIGHT * PT, solid_capstyle="round")
        self._main = self._line(
            4, color=self._colour, linewidth=WIDTH * PT, linestyle=dashes(dash_of(slot)), solid_capstyle="round"
        )
        self._hidden = self._line(4, color=self._colour, linewidth=1.5 * PT, linestyle=dashes((2, 4)), alpha=VEILED)
        self._dots = self._line(5, **marker(CIRCLE, DOT), markerfacecolor=self._colour, markeredgewidth=0)
        self._apart = self._far_apart()

    def _line(self, layer: float, **look: Any) -> Line2D:
        made = add_line(self._axes, [], [], zorder=layer, animated=self._moving, **look)
        self.artists.append(made)
        return made

    def _far_apart(self) -> Any:
        """Which entries are far enough from the one before to be seen as a step."""
        course = self._course
        places = self._pixels(course.points)
        whole = np.flatnonzero(course.steps == np.round(course.steps))
        gaps = np.hypot(*np.diff(places[whole], axis=0).T)
        found = np.zeros(len(places), dtype=bool)
        found[whole[1:]] = (gaps >= DOT_GAP) & ~course.veiled[whole[1:]]
        return found

    def _pixels(self, points: Values) -> Values:
        """`points` of the axes in px of the page."""
        places: Values = self._axes.transData.transform(points) / per_px(self._axes)
        return places

    def rest(self, step: float) -> None:
        """Draw faintly what comes after `step`."""
        course = self._course
        from_here = max(0, int(np.searchsorted(course.steps, step, "right")) - 1)
        points = np.where(course.veiled[:, None], math.nan, course.points)[from_here:]
        add_line(self._axes, *points.T, color=self._colour, linewidth=1.5 * PT, alpha=AHEAD, zorder=2.5)

    def until(self, step: float) -> None:
        """Show the trail up to `step`."""
        course = self._course
        kept = int(np.searchsorted(course.steps, step, "right"))
        ball = np.array([[np.interp(step, course.steps, part) for part in course.points.T]])
        points = np.concatenate([course.points[:kept], ball])
        veiled = np.append(course.veiled[:kept], course.veiled[max(0, kept - 1)])
        seen = np.where(veiled[:, None], math.nan, points)
        for shown in (self._light, self._main):
            shown.set_data(*seen.T)
        self._hidden.set_data(*np.where(veiled[:, None], points, math.nan).T)
        self._dots.set_data(*course.points[:kept][self._apart[:kept]].T)


class Ball:
    """The sign at the end of a trail: a marker; a cross where it was lost; an arrow where it is outside."""

    def __init__(self, axes: Axes, course: Course, theme: Theme, *, moving: bool = False) -> None:
        self._axes, self._course, self._moving = axes, course, moving
        colour = theme.paths[course.track.slot % SLOTS]
        shape = marker(shape_of(course.track.slot), BALL)
        light = {"markerfacecolor": theme.halo, "markeredgecolor": theme.halo, "markeredgewidth": HALO * PT}
        fill = {"markerfacecolor": colour, "markeredgewidth": 0}
        ring = marker(CIRCLE, RING) | {"markerfacecolor": "none"}
        cross = {"linestyle": "none", "marker": "x", "markersize": 2 * CROSS * PT}
        arrow = marker(ARROW, 1.0)
        self._looks: dict[str, tuple[dict[str, Any], ...]] = {
            "ball": ({**shape, **light}, {**shape, **fill}),
            "converged": (
                {**ring, "markeredgecolor": theme.halo, "markeredgewidth": 4 * PT},
                {**ring, "markeredgecolor": colour, "markeredgewidth": 1.5 * PT},
            ),
            "diverged": (
                {**cross, "markeredgecolor": theme.halo, "markeredgewidth": 5 * PT},
                {**cross, "markeredgecolor": colour, "markeredgewidth": 2.5 * PT},
            ),
            "outside": ({**arrow, **light}, {**arrow, **fill}),
        }
        self._kinds: dict[str, list[Line2D]] = {}

    @property
    def artists(self) -> list[Line2D]:
        """All that has been shown, in the order in which it is drawn."""
        return [made for kind in self._looks for made in self._kinds.get(kind, ())]

    def at(self, step: float) -> None:
        """Show it where the course is at `step`."""
        course = self._course
        x, y = (float(np.interp(step, course.steps, part)) for part in course.points.T)
        ended = step >= course.steps[-1]
        low, high = np.sort(np.array([self._axes.get_xlim(), self._axes.get_ylim()])).T
        inside = bool(low[0] <= x <= high[0] and low[1] <= y <= high[1])
        kind = course.track.end if ended else ""
        shown = ("outside",) if not inside else ("diverged",) if kind == "diverged" else ("ball", kind)
        hidden = bool(course.veiled[max(0, int(np.searchsorted(course.steps, step, "right")) - 1)])
        if not inside:
            x, y = self._point_out(x, y)
        for made in self.artists:
            made.set_data([], [])
        for made in (made for name in shown if math.isfinite(x) for made in self._of(name)):
            made.set_alpha(BEHIND if hidden else None)
            made.set_data([x], [y])

    def _of(self, kind: str) -> list[Line2D]:
        """The lines of a kind, made once one is to be seen; none for a path that has not ended."""
        if kind not in self._kinds:
            self._kinds[kind] = [
                add_line(self._axes, [], [], zorder=8 + layer, animated=self._moving, **look)
                for layer, look in enumerate(self._looks.get(kind, ()))
            ]
        return self._kinds[kind]

    def _point_out(self, x: float, y: float) -> tuple[float, float]:
        """Turn the arrow towards (x, y), which is outside; where its tip lies on the border."""
        box = self._axes.get_window_extent()
        middle = np.array([(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2])
        away = self._axes.transData.transform((x, y)) - middle
        if not np.isfinite(away).all():
            return math.nan, math.nan
        shrunk = middle + away * min(
            (box.width / 2 - 3) / max(abs(away[0]), 1e-9), (box.height / 2 - 3) / max(abs(away[1]), 1e-9)
        )
        angle = math.atan2(away[1], away[0])
        turned = tuple(
            (a * math.cos(angle) - b * math.sin(angle), a * math.sin(angle) + b * math.cos(angle)) for a, b in ARROW
        )
        for made in self._of("outside"):
            look = marker(turned, 1.0)
            made.set_marker(look["marker"])
            made.set_markersize(look["markersize"])
        tip_x, tip_y = self._axes.transData.inverted().transform(shrunk)
        return float(tip_x), float(tip_y)
