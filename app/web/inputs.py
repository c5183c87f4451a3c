"""Reading what the HTTP calls take beside an experiment."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.params import Param, parse_fields
from app.core.problems import FieldError, Problem, invalid
from app.core.text import describe
from app.engine.field import Range
from app.experiment import Experiment, parse

FILLER = [{"name": "sgd", "lr": 0.1}]
"""A field needs no optimizer, an experiment does."""


def _range(name: str) -> Param:
    ends = tuple(
        Param(end, f"{end} of {name}", "number", 0.0, "A side of the window.", low=-1e9, high=1e9)
        for end in ("low", "high")
    )
    return Param(name, name, "tuple", None, "One direction of the window.", items=ends)


WINDOW = Param(
    "window", "window", "tuple", None, "What part of the plane to cover.", optional=True,
    items=(_range("x"), _range("y")),
)  # fmt: skip
RESOLUTION = Param("resolution", "resolution", "integer", 100, "Points along each side of the grid.", low=2, high=400)


@dataclass(frozen=True, slots=True)
class FieldRequest:
    """The loss of `experiment`'s objective over `window` (None: as its surface suggests), `resolution` a side."""

    experiment: Experiment
    window: tuple[Range, Range] | None
    resolution: int


def parse_field(document: Any) -> FieldRequest:
    """The request that `document` describes: an objective or a whole experiment, and optionally window and resolution.

    Raises Problem with the path of every field at fault.
    """
    if not isinstance(document, Mapping):
        raise invalid([FieldError("", f"must be an object with an objective; got {describe(document)}")])
    errors: list[FieldError] = []
    own = {name: document[name] for name in ("window", "resolution") if name in document}
    fields = parse_fields([WINDOW, RESOLUTION], own, "", errors)
    for index, ends in enumerate(fields["window"] or ()):
        if ends is not None and not ends[0] < ends[1]:
            errors.append(FieldError(f"window[{index}]", f"must rise; got {describe(list(ends))}"))
    rest = {"optimizers": FILLER, **{name: value for name, value in document.items() if name not in own}}
    try:
        experiment = parse(rest)
    except Problem as problem:
        raise invalid([*problem.errors, *errors]) from None
    if errors:
        raise invalid(errors)
    return FieldRequest(experiment, fields["window"], fields["resolution"])
