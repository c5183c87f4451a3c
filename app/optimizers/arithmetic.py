"""The few compound operations that update rules are made of, with rounding that can be relied on.

In float64 they are single elementwise operations: torch's fused ones round differently with the position in memory,
and take no tensor as their scale. In lower precision, rounding is part of what is shown, so there they are torch's own
fused operations, in torch's order.
"""

import torch
from torch import Tensor

from app.optimizers.base import Number, is_zero

DOUBLE = torch.float64


def add_scaled(base: Tensor, other: Tensor, scale: Number) -> Tensor:
    """`base + scale * other`."""
    if base.dtype is DOUBLE or isinstance(scale, Tensor):
        return (other * scale).add_(base)
    return torch.add(base, other, alpha=scale)


def decay_square(average: Tensor, value: Tensor, rate: Number) -> Tensor:
    """`rate * average + (1 - rate) * value ** 2`."""
    if average.dtype is DOUBLE or isinstance(rate, Tensor):
        return (value * value).sub_(average).mul_(1 - rate).add_(average)
    return (average * rate).addcmul_(value, value, value=1 - rate)


def approach(average: Tensor, value: Tensor, rate: Number) -> Tensor:
    """`rate * average + (1 - rate) * value`, as a step from `average` towards `value`."""
    if average.dtype is DOUBLE or isinstance(rate, Tensor):
        return (value - average).mul_(1 - rate).add_(average)
    return torch.lerp(average, value, 1 - rate)


def step_along(theta: Tensor, direction: Tensor, scale: Number, decay: Number | None = None) -> Tensor:
    """The displacement `scale * direction - decay * theta` of `theta`; None is no decay."""
    if theta.dtype is DOUBLE or isinstance(scale, Tensor):
        return _shrink(direction * scale, theta, decay)
    return torch.add(_decayed(theta, decay), direction, alpha=scale).sub_(theta)


def step_quotient(theta: Tensor, over: Tensor, under: Tensor, scale: Number, decay: Number | None = None) -> Tensor:
    """The displacement `scale * over / under - decay * theta` of `theta`; None is no decay."""
    if theta.dtype is DOUBLE or isinstance(scale, Tensor):
        return _shrink((over / under).mul_(scale), theta, decay)
    return torch.addcdiv(_decayed(theta, decay), over, under, value=scale).sub_(theta)


def step_quotients(
    theta: Tensor, over: tuple[Tensor, Tensor], under: Tensor, scales: tuple[Number, Number], decay: Number | None
) -> Tensor:
    """The displacement `(scales[0] * over[0] + scales[1] * over[1]) / under - decay * theta` of `theta`."""
    (first, second), (scale, other) = over, scales
    if theta.dtype is DOUBLE or isinstance(scale, Tensor) or isinstance(other, Tensor):
        return _shrink((first * scale).add_(second * other).div_(under), theta, decay)
    moved = torch.addcdiv(_decayed(theta, decay), first, under, value=scale)
    return moved.addcdiv_(second, under, value=other).sub_(theta)


def _shrink(displacement: Tensor, theta: Tensor, decay: Number | None) -> Tensor:
    return displacement if decay is None else displacement.sub_(theta * decay)


def _decayed(theta: Tensor, decay: Number | None) -> Tensor:
    return theta if decay is None else theta * (1 - decay)


def share(rate: Number, weight_decay: Number) -> Number | None:
    """`rate * weight_decay`, what a step takes off theta; None where there is plainly no decay."""
    return None if is_zero(weight_decay) else rate * weight_decay


def penalized(grad: Tensor, theta: Tensor, weight_decay: Number) -> Tensor:
    """`grad + weight_decay * theta`: the gradient of a loss with an L2 penalty."""
    return grad if is_zero(weight_decay) else add_scaled(grad, theta, weight_decay)


def per_row(slot: Tensor) -> Number:
    """A `(B, 1)` slot as a factor in float64: a plain number for one row."""
    return slot.item() if slot.numel() == 1 else slot.to(DOUBLE)


def quotient(over: Number, under: Number) -> Tensor:
    """`over / under` in float64; infinite or NaN where `under` is 0."""
    return torch.as_tensor(over, dtype=DOUBLE) / torch.as_tensor(under, dtype=DOUBLE)


def summed(ratio: Number) -> Tensor:
    """`1 + ratio + ratio^2 + ...`: infinite from a `ratio` of 1 on."""
    return quotient(1.0, torch.as_tensor(1.0 - ratio, dtype=DOUBLE).clamp(min=0.0))


def steady(reach: Tensor, answer: Number, most: Number = 2.0) -> Tensor:
    """`reach` where a disturbance shrinks, elsewhere infinite.

    answer: how far a step goes back for each unit that the position is off; from `most` on it overshoots ever further.
    """
    return torch.where(torch.as_tensor(answer < most), reach.double(), torch.inf)
