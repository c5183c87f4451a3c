"""What models are at one step of a run: what they predict, how they err, their weights."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from app.engine.films import Films, kept_entries
from app.engine.objectives import objective_of
from app.experiment import Experiment
from app.objectives.datasets.base import Data, Samples
from app.objectives.models.choice import ModelChoice
from app.objectives.models.objective import ModelObjective
from app.objectives.surfaces.base import Window

PARTS = ("grid", "confusion", "weights")
"""What can be asked for. "grid" is a curve where inputs are single numbers."""

TOGETHER = 2**14
"""Rows times inputs that are looked at at once."""

LEVELS = 255
MARGIN = 0.15
"""Room around the samples, as a part of what they span."""

Looks = list[dict[str, Any]]


def model_of(experiment: Experiment) -> tuple[ModelChoice, ModelObjective]:
    """The model that `experiment` trains, with its data; raises TypeError where it is about a surface."""
    choice, objective = experiment.model, objective_of(experiment)
    if choice is None or not isinstance(objective, ModelObjective):
        raise TypeError(f"{experiment.objective.title} has no weights to look at")
    return choice, objective


def weights_at(films: Films, experiment: Experiment, step: int) -> tuple[int, Tensor] | None:
    """The kept entry nearest before or at `step`, and the weights there, `(optimizers, P)`, float64.

    A trajectory that has ended stands where it ended; NaN where it never was. None where the film is not there.
    """
    kept = kept_entries(experiment)
    known = kept[: bisect_right(kept, step)]
    text = experiment.text()
    last = films.read(text, known[-1:])
    if last is None:
        return None
    theta = last.theta[0]
    if theta.isfinite().all():
        return known[-1], theta
    film = films.read(text, known)
    return None if film is None else (known[-1], last_points(film.theta))


def last_points(theta: Tensor) -> Tensor:
    """Where each of trajectories `(T, B, P)` is last, `(B, P)`; NaN for one without any entry."""
    places = last_places(theta)
    return theta[places.clamp(min=0), torch.arange(theta.shape[1])]


def last_places(theta: Tensor) -> Tensor:
    """The place in `(T, B, P)` of each trajectory's last entry, `(B,)`; -1 where it has none."""
    return theta[:, :, 0].isfinite().sum(0) - 1


def window(data: Data) -> Window | None:
    """What part of the inputs pictures show: all samples with room around them. None for more than two features.

    One feature is shown against its target.
    """
    inputs = data.samples.inputs
    if inputs.shape[1:] == (2,):
        return Window(_range(inputs[:, 0]), _range(inputs[:, 1]))
    if inputs.shape[1:] == (1,):
        return Window(_range(inputs[:, 0]), _range(data.samples.targets.double()))
    return None


def _range(values: Tensor) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    room = MARGIN * ((high - low) or 1.0)
    return low - room, high + room


class Viewer:
    """Looks at rows of weights of one experiment's model.

    parts: some of `PARTS`; resolution: points along each side of the grid, or of the curve.
    """

    def __init__(self, experiment: Experiment, parts: Sequence[str], resolution: int) -> None:
        self._choice, self._objective = model_of(experiment)
        self._data = self._choice.data()
        self._parts, self._resolution = parts, resolution
        self._window = window(self._data)
        self._curve = self._data.shape == (1,)
        self._points = self._window if "grid" in parts else None
        self._judges = "confusion" in parts and self._data.classes > 0

    def together(self) -> int:
        """How many rows are looked at at once."""
        grid = (self._resolution if self._curve else self._resolution**2) if self._points else 1
        return max(1, TOGETHER // max(grid, self._data.size if self._judges else 1))

    def look(self, theta: Tensor) -> Looks:
        """What there is to say of each row of `theta (B, P)`; `frame` makes one value of it."""
        columns: dict[str, list[Any]] = {}
        if self._points:
            columns |= self._predictions(theta, self._points)
        if self._judges:
            split = self._objective.split
            columns["train"], columns["test"] = (self._matrices(theta, samples) for samples in split)
        if "weights" in self._parts:
            sizes = [int(torch.Size(shape).numel()) for shape in self._objective.shapes.values()]
            columns["weights"] = [[nulled(part) for part in row.split_with_sizes(sizes)] for row in theta]
        return [{name: column[row] for name, column in columns.items()} for row in range(len(theta))]

    def frame(self, step: int, rows: Looks) -> dict[str, Any]:
        """What `rows` have to say of the entry `step`, one after the other.

        `grid` for two features: `x` and `y`, the window; `columns` and `rows`; of every row `levels` from the lowest
        y on, each row of the grid from the left: 255 times the probability of class 1 where there are two classes,
        otherwise of the class in `classes`, the most probable. `curve` for one feature: `x`, and `y` of every row.
        `confusion` for classes: `labels`, and for `train` and `test` a matrix of every row: how many samples of a
        class (down) were taken for a class (across); one without a finite prediction is not counted. `weights`: `name`,
        `shape` and the flat `values` of every row. What is asked for and makes no sense here is None; a number that is
        not finite too.
        """
        found: dict[str, Any] = {"step": step}
        if "grid" in self._parts:
            found |= {"grid": self._grid(rows), "curve": self._fitted(rows)}
        if "confusion" in self._parts:
            tables = {name: [row[name] for row in rows] for name in ("train", "test")} if self._judges else {}
            found["confusion"] = dict(tables, labels=[str(label) for label in self._data.labels]) if tables else None
        if "weights" in self._parts:
            found["weights"] = [
                {"name": name, "shape": list(shape), "values": [row["weights"][place] for row in rows]}
                for place, (name, shape) in enumerate(self._objective.shapes.items())
            ]
        return found

    def _grid(self, rows: Looks) -> dict[str, Any] | None:
        if self._points is None or self._curve:
            return None
        ends = {"x": list(self._points.x), "y": list(self._points.y)}
        side = {"columns": self._resolution, "rows": self._resolution}
        names = [name for name in ("levels", "classes") if name in rows[0]]
        return ends | side | {name: [row[name] for row in rows] for name in names}

    def _fitted(self, rows: Looks) -> dict[str, Any] | None:
        if self._points is None or not self._curve:
            return None
        return {"x": self._axis(self._points.x).tolist(), "y": [row["curve"] for row in rows]}

    def _axis(self, ends: tuple[float, float]) -> Tensor:
        return torch.linspace(*ends, self._resolution, dtype=torch.float64)

    def _predictions(self, theta: Tensor, shown: Window) -> Mapping[str, list[Any]]:
        if self._curve:
            inputs = self._axis(shown.x)[:, None]
            return {"curve": [nulled(row[:, 0]) for row in self._predict(theta, inputs, torch.float64)]}
        y, x = torch.meshgrid(self._axis(shown.y), self._axis(shown.x), indexing="ij")
        found = self._predict(theta, torch.stack((x.flatten(), y.flatten()), 1), torch.float32)
        if self._data.classes == 2:
            return {"levels": [_levels(row) for row in found[:, :, -1]]}
        best = found.max(2)
        return {"levels": [_levels(row) for row in best.values], "classes": best.indices.tolist()}

    def _predict(self, theta: Tensor, inputs: Tensor, dtype: torch.dtype) -> Tensor:
        """What each row says of each of `inputs`, `(B, M, K)`; again in float64 where numbers are too large."""
        found = self._objective.predict(theta.to(dtype), inputs)
        return found if found.isfinite().all() else self._objective.predict(theta, inputs)

    def _matrices(self, theta: Tensor, samples: Samples) -> list[Any]:
        found, classes = self._predict(theta, samples.inputs, torch.float32), self._data.classes
        taken = found.argmax(2) if found.shape[2] > 1 else (found[:, :, 0] > 0.5).long()
        cells = samples.targets * classes + taken
        counts = [
            torch.bincount(row[known], minlength=classes**2).view(classes, classes)
            for row, known in zip(cells, found.isfinite().all(2), strict=True)
        ]
        return [matrix.tolist() for matrix in counts]


def _levels(shares: Tensor) -> list[int | None]:
    """Parts of 1, as levels."""
    if shares.isfinite().all():
        return (shares.clamp(0, 1) * LEVELS).round().int().tolist()
    return [None if value is None else round(LEVELS * min(max(value, 0.0), 1.0)) for value in nulled(shares)]


def nulled(values: Tensor) -> list[Any]:
    """The numbers, None for those that are not finite."""
    if values.isfinite().all():
        return values.tolist()
    return [value if abs(value) < float("inf") else None for value in values.tolist()]
