"""A surface with its params, as a part of a document."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import torch
from torch import Tensor

from app.core.params import Param, parse_fields, refuse_unknown
from app.core.problems import FieldError, Place, describe
from app.core.registry import find
from app.core.words import message
from app.objectives.base import Column
from app.objectives.columns import shared
from app.objectives.profile import Field, Profile, own_curves, own_measures
from app.objectives.surfaces.base import Surface, SurfaceObjective
from app.objectives.surfaces.catalog import SURFACES
from app.objectives.surfaces.rates import FALLBACK, RATES, suggested_rate
from app.objectives.surfaces.told import CURVES, MEASURES, TABS

Start = tuple[float, ...]

COORDINATE = Param("start", "number", 0.0, low=-1e6, high=1e6)


@dataclass(frozen=True, slots=True)
class SurfaceChoice:
    """A surface with a value for each of its params."""

    surface: Surface
    params: Mapping[str, Any]

    kind: ClassVar[str] = "surface"
    axes: ClassVar[tuple[str, str]] = ("x", "y")
    unit: ClassVar[str] = "surfaces.value"
    told: ClassVar[tuple[Column, ...]] = SurfaceObjective.told

    @property
    def cost(self) -> float:
        """Of the gradient of one row, beyond that of a surface, in steps of plain gradient descent."""
        return 0.0

    @property
    def title(self) -> str:
        """What is minimised, in a few words."""
        return self.surface.title

    def document(self) -> dict[str, Any]:
        return {"kind": self.kind, "name": self.surface.id, "params": dict(self.params)}

    def build(self) -> SurfaceObjective:
        """The objective that the engine minimises."""
        return SurfaceObjective(self.surface, self.params)

    def parse_start(self, document: Mapping[str, Any], errors: list[FieldError]) -> Start:
        """The field `start` of an experiment, or that of the surface; what is wrong with it goes to `errors`."""
        value = document.get("start", self.surface.start)
        if not isinstance(value, list | tuple) or len(value) != 2:
            errors.append(FieldError(("start",), message("problems.needs.point", got=describe(value))))
            return self.surface.start
        return tuple(COORDINATE.parse(part, ("start", index), errors) for index, part in enumerate(value))

    def initial(self, start: Start | None, seed: int) -> Tensor:
        """Where every row begins, `(2,)`, float64: at `start`, or else as the surface has it."""
        return torch.tensor(start or self.surface.start, dtype=torch.float64)

    def suggested_rate(self, preset: str) -> float:
        """The learning rate to begin with, for the preset with this id."""
        return suggested_rate(self.surface.id, preset)

    def profile(self) -> Profile:
        """What it says of itself."""
        surface, told = self.surface, (*self.told, *shared(self.unit))
        return Profile(
            id=surface.id,
            title=surface.title,
            told=told,
            loss="loss",
            scale=surface.id,
            tabs=TABS,
            curves=(*CURVES, *own_curves(told)),
            measures=(*MEASURES, *own_measures(told)),
            rates=RATES.get(surface.id, {}),
            rate=FALLBACK,
            price=self.cost,
            lowest=min((point.value for point in surface.points if point.kind == "global"), default=None),
            field=Field(self.axes, surface.window, surface.points, surface.log, surface.detail),
        )


def parse_surface_choice(document: Mapping[str, Any], at: Place, errors: list[FieldError]) -> SurfaceChoice | None:
    """The choice that `document` describes; otherwise None, and what is wrong in `errors`."""
    refuse_unknown(document, {"kind", "name", "params"}, at, errors)
    surface = find(SURFACES, document.get("name"), (*at, "name"), "surface", errors)
    params = document.get("params", {})
    if not isinstance(params, Mapping):
        errors.append(FieldError((*at, "params"), message("problems.needs.object", got=describe(params))))
        return None
    if surface is None:
        return None
    return SurfaceChoice(surface, parse_fields(surface.params, params, (*at, "params"), errors))
