"""The learning rates that are suggested for a typed function, from those of a quadratic and how the two compare."""

import math
from functools import lru_cache

import torch

from app.objectives.functions.graph import Program
from app.objectives.functions.sight import Sight
from app.objectives.surfaces.bowls import CONDITION, QUADRATIC
from app.objectives.surfaces.rates import FALLBACK, RATES

BY_SLOPE = ("gradient-descent", "momentum", "nesterov", "asgd")
"""Presets whose steps are as long as the slope is steep: what suits them shrinks as the curvature grows."""

FIXED = ("lbfgs",)
"""Presets that find the length of their steps. Those of all others are as long as the learning rate says, so that what
suits them grows with the window."""

SIDE = 12


@lru_cache(maxsize=64)
def suggested_rates(program: Program, sight: Sight) -> dict[str, float]:
    """The learning rate to begin with, for every preset that the quadratic has one for."""
    bend = _steepest(program, sight) / CONDITION.default
    width = (sight.window.x[1] - sight.window.x[0]) / (QUADRATIC.window.x[1] - QUADRATIC.window.x[0])
    rates: dict[str, float] = {}
    for preset, rate in RATES.get(QUADRATIC.id, {}).items():
        factor = 1.0 if preset in FIXED else 1 / bend if preset in BY_SLOPE else width
        rates[preset] = _plain(rate * factor)
    return rates


def _steepest(program: Program, sight: Sight) -> float:
    """The largest curvature where the function is no higher than at the start, by differences of the gradient."""
    (left, right), (bottom, top) = sight.window.x, sight.window.y
    lines = (
        torch.linspace(left, right, SIDE, dtype=torch.float64),
        torch.linspace(bottom, top, SIDE, dtype=torch.float64),
    )
    x, y = (part.flatten() for part in torch.meshgrid(*lines, indexing="xy"))
    x, y = (torch.cat((part, part.new_tensor([at]))) for part, at in zip((x, y), sight.start, strict=True))
    value = program(x, y)[0]
    below = value <= value[-1]
    x, y = x[below], y[below]
    width = 1e-4 * (right - left)
    columns = []
    for shift_x, shift_y in ((width, 0.0), (0.0, width)):
        _, ahead_x, ahead_y = program(x + shift_x, y + shift_y)
        _, behind_x, behind_y = program(x - shift_x, y - shift_y)
        columns.append((torch.stack((ahead_x, ahead_y)) - torch.stack((behind_x, behind_y))) / (2 * width))
    (xx, yx), (xy, yy) = columns
    mean, twist = (xx + yy) / 2, (xy + yx) / 2
    largest = mean + torch.hypot((xx - yy) / 2, twist)
    known = largest[largest.isfinite()]
    found = float(known.max()) if len(known) else 0.0
    return found if found > 0 else 1.0


def _plain(rate: float) -> float:
    """`rate`, rounded down to 1, 2 or 5 times a power of ten, within what a learning rate may be."""
    if not 1e-12 < rate < 1e6:
        return FALLBACK if not rate > 0 else min(max(rate, 1e-12), 1e5)
    power = 10.0 ** math.floor(math.log10(rate))
    return next(float(f"{part * power:.6g}") for part in (5, 2, 1) if part * power <= rate * (1 + 1e-9))
