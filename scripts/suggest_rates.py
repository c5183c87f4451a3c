"""Writes app/objectives/surfaces/rates.json: the learning rate that suits each preset on each surface.

Every rate 1, 2 or 5 times a power of ten races from the surface's own start and from four starts around it, so that
none is chosen for a lucky leap. The suggested one goes deep soon, takes no long strides and stays in the window: a path
that can be followed teaches more than one that is merely short.
"""

from dataclasses import replace

import numpy as np
import torch

from app.core.registry import by_id
from app.engine.records import Values
from app.experiment import parse
from app.objectives.surfaces.base import Surface
from app.objectives.surfaces.catalog import SURFACES
from app.objectives.surfaces.rates import RATES, TABLE
from app.optimizers.base import Preset
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from scripts.races import CUSTOMARY, GRID, WORST, at_each_rate, race, rounded, write

SHIFTS = ((0.0, 0.0), (0.01, 0.007), (-0.007, 0.01), (-0.01, -0.007), (0.007, -0.01))
"""From the surface's start to those that race, as parts of the window."""

STEPS = 300
EXIT_STEP = 120
"""When a path had best leave a surface without a minimum: late enough to see it turn at the saddle."""

LONG_STRIDE = 0.08
"""A stride of more than this part of the window is hard to follow."""

LOWEST_HEIGHT, LOWEST_SLOPE = 1e-8, 1e-4
"""As parts of those at the start: what is below is the bottom."""


def main() -> None:
    """Races every pair and writes the table."""
    torch.set_num_threads(1)
    presets = [preset for preset in PRESETS if by_id(OPTIMIZERS, preset.optimizer).surfaces]
    write(TABLE, {surface.id: {preset.id: suggest(surface, preset) for preset in presets} for surface in SURFACES})


def fill() -> None:
    """Races the pairs that the table does not have, and writes the table with them; the other rates stay."""
    torch.set_num_threads(1)
    presets = [preset for preset in PRESETS if by_id(OPTIMIZERS, preset.optimizer).surfaces]
    for surface in SURFACES:
        known = RATES.get(surface.id, {})
        RATES[surface.id] = {
            preset.id: known[preset.id] if preset.id in known else suggest(surface, preset) for preset in presets
        }
    write(TABLE, {surface.id: RATES[surface.id] for surface in SURFACES})


def suggest(surface: Surface, preset: Preset) -> float:
    """The rate of `GRID` with the lowest mean score over all starts."""
    if preset.id in CUSTOMARY:
        return CUSTOMARY[preset.id]
    paths = run(surface, preset)
    scores = [np.mean([score(surface, path) for path in paths[:, index]]) for index in range(len(GRID))]
    return rounded(GRID[int(np.argmin(scores))])


def run(surface: Surface, preset: Preset) -> Values:
    """Every entry from each start at each rate: `(starts, rates, entries, columns)`."""
    rows = at_each_rate(preset)
    one = parse({"objective": {"kind": "surface", "name": surface.id}, "optimizers": rows, "steps": STEPS})
    experiment = replace(one, optimizers=one.optimizers * len(SHIFTS))
    shifts = span(surface) * torch.tensor(SHIFTS, dtype=torch.float64)
    starts = torch.tensor(surface.start, dtype=torch.float64) + shifts
    _, values = race(experiment, starts.repeat_interleave(len(GRID), 0))
    return values.reshape(len(SHIFTS), len(GRID), STEPS + 1, -1)


def span(surface: Surface) -> float:
    """The longer side of the window."""
    return max(high - low for low, high in (surface.window.x, surface.window.y))


def score(surface: Surface, path: Values) -> float:
    """Lower is better: how far `path (entries, columns)` stays from the bottom, and how hard it is to follow."""
    kept = path[np.isfinite(path).all(1)]
    minima = [point.value for point in surface.points if point.kind == "global"]
    fell_for_good = len(kept) < len(path) and kept[-1:, 3] > 1
    if len(kept) < 2 or (minima and fell_for_good):
        return WORST
    outside = distance_outside(surface, kept) / span(surface)
    if not minima:
        leaves = int((outside > 0).argmax()) if outside.any() else 10 * len(path)
        return abs(float(np.log(leaves / EXIT_STEP))) + excess(surface, kept[: leaves + 1])
    return depth(kept, len(path), min(minima)) + excess(surface, kept) + 30 * float(outside.max())


def depth(kept: Values, entries: int, lowest: float) -> float:
    """The mean of log10 of the height above `lowest`, and a little of that of the slope; the end holds on."""
    parts = np.stack((kept[:, 2] - lowest, kept[:, 3]), 1)
    parts = np.concatenate((parts, np.repeat(parts[-1:], entries - len(kept), 0))) / parts[0]
    height, slope = np.log10(np.maximum(parts, (LOWEST_HEIGHT, LOWEST_SLOPE))).mean(0)
    return float(height + 0.05 * slope)


def excess(surface: Surface, kept: Values) -> float:
    """All that strides are too long, as parts of the window."""
    strides = np.hypot(*np.diff(kept[:, :2], axis=0).T) / span(surface)
    return 3 * float(np.maximum(0, strides - LONG_STRIDE).sum())


def distance_outside(surface: Surface, kept: Values) -> Values:
    """How far each entry is outside the window, along one axis."""
    window = np.array((surface.window.x, surface.window.y))
    distances: Values = np.maximum(window[:, 0] - kept[:, :2], kept[:, :2] - window[:, 1]).max(1)
    return np.maximum(0, distances)


if __name__ == "__main__":
    main()
