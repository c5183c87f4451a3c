"""Adam, AdamW and Adamax: a moving average of gradients, divided by one of their size."""

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.optimizers.arithmetic import approach, decay_square, penalized, quotient, step_quotient
from app.optimizers.base import (
    BETAS,
    EPS,
    LR,
    MAXIMIZE,
    WEIGHT_DECAY,
    Hyper,
    Optimizer,
    Slot,
    State,
    Step,
    power,
    root,
    with_default,
    zeros,
)
from app.optimizers.moments import (
    AVERAGE_LINES,
    DECOUPLED,
    EXP_AVG,
    EXP_AVG_SQ,
    PENALTY_LINE,
    rest_of_average,
    split_decay,
    two_averages,
)

AMSGRAD = Param("amsgrad", "switch", False)
MAX_EXP_AVG_SQ = Slot("max_exp_avg_sq")
EXP_INF = Slot("exp_inf")


def adam_init(theta: Tensor, hyper: Hyper) -> State:
    """Both moving averages at 0, and with amsgrad the largest square."""
    state = two_averages(theta, hyper)
    return {**state, "max_exp_avg_sq": torch.zeros_like(theta)} if hyper["amsgrad"] else state


def _adam(step: Step, state: State, hyper: Hyper, decoupled: bool) -> tuple[Tensor, State]:
    grad, decay = split_decay(step, hyper, decoupled)
    beta1, beta2 = hyper["betas"]
    average = approach(state["exp_avg"], grad, beta1)
    square = decay_square(state["exp_avg_sq"], grad, beta2)
    new = {"exp_avg": average, "exp_avg_sq": square}
    if hyper["amsgrad"]:
        square = new["max_exp_avg_sq"] = torch.maximum(state["max_exp_avg_sq"], square)
    under = square.sqrt().div_(root(1 - power(beta2, step.t))).add_(hyper["eps"])
    return step_quotient(step.theta, average, under, -hyper["lr"] / (1 - power(beta1, step.t)), decay), new


def adam_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of Adam.

    g = grad + weight_decay * theta; m = beta1 * m + (1 - beta1) * g; v = beta2 * v + (1 - beta2) * g^2;
    displacement = -lr / (1 - beta1^t) * m / (sqrt(v) / sqrt(1 - beta2^t) + eps). With amsgrad, the largest v so far
    takes the place of v. With decoupled_weight_decay, g = grad and the displacement has -lr * weight_decay * theta.
    Frameworks differ in where eps goes: here it is added after the bias correction.
    """
    return _adam(step, state, hyper, hyper["decoupled_weight_decay"])


def adamw_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of AdamW: Adam with decoupled weight decay, -lr * weight_decay * theta."""
    return _adam(step, state, hyper, True)


def adamax_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of Adamax.

    m as in Adam; u = max(beta2 * u, |g| + eps); displacement = -lr / (1 - beta1^t) * m / u.
    """
    grad = penalized(step.grad, step.theta, hyper["weight_decay"])
    beta1, beta2 = hyper["betas"]
    average = approach(state["exp_avg"], grad, beta1)
    largest = torch.maximum(state["exp_inf"] * beta2, grad.abs().add_(hyper["eps"]))
    displacement = step_quotient(step.theta, average, largest, -hyper["lr"] / (1 - power(beta1, step.t)))
    return displacement, {"exp_avg": average, "exp_inf": largest}


def adam_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """lr / (1 - beta1^t) * max(|m|, |g|) / eps, as v may fade to nothing, and the decoupled decay lr * weight_decay *
    |theta|. With amsgrad the largest v so far, which never fades, adds its root to eps.
    """
    return _adam_rest(step, state, hyper, bend, hyper["decoupled_weight_decay"])


def adamw_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """As Adam's, with decoupled weight decay."""
    return _adam_rest(step, state, hyper, bend, True)


def _adam_rest(step: Step, state: State, hyper: Hyper, bend: Tensor, decoupled: bool) -> Tensor:
    largest = state["max_exp_avg_sq"].double().sqrt() if hyper["amsgrad"] else 0.0
    gain = quotient(hyper["lr"] / (1 - power(hyper["betas"][0], step.t)), largest + hyper["eps"])
    return rest_of_average(step, state, hyper, bend, gain, decoupled=decoupled)


def adamax_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """lr / (1 - beta1^t) * max(|m|, |g|) / eps, as u may fade to eps."""
    gain = quotient(hyper["lr"] / (1 - power(hyper["betas"][0], step.t)), hyper["eps"])
    return rest_of_average(step, state, hyper, bend, gain)


ADAM_PAPER = Reference("Kingma, Ba: Adam: A Method for Stochastic Optimization", "https://arxiv.org/abs/1412.6980")
CORRECTED_LINE = r"\hat m_t = \frac{m_t}{1 - \beta_1^t}, \quad \hat v_t = \frac{v_t}{1 - \beta_2^t}"

ADAM = Optimizer(
    id="adam",
    title="Adam",
    params=(LR, BETAS, EPS, WEIGHT_DECAY, AMSGRAD, DECOUPLED, MAXIMIZE),
    formula=(
        PENALTY_LINE,
        *AVERAGE_LINES,
        CORRECTED_LINE,
        r"\theta_t = \theta_{t-1} - \gamma \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}",
    ),
    source=ADAM_PAPER,
    torch="Adam",
    slots=(EXP_AVG, EXP_AVG_SQ, MAX_EXP_AVG_SQ),
    init=adam_init,
    update=adam_update,
    rest=adam_rest,
)

ADAMW = Optimizer(
    id="adamw",
    title="AdamW",
    params=(LR, BETAS, EPS, with_default(WEIGHT_DECAY, 0.01), AMSGRAD, MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1})",
        *AVERAGE_LINES,
        CORRECTED_LINE,
        r"\theta_t = \theta_{t-1} - \gamma \lambda \theta_{t-1}"
        r" - \gamma \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}",
    ),
    source=Reference("Loshchilov, Hutter: Decoupled Weight Decay Regularization", "https://arxiv.org/abs/1711.05101"),
    torch="AdamW",
    slots=(EXP_AVG, EXP_AVG_SQ, MAX_EXP_AVG_SQ),
    init=adam_init,
    update=adamw_update,
    rest=adamw_rest,
)

ADAMAX = Optimizer(
    id="adamax",
    title="Adamax",
    params=(LR, BETAS, EPS, WEIGHT_DECAY, MAXIMIZE),
    formula=(
        PENALTY_LINE,
        AVERAGE_LINES[0],
        r"u_t = \max(\beta_2 u_{t-1}, |g_t| + \epsilon)",
        r"\theta_t = \theta_{t-1} - \frac{\gamma}{1 - \beta_1^t} \frac{m_t}{u_t}",
    ),
    source=Reference(ADAM_PAPER.title, ADAM_PAPER.url),
    torch="Adamax",
    slots=(EXP_AVG, EXP_INF),
    init=zeros("exp_avg", "exp_inf"),
    update=adamax_update,
    rest=adamax_rest,
)
