"""A plane as a part of a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.core.params import Param, parse_fields
from app.core.problems import FieldError, Place, describe
from app.core.registry import find, find_named
from app.core.words import Message
from app.objectives.models.base import Shapes, count
from app.objectives.planes.base import Plane, PlaneKind
from app.objectives.planes.kinds import PLANES, PRINCIPAL, TWO_WEIGHTS


@dataclass(frozen=True, slots=True)
class PlaneChoice:
    """A way to lay a plane with a value for each of its params."""

    kind: PlaneKind
    settings: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        return {"name": self.kind.id, **self.settings}

    def make(self, trajectories: Tensor, shapes: Shapes) -> Plane:
        """The plane for trajectories `(T, B, P)`, NaN where one has no entry."""
        return self.kind.make(trajectories, shapes, self.settings)


def default_plane(shapes: Shapes) -> PlaneChoice:
    """The plane where the user chose none: that of the weights where there are two, which is exact."""
    kind = TWO_WEIGHTS if count(shapes) == 2 else PRINCIPAL
    return PlaneChoice(kind, {param.id: param.default for param in kind.params})


def parse_plane_choice(
    document: Any, rows: int, shapes: Shapes, at: Place, errors: list[FieldError]
) -> PlaneChoice | None:
    """The choice that `document` describes, for `rows` trajectories; otherwise None, and what is wrong in `errors`."""
    before = len(errors)
    kind = find_named(PLANES, document, at, "plane", errors)
    if kind is None:
        return None
    own = {name: value for name, value in document.items() if name != "name"}
    settings = parse_fields(kind.params, own, at, errors)
    errors += _too_high(settings, kind.rows, rows, "problems.plane.rows", at)
    errors += _too_high(settings, kind.weights, count(shapes), "problems.plane.weights", at)
    return PlaneChoice(kind, settings) if len(errors) == before else None


def fitting_plane(document: Mapping[str, Any], rows: int, shapes: Shapes) -> PlaneChoice | None:
    """The choice that `document` describes as far as it makes sense here, None where it names no plane.

    What it leaves out, what is no such value, and what numbers a trajectory or a weight that is not there, has its
    default. The page reads a plane by the same rule.
    """
    kind = find(PLANES, document.get("name"), ("name",), "plane", [])
    if kind is None:
        return None
    sizes = dict.fromkeys(kind.rows, rows) | dict.fromkeys(kind.weights, count(shapes))
    said = ((param, document.get(param.id, param.default)) for param in kind.params)
    return PlaneChoice(kind, {param.id: _usable(param, value, sizes.get(param.id)) for param, value in said})


def _usable(param: Param, value: Any, size: int | None) -> Any:
    """`value` as the param takes it, its default where it is none or no number of one of `size` things."""
    errors: list[FieldError] = []
    parsed: Any = param.parse(value, (), errors)
    fits = size is None or parsed is None or parsed < size
    return param.default if errors or not fits else parsed


def _too_high(settings: Mapping[str, Any], names: tuple[str, ...], size: int, key: str, at: Place) -> list[FieldError]:
    """An error with the sentence `key` for each of `names` whose value is no number of one of `size` things, counted
    from 0.
    """
    return [
        FieldError((*at, name), Message(key, {"size": size, "got": describe(settings[name])}))
        for name in names
        if settings[name] is not None and settings[name] >= size
    ]
