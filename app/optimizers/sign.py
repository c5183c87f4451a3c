"""Rprop and Lion: only the sign of a gradient decides, not its size."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.core.words import Message, message
from app.optimizers.arithmetic import approach, share, step_along
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
    betas,
    zeros,
)
from app.optimizers.written import Lion

FIRST_STEP = replace(LR, words="rprop.lr")
ETAS = Param(
    "etas", "tuple", (0.5, 1.2), items=(
        Param(
            "etaminus", "number", 0.5,
            low=0.0, open_low=True, high=1.0, open_high=True, soft=(0.05, 0.95), symbol=r"\eta_-",
        ),
        Param("etaplus", "number", 1.2, low=1.0, open_low=True, high=100.0, soft=(1.01, 3.0), symbol=r"\eta_+"),
    ),
)  # fmt: skip
STEP_SIZES = Param(
    "step_sizes", "tuple", (1e-6, 50.0), items=(
        Param("smallest", "number", 1e-6, low=0.0, high=1e6, soft=(1e-9, 1.0), scale="log", symbol=r"\Gamma_-"),
        Param("largest", "number", 50.0, low=0.0, high=1e6, soft=(1e-3, 100.0), scale="log", symbol=r"\Gamma_+"),
    ),
)  # fmt: skip


def rprop_init(theta: Tensor, hyper: Hyper) -> State:
    """No previous gradient, and every step size at lr."""
    return {"prev": torch.zeros_like(theta), "step_size": torch.zeros_like(theta).add_(hyper["lr"])}


def rprop_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of Rprop.

    For each coordinate: where grad has the sign of the previous one, s = s * eta plus; where it has the opposite sign,
    s = s * eta minus and grad counts as 0; s stays within step_sizes; displacement = -sign(grad) * s.
    lr is the first s, and has no effect later.
    """
    (shrink, grow), (smallest, largest) = hyper["etas"], hyper["step_sizes"]
    agreement = step.grad * state["prev"]
    turned = agreement < 0
    factor = torch.where(turned, shrink, torch.ones_like(agreement))
    size = torch.where(agreement > 0, grow, factor).mul_(state["step_size"])
    size = _at_most(_at_least(size, smallest), largest)
    grad = torch.where(turned, 0.0, step.grad)
    return grad.sign().mul_(size).neg_(), {"prev": grad, "step_size": size}


def _at_least(size: Tensor, bound: Number) -> Tensor:
    return torch.maximum(size, bound) if isinstance(bound, Tensor) else size.clamp_(min=bound)


def _at_most(size: Tensor, bound: Number) -> Tensor:
    return torch.minimum(size, bound) if isinstance(bound, Tensor) else size.clamp_(max=bound)


def rprop_rest(step: Step, _state: State, hyper: Hyper, _bend: Tensor) -> Tensor:
    """The largest step that is allowed, wherever there is any slope; 0 where there is none."""
    return torch.where(step.grad == 0, 0.0, hyper["step_sizes"][1] + torch.zeros_like(step.grad))


def check_rprop(hyper: Mapping[str, Any]) -> Sequence[tuple[str, Message]]:
    """The smallest step is not above the largest."""
    smallest, largest = hyper["step_sizes"]
    if smallest <= largest:
        return ()
    told = message("problems.step-sizes", smallest=f"{smallest:.6g}", largest=f"{largest:.6g}")
    return (("step_sizes", told),)


RPROP = Optimizer(
    id="rprop",
    title="Rprop",
    params=(FIRST_STEP, ETAS, STEP_SIZES, MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1}), \quad s_0 = \gamma",
        r"s_t = \min(\Gamma_+, \max(\Gamma_-, c_t s_{t-1})), \quad c_t = \eta_+ \text{ where } g_t g_{t-1} > 0,"
        r" \ \eta_- \text{ where } g_t g_{t-1} < 0, \ \text{else } 1",
        r"g_t = 0 \text{ where } g_t g_{t-1} < 0",
        r"\theta_t = \theta_{t-1} - \operatorname{sign}(g_t) s_t",
    ),
    source=Reference(
        "Riedmiller, Braun: A direct adaptive method for faster backpropagation learning: the RPROP algorithm",
        "https://doi.org/10.1109/ICNN.1993.298623",
    ),
    torch="Rprop",
    slots=(
        Slot("prev"),
        Slot("step_size"),
    ),
    init=rprop_init,
    update=rprop_update,
    rest=rprop_rest,
    check=check_rprop,
)


def lion_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of Lion.

    displacement = -lr * (sign(beta1 * m + (1 - beta1) * grad) + weight_decay * theta);
    then m = beta2 * m + (1 - beta2) * grad.
    """
    beta1, beta2 = hyper["betas"]
    average = state["exp_avg"]
    direction = approach(average, step.grad, beta1).sign_()
    displacement = step_along(step.theta, direction, -hyper["lr"], share(hyper["lr"], hyper["weight_decay"]))
    return displacement, {"exp_avg": approach(average, step.grad, beta2)}


def lion_rest(step: Step, state: State, hyper: Hyper, _bend: Tensor) -> Tensor:
    """lr, wherever there is any slope or average of slopes; and lr * weight_decay * |theta|."""
    still = (step.grad == 0) & (state["exp_avg"] == 0)
    decay: Tensor = step.theta.abs() * (hyper["lr"] * hyper["weight_decay"])
    return torch.where(still, 0.0, hyper["lr"] + torch.zeros_like(step.grad)) + decay


LION = Optimizer(
    id="lion",
    title="Lion",
    params=(LR, betas(0.99), WEIGHT_DECAY, MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1})",
        r"c_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
        r"\theta_t = \theta_{t-1} - \gamma (\operatorname{sign}(c_t) + \lambda \theta_{t-1})",
        r"m_t = \beta_2 m_{t-1} + (1 - \beta_2) g_t",
    ),
    source=Reference(
        "Chen, Liang, Huang and others: Symbolic Discovery of Optimization Algorithms",
        "https://arxiv.org/abs/2302.06675",
    ),
    torch=None,
    slots=(Slot("exp_avg", words="lion.exp_avg"),),
    init=zeros("exp_avg"),
    update=lion_update,
    rest=lion_rest,
    written=Lion,
)
