"""Gradient descent: plain, with momentum, and with Nesterov's look-ahead."""

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.core.words import Message, message
from app.optimizers.arithmetic import add_scaled, penalized, quotient, steady, step_along, summed
from app.optimizers.base import (
    LR,
    MAXIMIZE,
    WEIGHT_DECAY,
    Hyper,
    Number,
    Optimizer,
    Slot,
    State,
    Step,
    is_zero,
)

MOMENTUM = Param("momentum", "number", 0.0, low=0.0, high=10.0, soft=(0.0, 0.999), symbol=r"\mu")
DAMPENING = Param("dampening", "number", 0.0, low=-10.0, high=10.0, soft=(0.0, 1.0), symbol=r"\tau")
NESTEROV = Param("nesterov", "switch", False)


def sgd_init(theta: Tensor, hyper: Hyper) -> State:
    """No state without momentum; else a buffer, which the first step fills."""
    return {} if is_zero(hyper["momentum"]) else {"momentum_buffer": torch.zeros_like(theta)}


def sgd_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of gradient descent.

    g = grad + weight_decay * theta; b = g at the first step, then momentum * b + (1 - dampening) * g;
    displacement = -lr * b, or -lr * (g + momentum * b) with nesterov. Without momentum, b = g whatever the dampening.
    Sutskever writes the learning rate inside the buffer; torch, and this rule, outside.
    """
    grad = penalized(step.grad, step.theta, hyper["weight_decay"])
    momentum = hyper["momentum"]
    if is_zero(momentum):
        return step_along(step.theta, grad, -hyper["lr"]), state
    # A copy, so that the state never shares memory with the caller's gradient.
    buffer = grad.clone() if step.t == 1 else _follow(state["momentum_buffer"], grad, momentum, hyper["dampening"])
    direction = add_scaled(grad, buffer, momentum) if hyper["nesterov"] else buffer
    if isinstance(momentum, Tensor):
        direction = torch.where(momentum == 0, grad, direction)
    return step_along(step.theta, direction, -hyper["lr"]), {"momentum_buffer": buffer}


def _follow(buffer: Tensor, grad: Tensor, momentum: Any, dampening: Any) -> Tensor:
    faded = buffer * momentum
    return faded.add_(grad) if is_zero(dampening) else add_scaled(faded, grad, 1 - dampening)


def check_sgd(hyper: Mapping[str, Any]) -> Sequence[tuple[str, Message]]:
    """Nesterov needs a momentum to look ahead along, and no dampening."""
    if not hyper["nesterov"] or (hyper["momentum"] > 0 and hyper["dampening"] == 0):
        return ()
    return (("nesterov", message("problems.nesterov")),)


def sgd_stability(hyper: Mapping[str, Any], curvature: float) -> float | None:
    """The learning rate under which steps shrink on a quadratic with this largest curvature, a positive number.

    2 (1 + momentum) / (1 - dampening) / (curvature + weight_decay), or with nesterov
    2 (1 + momentum) / (1 + 2 momentum) / (curvature + weight_decay): where a root of the recurrence's characteristic
    polynomial leaves the unit circle at -1. None where steps never shrink: with a momentum of 1 or more, which loses no
    speed, with a dampening of 1 or more, which leaves nothing of the slope, and uphill.
    """
    momentum = float(hyper["momentum"])
    kept = 1 - float(hyper["dampening"]) if momentum else 1.0
    if hyper["maximize"] or momentum >= 1 or kept <= 0:
        return None
    return float(_bearable(momentum, kept, hyper["nesterov"])) / (curvature + float(hyper["weight_decay"]))


def _bearable(momentum: Number, kept: Number, nesterov: bool) -> Tensor:
    """The product of learning rate and curvature under which steps shrink."""
    return quotient(2 * (1 + momentum), 1 + 2 * momentum if nesterov else kept)


def sgd_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """lr * |g|, and with momentum lr * (|b| + |g| * (1 + |1 - dampening| / (1 - momentum))): what the buffer carries
    already, and the most that this gradient can add to it. With a momentum of 1 the buffer never fades.
    """
    size, lr, momentum = penalized(step.grad, step.theta, hyper["weight_decay"]).abs(), hyper["lr"], hyper["momentum"]
    answer = lr * (bend + hyper["weight_decay"])
    if is_zero(momentum):
        return steady(lr * size, answer)
    kept = 1 - hyper["dampening"]
    carried = state["momentum_buffer"].abs() + size * (1 + abs(kept) * summed(momentum))
    return steady(lr * carried, answer, _bearable(momentum, kept, hyper["nesterov"]))


SGD = Optimizer(
    id="sgd",
    title="SGD",
    params=(LR, MOMENTUM, DAMPENING, WEIGHT_DECAY, NESTEROV, MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1}) + \lambda \theta_{t-1}",
        r"b_1 = g_1, \quad b_t = \mu b_{t-1} + (1 - \tau) g_t",
        r"\theta_t = \theta_{t-1} - \gamma b_t \quad \text{or, with Nesterov,} \quad"
        r" \theta_{t-1} - \gamma (g_t + \mu b_t)",
    ),
    source=Reference(
        "Sutskever, Martens, Dahl, Hinton: On the importance of initialization and momentum in deep learning",
        "https://proceedings.mlr.press/v28/sutskever13.html",
    ),
    torch="SGD",
    slots=(Slot("momentum_buffer"),),
    init=sgd_init,
    update=sgd_update,
    check=check_sgd,
    stability=sgd_stability,
    rest=sgd_rest,
)
