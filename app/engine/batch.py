"""What is to be computed: B rows on one objective, described by arrays and not by an object for each row."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.engine.objectives import DTYPES, objective_of
from app.engine.records import Places
from app.experiment import Experiment, OptimizerChoice, ScheduleChoice
from app.objectives.base import Objective
from app.objectives.columns import names, shared
from app.optimizers.base import Hyper, Optimizer
from app.schedules.base import Schedule
from app.schedules.warmup import rate


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Rows of a batch that one rule can move together.

    places: where they stand in the batch, `(b,)`, rising; hyper: each hyper-parameter, as a value that all rows share
    or as numbers `(b, 1)`; `lr` is what the schedule begins with. steady: whether they are the same at every step.
    """

    optimizer: Optimizer
    places: Places
    hyper: Hyper
    schedule: ScheduleChoice
    steady: bool = field(init=False)

    def __post_init__(self) -> None:
        own = self.schedule
        object.__setattr__(self, "steady", own.schedule.constant and not own.settings["warmup"])

    def at(self, entry: int) -> Hyper:
        """The hyper-parameters of the step after `entry`: what they are at a step is said here and nowhere else."""
        return self.hyper if self.steady else {**self.hyper, "lr": self.rate(entry)}

    def rate(self, entry: int) -> Any:
        """The learning rate of the step after `entry`: a number, or `(b, 1)`."""
        lr, own = self.hyper["lr"], self.schedule
        return lr if self.steady else _each(lambda one: rate(own.schedule, one, entry, own.settings), lr)

    def rates(self, entries: Sequence[int]) -> float | NDArray[np.float64]:
        """The same at each of `entries`: a number, `(b,)` or `(n, b)`."""
        if self.steady:
            lr: float | NDArray[np.float64] = _flat(self.hyper["lr"])
            return lr
        return np.stack([np.atleast_1d(_flat(self.rate(entry))) for entry in entries])

    def highest(self, entry: int, steps: int) -> Hyper:
        """The hyper-parameters with the highest learning rate that is still to come from `entry` to the last of
        `steps`.
        """
        if self.steady:
            return self.hyper
        own, place = self.schedule, min(entry, steps - 1)
        items = tuple(own.settings.items())
        lr = _each(lambda one: _highest(own.schedule, items, one, steps)[place], self.hyper["lr"])
        return {**self.hyper, "lr": lr}

    def of(self, rows: Places | slice) -> "Group":
        """Those of its rows alone."""
        return replace(self, places=self.places[rows], hyper=chosen(self.hyper, rows))


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """B rows of P parameters on one objective.

    theta: where each row begins, `(B, P)`, in the number format that all is computed in; groups: each row is in one of
    them; noise, clip_norm, clip_value, seed, steps: as in an experiment; goal: the loss at or under which a row counts
    as having got there, or None.
    """

    objective: Objective
    theta: Tensor
    groups: tuple[Group, ...]
    steps: int
    seed: int
    noise: float = 0.0
    clip_norm: float | None = None
    clip_value: float | None = None
    goal: float | None = None

    def __len__(self) -> int:
        return len(self.theta)

    @property
    def columns(self) -> tuple[str, ...]:
        """What is known of each entry, as an experiment has it."""
        return names((*self.objective.told, *shared("")))


def batch_of(experiment: Experiment) -> Batch:
    """The optimizers of `experiment`, a row for each."""
    theta = experiment.begin().to(DTYPES[experiment.dtype]).expand(len(experiment.optimizers), -1)
    return _batch(experiment, theta, tuple(_grouped(experiment)))


def sweep(experiment: Experiment, hyper: Mapping[str, Any], theta: Tensor | None = None) -> Batch:
    """The only optimizer of `experiment` again and again, a row for each of the values in `hyper`.

    hyper: by name, values `(B,)` of numeric hyper-parameters; of one that is a tuple, a tuple of such or of numbers.
    theta: where each row begins, `(B, P)`; without it, all begin as the experiment does.
    """
    (choice,) = experiment.optimizers
    rows = len(theta) if theta is not None else max(map(_rows, hyper.values()))
    begin = experiment.begin() if theta is None else theta
    begin = begin.to(DTYPES[experiment.dtype]).expand(rows, -1)
    columns = {name: _column(value) for name, value in hyper.items()}
    group = Group(choice.optimizer, np.arange(rows), {**choice.hyper, **columns}, choice.schedule)
    alone = choice.optimizer.update is None or begin.dtype != torch.float64
    groups = [group.of(slice(row, row + 1)) for row in range(rows)] if alone else [group]
    return _batch(experiment, begin, tuple(groups))


def chosen(hyper: Hyper, rows: Places | slice) -> Hyper:
    """The hyper-parameters of these rows; of one row alone as plain numbers, as it has them outside of a batch."""
    return {name: _chosen(value, rows) for name, value in hyper.items()}


def _batch(experiment: Experiment, theta: Tensor, groups: tuple[Group, ...]) -> Batch:
    given = experiment.steps, experiment.seed, experiment.noise, experiment.clip_norm, experiment.clip_value
    return Batch(objective_of(experiment), theta, groups, *given)


def _grouped(experiment: Experiment) -> Iterator[Group]:
    """In low precision a rule must round as torch does with plain numbers, so there each row is a group of its own."""
    groups: dict[Any, list[int]] = {}
    for row, choice in enumerate(experiment.optimizers):
        switches = tuple(choice.hyper[name] for name in _switches(choice.optimizer))
        alone = row if choice.optimizer.update is None or experiment.dtype != "float64" else None
        schedule = choice.schedule.schedule.id, *choice.schedule.settings.items()
        groups.setdefault((choice.optimizer.id, switches, schedule, alone), []).append(row)
    for rows in groups.values():
        choices = [experiment.optimizers[row] for row in rows]
        yield Group(choices[0].optimizer, np.array(rows), _collapsed(choices), choices[0].schedule)


@cache
def _switches(optimizer: Optimizer) -> tuple[str, ...]:
    """The params whose values are never batched: rows that differ in one of them are in different groups."""
    return tuple(param.id for param in optimizer.params if param.kind in ("switch", "choice") or param.optional)


def _collapsed(choices: Sequence[OptimizerChoice]) -> dict[str, Any]:
    return {name: _collapse([choice.hyper[name] for choice in choices]) for name in choices[0].hyper}


def _collapse(values: Sequence[Any]) -> Any:
    """A value that all rows share as it is, numbers that differ as `(b, 1)`."""
    first = values[0]
    if all(value == first for value in values):
        return first
    if isinstance(first, tuple):
        return tuple(_collapse(parts) for parts in zip(*values, strict=True))
    return torch.tensor(values, dtype=torch.float64)[:, None]


def _rows(value: Any) -> int:
    return max(map(_rows, value)) if isinstance(value, tuple) else len(value) if isinstance(value, Tensor) else 1


def _column(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_column, value))
    if not isinstance(value, Tensor):
        return value
    return (value.double() if value.is_floating_point() else value)[:, None]


def _chosen(value: Any, rows: Places | slice) -> Any:
    if isinstance(value, tuple):
        return tuple(_chosen(part, rows) for part in value)
    if not isinstance(value, Tensor):
        return value
    part = value[rows]
    return part.item() if len(part) == 1 else part


def _each(function: Any, value: Any) -> Any:
    """`function` of a number, or of each number in `(b, 1)`."""
    if not isinstance(value, Tensor):
        return float(function(value))
    return torch.tensor([function(one) for one in value.flatten().tolist()], dtype=torch.float64)[:, None]


def _flat(value: Any) -> Any:
    return value.flatten().numpy() if isinstance(value, Tensor) else value


@lru_cache(maxsize=64)
def _highest(schedule: Schedule, settings: tuple[tuple[str, Any], ...], lr: float, steps: int) -> list[float]:
    rates = [rate(schedule, lr, step, dict(settings)) for step in reversed(range(steps))]
    return list(accumulate(rates, max))[::-1]
