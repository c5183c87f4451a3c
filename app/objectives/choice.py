"""What an experiment minimises, as a part of a document: the kinds that there are."""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.problems import FieldError, Place
from app.core.text import describe
from app.objectives.models.choice import ModelChoice, parse_model_choice
from app.objectives.surfaces.choice import SurfaceChoice, parse_surface_choice

Choice = SurfaceChoice | ModelChoice
Parse = Callable[[Mapping[str, Any], Place, list[FieldError]], Choice | None]

KINDS: Mapping[str, Parse] = {SurfaceChoice.kind: parse_surface_choice, ModelChoice.kind: parse_model_choice}


def parse_choice(value: Any, at: Place, errors: list[FieldError]) -> Choice | None:
    """The choice that the field at `at` describes; otherwise None, and what is wrong in `errors`."""
    if not isinstance(value, Mapping):
        errors.append(FieldError(at, f"must be an object with a kind; got {describe(value)}"))
        return None
    kind = value.get("kind")
    parse = KINDS.get(kind) if isinstance(kind, str) else None
    if parse is None:
        known = " or ".join(f'"{name}"' for name in KINDS)
        errors.append(FieldError((*at, "kind"), f"must be {known}; got {describe(kind)}"))
        return None
    return parse(value, at, errors)
