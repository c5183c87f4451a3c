"""The picture of a run on a plane through weight space: where it lies, the loss on it, and how true it is.

What takes long, the loss at many points, is found piece by piece (`measure`), so that nobody is kept waiting; all else
takes from the pieces what they have.
"""

import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from app.engine.calm import calm_part
from app.engine.records import Film
from app.engine.snapshot import model_of, nulled
from app.experiment import Experiment
from app.objectives.models.choice import ModelChoice
from app.objectives.models.objective import CHUNK, ModelObjective
from app.objectives.planes.base import Plane, window
from app.objectives.planes.choice import PlaneChoice
from app.objectives.planes.field import MOST_NUMBERS
from app.objectives.planes.honesty import Figures, honesty, share
from app.objectives.surfaces.base import Window

MOST_POINTS = 2**15
"""Points of all paths together; of longer runs every k-th kept entry is shown, and the last."""

PATHS_PRICE, FIELD_PRICE = 40_000.0, 300_000.0
"""What measuring the losses along the paths, and a sharp field, may cost: in steps of plain gradient descent."""

COARSEST, SHARPEST = 17, 96
"""Samples along each side of a field that are suggested."""

SPAN = 30.0
"""The losses along the paths read better on a log scale where the highest is so many times the lowest."""

At = Callable[[int, int], Tensor]
Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Laid:
    """A plane and what it shows of a film, but for losses.

    entries: those that are shown; theta: the weights there, `(T, B, P)`; coordinates: `(T, B, 2)` of the nearest points
    of the plane, and distance: `(T, B)` from it, NaN after the end of a trajectory; share: of the film's movement;
    places: `(N, 2)`, of T and B, at which losses are measured: all, or evenly chosen ones with each end.
    """

    plane: Plane
    choice: PlaneChoice
    entries: tuple[int, ...]
    theta: Tensor
    coordinates: Tensor
    distance: Tensor
    share: float
    window: Window
    places: Tensor

    @property
    def exact(self) -> bool:
        """Whether the plane is all of weight space."""
        return len(self.plane.origin) == 2


def sharpest(choice: ModelChoice) -> int:
    """Samples along each side of a field that shows a plane well, as far as that is not too dear."""
    return max(COARSEST, min(SHARPEST, int(math.sqrt(FIELD_PRICE / choice.loss_cost))))


def lay(experiment: Experiment, film: Film, choice: PlaneChoice) -> Laid:
    """The plane for the whole `film` of `experiment`; its calm part shapes the plane and its window. Raises Problem
    where no trajectory has a single entry.
    """
    model, objective = model_of(experiment)
    calm = calm_part(objective, film.theta)
    plane = choice.make(calm, objective.shapes)
    shown = _thinned(len(film.entries), max(2, MOST_POINTS // film.theta.shape[1]))
    theta = film.theta if len(shown) == len(film.entries) else film.theta[shown]
    coordinates, distance = plane.project(theta.flatten(0, 1))
    coordinates, distance = coordinates.view(*theta.shape[:2], 2), distance.view(theta.shape[:2])
    framed = coordinates[calm[shown, :, 0].isfinite()]
    return Laid(
        plane, choice, tuple(film.entries[place] for place in shown.tolist()), theta, coordinates, distance,
        share(plane, calm), window(plane, framed), _places(model, distance),
    )  # fmt: skip


def _thinned(count: int, most: int) -> Tensor:
    """At most `most` of `count` places, evenly chosen with both ends."""
    return torch.linspace(0, count - 1, min(count, most), dtype=torch.float64).round().long()


def _places(model: ModelChoice, distance: Tensor) -> Tensor:
    """At which entries of which trajectories losses are measured: as many as `PATHS_PRICE` allows."""
    count, rows = distance.shape
    most = max(2, int(PATHS_PRICE / 2 / model.loss_cost / rows))
    chosen = torch.zeros(count, rows, dtype=torch.bool)
    chosen[_thinned(count, most)] = True
    ends = distance.isfinite().sum(0) - 1
    chosen[ends.clamp(min=0), torch.arange(rows)] = True
    return (chosen & distance.isfinite()).nonzero()


def measure(objective: ModelObjective, at: At, first: int, total: int, seconds: float) -> Numbers:
    """The training loss at the points `first`, `first + 1` ... of `total`: as many as fit into `seconds`, at least one.

    at(first, last): the points from `first` to before `last`, `(n, P)`, or some of them from the beginning.
    """
    now = time.monotonic()
    deadline, block, found = now + seconds, max(1, CHUNK // len(objective.split.train.targets)), list[Tensor]()
    while first < total and (not found or now < deadline):
        begun, last = now, min(first + block, total)
        points = at(first, last)
        found.append(objective.full_loss(points).double())
        first, now = first + len(points), time.monotonic()
        if now - begun < seconds / 8:
            block = min(2 * block, max(1, MOST_NUMBERS // points.shape[1]))
    return torch.cat(found).numpy() if found else np.empty(0)


def path_points(laid: Laid) -> tuple[At, int]:
    """What to `measure` along the paths, and how much: first the true points, then what the plane shows of them."""
    step, row = laid.places.unbind(1)
    number = len(step)

    def at(first: int, last: int) -> Tensor:
        last = min(last, number) if first < number else last
        part = slice(first % number, first % number + last - first)
        if first < number:
            return laid.theta[step[part], row[part]]
        return laid.plane.point(laid.coordinates[step[part], row[part]])

    return at, 2 * number


def field_points(plane: Plane, shown: Window, resolution: int, dtype: torch.dtype) -> tuple[At, int]:
    """What to `measure` for a field, and how much: row by row from the lowest y, in `dtype`."""
    x, y = axes(shown, resolution)

    def at(first: int, last: int) -> Tensor:
        places = torch.arange(first, last)
        return plane.point(torch.stack((x[places % resolution], y[places // resolution]), 1), dtype)

    return at, resolution**2


def axes(shown: Window, resolution: int) -> tuple[Tensor, Tensor]:
    """The coordinates at which a field is measured."""
    x, y = (torch.linspace(*ends, resolution, dtype=torch.float64) for ends in (shown.x, shown.y))
    return x, y


def figures(laid: Laid, found: Numbers) -> Figures:
    """How true the plane's picture is, by what was `found` at `path_points`; NaN where nothing was measured."""
    true, shown = (torch.full_like(laid.distance, math.nan) for _ in range(2))
    step, row = laid.places.unbind(1)
    true[step, row], shown[step, row] = torch.from_numpy(found).view(2, -1)
    return Figures(laid.share, laid.coordinates, laid.distance, true, shown)


def description(experiment: Experiment, laid: Laid, found: Numbers) -> dict[str, Any]:
    """The plane in words and numbers, but for the paths on it."""
    measured = figures(laid, found)
    losses = measured.loss[measured.loss > 0]
    spans = losses.numel() > 0 and bool(losses[losses.isfinite()].max() > SPAN * losses.min())
    return {
        "plane": laid.choice.document(),
        "axes": list(laid.plane.said),
        "exact": laid.exact,
        "share": laid.share,
        "window": {"x": list(laid.window.x), "y": list(laid.window.y)},
        "resolution": sharpest(model_of(experiment)[0]),
        "log": spans,
        "entries": list(laid.entries),
        "sentence": str(honesty(_inside(measured, laid.window), labels(experiment), steps=laid.entries)),
    }


def _inside(measured: Figures, shown: Window) -> Figures:
    """The same without the losses of what lies outside of the window, where there is no picture to part from."""
    x, y = measured.coordinates.unbind(2)
    outside = ~((x >= shown.x[0]) & (x <= shown.x[1]) & (y >= shown.y[0]) & (y <= shown.y[1]))
    loss, seen = (part.masked_fill(outside, math.nan) for part in (measured.loss, measured.shown))
    return measured._replace(loss=loss, shown=seen)


def paths(experiment: Experiment, laid: Laid, found: Numbers) -> list[dict[str, Any]]:
    """Each trajectory on the plane, up to its end: `points`, `distance`, `loss` and what is `shown` of it."""
    measured = figures(laid, found)
    rows = []
    for row, label in enumerate(labels(experiment)):
        known = measured.distance[:, row].isfinite()
        parts = {name: nulled(getattr(measured, name)[known, row]) for name in ("distance", "loss", "shown")}
        rows.append({"label": label, "points": measured.coordinates[known, row].tolist(), **parts})
    return rows


def labels(experiment: Experiment) -> Sequence[str]:
    """What the trajectories are called."""
    return [choice.label for choice in experiment.optimizers]
