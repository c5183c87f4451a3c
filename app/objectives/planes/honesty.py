"""How far a picture of a plane is from the truth, in figures and in a sentence."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from app.core.words import Message, message
from app.objectives.planes.base import Plane
from app.objectives.planes.points import centred, entries

PART = 0.05
"""The true loss and the shown one part where they differ by more than this part of the larger."""

WHOLE = 1e-9
"""What of the movement may be missing, by rounding, where it is said to be held whole."""


class Figures(NamedTuple):
    """What a plane shows of trajectories `(T, B, P)`; NaN where these have no entry.

    share: of the movement, 0 to 1; coordinates: `(T, B, 2)`; distance: from the plane, `(T, B)`;
    loss: the true one, `(T, B)`; shown: the plane's at the nearest point, `(T, B)`.
    """

    share: float
    coordinates: Tensor
    distance: Tensor
    loss: Tensor
    shown: Tensor


def share(plane: Plane, trajectories: Tensor) -> float:
    """The share of the entries' variance that lies along the plane, 0 to 1; 1 where nothing moves.

    `sum |c - mean c|^2 / sum |theta - mean theta|^2`, with c the nearest points of the plane, over all entries.
    """
    _mean, moved = centred(entries(trajectories))
    total = float(moved.square().sum())
    if total == 0:
        return 1.0
    origin = torch.zeros_like(plane.origin)
    coordinates = Plane(origin, plane.u, plane.v, plane.axes).project(moved).coordinates
    held = float((coordinates @ plane.directions).square().sum())
    return min(1.0, held / total)


def honesty(
    found: Figures, labels: Sequence[str], at: tuple[int, int] | None = None, steps: Sequence[int] | None = None
) -> Message:
    """What the plane holds, and what is true where its picture is not, in plain words.

    labels: of the B trajectories; steps: of the T entries, 0, 1, 2 ... where it is None; at: the step and the
    trajectory that are asked about, by their places, the pair at which the losses part most where it is None. Where
    they do not part there, only the share is told.
    """
    holds = _holds(found.share)
    gap = parting(found)
    step, row = divmod(int(gap.argmax()), gap.shape[1]) if at is None else at
    if not gap[step, row] > PART:
        return holds
    true, shown = float(found.loss[step, row]), float(found.shown[step, row])
    told = step if steps is None else steps[step]
    values = {"holds": holds, "step": int(told), "label": labels[row], "loss": f"{true:.3g}"}
    if not math.isfinite(shown):
        return message("planes.honesty.lost", **values)
    return message("planes.honesty.parts", **values, shown=f"{shown:.3g}")


def parting(found: Figures) -> Tensor:
    """How far the losses part, `(T, B)`: their difference as a part of the larger, 0 where there is no entry.

    1 where only one of them is finite.
    """
    larger = torch.maximum(found.loss.abs(), found.shown.abs())
    gap = (found.loss - found.shown).abs() / larger.clamp(min=torch.finfo(larger.dtype).tiny)
    single = found.loss.isfinite() != found.shown.isfinite()
    return torch.where(single & found.distance.isfinite(), 1.0, gap.nan_to_num(0.0))


def _holds(part: float) -> Message:
    if part >= 1 - WHOLE:
        return message("planes.honesty.all")
    return message("planes.honesty.holds", percent=f"{min(100 * part, 99.9):.3g}")
