"""How each trajectory ended, in a sentence that a student understands."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from torch import Tensor

from app.core.words import Message, message
from app.engine.landscape import Landscape, Near
from app.engine.learning import Learning
from app.engine.objectives import objective_of
from app.engine.records import Carry, Row
from app.engine.remedies import Remedies
from app.engine.rest import TOLERANCE
from app.engine.watch import FARTHEST
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

    restless: the sentence on what keeps a trajectory moving that could rest otherwise, if any; elsewhere: what to do
    about a start without a finite loss.
    steepest(): the largest curvature at the start, None where it is not known; floor(): the loss is never below it.
    reached(last): what a trajectory has come to; aside(last): a sentence on that, if there is one.
    place(last, near, step): where the slope is gone, beginning with a preposition, that of `near` where it fits.
    """

    @property
    def restless(self) -> Message | None: ...

    @property
    def elsewhere(self) -> Message: ...

    def steepest(self) -> float | None: ...

    def floor(self) -> float: ...

    def reached(self, last: Last) -> Message: ...

    def aside(self, last: Last) -> Message | None: ...

    def place(self, last: Last, near: Near, step: int) -> Message: ...


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
        told = message("outcomes.cancelled", step=step, steps=steps)
    elif end is None:
        kind, step, told = "step-limit", steps, _limit(story)
    elif end.kind == "converged":
        kind, step, told = "converged", end.step, _converged(story, end.step)
    else:
        kind, step, told = "diverged", end.step, _diverged(story, end.step)
    evaluations = story.row.evaluations
    return {"kind": kind, "step": step, "message": told, "evaluations": evaluations, "stable_below": story.limit}


def _limit(story: Story) -> Message:
    used = _reached("outcomes.step-limit.used", story, steps=story.experiment.steps)
    return _joined("outcomes.step-limit", used, story.teller.aside(story.last), _unrest(story))


def _unrest(story: Story) -> Message | None:
    """Why it goes on, or would hardly."""
    flat, pace = story.last["grad_norm"] < FLAT, story.row.pace
    if flat and story.teller.restless:
        # The slope of one draw: others may be steep.
        return None
    if flat:
        place = story.teller.place(story.last, "close", story.experiment.steps)
        if pace and pace > MOVING:
            return message("outcomes.flat.moving", place=place, pace=pace)
        return message("outcomes.flat", place=place)
    if story.experiment.noise:
        return message("outcomes.noise")
    return story.teller.restless or _pace(story, pace)


def _pace(story: Story, pace: float | None) -> Message:
    """On a trajectory that still stands on a slope; pace: how far its last step went, if known."""
    if pace is None or pace > SMALL:
        return message("outcomes.not-at-rest")
    if any(story.choice.hyper.get(name) for name in DECAYS):
        return message("outcomes.held", pace=pace)
    return message("outcomes.tiny", pace=pace)


def _converged(story: Story, step: int) -> Message:
    slope = _reached("outcomes.converged.slope", story, step=step, tolerance=TOLERANCE)
    rests = message("outcomes.rests", place=story.teller.place(story.last, "at", step))
    return _joined("outcomes.converged", slope, story.teller.aside(story.last), rests)


def _reached(key: str, story: Story, **values: Any) -> Message:
    return message(key, reached=story.teller.reached(story.last), grad_norm=story.last["grad_norm"], **values)


def _joined(key: str, *sentences: Message | None) -> Message:
    return message(key, sentences=tuple(sentence for sentence in sentences if sentence))


def _diverged(story: Story, step: int) -> Message:
    return _joined("outcomes.diverged", *_reasons(story, step))


def _reasons(story: Story, step: int) -> Sequence[Message]:
    """Why it diverged, and what would help."""
    experiment, loss = story.experiment, story.last["loss"]
    first, slope = _at(experiment, experiment.begin())
    if story.row.last is None or not math.isfinite(first):
        steep = math.isfinite(first) and not math.isfinite(slope)
        cause = message("outcomes.diverged.start-slope" if steep else "outcomes.diverged.start", step=step)
        return cause, story.teller.elsewhere
    if division := story.remedies.division(story.choice, step):
        return division
    if outside := _outside(story, step):
        return outside, story.remedies.advice(story.choice, step, story.limit)
    if loss < min(first, story.teller.floor()):
        return (message("outcomes.diverged.fell", step=step, first=first),)
    if story.choice.hyper.get("maximize") and loss > first:
        return (message("outcomes.diverged.rose", step=step, first=first),)
    advice = story.remedies.advice(story.choice, step, story.limit)
    return message("outcomes.diverged.far", step=step, first=first, loss=loss), advice


def _outside(story: Story, step: int) -> Message | None:
    """Where the step to `step` led, if that is no place of the surface: so far from none, and nothing to stand on."""
    axes = story.experiment.objective.axes
    place = story.remedies.lacking(story.choice, step) if axes else None
    if place is None or not (place.abs() <= FARTHEST).all():
        return None
    loss, slope = _at(story.experiment, place.double())
    if math.isfinite(loss) and math.isfinite(slope):
        return None
    key = "outcomes.diverged.edge" if math.isfinite(loss) else "outcomes.diverged.outside"
    x, y = place.tolist()
    return Message(key, {"step": step, "loss": story.last["loss"], "x": x, "y": y})


def _at(experiment: Experiment, theta: Tensor) -> tuple[float, float]:
    """The loss and the norm of the gradient at `theta (P,)`, float64."""
    loss, grad = objective_of(experiment).loss_and_grad(theta[None], Draw(experiment.seed, 0))
    return float(loss[0]), float(grad[0].norm())
