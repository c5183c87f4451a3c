"""How a measurement is told: as a ratio to a yardstick that was measured in the same run, so that a slow machine
decides nothing; and only where its own spread leaves no doubt.
"""

import random
import statistics
from collections.abc import Callable, Sequence
from typing import NamedTuple

Statistic = Callable[[Sequence[float]], float]

RESAMPLED, CERTAIN = 400, 0.9
"""So many runs are drawn again from what was measured; where this share of them lie, the ratio may as well be."""


class Figure(NamedTuple):
    """One ratio beside its bar. low, high: the bounds within which another run would find it; bar: the most it may be,
    or the least where `more` is better; top, bottom: what was divided by what, in words with absolute figures.
    """

    name: str
    ratio: float
    low: float
    high: float
    bar: float
    more: bool
    top: str
    bottom: str

    @property
    def verdict(self) -> str:
        """ "ok", "NO", or "?" where the spread reaches over the bar."""
        good, bad = (
            (self.low >= self.bar, self.high < self.bar) if self.more else (self.high <= self.bar, self.low > self.bar)
        )
        return "ok" if good else "NO" if bad else "?"


class Part(NamedTuple):
    """One side of a ratio: what was measured so many times, in words, in which unit, and what is made of it."""

    words: str
    values: Sequence[float]
    unit: str = "ms"
    statistic: Statistic = statistics.median


def ratio(name: str, top: Part, bottom: Part, *, most: float | None = None, least: float | None = None) -> Figure:
    """`top` divided by `bottom`, which is to be at most, or at least, so much: one of the two is given."""
    found = top.statistic(top.values) / bottom.statistic(bottom.values)
    low, high = _spread(top, bottom)
    bar, more = (least, True) if least is not None else (most, False)
    assert bar is not None
    return Figure(name, found, min(low, found), max(high, found), bar, more, _told(top), _told(bottom))


def _spread(top: Part, bottom: Part) -> tuple[float, float]:
    draw = random.Random(0)
    again = sorted(
        top.statistic(draw.choices(top.values, k=len(top.values)))
        / bottom.statistic(draw.choices(bottom.values, k=len(bottom.values)))
        for _ in range(RESAMPLED)
    )
    edge = round((1 - CERTAIN) / 2 * RESAMPLED)
    return again[edge], again[-1 - edge]


def _told(part: Part) -> str:
    return f"{part.words} {part.statistic(part.values):.3g} {part.unit}"


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    lines = [f"   {'figure':<66} {'ratio':>7}  {'of other runs':<17} {'to reach':<9} measured"]
    for one in figures:
        between = f"{one.low:.3g} to {one.high:.3g}"
        reach = f"{'>=' if one.more else '<='} {one.bar:g}"
        measured = f"{one.top}; {one.bottom}"
        lines.append(f"{one.verdict:<2} {one.name:<66} {one.ratio:>7.3g}  {between:<17} {reach:<9} {measured}")
    doubtful = sum(one.verdict == "?" for one in figures)
    if doubtful:
        lines.append(f"{doubtful} marked ? decide nothing: their spread reaches over the bar.")
    return "\n".join(lines)


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which `share` of `values` lie."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def high(values: Sequence[float]) -> float:
    """The 95th percentile."""
    return percentile(values, 0.95)
