"""What Adam and its kin share: two moving averages, and weight decay in one of two places."""

from torch import Tensor

from app.core.params import Param
from app.optimizers.arithmetic import penalized, share
from app.optimizers.base import Hyper, Number, Slot, Step, zeros

DECOUPLED = Param(
    "decoupled_weight_decay", "decoupled weight decay", "switch", False,
    "Shrinks the parameters directly, as AdamW does, not through the gradient.",
)  # fmt: skip
EXP_AVG = Slot("exp_avg", "average gradient", "Moving average of gradients: the direction.")
EXP_AVG_SQ = Slot("exp_avg_sq", "average square", "Moving average of squared gradients: how steep it has been.")
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
