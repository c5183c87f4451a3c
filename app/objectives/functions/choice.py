"""A function that was typed, with its constants and its window, as a part of a document."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from app.core.params import Param, parse_fields, refuse_unknown
from app.core.problems import FieldError, Place, describe
from app.core.references import Reference
from app.core.text import shorten
from app.core.words import message, say
from app.objectives.functions.graph import Program, compiled
from app.objectives.functions.rates import suggested_rates
from app.objectives.functions.reading import LONGEST, constants, read
from app.objectives.functions.sight import Sight, sight
from app.objectives.functions.smooth import is_smooth
from app.objectives.functions.syntax import ExpressionError, Node
from app.objectives.functions.writing import latex, python, symbol, text
from app.objectives.profile import DISTANCE, Own, Profile
from app.objectives.surfaces.base import Surface, SurfaceObjective, Window
from app.objectives.surfaces.choice import SurfaceChoice
from app.objectives.surfaces.rates import FALLBACK

TYPED = "expression"
"""The field of a surface that is typed, in place of a name."""

Ends = tuple[float, float]

FARTHEST = 1e6
END = Param("end", "number", 0.0, low=-FARTHEST, high=FARTHEST)
ENDS = Param("ends", "tuple", (-1.0, 1.0), items=(END, END))
CONSTANT = Param("constant", "number", 1.0, low=-FARTHEST, high=FARTHEST, words="constant")
"""What each constant of a function is; its id is its name."""

USUAL = 5.0
"""Half of the range of a constant that is not larger."""

NARROWEST = 1e-9
"""Width of a window or a range, by the size of its ends."""

WORK = 0.1
"""Of one operation of a function, in steps of plain gradient descent; a surface has about `FREE` of them."""
FREE = 12


@dataclass(frozen=True, slots=True)
class TypedSurface(Surface):
    """A function as a surface that stands in no catalogue. text: its canonical text."""

    text: str = ""

    @property
    def title(self) -> str:
        """The function itself."""
        return shorten(self.text)

    @property
    def line(self) -> str:
        """What it is."""
        return say("functions.line")


@dataclass(frozen=True, slots=True)
class FunctionChoice(SurfaceChoice):
    """A typed function with a value and a range for each of its own constants, and the window that is shown of it.

    text: its canonical text; program: how it is computed; sight: where one looks and begins.
    """

    text: str
    program: Program
    sight: Sight
    ranges: Mapping[str, Ends]

    @property
    def cost(self) -> float:
        """Of the gradient of one row, beyond that of a surface, in steps of plain gradient descent."""
        return WORK * max(0, len(self.program.instructions) - FREE)

    def document(self) -> dict[str, Any]:
        window = self.surface.window
        return {
            "kind": self.kind,
            TYPED: self.text,
            "params": dict(self.params),
            "ranges": {name: list(ends) for name, ends in self.ranges.items()},
            "window": [list(window.x), list(window.y)],
        }

    def build(self) -> SurfaceObjective:
        """The objective that the engine minimises."""
        return SurfaceObjective(self.surface, {})

    def suggested_rate(self, preset: str) -> float:
        """The learning rate to begin with, for the preset with this id."""
        return suggested_rates(self.program, self.sight).get(preset, FALLBACK)

    def profile(self) -> Profile:
        """What it says of itself. Its place is another in every window."""
        window, surface = self.surface.window, self.surface
        place = f"{self.text} {window.x} {window.y}"
        usual = SurfaceChoice.profile(self)
        rates, own = suggested_rates(self.program, self.sight), Own(surface.formula, surface.params, surface.start)
        return replace(
            usual, id=place, scale=place, rates=rates, own=own,
            # Nobody knows its minima.
            curves=tuple(one for one in usual.curves if all(line.column != DISTANCE for line in one.lines)),
            measures=tuple(one for one in usual.measures if one.column != DISTANCE and one.take != "arrival"),
        )  # fmt: skip


def parse_function_choice(document: Mapping[str, Any], at: Place, errors: list[FieldError]) -> FunctionChoice | None:
    """The choice that `document` describes; otherwise None, and what is wrong in `errors`.

    params: a value for each constant of the expression, 1 where it has none; ranges: the ends of its slider; window:
    found where it is left out or null.
    """
    refuse_unknown(document, {"kind", TYPED, "params", "ranges", "window"}, at, errors)
    before = len(errors)
    tree = _parse_expression(document.get(TYPED), (*at, TYPED), errors)
    window = _parse_window(document.get("window"), (*at, "window"), errors)
    if tree is None:
        return None
    named = constants(tree)
    values = parse_fields([replace(CONSTANT, id=name) for name in named], _object(document, "params", at, errors),
                          (*at, "params"), errors)  # fmt: skip
    ranges = _parse_ranges(values, _object(document, "ranges", at, errors), (*at, "ranges"), errors)
    if len(errors) > before:
        return None
    return _choice(tree, values, ranges, window)


def _choice(
    tree: Node, values: Mapping[str, float], ranges: Mapping[str, Ends], window: Window | None
) -> FunctionChoice:
    program = compiled(tree, tuple(values.items()))
    seen = sight(program, window)
    surface = TypedSurface(
        id="f", formula=latex(tree), evaluate=program, code=python(tree), window=seen.window, start=seen.start,
        points=(), known=(), source=Reference("", ""), log=seen.log,
        params=tuple(_turned(name, ranges[name]) for name in values),
        written=program.source(), smooth=is_smooth(tree), text=text(tree),
    )  # fmt: skip
    return FunctionChoice(surface, values, surface.text, program, seen, ranges)


def _turned(name: str, ends: Ends) -> Param:
    """The constant `name` as what can be turned; a letter is its own symbol."""
    return replace(CONSTANT, id=name, name=name, soft=ends, symbol=symbol(name) if len(name) > 1 else "")


def _parse_expression(value: Any, at: Place, errors: list[FieldError]) -> Node | None:
    if not isinstance(value, str):
        errors.append(FieldError(at, message("problems.needs.expression", got=describe(value))))
        return None
    try:
        tree = read(value)
    except ExpressionError as error:
        errors.append(FieldError((*at, error.position), error.told))
        return None
    # What is sent on must be read again.
    length = len(text(tree))
    if length > LONGEST:
        errors.append(
            FieldError((*at, len(value)), message("problems.expression.long-written", n=LONGEST, length=length))
        )
        return None
    return tree


def _object(document: Mapping[str, Any], name: str, at: Place, errors: list[FieldError]) -> Mapping[str, Any]:
    value = document.get(name, {})
    if isinstance(value, Mapping):
        return value
    errors.append(FieldError((*at, name), message("problems.needs.object", got=describe(value))))
    return {}


def _parse_window(value: Any, at: Place, errors: list[FieldError]) -> Window | None:
    if value is None:
        return None
    before = len(errors)
    x, y = replace(ENDS, items=(ENDS, ENDS)).parse(value, at, errors)
    if len(errors) > before:
        return None
    for axis, ends in enumerate((x, y)):
        _check_rising(ends, (*at, axis), errors)
    return Window(x, y)


def _parse_ranges(
    values: Mapping[str, float], given: Mapping[str, Any], at: Place, errors: list[FieldError]
) -> dict[str, Ends]:
    params = [replace(ENDS, id=name, default=_usual(value)) for name, value in values.items()]
    ranges = parse_fields(params, given, at, errors)
    for name, ends in ranges.items():
        _check_rising(ends, (*at, name), errors)
    return ranges


def _check_rising(ends: Ends, at: Place, errors: list[FieldError]) -> None:
    if not ends[1] - ends[0] > NARROWEST * max(abs(ends[0]), abs(ends[1])):
        errors.append(FieldError(at, message("problems.needs.rising", got=describe(list(ends)))))


def _usual(value: float) -> Ends:
    """The range of a constant that nobody has given one."""
    half = USUAL if abs(value) <= USUAL else 2 * abs(value)
    return -half, half
