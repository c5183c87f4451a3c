"""Lanes: rows of a batch that one rule moves together, step by step."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import torch
from torch import Tensor

from app.engine.batch import Group, chosen
from app.engine.evaluate import Evaluator
from app.engine.records import Memory, Places
from app.engine.rest import rests
from app.optimizers.base import Init, Optimizer, State, Step, Update
from app.optimizers.torch_adapter import TorchDriver


class Moment(NamedTuple):
    """What a lane knows at an entry, before it moves on."""

    step: Step
    state: State


class Lane(Protocol):
    """Rows that move together. group: which they are, and what moves them; theta: `(b, P)`, where they are now; moved:
    `(b, P)`, how far the last step went, or None before the first of this call.
    """

    group: Group
    theta: Tensor
    moved: Tensor | None

    def see(self, loss: Tensor, grad: Tensor, entry: int) -> Moment:
        """Take note of `entry`, where `theta` is now.

        loss: `(B,)`, of all rows in the order of the lanes; grad: `(b, P)`, of this lane's own rows, modified.
        """

    def step(self) -> None:
        """Move on from the entry that was seen last."""

    def rests(self, seen: Moment, rows: Places) -> Tensor:
        """Which of its `rows` were at rest when that was seen."""

    def state(self) -> Any:
        """What its rows remember."""

    def extra_evaluations(self, steps: Places) -> Places:
        """How many evaluations the first so many `steps` of each row took in this call, beyond the one that all rows
        share.
        """


class RuleLane:
    """Rows of one pure rule, in one batch."""

    moved: Tensor | None = None
    _seen: Moment

    def __init__(self, group: Group, theta: Tensor, state: State | None, evaluator: Evaluator) -> None:
        self.group, self.theta, self._evaluator = group, theta, evaluator
        self._ascend = bool(group.hyper.get("maximize"))
        self._init, self._update = _rule(group.optimizer)
        self._state = state

    def see(self, loss: Tensor, grad: Tensor, entry: int) -> Moment:
        self._hyper = self.group.at(entry)
        if self._state is None:
            self._state = self._init(self.theta, self._hyper)
        self._seen = Moment(Step(self.theta, -grad if self._ascend else grad, entry + 1), self._state)
        return self._seen

    def step(self) -> None:
        self.moved, self._state = self._update(*self._seen, self._hyper)
        self.theta = self.theta + self.moved

    def rests(self, seen: Moment, rows: Places) -> Tensor:
        hyper = chosen(self.group.highest(seen.step.t - 1, self._evaluator.steps), rows)
        step = Step(seen.step.theta[rows], seen.step.grad[rows], seen.step.t)
        state = {name: slot[rows] for name, slot in seen.state.items()}
        return rests(self.group.optimizer, self._evaluator.objective, step, state, hyper)

    def state(self) -> Any:
        return self._state

    def extra_evaluations(self, steps: Places) -> Places:
        return np.zeros_like(steps)


class TorchLane:
    """One row that `torch.optim` itself moves."""

    moved: Tensor | None = None
    _seen: tuple[Tensor, Tensor, int]

    def __init__(self, group: Group, theta: Tensor, state: Any, evaluator: Evaluator, index: int) -> None:
        """index: where the row stands in the order of the lanes."""
        self.group, self.theta, self._evaluator, self._index = group, theta, evaluator, index
        self._driver = TorchDriver(group.optimizer, group.hyper, theta[0], state, shapes=evaluator.objective.shapes)
        self._extra = [0]

    def see(self, loss: Tensor, grad: Tensor, entry: int) -> Moment:
        self._seen = loss[self._index], grad[0], entry
        sign = -1.0 if self.group.hyper.get("maximize") else 1.0
        return Moment(Step(self.theta, sign * grad, entry + 1), {})

    def step(self) -> None:
        loss, grad, entry = self._seen
        before = self.theta

        def observe(theta: Tensor) -> tuple[Tensor, Tensor]:
            losses, grads = self._evaluator.loss_and_grad(theta[None], entry)
            return losses[0], self._evaluator.modify(grads, entry)[0]

        self.theta = self._driver.step(observe, self.group.at(entry), (loss, grad))[None]
        self.moved = self.theta - before
        self._extra.append(self._driver.extra_evaluations)

    def rests(self, seen: Moment, rows: Places) -> Tensor:
        hyper = self.group.highest(seen.step.t - 1, self._evaluator.steps)
        return rests(self.group.optimizer, self._evaluator.objective, *seen, hyper)

    def state(self) -> Any:
        return self._driver.state()

    def extra_evaluations(self, steps: Places) -> Places:
        return np.array(self._extra)[np.minimum(steps, len(self._extra) - 1)]


def make_lanes(groups: Iterable[Group], theta: Tensor, memories: Sequence[Memory], evaluator: Evaluator) -> list[Lane]:
    """A lane for each of `groups`.

    theta: of the whole batch, `(B, P)`; memories: those of the carry.
    """
    lanes: list[Lane] = []
    first = 0
    for group in groups:
        own, state = evaluator.laid(theta[torch.from_numpy(group.places)]), remembered(memories, group.places)
        if group.optimizer.update is None:
            lanes.append(TorchLane(group, own, state, evaluator, first))
        else:
            laid = None if state is None else {name: evaluator.laid(slot) for name, slot in state.items()}
            lanes.append(RuleLane(group, own, laid, evaluator))
        first += len(group.places)
    return lanes


def remembered(memories: Sequence[Memory], places: Places) -> Any:
    """What the rows at `places` remember, in that order; None before the first step."""
    parts = [part for part in (memory.of(places) for memory in memories) if len(part.places)]
    if not parts:
        return None
    if len(parts) == 1:
        return parts[0].state
    order = torch.cat([torch.from_numpy(part.places) for part in parts]).argsort()
    return {name: torch.cat([part.state[name] for part in parts])[order] for name in parts[0].state}


def _rule(optimizer: Optimizer) -> tuple[Init, Update]:
    if optimizer.init is None or optimizer.update is None:
        raise TypeError(f"{optimizer.id} is no pure rule")
    return optimizer.init, optimizer.update
