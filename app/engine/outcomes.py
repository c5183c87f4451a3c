"""How each trajectory ended, in a sentence that a student understands."""

import math
from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol

from app.core.text import number
from app.engine.landscape import Landscape
from app.engine.learning import Learning
from app.engine.objectives import objective_of
from app.engine.records import Carry, Row
from app.engine.remedies import Remedies
from app.engine.rest import TOLERANCE
from app.experiment import Experiment, OptimizerChoice
from app.objectives.base import Draw

FLAT = 1e-3
"""Under this gradient norm the ground counts as flat."""

MOVING, SMALL = 1e-3, 1e-7
"""Steps that are longer than the first count as moving also on flat ground, up to the second as none on a slope."""

DECAYS = ("weight_decay", "lambd")
"""The hyper-parameters that pull towards 0."""

Last = Mapping[str, float]
"""The values of a trajectory's last entry by column, NaN where not known."""


class Teller(Protocol):
    """What only one kind of objective has to say.

    restless: the sentence on what keeps a trajectory moving that could rest otherwise, or nothing; elsewhere: what to
    do about a start without a finite loss.
    steepest(): the largest curvature at the start, None where it is not known; floor(): the loss is never below it.
    reached(last): what a trajectory has come to; aside(last): a sentence on that, or nothing.
    place(last, near, step): where the slope is gone, beginning with a preposition: `near` where that fits.
    """

    @property
    def restless(self) -> str: ...

    @property
    def elsewhere(self) -> str: ...

    def steepest(self) -> float | None: ...

    def floor(self) -> float: ...

    def reached(self, last: Last) -> str: ...

    def aside(self, last: Last) -> str: ...

    def place(self, last: Last, near: str, step: int) -> str: ...


class Story(NamedTuple):
    """A trajectory and all that is known about it.

    remedies: what was tried for this experiment; last: the values of its last entry by column, NaN where not known;
    limit: the learning rate under which steps shrink where it starts, if known.
    """

    experiment: Experiment
    teller: Teller
    remedies: Remedies
    choice: OptimizerChoice
    row: Row
    last: Last
    limit: float | None


def outcomes(experiment: Experiment, carry: Carry) -> list[dict[str, Any]]:
    """Of each trajectory: `kind`, `step`, `message`, `evaluations` of the gradient so far, and `stable_below`.

    kind: "converged" or "diverged" at `step`, "step-limit" when all steps were made, "cancelled" when they were not.
    stable_below: the learning rate under which steps shrink where the loss bends as at the start; None where that is
    not known.
    """
    teller: Teller = Landscape(experiment) if experiment.objective.axes else Learning(experiment)
    remedies = Remedies(experiment)
    steepest, unknown = teller.steepest(), [math.nan] * len(experiment.columns)
    found = []
    for choice, row in zip(experiment.optimizers, carry.rows, strict=True):
        last = dict(zip(experiment.columns, row.last or unknown, strict=True))
        limit = stable_below(choice, steepest)
        found.append(_outcome(Story(experiment, teller, remedies, choice, row, last, limit), carry))
    return found


def stable_below(choice: OptimizerChoice, steepest: float | None) -> float | None:
    """The learning rate under which steps of `choice` shrink on a quadratic with curvature `steepest`, if known."""
    return choice.optimizer.stability(choice.hyper, steepest) if steepest and steepest > 0 else None


def _outcome(story: Story, carry: Carry) -> dict[str, Any]:
    end, steps = story.row.end, story.experiment.steps
    if end is None and carry.position <= steps:
        kind, step = "cancelled", max(0, carry.position - 1)
        message = f"Stopped after step {step} of {steps}."
    elif end is None:
        kind, step, message = "step-limit", steps, _limit(story)
    elif end.kind == "converged":
        kind, step, message = "converged", end.step, _converged(story, end.step)
    else:
        kind, step, message = "diverged", end.step, _diverged(story, end.step)
    evaluations = story.row.evaluations
    return {"kind": kind, "step": step, "message": message, "evaluations": evaluations, "stable_below": story.limit}


def _limit(story: Story) -> str:
    used = f"Used all {story.experiment.steps} steps; {_reached(story)}."
    return _joined(used, story.teller.aside(story.last), _unrest(story))


def _unrest(story: Story) -> str:
    """Why it goes on, or would hardly."""
    flat, pace = story.last["grad_norm"] < FLAT, story.row.pace
    if flat and story.teller.restless:
        # The slope of one draw: others may be steep.
        return ""
    if flat:
        place = story.teller.place(story.last, "close to", story.experiment.steps)
        moving = f", but still moving: its last step was {number(pace)} long" if pace and pace > MOVING else ""
        return f"Hardly any slope is left: it is {place}{moving}."
    if story.experiment.noise:
        return "The noise in the gradient keeps it from coming to rest."
    return story.teller.restless or _pace(story, pace)


def _pace(story: Story, pace: float | None) -> str:
    """On a trajectory that still stands on a slope; pace: how far its last step went, if known."""
    if pace is None or pace > SMALL:
        return "It is not at rest: more steps or another learning rate may take it further."
    if any(story.choice.hyper.get(name) for name in DECAYS):
        return (
            f"It hardly moves any more, {number(pace)} in its last step: the pull of its decay holds it on the slope."
        )
    return f"Its steps are tiny: the last was {number(pace)} long. A higher learning rate may take it further."


def _converged(story: Story, step: int) -> str:
    slope = f"Converged at step {step}: {_reached(story)}, which is at or under {number(TOLERANCE)}."
    rests = f"It rests {story.teller.place(story.last, 'at', step)}."
    return _joined(slope, story.teller.aside(story.last), rests)


def _reached(story: Story) -> str:
    return f"{story.teller.reached(story.last)}, gradient norm {number(story.last['grad_norm'])}"


def _joined(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)


def _diverged(story: Story, step: int) -> str:
    experiment, loss = story.experiment, story.last["loss"]
    first = float(objective_of(experiment).loss(experiment.begin()[None], Draw(experiment.seed, 0))[0])
    begun = f"Diverged at step {step}:"
    if story.row.last is None or not math.isfinite(first):
        return f"{begun} the loss at the start is not a finite number. {story.teller.elsewhere}"
    if division := story.remedies.division(story.choice, step):
        return f"{begun} {division}"
    if loss < min(first, story.teller.floor()):
        return f"{begun} the loss fell from {number(first)} without end: this surface has no lowest point that way."
    if story.choice.hyper.get("maximize") and loss > first:
        rose = f"the loss rose from {number(first)} without end"
        return f"{begun} {rose}: it climbs, and there is no highest point that way."
    advice = story.remedies.advice(story.choice, step, story.limit)
    return f"{begun} the loss went from {number(first)} to {number(loss)} and then out of any range. {advice}"
