"""What to look at of a function that somebody has typed: a window with what matters in it, and where to begin there."""

import math
from functools import lru_cache
from typing import NamedTuple

import torch
from torch import Tensor

from app.objectives.functions.graph import Program
from app.objectives.surfaces.base import Window

SIDE = 10
"""Places a side where the search for minima begins."""

REACH = 8.0
"""Of the search around the origin, at its beginning."""

SWEEPS = 44
MOST = 9
"""Minima that are taken into the window, those next to the deepest first."""

LEAST = 3.0
"""Half of the width of a window around a single minimum."""

FARTHEST = 1e5
FLAT = 0.03
"""Slopes below this part of the steepest are none to begin on."""

MARGIN = 1.6
"""Half of the width of a window, by the distance of its minima from the middle."""


class Sight(NamedTuple):
    """The window and the start that are found for a function, and whether it reads better on a log scale."""

    window: Window
    start: tuple[float, float]
    log: bool


@lru_cache(maxsize=64)
def sight(program: Program, window: Window | None) -> Sight:
    """What to look at of `program`, in this window where one is given."""
    found = window or _window(program)
    return Sight(found, _start(program, found), _wide(program, found))


def _window(program: Program) -> Window:
    ends, values = _descend(program)
    if len(ends) == 0:
        return _where_finite(program)
    lowest = ends[values <= values.min() + 1e-6 * (1 + values.min().abs())]
    deepest = lowest[lowest.norm(dim=1).argmin()]
    distances = (ends - deepest).norm(dim=1)
    near = ends[distances <= distances.sort().values[min(MOST, len(ends)) - 1]]
    middle = (near.min(0).values + near.max(0).values) / 2
    half = max(LEAST, MARGIN * float((near - middle).abs().max()))
    step = 10 ** math.floor(math.log10(half)) / 2
    half = math.ceil(half / step) * step
    x, y = (round(float(part) / (step / 5)) * (step / 5) for part in middle)
    return Window(_tidy(x - half, x + half), _tidy(y - half, y + half))


def _tidy(low: float, high: float) -> tuple[float, float]:
    return float(f"{low:.6g}") + 0.0, float(f"{high:.6g}") + 0.0


def _descend(program: Program) -> tuple[Tensor, Tensor]:
    """Minima that steps by the signs of the gradient come to rest at, each once, with their values.

    Steps grow by a fifth while a sign stays, and halve where it turns.
    """
    at = _grid(REACH)
    step = torch.full_like(at, REACH / SIDE)
    before = torch.zeros_like(at)
    for _ in range(SWEEPS):
        _, along_x, along_y = program(*at.unbind(1))
        sign = torch.stack((along_x, along_y), 1).sign()
        step = step * torch.where(sign * before < 0, 0.5, torch.where(sign * before > 0, 1.2, 1.0))
        at, before = at - sign * step, sign
    value, along_x, along_y = program(*at.unbind(1))
    settled = (step.amax(1) < 2e-2) & (at.abs().amax(1) < FARTHEST) & value.isfinite()
    settled &= along_x.isfinite() & along_y.isfinite()
    ends, values = at[settled], value[settled]
    order = values.argsort(stable=True)
    kept: list[int] = []
    for index in order.tolist():
        if all(float((ends[index] - ends[other]).norm()) > 0.05 for other in kept):
            kept.append(index)
        if len(kept) > 4 * MOST:
            break
    return ends[kept], values[kept]


def _grid(reach: float) -> Tensor:
    # A little off the middle of each cell, as a ridge often lies just there.
    line = (torch.arange(SIDE, dtype=torch.float64) + 0.43) / SIDE * 2 * reach - reach
    return torch.stack([part.flatten() for part in torch.meshgrid(line, line + 0.01, indexing="xy")], 1)


def _where_finite(program: Program) -> Window:
    """The usual window, or where the function has no values in most of it, the part around the origin where it has."""
    at = _grid(LEAST)
    if float(_finite(program, at).double().mean()) > 0.5:
        return Window((-LEAST, LEAST), (-LEAST, LEAST))
    at = _grid(REACH)
    good = at[_finite(program, at)]
    if len(good) == 0:
        return Window((-LEAST, LEAST), (-LEAST, LEAST))
    sides = [(math.floor(float(part.min())), math.ceil(float(part.max()))) for part in good.T]
    return Window(*(_tidy(low, max(high, low + 1.0)) for low, high in sides))


def _finite(program: Program, at: Tensor) -> Tensor:
    return program(*at.unbind(1))[0].isfinite()


def _inside(window: Window, count: int, part: float) -> Tensor:
    """`count` times `count` points over the middle `part` of the window."""
    lines = []
    for low, high in (window.x, window.y):
        middle, half = (low + high) / 2, (high - low) / 2
        lines.append(torch.linspace(-part, part, count, dtype=torch.float64) * half + middle)
    return torch.stack([each.flatten() for each in torch.meshgrid(*lines, indexing="xy")], 1)


def _start(program: Program, window: Window) -> tuple[float, float]:
    """A place high on the slopes, not on the symmetry of the window: of those with a slope, the one whose loss is the
    nearest to three fifths of the way up through them all.
    """
    at = _inside(window, 8, 0.78)
    able = _able(program, at)
    if not able.any():
        at = _inside(window, 40, 0.97)
        able = _able(program, at)
    if not able.any():
        low_x, low_y = (low + 0.2 * (high - low) for low, high in (window.x, window.y))
        return _rounded(window, low_x, low_y)
    at = at[able]
    value = program(*at.unbind(1))[0]
    x, y = at[(value - value.quantile(0.6)).abs().argmin()].tolist()
    # A rounded one may lie on a pole.
    plain = _rounded(window, x, y)
    return plain if _able(program, torch.tensor([plain], dtype=torch.float64)).all() else (x, y)


def _able(program: Program, at: Tensor) -> Tensor:
    """Of each point whether one can begin there: it has a loss and a slope, and no other is much steeper."""
    value, along_x, along_y = program(*at.unbind(1))
    slope = torch.hypot(along_x, along_y)
    known = value.isfinite() & slope.isfinite()
    steep = known & (slope > FLAT * slope.masked_fill(~known, 0.0).amax())
    return steep if steep.any() else known


def _rounded(window: Window, x: float, y: float) -> tuple[float, float]:
    """The point in as few digits as the window allows."""
    narrow = min(window.x[1] - window.x[0], window.y[1] - window.y[0])
    digits = max(0, 2 - math.floor(math.log10(narrow)))
    return round(x, digits) + 0.0, round(y, digits) + 0.0


def _wide(program: Program, window: Window) -> bool:
    """Whether most of the window lies within a small part of the range of values."""
    at = _inside(window, 24, 1.0)
    value = program(*at.unbind(1))[0]
    value = value[value.isfinite()]
    if len(value) < 2:
        return False
    low, middle, high = (float(each) for each in value.quantile(torch.tensor([0.0, 0.3, 0.98], dtype=torch.float64)))
    return high - low > 12 * (middle - low)
