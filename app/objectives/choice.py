"""What an experiment minimises, as a part of a document: what each can say of itself, and the kinds that there are."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from torch import Tensor

from app.core.problems import FieldError, Place, describe, either, must_be
from app.core.words import message
from app.objectives.base import Column, Objective
from app.objectives.functions.choice import TYPED, parse_function_choice
from app.objectives.models.choice import ModelChoice, parse_model_choice
from app.objectives.profile import Profile
from app.objectives.surfaces.choice import SurfaceChoice, parse_surface_choice


class Choice(Protocol):
    """An objective with a value for everything that can be turned; it need not stand in any catalogue.

    kind: the form of its document; title: what is minimised, in a few words; axes: the columns of the
    position where its parameters are what is drawn, so that its field leaves nothing out; empty where not.
    unit: the key of what its loss is measured in; told: its own columns, in the order of its objective's.
    cost: of the gradient of one row, beyond that of a surface, in steps of plain gradient descent.
    document(): all of it; build(): the objective that the engine minimises; profile(): what it says of itself.
    parse_start(document, errors): the field `start` of an experiment, None where it begins as the seed says.
    initial(start, seed): where every row begins, `(P,)`, float64.
    suggested_rate(preset): the learning rate to begin with.
    """

    @property
    def kind(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def axes(self) -> tuple[str, ...]: ...

    @property
    def unit(self) -> str: ...

    @property
    def told(self) -> tuple[Column, ...]: ...

    @property
    def cost(self) -> float: ...

    def document(self) -> dict[str, Any]: ...

    def build(self) -> Objective: ...

    def profile(self) -> Profile: ...

    def parse_start(self, document: Mapping[str, Any], errors: list[FieldError]) -> tuple[float, ...] | None: ...

    def initial(self, start: tuple[float, ...] | None, seed: int) -> Tensor: ...

    def suggested_rate(self, preset: str) -> float: ...


Parse = Callable[[Mapping[str, Any], Place, list[FieldError]], Choice | None]

KINDS: Mapping[str, Parse] = {SurfaceChoice.kind: parse_surface_choice, ModelChoice.kind: parse_model_choice}


def parse_choice(value: Any, at: Place, errors: list[FieldError]) -> Choice | None:
    """The choice that the field at `at` describes; otherwise None, and what is wrong in `errors`."""
    if not isinstance(value, Mapping):
        errors.append(FieldError(at, message("problems.needs.kind", got=describe(value))))
        return None
    kind = value.get("kind")
    parse = KINDS.get(kind) if isinstance(kind, str) else None
    if parse is None:
        errors.append(FieldError((*at, "kind"), must_be(either([f'"{name}"' for name in KINDS]), kind)))
        return None
    # A surface that has no name says what it is.
    return (
        parse_function_choice(value, at, errors)
        if kind == SurfaceChoice.kind and TYPED in value
        else parse(value, at, errors)
    )
