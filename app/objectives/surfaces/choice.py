"""A surface with its params, as a part of a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.core.params import parse_fields, refuse_unknown
from app.core.problems import FieldError
from app.core.registry import find
from app.core.text import describe
from app.objectives.base import Objective
from app.objectives.surfaces.base import Surface, SurfaceObjective
from app.objectives.surfaces.catalog import SURFACES


@dataclass(frozen=True, slots=True)
class SurfaceChoice:
    """A surface with a value for each of its params."""

    surface: Surface
    params: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        return {"kind": "surface", "name": self.surface.id, "params": dict(self.params)}

    def build(self) -> Objective:
        """The objective that the engine minimises."""
        return SurfaceObjective(self.surface, self.params)


def parse_surface_choice(value: Any, errors: list[FieldError]) -> SurfaceChoice | None:
    """The choice that the field `objective` describes; otherwise None, and what is wrong in `errors`."""
    if not isinstance(value, Mapping):
        errors.append(FieldError("objective", f"must be an object with kind and name; got {describe(value)}"))
        return None
    refuse_unknown(value, {"kind", "name", "params"}, "objective", errors)
    if value.get("kind") != "surface":
        errors.append(FieldError("objective.kind", f'must be "surface"; got {describe(value.get("kind"))}'))
        return None
    surface = find(SURFACES, value.get("name"), "objective.name", "surface", errors)
    params = value.get("params", {})
    if not isinstance(params, Mapping):
        errors.append(FieldError("objective.params", f"must be an object; got {describe(params)}"))
        return None
    if surface is None:
        return None
    return SurfaceChoice(surface, parse_fields(surface.params, params, "objective.params", errors))
