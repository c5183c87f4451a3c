"""Writes app/objectives/surfaces/rates.json: the learning rate that suits each preset on each surface.

Every rate 1, 2 or 5 times a power of ten races from the surface's own start. The suggested one goes deep soon, and
takes no step across half of the window: a path that can be followed teaches more than one that is merely short.
"""

import json

import numpy as np

from app.engine.run import advance
from app.experiment import Experiment, parse
from app.objectives.surfaces.base import Surface
from app.objectives.surfaces.catalog import SURFACES
from app.objectives.surfaces.rates import TABLE
from app.optimizers.base import Preset
from app.optimizers.catalog import PRESETS

RATES = [digit * 10.0**exponent for exponent in range(-6, 3) for digit in (1, 2, 5)]
STEPS = 300
SLICE = 25
EXIT_STEP = 120
WORST = 1e9


def main() -> None:
    """Races every pair and writes the table."""
    table = {surface.id: {preset.id: best_rate(surface, preset) for preset in PRESETS} for surface in SURFACES}
    TABLE.write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


def best_rate(surface: Surface, preset: Preset) -> float:
    """The rate of `RATES` with the lowest score."""
    settings = {name: list(v) if isinstance(v, tuple) else v for name, v in preset.settings.items()}
    document = {
        "objective": {"kind": "surface", "name": surface.id},
        "optimizers": [{"name": preset.optimizer, **settings, "lr": rate} for rate in RATES],
        "steps": STEPS,
    }
    values = run(parse(document))
    scores = [score(surface, values[:, row]) for row in range(len(RATES))]
    return float(f"{RATES[int(np.argmin(scores))]:.3g}")


def run(experiment: Experiment) -> np.ndarray:
    """Every entry; in slices, so that rows which have ended cost nothing more."""
    carry, pieces = None, []
    while carry is None or carry.position <= experiment.steps:
        carry, chunk = advance(experiment, carry, SLICE)
        pieces.append(chunk.values)
    return np.concatenate(pieces)


def score(surface: Surface, path: np.ndarray) -> float:
    """Lower is better: the mean of log10 of the height above the lowest minimum, a trajectory's end holding on."""
    kept = path[np.isfinite(path).all(1)]
    ended_flat = len(kept) and kept[-1, 3] <= 1e-8
    if len(kept) < 2 or (len(kept) < len(path) and not ended_flat and surface.points):
        return WORST
    span = max(surface.window.x[1] - surface.window.x[0], surface.window.y[1] - surface.window.y[0])
    strides = np.hypot(*np.diff(kept[:, :2], axis=0).T)
    penalty = 2.0 * max(0.0, float(strides.max()) / span - 0.15) * 10
    minima = [point.value for point in surface.points if point.kind == "global"]
    if not minima:
        return abs(exit_step(surface, kept) - EXIT_STEP) + penalty
    height = kept[:, 2] - min(minima)
    height = np.concatenate((height, np.full(len(path) - len(kept), height[-1])))
    floor = 1e-7 * abs(height[0]) + 1e-12
    return float(np.log10(np.maximum(height, 0) + floor).mean()) + penalty


def exit_step(surface: Surface, path: np.ndarray) -> int:
    """When the path leaves the window, or how long it is if it never does."""
    (x0, x1), (y0, y1) = surface.window.x, surface.window.y
    outside = (path[:, 0] < x0) | (path[:, 0] > x1) | (path[:, 1] < y0) | (path[:, 1] > y1)
    return int(outside.argmax()) if outside.any() else 10 * len(path)


if __name__ == "__main__":
    main()
