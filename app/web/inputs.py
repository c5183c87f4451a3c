"""Reading what the HTTP calls take beside an experiment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.params import MOST_ERRORS, Param, parse_fields, refuse_unknown
from app.core.problems import FieldError, Problem, describe, invalid, must_be
from app.core.words import Message, message
from app.engine.snapshot import PARTS
from app.experiment import Experiment, parse
from app.objectives.models.choice import ModelChoice
from app.objectives.planes.choice import PlaneChoice, parse_plane_choice
from app.objectives.surfaces.base import Window

FILLER = [{"name": "sgd", "lr": 0.1}]
"""What needs no optimizer is told about an experiment, which does."""


def _range(name: str) -> Param:
    ends = tuple(Param(end, "number", 0.0, low=-1e9, high=1e9) for end in ("low", "high"))
    return Param(name, "tuple", None, items=ends)


WINDOW = Param("window", "tuple", None, optional=True, items=(_range("x"), _range("y")))
RESOLUTION = Param("resolution", "integer", None, low=2, high=400)
LOOK = Param("resolution", "integer", 48, low=2, high=128)
STEP = Param("step", "integer", 0, low=0)


@dataclass(frozen=True, slots=True)
class FieldRequest:
    """The loss of `experiment`'s objective over `window`, `resolution` a side, on `plane` where it is that of `model`.

    What is None is as suggested, but for `model`: there is none where the objective is a surface.
    """

    experiment: Experiment
    model: ModelChoice | None
    plane: PlaneChoice | None
    window: Window | None
    resolution: int | None


@dataclass(frozen=True, slots=True)
class SnapshotRequest:
    """What `model`, which `experiment` trains, is at `step`; parts: some of `PARTS`."""

    experiment: Experiment
    model: ModelChoice
    step: int
    parts: tuple[str, ...]
    resolution: int


@dataclass(frozen=True, slots=True)
class PlaneRequest:
    """The paths of `experiment`, which trains `model`, on `plane` (None: as suggested)."""

    experiment: Experiment
    model: ModelChoice
    plane: PlaneChoice | None


class _Document:
    """An experiment with further fields: beside its own, or with the experiment in a field called so.

    errors: what is wrong with it; own: the further fields; experiment: None where it cannot be read; at: where it
    stands; was_filled: whether it had no optimizers.
    """

    def __init__(self, document: Any, own: Sequence[str], needs: str, *, filled: bool = False) -> None:
        """own: names of the further fields; needs: key of the sentence on what is no such document; filled: it may lack
        optimizers.
        """
        if not isinstance(document, Mapping):
            raise invalid([FieldError((), Message(needs, {"got": describe(document)}))])
        self.errors: list[FieldError] = []
        self.own = {name: document[name] for name in own if name in document}
        rest = {name: value for name, value in document.items() if name not in self.own}
        self.at = ("experiment",) if "experiment" in rest else ()
        if self.at:
            refuse_unknown(rest, {"experiment", *own}, (), self.errors)
            rest = rest["experiment"]
        self.was_filled = filled and isinstance(rest, Mapping) and "optimizers" not in rest
        self.experiment = self._parse({"optimizers": FILLER, **rest} if self.was_filled else rest)

    def _parse(self, document: Any) -> Experiment | None:
        try:
            return parse(document)
        except Problem as problem:
            self.errors += [error.inside(*self.at) for error in problem.errors]
            return None

    @property
    def model(self) -> ModelChoice | None:
        """The model that the experiment trains, None where it is about something else."""
        return self.experiment.model if self.experiment else None

    def plane(self) -> PlaneChoice | None:
        """The field `plane`, None where it is left out or null."""
        value, experiment, model = self.own.get("plane"), self.experiment, self.model
        if value is None or experiment is None:
            return None
        if model is None:
            self.errors.append(FieldError(("plane",), message("problems.plane.surface")))
            return None
        return parse_plane_choice(value, len(experiment.optimizers), model.shapes(), ("plane",), self.errors)

    def fields(self, *params: Param) -> dict[str, Any]:
        """The value of each param."""
        own = {param.id: self.own[param.id] for param in params if param.id in self.own}
        return parse_fields(params, own, (), self.errors)

    def check(self) -> Experiment:
        """The experiment; raises the Problem of all that is wrong."""
        if self.errors or self.experiment is None:
            raise invalid(self.errors)
        return self.experiment

    def check_model(self) -> tuple[Experiment, ModelChoice]:
        """The experiment and its model; raises the Problem of all that is wrong, such as that it has none."""
        if self.experiment and self.model is None:
            self.errors.append(FieldError((*self.at, "objective", "kind"), message("problems.model.only")))
        experiment, model = self.check(), self.model
        assert model
        return experiment, model


def parse_field(document: Any) -> FieldRequest:
    """The request that `document` describes: an objective or a whole experiment, and optionally plane, window and
    resolution. Raises Problem with the path of every field at fault.
    """
    read = _Document(document, ("plane", "window", "resolution"), "problems.needs.objective", filled=True)
    fields, plane = read.fields(WINDOW, RESOLUTION), read.plane()
    for index, ends in enumerate(fields["window"] or ()):
        if ends is not None and not ends[0] < ends[1]:
            read.errors.append(
                FieldError(("window", index), message("problems.needs.rising", got=describe(list(ends))))
            )
    if read.was_filled and read.model:
        read.errors.append(FieldError((*read.at, "optimizers"), message("problems.plane.optimizers")))
    experiment, window = read.check(), fields["window"]
    return FieldRequest(experiment, read.model, plane, Window(*window) if window else None, fields["resolution"])


def parse_plane(document: Any) -> PlaneRequest:
    """The request that `document` describes: an experiment, and optionally a plane. Raises Problem as `parse_field`."""
    read = _Document(document, ("plane",), "problems.needs.experiment")
    plane = read.plane()
    return PlaneRequest(*read.check_model(), plane)


def parse_snapshot(document: Any) -> SnapshotRequest:
    """The request that `document` describes: an experiment and a step, and optionally parts and resolution. Raises
    Problem as `parse_field`.
    """
    read = _Document(document, ("step", "parts", "resolution"), "problems.needs.step")
    fields = read.fields(STEP, LOOK)
    parts = _parse_parts(read.own.get("parts", list(PARTS)), read.errors)
    if "step" not in read.own:
        read.errors.append(FieldError(("step",), message("problems.must-be.missing", allowed=STEP.allowed())))
    elif read.experiment and fields["step"] > read.experiment.steps:
        told = message("problems.needs.last-step", most=read.experiment.steps, got=fields["step"])
        read.errors.append(FieldError(("step",), told))
    return SnapshotRequest(*read.check_model(), fields["step"], parts, fields["resolution"])


def _parse_parts(value: Any, errors: list[FieldError]) -> tuple[str, ...]:
    names = ", ".join(PARTS)
    if not isinstance(value, list) or not value:
        errors.append(FieldError(("parts",), message("problems.needs.parts", known=names, got=describe(value))))
        return ()
    wrong = [(index, part) for index, part in enumerate(value) if part not in PARTS][:MOST_ERRORS]
    known = message("problems.allowed.choice", choices=names)
    errors += [FieldError(("parts", index), must_be(known, part)) for index, part in wrong]
    return tuple(part for part in PARTS if part in value)


def parse_data(document: Any) -> Experiment:
    """An experiment with the objective that `document` has, which is a model. Raises Problem as `parse_field`."""
    return _Document(document, (), "problems.needs.objective", filled=True).check_model()[0]
