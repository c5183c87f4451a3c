"""The experiment: an immutable document with one canonical text.

It is the share link, the cache key and the header of every export. `parse` is the only way in from outside; it corrects
nothing silently and reports every fault with the path to its field.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from torch import Tensor

from app.core.params import Param, parse_fields, plain, refuse_unknown
from app.core.problems import FieldError, Place, describe, invalid, several
from app.core.registry import find_named
from app.core.text import canonical_json
from app.core.words import Message, message
from app.migrations import VERSION, VersionError, migrate
from app.objectives.base import Column
from app.objectives.choice import Choice, parse_choice
from app.objectives.columns import names, price, shared
from app.objectives.models.choice import ModelChoice
from app.optimizers.base import Optimizer
from app.optimizers.catalog import OPTIMIZERS, preset_of
from app.schedules.base import Schedule
from app.schedules.catalog import SCHEDULES
from app.schedules.warmup import WARMUP

MOST_OPTIMIZERS = 64
LONGEST_LABEL = 80
SHARED_COST = 3.0  # of a step, however few rows there are: the loop and the gradient that they share
ALONE_COST = 8.0  # of each row more where rows are not moved in one batch: in lower precision than float64
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

STEPS = Param("steps", "integer", 300, low=1, high=100_000, soft=(10, 3000), scale="log")
SEED = Param("seed", "integer", 0, low=0, high=2**32 - 1, soft=(0, 20))
NOISE = Param("noise", "number", 0.0, low=0.0, high=1e6, soft=(0.0, 10.0))
CLIP_NORM = Param(
    "clip_norm", "number", None, low=0.0, open_low=True, high=1e9, soft=(0.01, 100.0), scale="log", optional=True,
)  # fmt: skip
CLIP_VALUE = Param(
    "clip_value", "number", None, low=0.0, open_low=True, high=1e9, soft=(0.01, 100.0), scale="log", optional=True,
)  # fmt: skip
DTYPE = Param("dtype", "choice", "float64", choices=("float64", "float32", "bfloat16"))
FIELDS = (STEPS, SEED, NOISE, CLIP_NORM, CLIP_VALUE, DTYPE)


@dataclass(frozen=True, slots=True)
class ScheduleChoice:
    """A schedule with a value for each of its params and of the warm-up's."""

    schedule: Schedule
    settings: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        return {"name": self.schedule.id, **plain(self.settings)}


@dataclass(frozen=True, slots=True)
class OptimizerChoice:
    """An optimizer with a value for each hyper-parameter, its schedule, and the label that names it on the page."""

    optimizer: Optimizer
    hyper: Mapping[str, Any]
    schedule: ScheduleChoice
    label: str

    def document(self) -> dict[str, Any]:
        return {**self.rule(), "label": self.label}

    def cost(self, evaluation: float) -> float:
        """The price of a step where one more evaluation of the gradient costs `evaluation` more than on a surface."""
        return self.optimizer.cost(self.hyper) + self.optimizer.evaluations(self.hyper) * evaluation

    def rule(self) -> dict[str, Any]:
        """All that moves the run: the document without its label."""
        return {"name": self.optimizer.id, **plain(self.hyper), "schedule": self.schedule.document()}


@dataclass(frozen=True, slots=True)
class Experiment:
    """One objective, one start, and the optimizers that race down it.

    start: the coordinates, or None where the objective draws its own from the seed.
    """

    objective: Choice
    start: tuple[float, ...] | None
    optimizers: tuple[OptimizerChoice, ...]
    steps: int
    seed: int
    noise: float
    clip_norm: float | None
    clip_value: float | None
    dtype: str

    def canonical(self) -> dict[str, Any]:
        """The whole document, every default written out."""
        return {**self.shared(), "optimizers": [choice.document() for choice in self.optimizers]}

    def shared(self) -> dict[str, Any]:
        """All that the optimizers share."""
        return {
            "version": VERSION,
            "objective": self.objective.document(),
            "start": None if self.start is None else list(self.start),
            **{param.id: getattr(self, param.id) for param in FIELDS},
        }

    @property
    def model(self) -> ModelChoice | None:
        """The model that is trained; None where the objective has no weights and data."""
        return self.objective if isinstance(self.objective, ModelChoice) else None

    @property
    def told(self) -> tuple[Column, ...]:
        """What is told of every entry: what its objective has to say, then what is told of every objective."""
        return (*self.objective.told, *shared(self.objective.unit))

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of what is told."""
        return names(self.told)

    def column(self, name: str) -> int:
        """Where the column `name` stands."""
        return self.columns.index(name)

    def begin(self) -> Tensor:
        """Where every row begins, `(P,)`, float64."""
        return self.objective.initial(self.start, self.seed)

    @property
    def step_cost(self) -> float:
        """The time of one step of all rows, in steps of plain gradient descent of one row on a surface, in a batch."""
        alone = 0.0 if self.dtype == "float64" else ALONE_COST
        each = alone + price(self.told)
        return SHARED_COST + sum(each + choice.cost(self.objective.cost) for choice in self.optimizers)

    def text(self) -> str:
        """The canonical text: equal experiments have equal texts."""
        return canonical_json(self.canonical())

    def __reduce__(self) -> tuple[Any, ...]:
        # Entries hold functions; an experiment travels to a worker as its document.
        return parse, (self.canonical(),)


def parse(document: Any) -> Experiment:
    """The experiment that `document` describes, of this version or an older one; raises Problem with the path of every
    field at fault.
    """
    errors: list[FieldError] = []
    if not isinstance(document, Mapping):
        raise invalid([FieldError((), message("problems.needs.experiment-fields", got=describe(document)))])
    document = _migrated(document, errors)
    refuse_unknown(
        document, {"version", "objective", "start", "optimizers"} | {param.id for param in FIELDS}, (), errors
    )
    objective = parse_choice(document.get("objective"), ("objective",), errors)
    fields = parse_fields(FIELDS, {p.id: document[p.id] for p in FIELDS if p.id in document}, (), errors)
    start = objective.parse_start(document, errors) if objective else None
    optimizers = _parse_optimizers(document.get("optimizers"), objective, errors)
    if errors or objective is None:
        raise invalid(errors)
    return Experiment(objective, start, optimizers, **fields)


def _migrated(document: Mapping[str, Any], errors: list[FieldError]) -> Mapping[str, Any]:
    """The document in the form of this version; as it came where its version is none, which goes to `errors`."""
    try:
        return migrate(document)
    except VersionError as error:
        key = "problems.version.newer" if error.newer else "problems.version.wrong"
        told = Message(key, {"n": error.newest, "got": describe(document["version"])})
        errors.append(FieldError(("version",), told))
        return document


def _parse_optimizers(value: Any, objective: Choice | None, errors: list[FieldError]) -> tuple[OptimizerChoice, ...]:
    if not isinstance(value, list | tuple) or not 1 <= len(value) <= MOST_OPTIMIZERS:
        got = several(value) if isinstance(value, list | tuple) else describe(value)
        errors.append(FieldError(("optimizers",), message("problems.needs.optimizers", n=MOST_OPTIMIZERS, got=got)))
        return ()
    parsed: list[OptimizerChoice] = []
    for index, item in enumerate(value):
        choice = _parse_optimizer(item, ("optimizers", index), objective, [one.label for one in parsed], errors)
        parsed += [choice] if choice else []
    return tuple(parsed)


def _parse_optimizer(
    value: Any, at: Place, objective: Choice | None, taken: Sequence[str], errors: list[FieldError]
) -> OptimizerChoice | None:
    optimizer = find_named(OPTIMIZERS, value, at, "optimizer", errors)
    if optimizer is None:
        return None
    if objective and not (optimizer.surfaces if objective.axes else optimizer.models):
        told = message("problems.optimizer-unfit", optimizer=optimizer.title, kind=objective.kind)
        errors.append(FieldError((*at, "name"), told))
    own = {name: part for name, part in value.items() if name not in {"name", "label", "schedule"}}
    hyper = parse_fields(optimizer.params, own, at, errors)
    preset = preset_of(optimizer.id, hyper)
    if "lr" not in own and objective:
        hyper["lr"] = objective.suggested_rate(preset.id)
    errors += [FieldError((*at, field), told) for field, told in optimizer.check(hyper)]
    schedule = _parse_schedule(value.get("schedule", {"name": "constant"}), (*at, "schedule"), errors)
    label = _parse_label(value.get("label", _unique(preset.title, taken)), (*at, "label"), errors)
    return OptimizerChoice(optimizer, hyper, schedule, label) if schedule else None


def _parse_schedule(value: Any, at: Place, errors: list[FieldError]) -> ScheduleChoice | None:
    schedule = find_named(SCHEDULES, value, at, "schedule", errors)
    if schedule is None:
        return None
    own = {name: part for name, part in value.items() if name != "name"}
    return ScheduleChoice(schedule, parse_fields((*schedule.params, *WARMUP), own, at, errors))


def _parse_label(value: Any, at: Place, errors: list[FieldError]) -> str:
    if isinstance(value, str) and len(value.strip()) > 0 and len(value) <= LONGEST_LABEL and not _CONTROL.search(value):
        return value
    errors.append(FieldError(at, message("problems.needs.label", n=LONGEST_LABEL, got=describe(value))))
    return ""


def _unique(title: str, taken: Sequence[str]) -> str:
    """`title`, or where it is taken the first of "title 2", "title 3" ... that is not."""
    numbered = (f"{title} {number}" for number in range(2, len(taken) + 3))
    return title if title not in taken else next(name for name in numbered if name not in taken)
