"""What an objective says of itself to all who show it: as data, so that nobody asks what kind of objective it is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

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

    title: of its axis; name: of its tab, and short: what is written there where that is too long.
    log: whether it may be seen on a logarithmic axis; least: what is lower does not stretch the axis; share: it reads
    best in percent.
    """

    id: str
    title: str
    name: str
    lines: tuple[Line, ...]
    short: str = ""
    log: bool = True
    least: float | None = None
    share: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """What trajectories are ranked by; help: what that is, in a sentence.

    take: of `column` the "last" number or the "lowest"; "arrival": the first step at which `part` of the way from the
    first loss down to the profile's `lowest` is left; "length": of the path. form: how the number is written.
    rising: more is better; wherever: it counts even where a trajectory diverged; none: what is said where nobody has
    such a number.
    """

    id: str
    title: str
    help: str
    take: Take
    column: str = ""
    form: Form = "number"
    rising: bool = False
    wherever: bool = False
    none: str = ""
    part: float = 0.0


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
class Profile:
    """id: equal for objectives whose paths can be drawn on one ground; title: what is minimised, in a few words.

    field: None where it is not exact: paths are drawn on planes through weight space, which say by themselves what they
    leave out. lowest: the loss that none is below, None where that is not known.
    told: all columns; loss: the one by which trajectories are judged; scale: equal where losses can be compared.
    tabs: views that make sense, the usual first; curves, measures: those too.
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

    def curve(self, id: str) -> Curve:
        """The curve with this id; the usual one where there is none."""
        return next((curve for curve in self.curves if curve.id == id), self.curves[0])

    def document(self) -> dict[str, Any]:
        """All of it as JSON."""
        return _plain(self) | {
            "told": [{name: value for name, value in _plain(column).items() if name != "of"} for column in self.told],
            "curves": [_plain(curve) | {"lines": [_plain(line) for line in curve.lines]} for curve in self.curves],
            "measures": [_plain(measure) for measure in self.measures],
            "field": asdict(self.field) if self.field else None,
        }


def _plain(value: Any) -> dict[str, Any]:
    """The fields of a value by their names; `asdict` copies each, which takes ten times as long."""
    return {name: getattr(value, name) for name in value.__slots__}


DISTANCE = "distance"
"""Of the position to the nearest known minimum: whoever has both can tell."""

GRADIENT = Curve("gradient", "gradient norm", "Gradient norm", (Line("grad_norm"),), short="Gradient")
RATE = Curve("rate", "learning rate", "Learning rate", (Line("lr"),), short="Rate")


def own_curves(told: Sequence[Column]) -> tuple[Curve, ...]:
    """A curve for each column that is measured."""
    return tuple(
        Curve(column.id, column.title, _begun(column.title), (Line(column.id),), log=column.log)
        for column in measured(told)
    )


def own_measures(told: Sequence[Column]) -> tuple[Measure, ...]:
    """A measure for each column that is measured: its last number."""
    return tuple(
        Measure(column.id, f"final {column.title}", f"{_begun(column.title)} at the last step.", "last", column.id)
        for column in measured(told)
    )


def _begun(title: str) -> str:
    return title[:1].upper() + title[1:]
