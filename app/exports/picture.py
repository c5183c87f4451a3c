"""The current view of an experiment as a picture to print: PNG or SVG, drawn without a browser."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from app.core.problems import FieldError, invalid
from app.core.words import say
from app.experiment import Experiment
from app.exports.drawing.canvas import Canvas
from app.exports.drawing.choices import Choices, choices_of
from app.exports.drawing.curves import paint_curves
from app.exports.drawing.flat import paint_flat, paint_paths
from app.exports.drawing.grounds import ground_of
from app.exports.drawing.insight import NOTE, paint_confusion, paint_data
from app.exports.drawing.options import Options, not_shown, picture_options
from app.exports.drawing.page import Box, entries_of, framed
from app.exports.drawing.relief import paint_relief
from app.exports.drawing.scene import Ground, Race, race_of
from app.exports.drawing.weights import SCALE, paint_weights
from app.exports.drawing.words import drawing
from app.view import View

RUN_PRICE, FIELD_PRICE = 1_000_000.0, 600_000.0
"""What the run and the ground of one picture may cost, in steps of plain gradient descent: some 15 s, and 5."""


class Sheet(NamedTuple):
    """All that panels draw from. step: up to which paths are bright."""

    canvas: Canvas
    run: Race
    choices: Choices
    ground: Ground | None
    step: float


Panel = Callable[[Sheet, Box], None]


def png(experiment: Experiment, view: View, options: Mapping[str, Any], title: str = "") -> bytes:
    """The picture as PNG; title: its heading, that of the objective where it is empty.

    Raises Problem where an option of `drawing.options.PICTURE` is wrong, or where there is nothing to draw.
    """
    chosen = picture_options(options)
    with drawing():
        return _drawn(experiment, view, chosen, title).png(transparent=chosen.chosen["transparent"])


def svg(experiment: Experiment, view: View, options: Mapping[str, Any], title: str = "") -> bytes:
    """The picture as SVG, its words as text; otherwise as `png`."""
    chosen = picture_options(options)
    with drawing():
        return _drawn(experiment, view, chosen, title).svg()


def _drawn(experiment: Experiment, view: View, options: Options, title: str) -> Canvas:
    choices = choices_of(experiment, view)
    panels = _panels(experiment, choices, options.chosen["show"])
    run = race_of(experiment, choices, RUN_PRICE)
    ground = ground_of(run, choices, FIELD_PRICE, told=True) if GROUNDED & set(panels) else None
    canvas = Canvas(options.size, options.theme, transparent=options.chosen["transparent"])
    about = f"{experiment.objective.title} · {run.span}" if title else run.span
    told = next((say(NOTES[panel]) for panel in panels if panel in NOTES), "")
    box = framed(
        canvas, title or experiment.objective.title, about, [] if told else entries_of(run.tracks, ground),
        ground.note if ground else told, heading=options.chosen["heading"],
    )  # fmt: skip
    step = float(run.last if choices.step is None else min(choices.step, run.last))
    sheet = Sheet(canvas, run, choices, ground, step)
    for panel, part in zip(panels, _parts(box, len(panels)), strict=True):
        panel(sheet, part)
    return canvas


def _panels(experiment: Experiment, choices: Choices, wanted: str) -> Sequence[Panel]:
    """What is drawn; raises Problem where this objective has no such thing."""
    # The page may have tabs that no picture has.
    drawn = [tab for tab in experiment.objective.profile().tabs if tab in PANELS]
    if wanted == "view":
        return PANELS.get(choices.tab) or PANELS[next(iter(drawn), "curves")]
    known = ("curves", *drawn)
    if wanted not in known:
        raise invalid([FieldError(("options", "show"), not_shown(experiment, known, wanted))])
    return PANELS[wanted]


def _parts(box: Box, count: int) -> Sequence[Box]:
    """The box for each panel: beside each other, or below where the box is high."""
    if count == 1:
        return [box]
    if box.width >= box.height:
        wide = (box.width - 16) / 2
        return [box._replace(width=wide), box._replace(left=box.left + wide + 16, width=wide)]
    high = (box.height - 16) / 2
    return [box._replace(height=high), box._replace(top=box.top + high + 16, height=high)]


def _flat(sheet: Sheet, box: Box) -> None:
    canvas, ground = sheet.canvas, sheet.ground
    if ground is None:
        paint_curves(canvas, box, sheet.run, sheet.choices, sheet.step)
        return
    axes, found = paint_flat(canvas, box, ground, sheet.run.experiment.start, sheet.choices.window)
    paint_paths(axes, found, canvas.theme, sheet.step)


def _hill(sheet: Sheet, box: Box) -> None:
    if sheet.ground is None:
        paint_curves(sheet.canvas, box, sheet.run, sheet.choices, sheet.step)
        return
    axes, found = paint_relief(sheet.canvas, box, sheet.ground, sheet.choices.eye)
    paint_paths(axes, found, sheet.canvas.theme, sheet.step)


def _curves(sheet: Sheet, box: Box) -> None:
    paint_curves(sheet.canvas, box, sheet.run, sheet.choices, sheet.step)


def _data(sheet: Sheet, box: Box) -> None:
    paint_data(sheet.canvas, box, sheet.run, sheet.step)


def _weights(sheet: Sheet, box: Box) -> None:
    paint_weights(sheet.canvas, box, sheet.run, sheet.step)


def _confusion(sheet: Sheet, box: Box) -> None:
    paint_confusion(sheet.canvas, box, sheet.run, sheet.step)


PANELS: Mapping[str, Sequence[Panel]] = {
    "2d": (_flat,),
    "3d": (_hill,),
    "both": (_flat, _hill),
    "curves": (_curves,),
    "data": (_data,),
    "confusion": (_confusion,),
    "weights": (_weights,),
}
GROUNDED = {_flat, _hill}
NOTES = {_data: NOTE, _confusion: "pictures.confusion", _weights: SCALE}
"""What is said under a panel, by key."""
