"""How large a picture is and how it looks: parsed before anything is drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.params import Param, parse_fields
from app.core.problems import FieldError, describe, invalid
from app.core.words import Message, message
from app.experiment import Experiment
from app.exports.drawing.look import THEMES, Theme
from app.view import View

MOST_PIXELS = 16_000_000
"""Of one picture: 64 MB while it is drawn."""

MOST_FRAME_PIXELS = 1_500_000
MOST_ANIMATED_PIXELS = 120_000_000
"""Of all frames of an animation together."""

SHOWN = ("view", "2d", "3d", "both", "curves", "data", "weights", "confusion")
THEME = Param("theme", "choice", "light", choices=tuple(THEMES))
HEADING = Param("heading", "switch", True)
PICTURE = (
    Param("show", "choice", "view", choices=SHOWN),
    Param("width", "integer", 1200, low=200, high=4000, measured="px"),
    Param("height", "integer", 900, low=200, high=4000, measured="px"),
    Param("scale", "number", 2.0, low=0.5, high=4.0),
    THEME,
    Param("transparent", "switch", False),
    HEADING,
)  # fmt: skip
ANIMATED = ("view", "2d", "3d", "data")
ANIMATION = (
    Param("show", "choice", "view", choices=ANIMATED, words="animation.show"),
    Param("width", "integer", 800, low=200, high=1600, measured="px"),
    Param("height", "integer", 600, low=200, high=1600, measured="px"),
    Param("frames", "integer", 90, low=2, high=300),
    Param("rate", "number", 20.0, low=1.0, high=50.0, measured="per-second"),
    Param("loops", "integer", 0, low=0, high=1000),
    THEME,
    HEADING,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """width, height: in px of the page; scale: pixels for each."""

    width: int
    height: int
    scale: float = 1.0


@dataclass(frozen=True, slots=True)
class Options:
    """What was chosen of `PICTURE` or `ANIMATION`, by name."""

    size: Size
    theme: Theme
    chosen: Mapping[str, Any]


def picture_options(document: Any) -> Options:
    """The options of a picture; raises Problem with the path of every field at fault, beginning with "options"."""
    chosen = _parse(PICTURE, document)
    size = Size(chosen["width"], chosen["height"], chosen["scale"])
    pixels = size.width * size.height * size.scale**2
    if pixels > MOST_PIXELS:
        largest = (MOST_PIXELS / (size.width * size.height)) ** 0.5
        made, most, fits = f"{pixels:,.0f}", f"{MOST_PIXELS:,}", f"{largest:.2f}"
        told = message("problems.picture.pixels", made=made, most=most, fits=fits)
        raise invalid([FieldError(("options", "scale"), told)])
    return Options(size, THEMES[chosen["theme"]], chosen)


def animation_options(document: Any) -> Options:
    """The options of an animation; raises Problem as `picture_options` does."""
    chosen = _parse(ANIMATION, document)
    size = Size(chosen["width"], chosen["height"])
    pixels, frames = size.width * size.height, chosen["frames"]
    if pixels > MOST_FRAME_PIXELS:
        told = message("problems.picture.frame-pixels", made=f"{pixels:,}", most=f"{MOST_FRAME_PIXELS:,}")
        raise invalid([FieldError(("options", "height"), told)])
    if frames * pixels > MOST_ANIMATED_PIXELS:
        fits = MOST_ANIMATED_PIXELS // pixels
        told = message("problems.picture.frames", made=f"{frames * pixels:,}", n=fits)
        raise invalid([FieldError(("options", "frames"), told)])
    return Options(size, THEMES[chosen["theme"]], chosen)


def not_shown(experiment: Experiment, known: Sequence[str], wanted: str) -> Message:
    """The sentence where of the parts of a page an objective has only those that are `known`."""
    shown, kind = ", ".join(("view", *known)), experiment.objective.kind
    return message("problems.picture.parts", known=shown, kind=kind, got=wanted)


def apart(params: Sequence[Param], options: Mapping[str, Any]) -> tuple[View, dict[str, Any], str]:
    """What is told in one: the choices of a view, the options that are `params`, and the title."""
    own = {param.id for param in params}
    view = View({name: value for name, value in options.items() if name not in own | {"title"}})
    return view, {name: value for name, value in options.items() if name in own}, str(options.get("title", ""))


def _parse(params: Sequence[Param], document: Any) -> dict[str, Any]:
    errors: list[FieldError] = []
    if not isinstance(document, Mapping):
        raise invalid([FieldError(("options",), message("problems.needs.object", got=describe(document)))])
    chosen = parse_fields(params, document, ("options",), errors)
    if errors:
        raise invalid(errors)
    return chosen
