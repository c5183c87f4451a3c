"""Lanes: the rows of a race, grouped so that rows which share a rule move in one batch."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor

from app.engine.evaluate import Evaluator
from app.engine.records import Row, Values
from app.experiment import OptimizerChoice
from app.optimizers.base import Init, Optimizer, Step, Update
from app.optimizers.torch_adapter import TorchDriver


@dataclass(frozen=True, slots=True)
class Member:
    """A row that is to move: its `place` in the batch, and its learning rate, at each entry if it changes."""

    place: int
    choice: OptimizerChoice
    row: Row
    rates: float | Values


class Lane(Protocol):
    """Rows that move together. places: where they stand in the experiment; theta: `(b, P)`, where they are now."""

    places: tuple[int, ...]
    theta: Tensor

    def step(self, loss: Tensor, grad: Tensor, offset: int) -> None:
        """Move on from the entry `offset` of this call.

        loss: `(B,)`, of all rows in the order of the lanes; grad: `(b, P)`, of this lane's own rows, modified.
        """

    def states(self) -> list[Any]:
        """The state of each row, to carry on with."""

    def extra_evaluations(self, steps: int) -> int:
        """How many evaluations the first `steps` steps of this call took beyond the one that all rows share."""


class RuleLane:
    """Rows of one pure rule, in one batch."""

    def __init__(self, members: Sequence[Member], first: int) -> None:
        self.places = tuple(member.place for member in members)
        self.theta = torch.stack([member.row.theta for member in members])
        self._first = first
        self._hyper = collapse([member.choice.hyper for member in members])
        self._ascend = bool(self._hyper.get("maximize"))
        self._rate = _rates(members)
        self._init, self._update = _rule(members[0].choice)
        self._state = _stack_states([member.row.state for member in members])

    def step(self, loss: Tensor, grad: Tensor, offset: int) -> None:
        self._hyper["lr"] = self._rate(offset)
        if self._state is None:
            self._state = self._init(self.theta, self._hyper)
        step = Step(self.theta, -grad if self._ascend else grad, self._first + offset + 1)
        displacement, self._state = self._update(step, self._state, self._hyper)
        self.theta = self.theta + displacement

    def states(self) -> list[Any]:
        if not self._state:
            return [self._state] * len(self.places)
        parts = zip(*(slot.unbind(0) for slot in self._state.values()), strict=True)
        return [dict(zip(self._state, part, strict=True)) for part in parts]

    def extra_evaluations(self, steps: int) -> int:
        return 0


class TorchLane:
    """One row that `torch.optim` itself moves."""

    def __init__(self, member: Member, evaluator: Evaluator, first: int, index: int) -> None:
        """index: where the row stands in the order of the lanes."""
        self._index = index
        self.places: tuple[int, ...] = (member.place,)
        self.theta = member.row.theta[None]
        self._first, self._rate, self._evaluator = first, _rates([member]), evaluator
        self._driver = TorchDriver(
            member.choice.optimizer,
            member.choice.hyper,
            member.row.theta,
            member.row.state,
            shapes=evaluator.objective.shapes,
        )
        self._extra = [0]

    def step(self, loss: Tensor, grad: Tensor, offset: int) -> None:
        def observe(theta: Tensor) -> tuple[Tensor, Tensor]:
            value, slope = self._evaluator.loss_and_grad(theta[None], self._first + offset)
            return value[0], self._evaluator.modify(slope, self._first + offset)[0]

        self.theta = self._driver.step(observe, self._rate(offset), (loss[self._index], grad[0]))[None]
        self._extra.append(self._driver.extra_evaluations)

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
    return lanes + [RuleLane(group, first) for group in groups.values()]


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
