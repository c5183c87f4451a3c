"""Schedules as a script has them where no one class of torch does it all. Nothing here computes a run."""

from collections.abc import Callable

import torch
from torch.optim import Optimizer
from torch.optim.lr_scheduler import LRScheduler


def warm_up(optimizer: Optimizer, scheduler: LRScheduler, steps: int, start: float) -> LRScheduler:
    """`scheduler`, after `steps` steps over which the rate rises from the share `start` of its first rate."""
    rise = torch.optim.lr_scheduler.LinearLR(optimizer, start_factor=start, total_iters=steps)
    return torch.optim.lr_scheduler.SequentialLR(optimizer, [rise, scheduler], [steps])


class ByStep(torch.optim.lr_scheduler.LRScheduler):
    """The learning rate is rate(step), after `warmup` steps over which it rises from the share `start` of the first."""

    def __init__(self, optimizer: Optimizer, rate: Callable[[int], float], warmup: int = 0, start: float = 1.0) -> None:
        self.rate, self.warmup, self.start = rate, warmup, start
        super().__init__(optimizer)

    def get_lr(self) -> list[float | torch.Tensor]:
        step = self.last_epoch
        if step >= self.warmup:
            now = self.rate(step - self.warmup)
        else:
            now = self.rate(0) * (self.start + (1 - self.start) * step / self.warmup)
        return [now for _ in self.optimizer.param_groups]
