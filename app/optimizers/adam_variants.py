"""NAdam, which adds Nesterov's look-ahead to Adam, and RAdam, which divides only once it has seen enough."""

from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.optimizers.arithmetic import approach, decay_square, per_row, quotient, step_quotient, step_quotients
from app.optimizers.base import (
    BETAS,
    EPS,
    LR,
    MAXIMIZE,
    WEIGHT_DECAY,
    Hyper,
    Number,
    Optimizer,
    Slot,
    State,
    Step,
    power,
    root,
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

MOMENTUM_FADE = 0.96
"""The base that NAdam's paper, and torch, raise to `t * momentum_decay`."""

SHORTEST_RECTIFIED = 5.0
"""RAdam adapts only where the average is over more than this many effective steps (torch; the paper has 4)."""

MOMENTUM_DECAY = Param("momentum_decay", "number", 4e-3, low=0.0, high=1e3, soft=(0.0, 0.1), symbol=r"\psi")

MU_PRODUCT = Slot("mu_product", per_row=True)


def nadam_init(theta: Tensor, hyper: Hyper) -> State:
    """Both moving averages at 0 and a product of 1, in float32 as torch keeps it whatever theta's format."""
    return {**two_averages(theta, hyper), "mu_product": torch.ones(len(theta), 1, dtype=torch.float32)}


def nadam_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of NAdam.

    mu(t) = beta1 * (1 - 0.96^(t * momentum_decay) / 2); p = product of mu(1) ... mu(t); m, v as in Adam;
    displacement = -lr * ((1 - mu(t)) / (1 - p) * g + mu(t + 1) / (1 - p * mu(t + 1)) * m)
    / (sqrt(v / (1 - beta2^t)) + eps).
    """
    grad, decay = split_decay(step, hyper, hyper["decoupled_weight_decay"])
    lr, (beta1, beta2) = hyper["lr"], hyper["betas"]
    mu, mu_next = (_warmed(beta1, hyper["momentum_decay"], t) for t in (step.t, step.t + 1))
    mu_product = state["mu_product"] * (mu.float() if isinstance(mu, Tensor) else mu)
    # Only betas and momentum_decay make the product, so where these are plain numbers all rows have the same.
    product = per_row(mu_product if isinstance(mu, Tensor) else mu_product[:1])
    average = approach(state["exp_avg"], grad, beta1)
    square = decay_square(state["exp_avg_sq"], grad, beta2)
    under = (square / (1 - power(beta2, step.t))).sqrt_().add_(hyper["eps"])
    scales = -lr * (1 - mu) / (1 - product), -lr * mu_next / (1 - product * mu_next)
    displacement = step_quotients(step.theta, (grad, average), under, scales, decay)
    return displacement, {"exp_avg": average, "exp_avg_sq": square, "mu_product": mu_product}


def _warmed(beta1: Any, momentum_decay: Any, t: int) -> Any:
    return beta1 * (1 - 0.5 * power(MOMENTUM_FADE, t * momentum_decay))


def radam_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of RAdam.

    m, v as in Adam; n = 2 / (1 - beta2) - 1; n_t = n - 2 t beta2^t / (1 - beta2^t), the effective length of the
    average. Where n_t > 5: displacement = -lr * r * sqrt(1 - beta2^t) / (1 - beta1^t) * m / (sqrt(v) + eps) with
    r = sqrt((n_t - 4)(n_t - 2) n / ((n - 4)(n - 2) n_t)); elsewhere -lr / (1 - beta1^t) * m.
    """
    grad, decay = split_decay(step, hyper, hyper["decoupled_weight_decay"])
    beta1, beta2 = hyper["betas"]
    average = approach(state["exp_avg"], grad, beta1)
    square = decay_square(state["exp_avg_sq"], grad, beta2)
    rate = -hyper["lr"] / (1 - power(beta1, step.t))
    rectified, factor = _rectification(beta2, step.t)
    under = _rectified_divisor(square, hyper["eps"], rectified)
    return step_quotient(step.theta, average, under, rate * factor, decay), {"exp_avg": average, "exp_avg_sq": square}


def _rectification(beta2: Number, t: int) -> tuple[bool | Tensor, Number]:
    """Whether the average is long enough to adapt, and the factor of the rate: 1 where it is not."""
    fade = power(beta2, t)
    longest = 2 / (1 - beta2) - 1
    length = longest - 2 * t * fade / (1 - fade)
    if not isinstance(length, Tensor):
        if length <= SHORTEST_RECTIFIED:
            return False, 1.0
        return True, root(_variance_ratio(length, longest)) * root(1 - fade)
    rectified, one = length > SHORTEST_RECTIFIED, torch.ones_like(length)
    ratio = torch.where(rectified, _variance_ratio(length, longest), one)
    return rectified, torch.where(rectified, root(ratio) * root(1 - fade), one)


def _variance_ratio(length: Any, longest: Any) -> Any:
    return (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length)


def _rectified_divisor(square: Tensor, eps: Number, rectified: bool | Tensor) -> Tensor:
    if rectified is False:
        return torch.ones_like(square)
    under = square.sqrt().add_(eps)
    return under if rectified is True else torch.where(rectified, under, torch.ones_like(under))


def nadam_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """2 lr / (1 - beta1) * max(|m|, |g|) / eps, as v may fade to nothing and no mu is above beta1."""
    gain = quotient(2 * hyper["lr"] / (1 - hyper["betas"][0]), hyper["eps"])
    return rest_of_average(step, state, hyper, bend, gain, decoupled=hyper["decoupled_weight_decay"])


def radam_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """lr / (1 - beta1^t) * max(|m|, |g|) * max(1, 1 / eps), as v may fade to nothing and r is under 1."""
    gain = hyper["lr"] / (1 - power(hyper["betas"][0], step.t)) * quotient(1.0, hyper["eps"]).clamp(min=1.0)
    return rest_of_average(step, state, hyper, bend, gain, decoupled=hyper["decoupled_weight_decay"])


NADAM = Optimizer(
    id="nadam",
    title="NAdam",
    params=(LR, BETAS, EPS, WEIGHT_DECAY, MOMENTUM_DECAY, DECOUPLED, MAXIMIZE),
    formula=(
        PENALTY_LINE,
        *AVERAGE_LINES,
        r"\mu_t = \beta_1 (1 - \frac{1}{2} 0.96^{t \psi}), \quad p_t = \mu_1 \mu_2 \cdots \mu_t",
        r"\hat m_t = \frac{(1 - \mu_t) g_t}{1 - p_t} + \frac{\mu_{t+1} m_t}{1 - p_{t+1}},"
        r" \quad \hat v_t = \frac{v_t}{1 - \beta_2^t}",
        r"\theta_t = \theta_{t-1} - \gamma \frac{\hat m_t}{\sqrt{\hat v_t} + \epsilon}",
    ),
    source=Reference(
        "Dozat: Incorporating Nesterov Momentum into Adam", "https://openreview.net/forum?id=OM0jvwB8jIp57ZJjtNEZ",
    ),
    torch="NAdam",
    slots=(EXP_AVG, EXP_AVG_SQ, MU_PRODUCT),
    init=nadam_init,
    update=nadam_update,
    rest=nadam_rest,
)  # fmt: skip

RADAM = Optimizer(
    id="radam",
    title="RAdam",
    params=(LR, BETAS, EPS, WEIGHT_DECAY, DECOUPLED, MAXIMIZE),
    formula=(
        PENALTY_LINE,
        *AVERAGE_LINES,
        r"n = \frac{2}{1 - \beta_2} - 1, \quad n_t = n - \frac{2 t \beta_2^t}{1 - \beta_2^t}",
        r"r_t = \sqrt{\frac{(n_t - 4)(n_t - 2) n}{(n - 4)(n - 2) n_t}},"
        r" \quad \hat m_t = \frac{m_t}{1 - \beta_1^t}",
        r"\theta_t = \theta_{t-1} - \gamma \hat m_t r_t \frac{\sqrt{1 - \beta_2^t}}{\sqrt{v_t} + \epsilon}"
        r" \quad \text{where } n_t > 5, \text{ else } \theta_{t-1} - \gamma \hat m_t",
    ),
    source=Reference(
        "Liu, Jiang, He, Chen, Liu, Gao, Han: On the Variance of the Adaptive Learning Rate and Beyond",
        "https://arxiv.org/abs/1908.03265",
    ),
    torch="RAdam",
    slots=(EXP_AVG, EXP_AVG_SQ),
    init=two_averages,
    update=radam_update,
    rest=radam_rest,
)
