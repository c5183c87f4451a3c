"""What a picture of a run shows: the paths, as far as they may be computed, and the ground under them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from app.core.words import say
from app.engine.records import Film, Values
from app.engine.run import advance
from app.experiment import Experiment
from app.exports.drawing.choices import Choices
from app.objectives.surfaces.base import Point, Window

FARTHEST = 1e4
"""Widths of the window from its middle: what is further away is drawn there, in the same direction."""


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A trajectory. values: its entries up to its end, `(n, columns)`; end: "converged", "diverged", or "" """

    label: str
    slot: int
    values: Values
    end: str


@dataclass(frozen=True, slots=True, eq=False)
class Path:
    """Where a track goes on the ground: points `(m, 2)` at its entries `steps (m,)`, rising."""

    track: Track
    points: Values
    steps: Values


@dataclass(frozen=True, slots=True, eq=False)
class Race:
    """What was computed of an experiment: the `tracks` that are shown, up to step `last`; film: their weights, where
    there are any, of all of the experiment's optimizers, `rows` being those shown.
    """

    experiment: Experiment
    tracks: Sequence[Track]
    rows: Sequence[int]
    last: int
    film: Film | None

    def column(self, name: str) -> int:
        """The place of a column in the values of a track."""
        return self.experiment.column(name)

    @property
    def span(self) -> str:
        """Which steps are shown, in words."""
        total = self.experiment.steps
        if self.last < total:
            return say("pictures.first-steps", n=total, shown=f"{self.last:,}", steps=f"{total:,}")
        return say("pictures.steps", n=total, steps=f"{total:,}")


@dataclass(frozen=True, slots=True, eq=False)
class Ground:
    """What paths go over.

    loss(x, y): at every pair, `(len(y), len(x))`; side: samples along each side that show it well; lowest: the loss
    that a logarithmic scale measures from, None for the lowest seen; note: what the picture does not tell by itself.
    """

    window: Window
    axes: tuple[str, str]
    loss: Callable[[Values, Values], Values]
    side: int
    log: bool
    lowest: float | None
    points: Sequence[Point]
    paths: Sequence[Path]
    note: str = ""


def race_of(experiment: Experiment, choices: Choices, price: float, frames: int | None = None) -> Race:
    """As much of the run as `price` pays for, in steps of plain gradient descent; one step at least.

    frames: of the film, where there is one, so many are enough.
    """
    last = max(1, min(experiment.steps, int(price / experiment.step_cost)))
    carry, chunk = advance(experiment, None, last + 1)
    rows = [row for row in range(len(experiment.optimizers)) if row not in choices.hidden]
    loss = experiment.column("loss")
    tracks = []
    for row in rows:
        values, end = chunk.values[:, row], carry.rows[row].end
        label, slot = experiment.optimizers[row].label, choices.slots[row]
        tracks.append(Track(label, slot, values[~np.isnan(values[:, loss])], end.kind if end else ""))
    return Race(experiment, tracks, rows, last, _thinned(chunk.film, frames))


def _thinned(film: Film | None, frames: int | None) -> Film | None:
    """At most `frames` of the film, evenly chosen with both ends."""
    if film is None or frames is None or len(film.entries) <= frames:
        return film
    places = np.linspace(0, len(film.entries) - 1, frames).round().astype(int).tolist()
    return Film(tuple(film.entries[place] for place in places), film.theta[places])


def tamed(points: Values, window: Window) -> Values:
    """`points (n, 2)`, those that are too far away to be drawn moved towards the middle of the window."""
    low, high = np.array([window.x, window.y]).T
    middle, side = (low + high) / 2, high - low
    away = (points - middle) / side
    reach = np.abs(away).max(1, initial=0.0)
    moved: Values = middle + away * np.minimum(1.0, FARTHEST / np.maximum(reach, 1e-300))[:, None] * side
    return moved


def fitted(window: Window, width: float, height: float) -> Window:
    """The smallest window around `window` that fills `width` by `height` with equal units on both axes."""
    unit = max((window.x[1] - window.x[0]) / width, (window.y[1] - window.y[0]) / height)
    return Window(_around(window.x, unit * width), _around(window.y, unit * height))


def _around(span: tuple[float, float], length: float) -> tuple[float, float]:
    middle = (span[0] + span[1]) / 2
    return middle - length / 2, middle + length / 2
