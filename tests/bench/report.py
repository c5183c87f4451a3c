"""How a measurement is told."""

from collections.abc import Sequence
from typing import NamedTuple


class Figure(NamedTuple):
    """One measured figure, beside what it is to reach."""

    name: str
    value: float
    unit: str
    reach: str
    met: bool
    note: str = ""


def table(figures: Sequence[Figure]) -> str:
    """The figures as lines of text."""
    lines = [f"{'figure':<66} {'measured':>14}  {'to reach':<22} note"]
    for figure in figures:
        mark = "ok " if figure.met else "NO "
        measured = f"{figure.value:.4g} {figure.unit}"
        lines.append(f"{mark}{figure.name:<63} {measured:>14}  {figure.reach:<22} {figure.note}")
    return "\n".join(lines)


def percentile(values: Sequence[float], share: float) -> float:
    """The value under which `share` of `values` lie."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]
