"""Optimizers that a user of torch has to write out, because `torch.optim` has none that does all of it.

They are for scripts to be taken away: nothing here computes a run.
"""

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor


class Lion(torch.optim.Optimizer):
    """Steps of one size in every direction, with the sign of an average gradient (arXiv 2302.06675, algorithm 2)."""

    def __init__(
        self,
        weights: Iterable[Tensor],
        lr: float,
        betas: tuple[float, float] = (0.9, 0.99),
        weight_decay: float = 0.0,
        maximize: bool = False,
    ) -> None:
        super().__init__(weights, {"lr": lr, "betas": betas, "weight_decay": weight_decay, "maximize": maximize})

    @torch.no_grad()
    def step(self, closure: Any = None) -> Any:
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for weight in group["params"]:
                grad = -weight.grad if group["maximize"] else weight.grad
                average = self.state[weight].setdefault("average", torch.zeros_like(weight))
                direction = average.lerp(grad, 1 - beta1).sign()
                weight.mul_(1 - group["lr"] * group["weight_decay"])
                weight.add_(direction, alpha=-group["lr"])
                average.lerp_(grad, 1 - beta2)


class MuonAndAdamW(torch.optim.Optimizer):
    """Muon, which takes only matrices, and for all other weights AdamW with the same learning rate."""

    def __init__(self, weights: Iterable[Tensor], lr: float, **settings: Any) -> None:
        weights = list(weights)
        super().__init__(weights, {"lr": lr})
        matrices = [weight for weight in weights if weight.ndim == 2]
        others = [weight for weight in weights if weight.ndim != 2]
        self.both: list[torch.optim.Optimizer] = [
            torch.optim.Muon(matrices, lr=lr, **settings),
            torch.optim.AdamW(others, lr=lr),
        ]
        # Schedulers set the rates of these groups, so they are the very ones of the two.
        self.param_groups = [group for one in self.both for group in one.param_groups]

    def step(self, closure: Any = None) -> Any:
        for one in self.both:
            one.step()
