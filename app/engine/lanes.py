"""Lanes: the rows of a race, grouped so that rows which share a rule move in one batch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor

from app.engine.evaluate import Evaluator
from app.engine.records import Row, Values
from app.engine.rest import rests
from app.experiment import OptimizerChoice
from app.optimizers.base import Init, Optimizer, State, Step, Update
from app.optimizers.torch_adapter import TorchDriver
from app.schedules.base import Schedule
from app.schedules.warmup import rate


@dataclass(frozen=True, slots=True)
class Member:
    """A row that is to move: its `place` in the batch, and its learning rate, at each entry if it changes."""

    place: int
    choice: OptimizerChoice
    row: Row
    rates: float | Values


class Seen(NamedTuple):
    """What a lane knows at an entry, before it moves on."""

    step: Step
    state: State


class Lane(Protocol):
    """Rows that move together. places: where they stand in the experiment; theta: `(b, P)`, where they are now; moved:
    `(b, P)`, how far the last step went, or None before the first of this call.
    """

    places: tuple[int, ...]
    theta: Tensor
    moved: Tensor | None

    def see(self, loss: Tensor, grad: Tensor, offset: int) -> Seen:
        """Take note of the entry `offset` of this call, where `theta` is now.

        loss: `(B,)`, of all rows in the order of the lanes; grad: `(b, P)`, of this lane's own rows, modified.
        """

    def step(self) -> None:
        """Move on from the entry that was seen last."""

    def rests(self, seen: Seen) -> Tensor:
        """Which rows were at rest when that was seen, `(b,)`."""

    def states(self) -> list[Any]:
        """The state of each row, to carry on with."""

    def extra_evaluations(self, steps: int) -> int:
        """How many evaluations the first `steps` steps of this call took beyond the one that all rows share."""


class RuleLane:
    """Rows of one pure rule, in one batch."""

    moved: Tensor | None = None
    _seen: Seen

    def __init__(self, members: Sequence[Member], evaluator: Evaluator, first: int) -> None:
        self.places = tuple(member.place for member in members)
        self.theta = torch.stack([member.row.theta for member in members])
        self._choices = [member.choice for member in members]
        self._first, self._evaluator = first, evaluator
        self._hyper = collapse([member.choice.hyper for member in members])
        self._ascend = bool(self._hyper.get("maximize"))
        self._rate = _rates(members)
        self._init, self._update = _rule(members[0].choice)
        self._state = _stack_states([member.row.state for member in members])

    def see(self, loss: Tensor, grad: Tensor, offset: int) -> Seen:
        self._hyper["lr"] = self._rate(offset)
        if self._state is None:
            self._state = self._init(self.theta, self._hyper)
        self._seen = Seen(Step(self.theta, -grad if self._ascend else grad, self._first + offset + 1), self._state)
        return self._seen

    def step(self) -> None:
        self.moved, self._state = self._update(*self._seen, self._hyper)
        self.theta = self.theta + self.moved

    def rests(self, seen: Seen) -> Tensor:
        hyper = self._hyper | {"lr": highest_rates(self._choices, seen.step.t - 1, self._evaluator.steps)}
        return rests(self._choices[0].optimizer, self._evaluator.objective, *seen, hyper)

    def states(self) -> list[Any]:
        if not self._state:
            return [self._state] * len(self.places)
        parts = zip(*(slot.unbind(0) for slot in self._state.values()), strict=True)
        return [dict(zip(self._state, part, strict=True)) for part in parts]

    def extra_evaluations(self, steps: int) -> int:
        return 0


class TorchLane:
    """One row that `torch.optim` itself moves."""

    moved: Tensor | None = None
    _seen: tuple[Tensor, Tensor, int]

    def __init__(self, member: Member, evaluator: Evaluator, first: int, index: int) -> None:
        """index: where the row stands in the order of the lanes."""
        self._index = index
        self.places: tuple[int, ...] = (member.place,)
        self.theta = member.row.theta[None]
        self._first, self._rate, self._evaluator, self._choice = first, _rates([member]), evaluator, member.choice
        self._driver = TorchDriver(
            member.choice.optimizer,
            member.choice.hyper,
            member.row.theta,
            member.row.state,
            shapes=evaluator.objective.shapes,
        )
        self._extra = [0]

    def see(self, loss: Tensor, grad: Tensor, offset: int) -> Seen:
        self._seen = loss[self._index], grad[0], offset
        sign = -1.0 if self._choice.hyper.get("maximize") else 1.0
        return Seen(Step(self.theta, sign * grad, self._first + offset + 1), {})

    def step(self) -> None:
        def observe(theta: Tensor) -> tuple[Tensor, Tensor]:
            value, slope = self._evaluator.loss_and_grad(theta[None], self._first + offset)
            return value[0], self._evaluator.modify(slope, self._first + offset)[0]

        loss, grad, offset = self._seen
        before, self.theta = self.theta, self._driver.step(observe, self._rate(offset), (loss, grad))[None]
        self.moved = self.theta - before
        self._extra.append(self._driver.extra_evaluations)

    def rests(self, seen: Seen) -> Tensor:
        lr = highest_rates([self._choice], seen.step.t - 1, self._evaluator.steps)
        hyper = {**self._choice.hyper, "lr": lr}
        return rests(self._choice.optimizer, self._evaluator.objective, *seen, hyper)

    def states(self) -> list[Any]:
        return [self._driver.state()]

    def extra_evaluations(self, steps: int) -> int:
        return self._extra[min(steps, len(self._extra) - 1)]


def make_lanes(members: Sequence[Member], evaluator: Evaluator, first: int) -> list[Lane]:
    """The lanes of `members`, to move from entry `first`.

    In low precision a rule must round as torch does with plain numbers, so there each row is a lane of its own.
    """
    groups: dict[Any, list[Member]] = {}
    lanes: list[Lane] = []
    for member in members:
        if member.choice.optimizer.update is None:
            lanes.append(TorchLane(member, evaluator, first, len(lanes)))
        else:
            alone = member.place if member.row.theta.dtype != torch.float64 else None
            optimizer, hyper = member.choice.optimizer, member.choice.hyper
            switches = tuple(hyper[name] for name in _switches(optimizer))
            groups.setdefault((optimizer.id, switches, alone), []).append(member)
    return lanes + [RuleLane(group, evaluator, first) for group in groups.values()]


def collapse(hypers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """One mapping for all rows: a value that they share as it is, numbers that differ as a tensor `(B, 1)`."""
    return {name: _collapse([hyper[name] for hyper in hypers]) for name in hypers[0]}


def _collapse(values: Sequence[Any]) -> Any:
    first = values[0]
    if all(value == first for value in values):
        return first
    if isinstance(first, tuple):
        return tuple(_collapse(parts) for parts in zip(*values, strict=True))
    return torch.tensor(values, dtype=torch.float64)[:, None]


def _rates(members: Sequence[Member]) -> Callable[[int], Any]:
    """The learning rate of all members, in the form of `collapse`, by offset."""
    rates = [member.rates for member in members]
    if all(isinstance(rate, float) for rate in rates):
        constant = _collapse(rates)
        return lambda _: constant
    count = next(len(rate) for rate in rates if not isinstance(rate, float))
    table = np.stack([np.broadcast_to(rate, count) for rate in rates], 1)
    steps: Any = table[:, 0].tolist() if len(members) == 1 else torch.from_numpy(table)[:, :, None]
    return lambda offset: steps[offset]


def highest_rates(choices: Sequence[OptimizerChoice], entry: int, steps: int) -> Any:
    """The highest learning rate that each of `choices` still has from `entry` to the last of `steps`, in the form of
    `collapse`.
    """
    return _collapse([_highest(choice, steps)[min(entry, steps - 1)] for choice in choices])


def _highest(choice: OptimizerChoice, steps: int) -> list[float]:
    own = choice.schedule
    return _highest_of(own.schedule, tuple(own.settings.items()), choice.hyper["lr"], steps)


@lru_cache(maxsize=64)
def _highest_of(schedule: Schedule, settings: tuple[tuple[str, Any], ...], lr: float, steps: int) -> list[float]:
    rates = [rate(schedule, lr, step, dict(settings)) for step in reversed(range(steps))]
    return list(accumulate(rates, max))[::-1]


def _rule(choice: OptimizerChoice) -> tuple[Init, Update]:
    init, update = choice.optimizer.init, choice.optimizer.update
    if init is None or update is None:
        raise TypeError(f"{choice.optimizer.id} is no pure rule")
    return init, update


@cache
def _switches(optimizer: Optimizer) -> tuple[str, ...]:
    """The params whose values are never batched: rows that differ in one of them are in different lanes."""
    return tuple(param.id for param in optimizer.params if param.kind in ("switch", "choice") or param.optional)


def _stack_states(states: Sequence[dict[str, Tensor] | None]) -> dict[str, Tensor] | None:
    known = [state for state in states if state is not None]
    return {name: torch.stack([state[name] for state in known]) for name in known[0]} if known else None
