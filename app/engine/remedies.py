"""What would have kept a trajectory from diverging: told only after the run was tried with that one change."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from torch import Tensor

from app.core.registry import by_id
from app.core.words import Message, message
from app.engine.batch import batch_of
from app.engine.objectives import objective_of
from app.engine.records import DIVERGED
from app.engine.run import advance, move
from app.engine.tape import NOTHING
from app.experiment import SHARED_COST, Experiment, OptimizerChoice, ScheduleChoice
from app.schedules.catalog import SCHEDULES
from app.schedules.warmup import rate

MOST_COST = 25_000.0
"""What all tries for one experiment may cost together, and all paths that are gone again, each in steps of plain
gradient descent."""

BESIDE = 0.2
"""The price of a row more in a batch of one rule, in the same."""

SPARSE, DENSE, DECADES = 1, 4, 6
"""Learning rates that are tried in each of so many decades."""

FINE, TENTH = 1.1**0.5, 1.1
LITTLE = 0.99
LESS = 0.9
"""A momentum that is often used."""


@dataclass(frozen=True)
class Trial:
    """Runs to be tried side by side; equal where their texts are."""

    text: str
    experiment: Experiment = field(compare=False)


@lru_cache(maxsize=256)
def _held(trial: Trial) -> tuple[bool, ...]:
    """Of each row whether it does not diverge."""
    carry, _ = move(batch_of(trial.experiment), None, trial.experiment.steps + 1, NOTHING)
    return tuple((carry.tally.kind != DIVERGED).tolist())


class Remedies:
    """The remedies of one experiment's trajectories."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment, self._left, self._again = experiment, MOST_COST, MOST_COST

    def advice(self, choice: OptimizerChoice, step: int, limit: float | None) -> Message:
        """The sentence on the row of `choice`, which diverged at `step`; limit: the learning rate under which its steps
        shrink where it starts, if known.
        """
        return (
            self._of_momentum(choice)
            or self._of_schedule(choice, step)
            or self._of_curvature(choice, limit)
            or self._of_rate(choice)
        )

    def division(self, choice: OptimizerChoice, step: int) -> tuple[Message, ...]:
        """The sentences where the row of `choice` ended at `step` as 0 was divided by 0; elsewhere none."""
        params = {param.id: param for param in choice.optimizer.params}
        eps = choice.hyper.get("eps")
        place = self.lacking(choice, step) if 0.0 in (eps if isinstance(eps, tuple) else (eps,)) else None
        if place is None or not place.isnan().any():
            return ()
        usual, cause = params["eps"].default, message("outcomes.diverged.division", step=step)
        helps = self._holds([_with(choice, eps=usual)])
        if not helps or not helps[0]:
            return (cause,)
        several = isinstance(usual, tuple)
        return (cause, message("remedies.usual-eps") if several else message("remedies.eps", eps=usual))

    def lacking(self, choice: OptimizerChoice, step: int) -> Tensor | None:
        """The position `(P,)` of the row of `choice` at `step`, the first that it lacks; None where it would take too
        long to go there again.
        """
        alone = replace(self._experiment, optimizers=(choice,))
        cost = step * alone.step_cost
        if cost > self._again:
            return None
        self._again -= cost
        return advance(alone, None, step)[0].rows[0].theta

    def _of_momentum(self, choice: OptimizerChoice) -> Message | None:
        if choice.hyper.get("momentum", 0.0) < 1:
            return None
        helps = self._holds([_with(choice, momentum=LESS)])
        return message("remedies.momentum", momentum=LESS) if helps and helps[0] else None

    def _of_schedule(self, choice: OptimizerChoice, step: int) -> Message | None:
        lr, schedule, settings = choice.hyper["lr"], choice.schedule.schedule, choice.schedule.settings
        highest = max(rate(schedule, lr, entry, settings) for entry in range(step)) if step else lr
        if highest <= lr:
            return None
        steady = {**settings, "warmup": 0}
        constant = replace(choice, schedule=ScheduleChoice(by_id(SCHEDULES, "constant"), steady))
        helps = self._holds([constant])
        if not helps or not helps[0]:
            return None
        return message("remedies.schedule", lr=lr, highest=highest)

    def _of_curvature(self, choice: OptimizerChoice, limit: float | None) -> Message | None:
        """Where the rule's stability is known, is the cause, and is the border of this very run."""
        lr = choice.hyper["lr"]
        if limit is None or lr < limit:
            return None
        if self._holds([_with(choice, lr=LITTLE * limit), _with(choice, lr=TENTH * limit)]) != (True, False):
            return None
        return message("remedies.curvature", limit=limit, lr=lr)

    def _of_rate(self, choice: OptimizerChoice) -> Message:
        """The highest learning rate up to which no try diverged."""
        lr = choice.hyper["lr"]
        for density in (DENSE, SPARSE):
            rates = _below(lr, density)
            held = self._holds([_with(choice, lr=one) for one in rates])
            if held:
                break
        else:
            return message("remedies.rate.perhaps")
        if not held[0]:
            return message("remedies.rate.none", lowest=rates[0])
        best = _last_in_row(held)
        above = rates[best + 1] if best + 1 < len(rates) else lr
        return self._border(choice, rates[best], above)

    def _border(self, choice: OptimizerChoice, low: float, high: float) -> Message:
        """On the border between the rates `low`, which holds, and `high`, which does not."""
        count = math.ceil(math.log(high / low) / math.log(FINE))
        rates = [low, *(_short(low * FINE**power) for power in range(1, count))]
        held = self._holds([_with(choice, lr=one * factor) for factor in (1.0, TENTH) for one in rates])
        best = _last_in_row(held[: len(rates)]) if held and held[0] else 0
        sharp = held and not held[len(rates) + best]
        return message("remedies.rate.border" if sharp else "remedies.rate.holds", lr=rates[best])

    def _holds(self, choices: Sequence[OptimizerChoice]) -> tuple[bool, ...] | None:
        """Of each of `choices` whether this run does not diverge with it; None where it would take too long to try."""
        experiment = replace(self._experiment, optimizers=tuple(choices))
        cost = experiment.steps * self._step_cost(experiment)
        if cost > self._left:
            return None
        self._left -= cost
        return _held(Trial(experiment.text(), experiment))

    def _step_cost(self, experiment: Experiment) -> float:
        first = experiment.optimizers[0]
        batched = experiment.dtype == "float64" and first.optimizer.update and objective_of(experiment).independent
        if not batched:
            return experiment.step_cost
        return SHARED_COST + first.optimizer.cost(first.hyper) + BESIDE * len(experiment.optimizers)


def _with(choice: OptimizerChoice, **changes: Any) -> OptimizerChoice:
    return replace(choice, hyper={**choice.hyper, **changes})


def _short(value: float) -> float:
    """`value` with three significant digits, so that what is told is what was tried."""
    return float(f"{value:.3g}")


def _below(lr: float, density: int) -> list[float]:
    """Learning rates below `lr`, rising, `density` in each decade; the same for every `lr` in between."""
    if lr <= 0:
        return []
    first = math.ceil(math.log10(lr) * density) - DECADES * density
    rates = [_short(10 ** (power / density)) for power in range(first, first + DECADES * density + 1)]
    return [one for one in rates if 0 < one < lr]


def _last_in_row(held: Sequence[bool]) -> int:
    """The place of the last that is true, as are all before it."""
    return held.index(False) - 1 if False in held else len(held) - 1
