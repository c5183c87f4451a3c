"""A linear warm-up in front of any schedule."""

from collections.abc import Mapping
from typing import Any

from app.core.params import Param
from app.schedules.base import LARGEST, Schedule

WARMUP = (
    Param("warmup", "integer", 0, low=0, high=1_000_000, soft=(0, 300), measured="steps"),
    Param("warmup_start", "number", 0.1, low=0.0, open_low=True, high=1.0, soft=(0.01, 1.0)),
)  # fmt: skip

TINY = 1e-290
"""torch makes each rate from the one before: what begins below this has lost digits, or divides by what is nearly 0."""


def rate(schedule: Schedule, lr: float, step: int, settings: Mapping[str, Any]) -> float:
    """The learning rate at `step` (0 is the first optimizer step): the warm-up, then `schedule` from its beginning.

    r0 = the schedule's first rate; step < warmup: r0 * (warmup_start + (1 - warmup_start) * step / warmup).
    settings: a value for each param of `schedule` and of `WARMUP`. torch says the same with
    `SequentialLR(optimizer, [LinearLR(optimizer, warmup_start, total_iters=warmup), scheduler], [warmup])`, where
    `scheduler` was made before the LinearLR, so that its first rate is what the warm-up leads to; where it does not,
    `differs` says so.
    """
    warmup: int = settings["warmup"]
    if step >= warmup:
        return schedule.rate(lr, step - warmup, settings)
    first: float = settings["warmup_start"]
    return schedule.rate(lr, 0, settings) * (first + (1 - first) * step / warmup)


def differs(schedule: Schedule, lr: float, steps: int, settings: Mapping[str, Any]) -> bool:
    """Whether torch gives other rates than `rate`, or none, within so many steps."""
    warmup, share = settings["warmup"], settings["warmup_start"]
    begins = schedule.rate(lr, 0, settings)
    if warmup and (share < TINY or 0 < begins * share < TINY):
        return True
    left = max(0, steps - warmup)
    grows = schedule.rate(lr, left, settings) == LARGEST
    return not schedule.constant and (0 < lr < TINY or grows or schedule.differs(lr, settings, left))
