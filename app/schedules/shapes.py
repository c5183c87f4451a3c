"""Schedules that fall once: by steps, by a factor, along a power, along half a cosine."""

import math
from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from app.core.params import Param
from app.schedules.base import LARGEST, Schedule
from app.schedules.warmup import WARMUP

LONGEST_TELESCOPE = 2000
"""torch goes along a cosine by quotients of neighbours. Behind its bottom they keep the rounding of a difference that
gets smaller with the square of the length: 1e-11 at this one, 1e-8 at 30,000."""

GAMMA = Param("gamma", "number", 0.1, low=0.0, high=10.0, soft=(0.01, 1.0), symbol=r"\gamma")
ETA_MIN = Param("eta_min", "number", 0.0, low=0.0, high=1e6, soft=(0.0, 1.0), symbol=r"\eta_{min}")
LONGEST = 1_000_000
"""Largest number of steps in any schedule: more than a run can have."""


def steps_param(id: str, default: int) -> Param:
    """A length in steps."""
    return Param(id, "integer", default, low=1, high=LONGEST, soft=(1, 3000), scale="log", measured="steps")


def factor(base: float, exponent: float) -> float:
    """`base ** exponent`, at most `LARGEST`."""
    try:
        return min(math.pow(base, exponent), LARGEST)
    except OverflowError:
        return LARGEST


def grown(lr: float, base: float, exponent: int) -> float:
    """`lr * base ** exponent`, at most `LARGEST`: also where only the power is beyond all numbers."""
    try:
        return min(lr * math.pow(base, exponent), LARGEST)
    except OverflowError:
        if lr == 0:
            return 0.0
        if math.log(lr) + exponent * math.log(base) >= math.log(LARGEST):
            return LARGEST
    third = exponent // 3
    return lr * math.pow(base, third) * math.pow(base, third) * math.pow(base, exponent - 2 * third)


def half_cosine(high: float, low: float, share: float) -> float:
    """From `high` at share 0 to `low` at share 1 along half a cosine, and back up at share 2."""
    return low + (high - low) * (1 + math.cos(math.pi * share)) / 2


def constant_rate(lr: float, _step: int, _settings: Mapping[str, Any]) -> float:
    """lr, at every step."""
    return lr


def step_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """lr * gamma^floor(step / step_size)."""
    return grown(lr, settings["gamma"], step // settings["step_size"])


def multi_step_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """lr * gamma^(number of milestones at or before the step)."""
    return grown(lr, settings["gamma"], bisect_right(settings["milestones"], step))


def exponential_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """lr * gamma^step."""
    return grown(lr, settings["gamma"], step)


def polynomial_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """lr * (1 - step / total_iters)^power, and 0 from total_iters on."""
    total = settings["total_iters"]
    return lr * math.pow(1 - min(step, total) / total, settings["power"])


def cosine_rate(lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """eta_min + (lr - eta_min) * (1 + cos(pi * step / T_max)) / 2: past T_max it rises again, with period 2 T_max."""
    return half_cosine(lr, settings["eta_min"], step / settings["T_max"])


def settings_alone(_lr: float, settings: Mapping[str, Any]) -> dict[str, Any]:
    """The keyword arguments of a torch scheduler that takes its settings as they are, without those of a warm-up."""
    warmup = {param.id for param in WARMUP}
    return {name: value for name, value in settings.items() if name not in warmup}


def cosine_differs(_lr: float, settings: Mapping[str, Any], steps: int) -> bool:
    """torch rises again behind the bottom of a long cosine with what rounding has left of it."""
    return bool(steps > settings["T_max"] > LONGEST_TELESCOPE)


CONSTANT = Schedule("constant", (), constant_rate, None, settings_alone, constant=True)
STEP = Schedule(
    "step",
    (steps_param("step_size", 100), GAMMA),
    step_rate,
    "StepLR",
    settings_alone,
)
MULTI_STEP = Schedule(
    "multi-step",
    (
        Param(
            "milestones", "list", (100, 200), items=(Param("milestone", "integer", 100, low=1, high=LONGEST),),
            measured="steps",
        ),
        GAMMA,
    ),
    multi_step_rate,
    "MultiStepLR",
    settings_alone,
)  # fmt: skip
EXPONENTIAL = Schedule(
    "exponential",
    (
        Param(
            "gamma", "number", 0.99,
            low=0.0, high=10.0, soft=(0.9, 1.01), symbol=r"\gamma", words="exponential.gamma",
        ),
    ),
    exponential_rate,
    "ExponentialLR",
    settings_alone,
)  # fmt: skip
POLYNOMIAL = Schedule(
    "polynomial",
    (
        steps_param("total_iters", 300),
        Param("power", "number", 1.0, low=0.0, high=100.0, soft=(0.25, 4.0), symbol="p"),
    ),
    polynomial_rate,
    "PolynomialLR",
    settings_alone,
)  # fmt: skip
COSINE = Schedule(
    "cosine",
    (steps_param("T_max", 300), ETA_MIN),
    cosine_rate,
    "CosineAnnealingLR",
    settings_alone,
    cosine_differs,
)
