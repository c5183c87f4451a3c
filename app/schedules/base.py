"""What a schedule is: the learning rate as a pure function of the step."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.params import Param
from app.core.words import say

LARGEST = 1e300
"""Where a rate or a factor that grows stops, so that it stays a finite number; one step at such a rate leaves every
surface."""

Rate = Callable[[float, int, Mapping[str, Any]], float]


def never(_lr: float, _settings: Mapping[str, Any], _steps: int) -> bool:
    """Of a schedule that its twin in torch always equals."""
    return False


@dataclass(frozen=True, slots=True)
class Schedule:
    """A catalogue entry.

    rate(lr, step, settings): the learning rate after `step` scheduler steps (0 is the first optimizer step), where
    `lr` is the optimizer's own learning rate and `settings` has a value for each of `params`.
    torch: the twin in `torch.optim.lr_scheduler`; twin(lr, settings): its keyword arguments.
    differs(lr, settings, steps): whether the twin gives other rates, or none, within so many steps.
    constant: whether the rate is the same at every step, so that it need not be asked for at each.
    """

    id: str
    params: tuple[Param, ...]
    rate: Rate
    torch: str | None
    twin: Callable[[float, Mapping[str, Any]], dict[str, Any]]
    differs: Callable[[float, Mapping[str, Any], int], bool] = never
    constant: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"schedules.{self.id}.title")

    @property
    def line(self) -> str:
        """One sentence for the menu."""
        return say(f"schedules.{self.id}.line")
