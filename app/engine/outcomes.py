"""How each trajectory ended, in a sentence that a student understands."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

import torch

from app.core.text import number
from app.engine.curvature import curvatures
from app.engine.records import Carry, Row
from app.engine.run import TOLERANCE
from app.experiment import Experiment, OptimizerChoice
from app.objectives.base import Draw
from app.objectives.surfaces.base import Point

NEAR = 1e-3
"""How near, as a part of the window's width, counts as being at a minimum."""

FLAT = 1e-3
"""Under this gradient norm, and between these curvatures, the ground counts as flat."""


def outcomes(experiment: Experiment, carry: Carry) -> list[dict[str, Any]]:
    """Of each trajectory: `kind`, `step`, `message`, `evaluations` of the gradient so far, and `stable_below`.

    kind: "converged" or "diverged" at `step`, "step-limit" when all steps were made, "cancelled" when they were not.
    stable_below: the learning rate under which steps shrink where the surface bends as at the start; None where that is
    not known.
    """
    steepest = _steepest(experiment)
    return [
        _outcome(experiment, carry, choice, row, stable_below(choice, steepest))
        for choice, row in zip(experiment.optimizers, carry.rows, strict=True)
    ]


def _steepest(experiment: Experiment) -> float | None:
    """The largest curvature at the start, or None where it is not a finite positive number."""
    bends = curvatures(experiment.objective.build(), torch.tensor(experiment.start, dtype=torch.float64))
    return float(bends[-1]) if bends is not None and bends[-1] > 0 else None


def stable_below(choice: OptimizerChoice, steepest: float | None) -> float | None:
    """The learning rate under which steps of `choice` shrink on a quadratic with curvature `steepest`, if known."""
    return choice.optimizer.stability(choice.hyper, steepest) if steepest else None


def _outcome(
    experiment: Experiment, carry: Carry, choice: OptimizerChoice, row: Row, limit: float | None
) -> dict[str, Any]:
    if row.end is None and carry.position <= experiment.steps:
        kind, step = "cancelled", max(0, carry.position - 1)
        message = f"Stopped after step {step} of {experiment.steps}."
    elif row.end is None:
        kind, step, message = "step-limit", experiment.steps, _limit(experiment, row)
    elif row.end.kind == "converged":
        kind, step, message = "converged", row.end.step, _converged(experiment, row, row.end.step)
    else:
        kind, step, message = "diverged", row.end.step, _diverged(experiment, choice, row, limit)
    return {"kind": kind, "step": step, "message": message, "evaluations": row.evaluations, "stable_below": limit}


def _limit(experiment: Experiment, row: Row) -> str:
    _, _, loss, grad_norm, _ = row.last or (math.nan,) * 5
    used = f"Used all {experiment.steps} steps; loss {number(loss)}, gradient norm {number(grad_norm)}."
    if grad_norm < FLAT:
        return f"{used} Hardly any slope is left: it is {_place(experiment, row, 'close to')}."
    if experiment.noise:
        return f"{used} The noise in the gradient keeps it from coming to rest."
    return f"{used} It is not at rest: more steps or another learning rate may take it further."


def _converged(experiment: Experiment, row: Row, step: int) -> str:
    grad_norm = number(row.last[3]) if row.last else "?"
    return (
        f"Converged at step {step}: the gradient norm {grad_norm} is at or under {number(TOLERANCE)}. "
        f"It rests {_place(experiment, row, 'at')}."
    )


def _place(experiment: Experiment, row: Row, near: str) -> str:
    """Where the last entry lies: `near` a known point, or what the curvature there says that it is."""
    x, y = row.last[:2] if row.last else (math.nan, math.nan)
    points = experiment.objective.surface.points
    window = experiment.objective.surface.window
    point = min(points, key=lambda point: math.hypot(point.x - x, point.y - y), default=None)
    if point and math.hypot(point.x - x, point.y - y) <= NEAR * (window.x[1] - window.x[0]):
        return f"{near} {_name(point, points)}"
    bends = curvatures(experiment.objective.build(), torch.tensor((x, y), dtype=torch.float64))
    if bends is not None and bends[0] < -FLAT < FLAT < bends[1]:
        return "near a saddle: flat here, but downhill in another direction"
    if bends is not None and bends[0] > FLAT:
        return f"in a hollow at ({number(x)}, {number(y)})"
    if bends is not None and bends[1] < -FLAT:
        return f"on a top at ({number(x)}, {number(y)}), with lower ground all around"
    return "on flat ground, which need not be a minimum"


def _name(point: Point, points: Sequence[Point]) -> str:
    """What `point` is, one of `points`, with its coordinates."""
    at = f"({number(point.x)}, {number(point.y)})"
    if point.kind == "local":
        return f"a local minimum {at}, not the lowest"
    if point.kind == "saddle":
        return f"a saddle {at}: flat there, but downhill in another direction"
    only = sum(other.kind == "global" for other in points) == 1
    return f"the global minimum {at}" if only else f"a global minimum {at}, one of several"


def _diverged(experiment: Experiment, choice: OptimizerChoice, row: Row, limit: float | None) -> str:
    begin = torch.tensor([experiment.start], dtype=torch.float64)
    first = float(experiment.objective.build().loss(begin, Draw(experiment.seed, 0))[0])
    if row.end is None or row.last is None or not math.isfinite(first):
        return "Diverged at step 0: the loss at the start is not a finite number. Choose a start nearer to the window."
    loss, known = row.last[2], [point.value for point in experiment.objective.surface.points if point.kind == "global"]
    begun = f"Diverged at step {row.end.step}: the loss"
    if loss < min((first, *known)):
        return f"{begun} fell from {number(first)} without end: this surface has no lowest point that way."
    if choice.hyper.get("maximize") and loss > first:
        return f"{begun} rose from {number(first)} without end: it climbs, and there is no highest point that way."
    story = f"{begun} went from {number(first)} to {number(loss)} and then out of any range."
    return f"{story} {_remedy(choice.hyper, limit)}"


def _remedy(hyper: Mapping[str, Any], limit: float | None) -> str:
    """What to turn: where the rule's stability is known and is the cause, the learning rate that it allows."""
    lr = hyper["lr"]
    if hyper.get("momentum", 0.0) >= 1:
        return "A momentum of 1 or more loses no speed, so that no learning rate helps: try one below 1."
    if limit is None or lr < limit:
        return f"Its steps went too far: try a learning rate below {number(lr)}."
    return (
        f"Where it starts, the surface bends so sharply that steps shrink only for learning rates below "
        f"{number(limit)}, and this one is {number(lr)}."
    )
