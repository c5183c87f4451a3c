"""The one adapter around `torch.optim`: optimizers that couple all parameters of a run, work on whole matrices, or
evaluate the loss several times in one step.
"""

import copy
import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from app.optimizers.base import Hyper, Optimizer

Observation = tuple[Tensor, Tensor]
Observe = Callable[[Tensor], Observation]
Shapes = Mapping[str, tuple[int, ...]]
Make = Callable[[Sequence[Tensor], Hyper], list[torch.optim.Optimizer]]


def alone(kind: Callable[..., torch.optim.Optimizer]) -> Make:
    """How to make one optimizer of class `kind` for all weights."""
    return lambda weights, hyper: [kind(weights, **hyper)]


def beside_adamw(kind: Callable[..., torch.optim.Optimizer]) -> Make:
    """How to make one of class `kind`, which takes only matrices, and for all other weights AdamW as torch has it."""

    def make(weights: Sequence[Tensor], hyper: Hyper) -> list[torch.optim.Optimizer]:
        matrices = [weight for weight in weights if weight.ndim == 2]
        others = [weight for weight in weights if weight.ndim != 2]
        made = [kind(matrices, **hyper)] if matrices else []
        return [*made, torch.optim.AdamW(others, lr=hyper["lr"])] if others else made

    return make


MAKERS: Mapping[str, Make] = {
    "LBFGS": alone(torch.optim.LBFGS),
    "Adafactor": alone(torch.optim.Adafactor),
    "Muon": beside_adamw(torch.optim.Muon),
}
"""How to make what moves the weights of a run, by the class in `torch.optim`; all of it follows one learning rate."""


class TorchDriver:
    """One run that `torch.optim` moves.

    optimizer: an entry whose `torch` is in `MAKERS`; hyper: keyword arguments of that class; theta: `(P,)`, where the
    run stands; state: what `state()` gave for a run to be continued, or None for a new one; shapes: name to shape of
    each weight in the order of `theta`, as the `nn.Module` has them, or None to move `theta` as a single weight.
    extra_evaluations: how often `observe` was called so far.
    """

    def __init__(
        self,
        optimizer: Optimizer,
        hyper: Mapping[str, Any],
        theta: Tensor,
        state: Any = None,
        shapes: Shapes | None = None,
    ) -> None:
        assert optimizer.torch
        self._kind = optimizer.torch
        self._shapes = list(shapes.values()) if shapes else [tuple(theta.shape)]
        self._weights = self._cut(theta.detach())
        self._optimizers = MAKERS[optimizer.torch](self._weights, hyper)
        if state is not None:
            for part, own in zip(self._optimizers, state, strict=True):
                part.load_state_dict(copy.deepcopy(own))
        self.extra_evaluations = 0

    def step(self, observe: Observe, hyper: Hyper, first: Observation) -> Tensor:
        """The position `(P,)` after one step with these hyper-parameters, whatever they were before.

        observe(theta): the loss, a scalar, and its gradient `(P,)`; first: the same at the present position, so that
        the first evaluation of a step costs nothing. The position is NaN where a line search met a loss that is,
        and stays so.
        """
        theta = self._theta()
        if theta.isnan().any():
            return theta
        ready = [first]

        def closure() -> Tensor:
            if ready:
                loss, grad = ready.pop()
            else:
                self.extra_evaluations += 1
                loss, grad = observe(self._theta())
            for weight, part in zip(self._weights, self._cut(grad), strict=True):
                weight.grad = part
            return loss

        try:
            self._move(closure, hyper)
        except IndexError:
            # torch's line search has no answer where it meets a loss that is not a number; nor has this run.
            for weight in self._weights:
                weight.fill_(math.nan)
        except ZeroDivisionError:
            # torch's line search divides by the distance between two points that are the same. It has put the position
            # back, but its memory is half written: the next step begins anew.
            for part in self._optimizers:
                part.state.clear()
        return self._theta()

    def state(self) -> Any:
        """All that a new driver needs to go on with the same bits: picklable, and independent of this driver."""
        return [copy.deepcopy(part.state_dict()) for part in self._optimizers]

    def _move(self, closure: Callable[[], Tensor], hyper: Hyper) -> None:
        """One step of everything, all from the gradient that the first of them asks for."""
        # What is None was made by the class itself out of the others.
        given = {name: value for name, value in hyper.items() if value is not None}
        for part in self._optimizers:
            own = given if type(part).__name__ == self._kind else {"lr": hyper["lr"]}
            for group in part.param_groups:
                group.update(own)
        # The stubs of `step` know only closures that return a float.
        move: Callable[[Callable[[], Tensor]], Any] = self._optimizers[0].step  # type: ignore[assignment]
        move(closure)
        for part in self._optimizers[1:]:
            part.step()

    def _theta(self) -> Tensor:
        return torch.cat([weight.flatten() for weight in self._weights])

    def _cut(self, flat: Tensor) -> list[Tensor]:
        """The parts of `flat (P,)` in the shape of each weight, with memory of their own."""
        parts = flat.split_with_sizes([math.prod(shape) for shape in self._shapes])
        return [part.reshape(shape).clone() for part, shape in zip(parts, self._shapes, strict=True)]
