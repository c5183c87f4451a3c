"""The ground under the paths: the field of the objective itself, or a plane through weight space."""

import math
from collections.abc import Iterator, Sequence

import numpy as np
import torch

from app.core.words import say
from app.engine.objectives import objective_of
from app.engine.picture import Laid, description, lay, measure, path_points, sharpest
from app.engine.records import Values
from app.engine.snapshot import model_of
from app.exports.drawing.choices import Choices
from app.exports.drawing.scene import Ground, Path, Race
from app.objectives.base import Draw
from app.objectives.planes.field import needs_digits, plane_loss
from app.objectives.surfaces.base import Window

MARGIN = 0.04
"""Room beyond a path that leaves the surface's window, as a part of what is shown."""

COARSEST = 17
"""Samples along each side of a plane below which it shows nothing."""

SPAN = 30.0
"""A plane reads better on a log scale where the highest loss along the paths is so many times the lowest."""


def ground_of(run: Race, choices: Choices, price: float, *, told: bool) -> Ground | None:
    """What the paths of `run` go over; told: whether it is measured how true the picture of a plane is.

    None where a plane costs more than `price`, in steps of plain gradient descent.
    """
    if run.experiment.objective.axes:
        return _field(run)
    return _plane(run, choices, price, told=told)


def _field(run: Race) -> Ground:
    profile, objective = run.experiment.objective.profile(), objective_of(run.experiment)
    field = profile.field
    assert field

    def loss(x: Values, y: Values) -> Values:
        rows, columns = torch.meshgrid(torch.from_numpy(y), torch.from_numpy(x), indexing="ij")
        points = torch.stack((columns.flatten(), rows.flatten()), 1)
        return objective.loss(points, Draw(0, 0)).reshape(rows.shape).numpy()

    at = [run.column(axis) for axis in field.axes]
    paths = [Path(track, track.values[:, at], np.arange(len(track.values), dtype=float)) for track in run.tracks]
    window = Window(*(_widened(span, paths, axis) for axis, span in enumerate((field.window.x, field.window.y))))
    return Ground(window, field.axes, loss, field.detail, field.log, profile.lowest, field.points, paths)


def _widened(span: tuple[float, float], paths: Sequence[Path], axis: int) -> tuple[float, float]:
    """The window's `span`, widened to hold what goes no further than one window beyond it and is not lost there."""
    low, high = span
    calm = np.concatenate([path.points[:, axis] for path in paths if path.track.end != "diverged"] or [np.empty(0)])
    near = calm[(calm > 2 * low - high) & (calm < 2 * high - low)]
    if not near.size or (near.min() >= low and near.max() <= high):
        return span
    low, high = min(low, float(near.min())), max(high, float(near.max()))
    return low - MARGIN * (high - low), high + MARGIN * (high - low)


def _plane(run: Race, choices: Choices, price: float, *, told: bool) -> Ground | None:
    model, objective = model_of(run.experiment)
    side = min(sharpest(model), int(math.sqrt(price / model.loss_cost)))
    if side < COARSEST or run.film is None or choices.plane is None:
        return None
    laid = lay(run.experiment, run.film, choices.plane)

    def loss(x: Values, y: Values) -> Values:
        rows, columns = torch.meshgrid(torch.from_numpy(y), torch.from_numpy(x), indexing="ij")
        points = torch.stack((columns.flatten(), rows.flatten()), 1)
        found = plane_loss(objective, laid.plane, points, torch.float32)
        if needs_digits(found):
            found = plane_loss(objective, laid.plane, points)
        return found.reshape(rows.shape).numpy()

    note, log = say("pictures.plane-holds", share=f"{100 * min(laid.share, 1):.3g}"), _spans(run)
    if told:
        at, total = path_points(laid)
        found = description(run.experiment, laid, measure(objective, at, 0, total, math.inf))
        note, log = found["sentence"], found["log"]
    return Ground(laid.window, laid.plane.said, loss, side, log, 0.0, (), list(_paths(run, laid)), note)


def _paths(run: Race, laid: Laid) -> Iterator[Path]:
    entries = np.array(laid.entries, dtype=float)
    for track, row in zip(run.tracks, run.rows, strict=True):
        points = laid.coordinates[:, row].numpy()
        known = np.isfinite(points).all(1)
        yield Path(track, points[known], entries[known])


def _spans(run: Race) -> bool:
    """Whether the losses of the tracks reach over orders of magnitude."""
    column = run.column(run.experiment.objective.profile().loss)
    losses = np.concatenate([track.values[:, column] for track in run.tracks])
    losses = losses[np.isfinite(losses) & (losses > 0)]
    return losses.size > 0 and bool(losses.max() > SPAN * losses.min())
