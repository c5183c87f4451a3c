"""Frames of a race: the ground is drawn once, then only what moves is drawn over it."""

from PIL import Image, ImageDraw, ImageFont

from app.core.problems import FieldError, Problem, invalid
from app.core.words import message, say
from app.engine.snapshot import window
from app.experiment import Experiment
from app.exports.drawing.canvas import Canvas
from app.exports.drawing.choices import Choices
from app.exports.drawing.flat import paint_flat
from app.exports.drawing.grounds import ground_of
from app.exports.drawing.insight import NOTE
from app.exports.drawing.moving import LearningPanels, Moving, Paths
from app.exports.drawing.options import ANIMATED, Options, not_shown
from app.exports.drawing.page import EDGE, TITLE, Box, LegendEntry, entries_of, framed
from app.exports.drawing.relief import paint_relief
from app.exports.drawing.scene import Race, race_of
from app.exports.drawing.words import FILES, drawing
from app.objectives.surfaces.base import Window

RUN_PRICE, FIELD_PRICE = 1_000_000.0, 300_000.0
"""What the run and the ground may cost, in steps of plain gradient descent."""

COUNTER = 13


def part_of(experiment: Experiment, choices: Choices, options: Options) -> str:
    """The part of the page that is animated: "2d", "3d" or "data"; raises Problem where this objective has no such."""
    wanted = options.chosen["show"]
    known = [part for part in ANIMATED if part in experiment.objective.profile().tabs]
    if wanted not in ("view", *known):
        raise invalid([FieldError(("options", "show"), not_shown(experiment, known, wanted))])
    shown = choices.tab if wanted == "view" else wanted
    if shown == "data" and _data_window(experiment) is None:
        return "2d"
    return shown if shown in known else "2d"


def _data_window(experiment: Experiment) -> Window | None:
    """Where the data of a model lie; None where no plane holds them."""
    return window(experiment.model.data()) if experiment.model else None


class Animation:
    """steps: of the frames, evenly from the start up to where nothing moves any more. Raises Problem where there is
    nothing to draw.
    """

    def __init__(self, experiment: Experiment, choices: Choices, options: Options, title: str) -> None:
        run = race_of(experiment, choices, RUN_PRICE)
        self._total, self._options = experiment.steps, options
        self._title = title or experiment.objective.title
        self._about = f"{experiment.objective.title} · {run.span}" if title else run.span
        with drawing():
            self._canvas = canvas = Canvas(options.size, options.theme)
            part = part_of(experiment, choices, options)
            self._moving = self._learning(run) if part == "data" else self._paths(run, choices, hill=part == "3d")
            canvas.agg.draw()
        self._ground = canvas.agg.copy_from_bbox(canvas.figure.bbox)
        self._font = ImageFont.truetype(FILES[False], COUNTER, layout_engine=ImageFont.Layout.BASIC)
        frames, until = options.chosen["frames"], min(float(run.last), self._moving.until)
        self.steps = [until * index / (frames - 1) for index in range(frames)]

    def _learning(self, run: Race) -> Moving:
        shown = _data_window(run.experiment)
        assert shown
        return LearningPanels(self._canvas, self._framed([], say(NOTE)), run, shown)

    def _paths(self, run: Race, choices: Choices, *, hill: bool) -> Moving:
        ground = ground_of(run, choices, FIELD_PRICE, told=True)
        if ground is None:
            raise Problem("no-picture", message("problems.no-picture.dear"))
        canvas, box = self._canvas, self._framed(entries_of(run.tracks, ground), ground.note)
        if hill:
            axes, courses = paint_relief(canvas, box, ground, choices.eye)
        else:
            axes, courses = paint_flat(canvas, box, ground, run.experiment.start, choices.window)
        return Paths(axes, courses, canvas.theme)

    def _framed(self, entries: list[LegendEntry], note: str) -> Box:
        heading = self._options.chosen["heading"]
        return framed(self._canvas, self._title, self._about, entries, note, heading=heading)

    def frame(self, step: float) -> Image.Image:
        """The race at `step`, as RGB pixels."""
        self._canvas.agg.restore_region(self._ground)
        with drawing():
            for artist in self._moving.at(step):
                self._canvas.figure.draw_artist(artist)
        shown = self._canvas.pixels().convert("RGB")
        if self._options.chosen["heading"] and shown.height >= 300:
            words = say("pictures.step-of", step=f"{int(step):,}", total=f"{self._total:,}")
            place = (shown.width - EDGE, EDGE + TITLE + 18)
            ImageDraw.Draw(shown).text(place, words, font=self._font, fill=self._options.theme.ink_2, anchor="rs")
        return shown
