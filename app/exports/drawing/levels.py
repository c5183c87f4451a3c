"""From losses to the levels that a field is coloured by, linear or logarithmic, as on the page."""

import math
from dataclasses import dataclass

import numpy as np

from app.engine.records import Values

COUNT = 20
UPPER = 0.995
"""Part of the field that the scale covers: the highest corner must not swallow every colour."""

DEPTH = 5e-5
"""The smallest loss above the lowest that a logarithmic scale resolves, as a part of the field's height."""


@dataclass(frozen=True, slots=True)
class Levels:
    """`steps` rise; what is above the last has the last colour. base, eps: of a logarithmic scale, where `log`."""

    steps: Values
    log: bool
    base: float = 0.0
    eps: float = 0.0

    def of(self, loss: Values) -> Values:
        """The level of each loss: itself, or `log10(loss - base + eps)`; held to the scale, NaN where not finite."""
        known = np.where(np.isfinite(loss), loss, math.nan)
        if self.log:
            known = np.log10(np.maximum(known - self.base, 0.0) + self.eps)
        held: Values = np.clip(known, self.steps[0], self.steps[-1])
        return held

    def loss(self, level: float) -> float:
        """The loss at a level."""
        return float(10.0**level - self.eps + self.base) if self.log else level

    def ticks(self, gap: float) -> list[tuple[float, float]]:
        """Round losses and their levels, each at least `gap` of the scale from the next; on a logarithmic scale
        powers of ten first, then fives, then twos.
        """
        low, high = float(self.steps[0]), float(self.steps[-1])
        found: list[tuple[float, float]] = []
        for loss in self._round(gap * (high - low)):
            level = float(np.log10(max(loss - self.base, 0.0) + self.eps)) if self.log else loss
            if low <= level <= high and all(abs(level - other) >= gap * (high - low) for _, other in found):
                found.append((loss, level))
        return found

    def _round(self, gap: float) -> list[float]:
        low, high = (self.loss(float(end)) for end in (self.steps[0], self.steps[-1]))
        if not self.log:
            size = nice_step(gap)
            return [place * size for place in range(math.ceil(low / size), math.floor(high / size) + 1)]
        largest = math.floor(math.log10(max(abs(low), abs(high))))
        powers = [10.0 ** (largest - index) for index in range(12)]
        found = [sign * factor * power for factor in (1, 5, 2) for power in powers for sign in (1, -1)]
        return [loss for loss in found if loss >= self.base]


def levels_of(loss: Values, *, log: bool, lowest: float | None) -> Levels:
    """The scale of a field; lowest: the loss that a logarithmic one measures from, None for the field's own."""
    known = np.sort(loss[np.isfinite(loss)])
    low, high = (float(known[0]), float(known[int((len(known) - 1) * UPPER)])) if len(known) else (0.0, 1.0)
    base = min(low, low if lowest is None else lowest)
    eps = (high - base) * DEPTH
    if not log or not eps > 0:
        return Levels(_steps(low, high), log=False)
    return Levels(_steps(math.log10(low - base + eps), math.log10(high - base + eps)), True, base, eps)


def _steps(low: float, high: float) -> Values:
    """Round numbers from under `low` to above `high`."""
    size = nice_step(((high - low) or abs(low) or 1.0) / COUNT)
    bottom = math.floor(low / size + 1e-9)
    top = max(math.ceil(high / size - 1e-9), bottom + 1)
    return np.arange(bottom, top + 1, dtype=np.float64) * size


def nice_step(rough: float) -> float:
    """The round step, 1, 2, 2.5 or 5 times a power of ten, nearest above `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(factor * power for factor in (1, 2, 2.5, 5, 10, 20) if factor * power >= rough * (1 - 1e-9))
