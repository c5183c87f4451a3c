"""What an objective says of itself to all who show it: as data, so that nobody asks what kind of objective it is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache, partial
from typing import Any, Literal

from latex2mathml.converter import convert

from app.core.params import Param
from app.core.words import say
from app.objectives.base import Column
from app.objectives.columns import measured
from app.objectives.surfaces.base import Point, Window

Role = Literal["only", "train", "test", "batch"]
Take = Literal["last", "lowest", "arrival", "length"]
Form = Literal["number", "count", "share"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a curve: a column, or `DISTANCE`, which is made of the position; and what it is among the lines."""

    column: str
    role: Role = "only"


@dataclass(frozen=True, slots=True)
class Curve:
    """Numbers that are drawn by step in one chart, those in front first.

    words: as a `Param` has them; shortened: whether its name has a short form; own: the measured column that it shows
    and whose words it has.
    log: whether it may be seen on a logarithmic axis; least: what is lower does not stretch the axis; share: it reads
    best in percent.
    """

    id: str
    lines: tuple[Line, ...]
    words: str = ""
    shortened: bool = False
    own: Column | None = None
    log: bool = True
    least: float | None = None
    share: bool = False

    @property
    def title(self) -> str:
        """Of its axis."""
        return self.own.title if self.own else say(f"curves.{self.words or self.id}.title")

    @property
    def name(self) -> str:
        """Of its tab."""
        return _begun(self.own.title) if self.own else say(f"curves.{self.words or self.id}.name")

    @property
    def short(self) -> str:
        """What is written in its tab where the name is too long; empty where it never is."""
        return say(f"curves.{self.words or self.id}.short") if self.shortened else ""


@dataclass(frozen=True, slots=True)
class Measure:
    """What trajectories are ranked by.

    take: of `column` the "last" number or the "lowest"; "arrival": the first step at which `part` of the way from the
    first loss down to the profile's `lowest` is left; "length": of the path. form: how the number is written.
    words: as a `Param` has them; own: the measured column that it ranks by and whose words it has.
    rising: more is better; wherever: it counts even where a trajectory diverged.
    """

    id: str
    take: Take
    column: str = ""
    form: Form = "number"
    words: str = ""
    own: Column | None = None
    rising: bool = False
    wherever: bool = False
    part: float = 0.0

    @property
    def title(self) -> str:
        """What it is called."""
        return say("measures.own.title", column=self.own.title) if self.own else self._say("title")

    @property
    def help(self) -> str:
        """What it is, in a sentence."""
        return say("measures.own.help", column=_begun(self.own.title)) if self.own else self._say("help")

    @property
    def none(self) -> str:
        """What is said where no trajectory has arrived; empty for what all have."""
        return self._say("none") if self.take == "arrival" else ""

    def _say(self, part: str) -> str:
        return say(f"measures.{self.words or self.id}.{part}")


@dataclass(frozen=True, slots=True)
class Field:
    """What paths are drawn on where their parameters are the position that is drawn.

    axes: the columns of the position; window: the part to show; points: known stationary points.
    log: whether it reads better on a log scale; detail: samples a side that a picture of the window needs.
    """

    axes: tuple[str, str]
    window: Window
    points: tuple[Point, ...]
    log: bool
    detail: int


@dataclass(frozen=True, slots=True)
class Own:
    """What is known of an objective that stands in no catalogue. formula: LaTeX; params: what can be turned of it;
    start: where it is begun unless somebody says otherwise.
    """

    formula: str
    params: tuple[Param, ...]
    start: tuple[float, float]

    def document(self) -> dict[str, Any]:
        """All of it as JSON, the formula as MathML."""
        params = [param.document() for param in self.params]
        return {"formula": _mathml(self.formula), "params": params, "start": list(self.start)}


_mathml = lru_cache(partial(convert, display="block"))


@dataclass(frozen=True, slots=True)
class Profile:
    """id: equal for objectives whose paths can be drawn on one ground; title: what is minimised, in a few words.

    field: None where it is not exact: paths are drawn on planes through weight space, which say by themselves what they
    leave out. lowest: the loss that none is below, None where that is not known.
    told: all columns; loss: the one by which trajectories are judged; scale: equal where losses can be compared.
    tabs: views that make sense, the usual first; curves, measures: those too.
    own: what a catalogue says of others.
    rates: the learning rate to begin with for each preset, and rate: for any other; price: as `Choice.cost`.
    """

    id: str
    title: str
    told: tuple[Column, ...]
    loss: str
    scale: str
    tabs: tuple[str, ...]
    curves: tuple[Curve, ...]
    measures: tuple[Measure, ...]
    rates: Mapping[str, float]
    rate: float
    price: float
    lowest: float | None
    field: Field | None = None
    own: Own | None = None

    def curve(self, id: str) -> Curve:
        """The curve with this id; the usual one where there is none."""
        return next((curve for curve in self.curves if curve.id == id), self.curves[0])

    def document(self) -> dict[str, Any]:
        """All of it as JSON, in words of the language of `speaking`."""
        return {name: getattr(self, name) for name in self.__slots__} | {
            "told": [_plain(column, COLUMN) for column in self.told],
            "curves": [_plain(curve, CURVE) | {"lines": [_plain(line, LINE) for line in curve.lines]}
                       for curve in self.curves],
            "measures": [_plain(measure, MEASURE) for measure in self.measures],
            "field": asdict(self.field) if self.field else None,
            "own": self.own.document() if self.own else None,
        }  # fmt: skip


COLUMN = ("id", "title", "unit", "every", "price", "log")
LINE = ("column", "role")
CURVE = ("id", "title", "name", "lines", "short", "log", "least", "share")
MEASURE = ("id", "title", "help", "take", "column", "form", "rising", "wherever", "none", "part")
"""What each says of itself in a document."""


def _plain(value: Any, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(value, name) for name in names}


DISTANCE = "distance"
"""Of the position to the nearest known minimum: whoever has both can tell."""

GRADIENT = Curve("gradient", (Line("grad_norm"),), shortened=True)
RATE = Curve("rate", (Line("lr"),), shortened=True)


def own_curves(told: Sequence[Column]) -> tuple[Curve, ...]:
    """A curve for each column that is measured."""
    return tuple(Curve(column.id, (Line(column.id),), own=column, log=column.log) for column in measured(told))


def own_measures(told: Sequence[Column]) -> tuple[Measure, ...]:
    """A measure for each column that is measured: its last number."""
    return tuple(Measure(column.id, "last", column.id, own=column) for column in measured(told))


def _begun(title: str) -> str:
    return title[:1].upper() + title[1:]
