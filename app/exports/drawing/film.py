"""Frames of a race: the ground is drawn once, then only what moves is drawn over it."""

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from PIL import Image, ImageDraw, ImageFont

from app.core.problems import Problem
from app.experiment import Experiment
from app.exports.drawing.canvas import Canvas
from app.exports.drawing.choices import choices_of
from app.exports.drawing.flat import courses, flat_axes, paint_field, paint_marks
from app.exports.drawing.grounds import ground_of
from app.exports.drawing.options import Options
from app.exports.drawing.page import EDGE, TITLE, entries_of, framed
from app.exports.drawing.scene import Ground, run_of
from app.exports.drawing.trail import Ball, Trail
from app.exports.drawing.words import FILES, drawing
from app.view import View

RUN_PRICE, FIELD_PRICE = 1_000_000.0, 300_000.0
"""What the run and the ground may cost, in steps of plain gradient descent."""

STILL = 0.75
"""A path that is no further than so many px from its end is at rest: a film ends when all are."""

COUNTER = 13


class Film:
    """steps: of the frames, evenly from the start up to where nothing moves any more. Raises Problem where there is
    nothing to draw.
    """

    def __init__(self, experiment: Experiment, view: View, options: Options, title: str) -> None:
        choices = choices_of(experiment, view)
        run = run_of(experiment, choices, RUN_PRICE)
        ground = ground_of(run, choices, FIELD_PRICE, told=True)
        if ground is None:
            detail = "A plane through the weights of this model takes too long to be drawn here."
            raise Problem("no-picture", "There is nothing to draw", detail)
        self._total, self._options = experiment.steps, options
        with drawing():
            self._canvas = canvas = Canvas(options.size, options.theme)
            about = f"{experiment.objective.title} · {run.span}" if title else run.span
            box = framed(
                canvas, title or experiment.objective.title, about, entries_of(run.tracks, ground), ground.note,
                heading=options.chosen["heading"],
            )  # fmt: skip
            axes = flat_axes(canvas, ground, (box.left + 46, box.top + 4, box.width - 50, box.height - 46))
            paint_field(axes, ground, options.theme)
            paint_marks(axes, ground, options.theme, experiment.start)
            found = courses(axes, ground)
            self._trails = [Trail(axes, course, options.theme, moving=True) for course in found]
            self._balls = [Ball(axes, course, options.theme, moving=True) for course in found]
            canvas.agg.draw()
        self._axes, self._ground = axes, canvas.agg.copy_from_bbox(canvas.figure.bbox)
        self._font = ImageFont.truetype(FILES[False], COUNTER, layout_engine=ImageFont.Layout.BASIC)
        self.steps = _steps(ground, axes, run.last, options.chosen["frames"])

    def frame(self, step: float) -> Image.Image:
        """The race at `step`, as RGB pixels."""
        self._canvas.agg.restore_region(self._ground)
        for trail in self._trails:
            trail.until(step)
        for ball in self._balls:
            ball.at(step)
        artists = [artist for part in self._trails for artist in part.artists]
        artists += [artist for part in self._balls for artist in part.artists]
        for artist in sorted(artists, key=lambda one: one.get_zorder()):
            if np.size(artist.get_xdata()):
                self._axes.draw_artist(artist)
        shown = self._canvas.pixels().convert("RGB")
        if self._options.chosen["heading"] and shown.height >= 300:
            words, place = f"step {int(step):,} of {self._total:,}", (shown.width - EDGE, EDGE + TITLE + 18)
            ImageDraw.Draw(shown).text(place, words, font=self._font, fill=self._options.theme.ink_2, anchor="rs")
        return shown


def _steps(ground: Ground, axes: Axes, last: int, frames: int) -> Sequence[float]:
    moving = 1.0
    for path in ground.paths:
        if len(path.points):
            places = axes.transData.transform(path.points)
            far = np.flatnonzero(np.abs(places - places[-1]).max(1) > STILL)
            moving = max(moving, *path.steps[far + 1])
    until = min(float(last), moving)
    return [until * index / (frames - 1) for index in range(frames)]
