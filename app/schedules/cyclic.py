"""Schedules that rise and fall: cosine with restarts, one cycle, triangles."""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from app.core.params import Param
from app.schedules.base import LARGEST, Schedule
from app.schedules.shapes import ETA_MIN, factor, half_cosine, settings_alone, steps_param

MOST_HALVINGS = 1024
"""So many times torch can halve, as it divides by a power of 2."""


def restarts_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """A cosine from lr to eta_min over T_0 steps, again over T_0 * T_mult, T_0 * T_mult^2 ... (arXiv 1608.03983)."""
    length, growth = settings["T_0"], settings["T_mult"]
    if growth == 1:
        step %= length
    while step >= length:
        step -= length
        length *= growth
    return half_cosine(lr, settings["eta_min"], step / length)


def one_cycle_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """From lr / div_factor up to lr, then down to lr / div_factor / final_div_factor at step total_steps - 1.

    The rise takes pct_start of the steps. With three_phase, the fall first mirrors the rise, then goes below it.
    From total_steps on, where torch refuses to go further, the last rate is held.
    """
    step = min(step, settings["total_steps"] - 1)
    start = 0.0
    *earlier, last = _phases(lr, settings)
    for phase in earlier:
        if step <= phase[0]:
            return _anneal(start, step, phase, settings["anneal_strategy"])
        start = phase[0]
    return _anneal(start, step, last, settings["anneal_strategy"])


Phase = tuple[float, float, float]


def _phases(lr: float, settings: Mapping[str, Any]) -> Sequence[Phase]:
    """Of each phase: the step it ends at, and the rates it goes from and to."""
    steps, share = settings["total_steps"], settings["pct_start"]
    initial = min(lr / settings["div_factor"], LARGEST)
    lowest = min(initial / settings["final_div_factor"], LARGEST)
    rise = (share * steps - 1, initial, lr)
    if settings["three_phase"]:
        return (rise, (2 * share * steps - 2, lr, initial), (steps - 1, initial, lowest))
    return (rise, (steps - 1, lr, lowest))


def _anneal(start: float, step: int, phase: Phase, strategy: str) -> float:
    end, before, after = phase
    # A phase without length, over which torch divides by 0, is over at once.
    share = (step - start) / (end - start) if end != start else 1.0
    if strategy == "cos":
        return half_cosine(before, after, share)
    return before + (after - before) * share


def peak_twin(lr: float, settings: Mapping[str, Any]) -> dict[str, Any]:
    """For cycles whose top is the learning rate; the momentum stays out of it."""
    return {"max_lr": lr, **settings_alone(lr, settings), "cycle_momentum": False}


def triangular_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """From base_lr up to lr in step_size_up steps, down in step_size_down, and again (Smith, arXiv 1506.01186).

    mode triangular2 halves the height with every cycle; exp_range multiplies it by gamma at every step.
    """
    up = settings["step_size_up"]
    total = up + (settings["step_size_down"] or up)
    cycle, place = divmod(step, total)
    height = place / up if place <= up else (total - place) / (total - up)
    base = settings["base_lr"]
    return float(base + (lr - base) * height * _scale(cycle, step, settings))


def _scale(cycle: int, step: int, settings: Mapping[str, Any]) -> float:
    if settings["mode"] == "triangular2":
        return math.ldexp(1.0, -cycle)
    return factor(settings["gamma"], step) if settings["mode"] == "exp_range" else 1.0


def one_cycle_differs(lr: float, settings: Mapping[str, Any], steps: int) -> bool:
    """torch divides by 0 or warms up to another rate where the rise takes a step or less, divides by 0 at the end where
    the last phase has no length, ends with the cycle, and goes beyond all numbers.
    """
    total: int = settings["total_steps"]
    phases = _phases(lr, settings)
    flat = phases[-2][0] == phases[-1][0]
    return bool(settings["pct_start"] * total <= 1) or steps > total or flat or LARGEST in (phases[0][1], phases[-1][2])


def triangular_differs(_lr: float, settings: Mapping[str, Any], steps: int) -> bool:
    """torch has no answer where the factor, or the power of 2 that halves, is beyond all numbers."""
    if settings["mode"] == "triangular2":
        up = settings["step_size_up"]
        return bool(steps // (up + (settings["step_size_down"] or up)) >= MOST_HALVINGS)
    return settings["mode"] == "exp_range" and factor(settings["gamma"], steps) == LARGEST


COSINE_RESTARTS = Schedule(
    "cosine-restarts",
    (
        steps_param("T_0", 50),
        Param("T_mult", "integer", 1, low=1, high=100, soft=(1, 4)),
        ETA_MIN,
    ),
    restarts_rate,
    "CosineAnnealingWarmRestarts",
    settings_alone,
)  # fmt: skip
ONE_CYCLE = Schedule(
    "one-cycle",
    (
        steps_param("total_steps", 300),
        Param("pct_start", "number", 0.3, low=0.0, high=1.0, soft=(0.0, 1.0)),
        Param("anneal_strategy", "choice", "cos", choices=("cos", "linear")),
        Param("div_factor", "number", 25.0, low=0.0, open_low=True, high=1e12, soft=(1.0, 1000.0), scale="log"),
        Param("final_div_factor", "number", 1e4, low=0.0, open_low=True, high=1e12, soft=(1.0, 1e6), scale="log"),
        Param("three_phase", "switch", False),
    ),
    one_cycle_rate,
    "OneCycleLR",
    peak_twin,
    one_cycle_differs,
)  # fmt: skip
TRIANGULAR = Schedule(
    "triangular",
    (
        Param("base_lr", "number", 0.0, low=0.0, high=1e6, soft=(0.0, 1.0)),
        steps_param("step_size_up", 50),
        Param(
            "step_size_down", "integer", None,
            low=1, high=1_000_000, soft=(1, 3000), scale="log", measured="steps", optional=True,
        ),
        Param("mode", "choice", "triangular", choices=("triangular", "triangular2", "exp_range")),
        Param("gamma", "number", 1.0, low=0.0, high=10.0, soft=(0.9, 1.0), symbol=r"\gamma", words="triangular.gamma"),
    ),
    triangular_rate,
    "CyclicLR",
    peak_twin,
    triangular_differs,
)  # fmt: skip
