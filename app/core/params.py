"""A number, switch or choice that the user can turn, declared once.

From one `Param` come validation, slider, link field, help and export.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from app.core.problems import FieldError, Place, describe, must_be
from app.core.text import nearest
from app.core.words import Message, message, say

Kind = Literal["number", "integer", "switch", "choice", "tuple", "list"]
Scale = Literal["linear", "log"]
Value = Any  # float | int | bool | str | None | tuple of those, as the kind says
LIST_LIMIT = 64
LISTS = {
    (False, False): "problems.allowed.list",
    (False, True): "problems.allowed.list-from",
    (True, False): "problems.allowed.rising",
    (True, True): "problems.allowed.rising-from",
}
"""What a list must be, by whether it rises and whether it has a fewest."""

MOST_ERRORS = 100
"""Unknown fields that are told beyond this would cost time and help nobody."""


@dataclass(frozen=True, slots=True)
class Param:
    """One thing that can be turned.

    id: field name in a document; words: what its words are called in the catalogue of messages, where that is not its
    id, as another param has that too and says something else. Only what the page shows has words.
    low, high: hard bounds (`open_low`, `open_high`: the bound itself is refused); soft: range of the slider;
    scale: of the slider; measured: the name of its unit; optional: null is allowed; items: the parts of a tuple, or the
    one item of a list.
    name: its title, where that is a name and the same in every language.
    fewest, most: items of a list; rising: each item of a list must be larger than the one before.
    """

    id: str
    kind: Kind
    default: Value
    low: float = -math.inf
    high: float = math.inf
    open_low: bool = False
    open_high: bool = False
    soft: tuple[float, float] | None = None
    scale: Scale = "linear"
    symbol: str = ""
    measured: str = ""
    optional: bool = False
    choices: tuple[str, ...] = ()
    items: tuple["Param", ...] = field(default=())
    fewest: int = 0
    most: int = LIST_LIMIT
    rising: bool = True
    words: str = ""
    name: str = ""

    @property
    def title(self) -> str:
        """Its accessible name on the page."""
        return self.name or say(f"params.{self.words or self.id}.title")

    @property
    def help(self) -> str:
        """One line on what turning it up does."""
        return say(f"params.{self.words or self.id}.help")

    @property
    def unit(self) -> str:
        """The sign of the unit that it is measured in, empty where there is none."""
        return say(f"units.{self.measured}") if self.measured else ""

    def document(self) -> dict[str, Any]:
        """All of it as JSON, in words of the language of `speaking`."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "default": list(self.default) if isinstance(self.default, tuple) else self.default,
            "help": self.help,
            "low": self.low if math.isfinite(self.low) else None,
            "high": self.high if math.isfinite(self.high) else None,
            "open_low": self.open_low,
            "open_high": self.open_high,
            "soft": list(self.soft) if self.soft else None,
            "scale": self.scale,
            "symbol": self.symbol,
            "unit": self.unit,
            "optional": self.optional,
            "choices": list(self.choices),
            "items": [item.document() for item in self.items],
            "fewest": self.fewest,
            "most": self.most,
            "rising": self.rising,
        }

    def parse(self, value: Any, at: Place, errors: list[FieldError]) -> Value:
        """`value` if it is allowed; otherwise the default, and what was wrong in `errors`."""
        if value is None and self.optional:
            return None
        before = len(errors)
        parsed = PARSERS[self.kind](self, value, at, errors)
        return self.default if len(errors) > before else parsed

    def allowed(self) -> Message:
        """What is allowed, as a part of a sentence that says what a value must be."""
        own = self._allowed()
        return message("problems.allowed.optional", own=own) if self.optional else own

    def _allowed(self) -> Message:
        if self.kind == "switch":
            return message("problems.allowed.switch")
        if self.kind == "choice":
            return message("problems.allowed.choice", choices=", ".join(self.choices))
        if self.kind == "tuple":
            return message("problems.allowed.tuple", n=len(self.items))
        if self.kind == "list":
            return Message(LISTS[self.rising, self.fewest > 0], {"fewest": self.fewest, "n": self.most})
        return self._allowed_number()

    def _allowed_number(self) -> Message:
        whole, within = self.kind == "integer", self._range()
        if within is None:
            return message("problems.allowed.integer") if whole else message("problems.allowed.number")
        if whole:
            return message("problems.allowed.integer-within", range=within)
        return message("problems.allowed.number-within", range=within)

    def _range(self) -> Message | None:
        low, high = f"{self.low:.10g}", f"{self.high:.10g}"
        lower, upper = message("problems.range.least", low=low), message("problems.range.most", high=high)
        if self.open_low:
            lower = message("problems.range.above", low=low)
        if self.open_high:
            upper = message("problems.range.below", high=high)
        if math.isinf(self.low):
            return None if math.isinf(self.high) else upper
        return lower if math.isinf(self.high) else message("problems.range.both", lower=lower, upper=upper)


def _refuse(param: Param, value: Any, at: Place, errors: list[FieldError]) -> None:
    errors.append(FieldError(at, must_be(param.allowed(), value)))


def _parse_number(param: Param, value: Any, at: Place, errors: list[FieldError]) -> Value:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _refuse(param, value, at, errors)
    # The comparison comes first: a huge int has no float.
    if not -1e300 < value < 1e300 or (param.kind == "integer" and value != int(value)):
        return _refuse(param, value, at, errors)
    below = value <= param.low if param.open_low else value < param.low
    above = value >= param.high if param.open_high else value > param.high
    if below or above:
        return _refuse(param, value, at, errors)
    # Equal values have one text: -0.0 becomes 0.0.
    return int(value) if param.kind == "integer" else float(value) + 0.0


def _parse_switch(param: Param, value: Any, at: Place, errors: list[FieldError]) -> Value:
    return value if isinstance(value, bool) else _refuse(param, value, at, errors)


def _parse_choice(param: Param, value: Any, at: Place, errors: list[FieldError]) -> Value:
    if isinstance(value, str) and value in param.choices:
        return value
    close = nearest(value, param.choices) if isinstance(value, str) else None
    if close is None:
        return _refuse(param, value, at, errors)
    told = message("problems.must-be.near", allowed=param.allowed(), got=describe(value), close=close)
    errors.append(FieldError(at, told))
    return None


def _parse_tuple(param: Param, value: Any, at: Place, errors: list[FieldError]) -> Value:
    if not isinstance(value, list | tuple) or len(value) != len(param.items):
        return _refuse(param, value, at, errors)
    return tuple(
        item.parse(part, (*at, index), errors)
        for index, (item, part) in enumerate(zip(param.items, value, strict=True))
    )


def _parse_list(param: Param, value: Any, at: Place, errors: list[FieldError]) -> Value:
    if not isinstance(value, list | tuple) or not param.fewest <= len(value) <= param.most:
        return _refuse(param, value, at, errors)
    before = len(errors)
    parsed = tuple(param.items[0].parse(part, (*at, index), errors) for index, part in enumerate(value))
    if param.rising and len(errors) == before and list(parsed) != sorted(set(parsed)):
        return _refuse(param, list(value), at, errors)
    return parsed


PARSERS = {
    "number": _parse_number,
    "integer": _parse_number,
    "switch": _parse_switch,
    "choice": _parse_choice,
    "tuple": _parse_tuple,
    "list": _parse_list,
}


def parse_fields(
    params: Sequence[Param], document: Mapping[str, Any], at: Place, errors: list[FieldError]
) -> dict[str, Value]:
    """The value of every param: as given in `document`, else its default. Unknown fields go to `errors`."""
    refuse_unknown(document, {param.id for param in params}, at, errors)
    return {
        param.id: param.parse(document[param.id], (*at, param.id), errors) if param.id in document else param.default
        for param in params
    }


def refuse_unknown(document: Mapping[str, Any], known: set[str], at: Place, errors: list[FieldError]) -> None:
    """An error for each field of `document` that is none of `known`, up to `MOST_ERRORS` in all and at least one."""
    for name in document:
        if name not in known:
            errors.append(FieldError((*at, name), unknown_field(name, known)))
            if len(errors) >= MOST_ERRORS:
                return


def unknown_field(name: str, known: set[str]) -> Message:
    """The sentence for a field `name` that is none of `known`."""
    if not known:
        return message("problems.unknown-field.alone")
    close, listed = nearest(name, known), ", ".join(sorted(known))
    if close is None:
        return message("problems.unknown-field.far", known=listed)
    return message("problems.unknown-field.near", known=listed, close=close)


def plain(settings: Mapping[str, Any]) -> dict[str, Any]:
    """`settings` as JSON has them: lists for tuples."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in settings.items()}
