"""What Adam and its kin share: two moving averages, and weight decay in one of two places."""

import torch
from torch import Tensor

from app.core.params import Param
from app.optimizers.arithmetic import penalized, share, steady
from app.optimizers.base import Hyper, Number, Slot, State, Step, zeros

DECOUPLED = Param("decoupled_weight_decay", "switch", False)
EXP_AVG = Slot("exp_avg")
EXP_AVG_SQ = Slot("exp_avg_sq")
PENALTY_LINE = r"g_t = \nabla f(\theta_{t-1}) + \lambda \theta_{t-1}"
AVERAGE_LINES = (
    r"m_t = \beta_1 m_{t-1} + (1 - \beta_1) g_t",
    r"v_t = \beta_2 v_{t-1} + (1 - \beta_2) g_t^2",
)

two_averages = zeros(EXP_AVG.id, EXP_AVG_SQ.id)


def split_decay(step: Step, hyper: Hyper, decoupled: bool) -> tuple[Tensor, Number | None]:
    """The gradient, and the share of theta to take off, if any: weight decay is in one of them."""
    if decoupled:
        return step.grad, share(hyper["lr"], hyper["weight_decay"])
    return penalized(step.grad, step.theta, hyper["weight_decay"]), None


def rest_of_average(
    step: Step, state: State, hyper: Hyper, bend: Tensor, gain: Number, *, decoupled: bool = False
) -> Tensor:
    """gain * max(|m|, |g|) for what the average `exp_avg` can be from now on, and weight_decay * lr * |theta| where the
    decay is decoupled. gain: the most that a step multiplies the average by.
    """
    grad, decay = split_decay(step, hyper, decoupled)
    push = torch.maximum(state["exp_avg"].abs(), grad.abs()).double()
    shrink, penalty = 0.0 if decay is None else decay, 0.0 if decoupled else hyper["weight_decay"]
    return steady(gain * push + step.theta.abs() * shrink, gain * (bend + penalty) + shrink)
