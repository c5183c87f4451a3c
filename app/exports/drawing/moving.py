"""What moves in an animation, over a ground that is drawn once."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes

from app.engine.snapshot import Viewer, model_of
from app.exports.drawing.canvas import Canvas
from app.exports.drawing.insight import looks_at, paint_model, paint_samples, panels, ratio_of, score_of, told_of
from app.exports.drawing.look import Theme
from app.exports.drawing.page import Box
from app.exports.drawing.scene import Race
from app.exports.drawing.trail import Ball, Course, Trail
from app.objectives.surfaces.base import Window

STILL = 0.75
"""A path that is no further than so many px from its end is at rest."""

RESOLUTION = 96
"""Points along each side of what a model says in a frame."""


class Moving(Protocol):
    """until: the step from which on nothing moves any more."""

    until: float

    def at(self, step: float) -> Sequence[Artist]:
        """All that is to be drawn over the ground at `step`, in this order."""


class Paths:
    """Paths that grow along their `courses` on `axes`."""

    def __init__(self, axes: Axes, courses: Sequence[Course], theme: Theme) -> None:
        self._trails = [Trail(axes, course, theme, moving=True) for course in courses]
        self._balls = [Ball(axes, course, theme, moving=True) for course in courses]
        self.until = max([1.0, *(_rest(axes, course) for course in courses)])

    def at(self, step: float) -> Sequence[Artist]:
        for trail in self._trails:
            trail.until(step)
        for ball in self._balls:
            ball.at(step)
        parts: list[Trail | Ball] = [*self._trails, *self._balls]
        lines = [line for part in parts for line in part.artists if np.size(line.get_xdata())]
        return sorted(lines, key=lambda line: line.get_zorder())


def _rest(axes: Axes, course: Course) -> float:
    """The step from which on a path stays where it ends."""
    # Where a path cannot be shown, it is the same place.
    places = np.nan_to_num(axes.transData.transform(course.points), nan=-1e9)
    moving = np.flatnonzero(np.abs(places - places[-1]).max(1) > STILL)
    return float(course.steps[moving[-1] + 1]) if len(moving) else 0.0


class LearningPanels:
    """Panels in which models learn: what each says of the data of `run`, which lie in the window `shown`."""

    def __init__(self, canvas: Canvas, box: Box, run: Race, shown: Window) -> None:
        choice, _ = model_of(run.experiment)
        self._run, self._theme, self._data = run, canvas.theme, choice.data()
        self._viewer = Viewer(run.experiment, ("grid",), RESOLUTION)
        self._panels, self._drawn = list[Axes](), list[Artist]()
        self.until = float(max(1, *(len(track.values) - 1 for track in run.tracks)))

        def paint(axes: Axes, _: int) -> None:
            paint_samples(axes, self._data, shown, choice.test_fraction, canvas.theme)
            self._panels.append(axes)

        score = score_of(self._data)
        self._told = panels(canvas, box, run, ratio_of(self._data, shown), paint, score=score, step=0)
        for artist in (*self._panels, *self._told):
            artist.set_animated(True)

    def at(self, step: float) -> Sequence[Artist]:
        for artist in self._drawn:
            artist.remove()
        self._drawn = []
        frame = self._viewer.frame(0, looks_at(self._viewer, self._run, step))
        for place, (axes, track, told) in enumerate(zip(self._panels, self._run.tracks, self._told, strict=True)):
            self._drawn += paint_model(axes, frame, place, track, classes=self._data.classes, theme=self._theme)
            told.set_text(told_of(self._run, place, score_of(self._data), step))
        return [*self._panels, *self._told]
