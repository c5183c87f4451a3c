"""AdaGrad, RMSprop and Adadelta: every coordinate is divided by how steep it has been."""

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.optimizers.arithmetic import (
    approach,
    decay_square,
    penalized,
    quotient,
    steady,
    step_along,
    step_quotient,
    summed,
)
from app.optimizers.base import (
    EPS,
    LR,
    MAXIMIZE,
    WEIGHT_DECAY,
    Hyper,
    Optimizer,
    Slot,
    State,
    Step,
    is_zero,
    with_default,
    zeros,
)
from app.optimizers.sgd import MOMENTUM

LR_DECAY = Param("lr_decay", "number", 0.0, low=0.0, high=1e3, soft=(0.0, 1.0), symbol=r"\eta")
INITIAL_SUM = Param("initial_accumulator_value", "number", 0.0, low=0.0, high=1e6, soft=(0.0, 10.0), symbol=r"\tau")
ALPHA = Param("alpha", "number", 0.99, low=0.0, high=1.0, soft=(0.5, 0.999), symbol=r"\alpha")
CENTERED = Param("centered", "switch", False)
RHO = Param("rho", "number", 0.9, low=0.0, high=1.0, soft=(0.0, 0.999), symbol=r"\rho")

SQUARE_AVG = Slot("square_avg")


def adagrad_init(theta: Tensor, hyper: Hyper) -> State:
    """The sum of squares at its initial value."""
    return {"sum": torch.zeros_like(theta).add_(hyper["initial_accumulator_value"])}


def adagrad_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of AdaGrad.

    g = grad + weight_decay * theta; s = s + g^2, from initial_accumulator_value;
    displacement = -lr / (1 + (t - 1) * lr_decay) * g / (sqrt(s) + eps).
    """
    grad = penalized(step.grad, step.theta, hyper["weight_decay"])
    total = torch.addcmul(state["sum"], grad, grad) if grad.dtype is not torch.float64 else state["sum"] + grad * grad
    rate = hyper["lr"] / (1 + (step.t - 1) * hyper["lr_decay"])
    return step_quotient(step.theta, grad, total.sqrt().add_(hyper["eps"]), -rate), {"sum": total}


def adagrad_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """lr / (1 + (t - 1) * lr_decay) * |g| / (sqrt(s + g^2) + eps): the sum never shrinks, nor does the rate rise."""
    size = penalized(step.grad, step.theta, hyper["weight_decay"]).abs().double()
    rate, total = hyper["lr"] / (1 + (step.t - 1) * hyper["lr_decay"]), state["sum"].double()
    answer = quotient(rate, total.sqrt() + hyper["eps"]) * (bend + hyper["weight_decay"])
    return steady(rate * size / ((total + size * size).sqrt() + hyper["eps"]), answer)


ADAGRAD = Optimizer(
    id="adagrad",
    title="AdaGrad",
    params=(LR, LR_DECAY, WEIGHT_DECAY, INITIAL_SUM, with_default(EPS, 1e-10), MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1}) + \lambda \theta_{t-1}",
        r"s_0 = \tau, \quad s_t = s_{t-1} + g_t^2",
        r"\theta_t = \theta_{t-1} - \frac{\gamma}{1 + (t - 1) \eta} \frac{g_t}{\sqrt{s_t} + \epsilon}",
    ),
    source=Reference(
        "Duchi, Hazan, Singer: Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
        "https://jmlr.org/papers/v12/duchi11a.html",
    ),
    torch="Adagrad",
    slots=(Slot("sum"),),
    init=adagrad_init,
    update=adagrad_update,
    rest=adagrad_rest,
)


def rmsprop_init(theta: Tensor, hyper: Hyper) -> State:
    """The average square at 0; with momentum a buffer, with centered the average gradient."""
    names = ["square_avg"]
    if not is_zero(hyper["momentum"]):
        names.append("momentum_buffer")
    if hyper["centered"]:
        names.append("grad_avg")
    return {name: torch.zeros_like(theta) for name in names}


def rmsprop_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of RMSprop.

    g = grad + weight_decay * theta; v = alpha * v + (1 - alpha) * g^2; q = sqrt(v) + eps;
    b = momentum * b + g / q; displacement = -lr * b. With centered, m = alpha * m + (1 - alpha) * g and
    q = sqrt(v - m^2) + eps. Frameworks differ in where eps goes: here it is outside the root.
    """
    grad = penalized(step.grad, step.theta, hyper["weight_decay"])
    square = decay_square(state["square_avg"], grad, hyper["alpha"])
    new = {**state, "square_avg": square}
    if hyper["centered"]:
        average = new["grad_avg"] = approach(state["grad_avg"], grad, hyper["alpha"])
        square = _without_mean(square, average)
    under = square.sqrt().add_(hyper["eps"])
    if is_zero(hyper["momentum"]):
        return step_quotient(step.theta, grad, under, -hyper["lr"]), new
    faded = state["momentum_buffer"] * hyper["momentum"]
    buffer = new["momentum_buffer"] = _add_quotient(faded, grad, under)
    return step_along(step.theta, buffer, -hyper["lr"]), new


def _without_mean(square: Tensor, average: Tensor) -> Tensor:
    if square.dtype is torch.float64:
        return square - average * average
    return torch.addcmul(square, average, average, value=-1)


def _add_quotient(base: Tensor, over: Tensor, under: Tensor) -> Tensor:
    return base.add_(over / under) if base.dtype is torch.float64 else base.addcdiv_(over, under)


def rmsprop_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """lr * (|b| + |g| / eps / (1 - momentum)), as v may fade to nothing."""
    size = penalized(step.grad, step.theta, hyper["weight_decay"]).abs().double()
    answer = quotient(hyper["lr"], hyper["eps"]) * (bend + hyper["weight_decay"])
    push = quotient(size, hyper["eps"])
    if not is_zero(hyper["momentum"]):
        push, answer = (part * summed(hyper["momentum"]) for part in (push, answer))
        push = push + state["momentum_buffer"].abs()
    return steady(hyper["lr"] * push, answer)


RMSPROP = Optimizer(
    id="rmsprop",
    title="RMSprop",
    params=(LR, ALPHA, EPS, WEIGHT_DECAY, MOMENTUM, CENTERED, MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1}) + \lambda \theta_{t-1}",
        r"v_t = \alpha v_{t-1} + (1 - \alpha) g_t^2, \quad m_t = \alpha m_{t-1} + (1 - \alpha) g_t",
        r"b_t = \mu b_{t-1} + \frac{g_t}{\sqrt{v_t} + \epsilon}"
        r" \quad \text{or, centered,} \quad \mu b_{t-1} + \frac{g_t}{\sqrt{v_t - m_t^2} + \epsilon}",
        r"\theta_t = \theta_{t-1} - \gamma b_t",
    ),
    source=Reference(
        "Hinton: Neural Networks for Machine Learning, lecture 6e",
        "https://www.cs.toronto.edu/~tijmen/csc321/slides/lecture_slides_lec6.pdf",
    ),
    torch="RMSprop",
    slots=(
        SQUARE_AVG,
        Slot("momentum_buffer", words="rmsprop.momentum_buffer"),
        Slot("grad_avg"),
    ),
    init=rmsprop_init,
    update=rmsprop_update,
    rest=rmsprop_rest,
)


def adadelta_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of Adadelta.

    g = grad + weight_decay * theta; v = rho * v + (1 - rho) * g^2; d = sqrt(a + eps) / sqrt(v + eps) * g;
    a = rho * a + (1 - rho) * d^2; displacement = -lr * d.
    """
    grad, eps = penalized(step.grad, step.theta, hyper["weight_decay"]), hyper["eps"]
    square = decay_square(state["square_avg"], grad, hyper["rho"])
    delta = (state["acc_delta"] + eps).sqrt_().div_((square + eps).sqrt_()).mul_(grad)
    steps = decay_square(state["acc_delta"], delta, hyper["rho"])
    return step_along(step.theta, delta, -hyper["lr"]), {"square_avg": square, "acc_delta": steps}


def adadelta_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """lr * r * sqrt(A + eps) with r = |g| / sqrt(eps): v may fade to nothing, and with steps that short the average
    square of steps stays under A = a + eps * r^2 / (1 - r^2). Infinite where r is 1 or more.
    """
    root = torch.as_tensor(hyper["eps"]).double().sqrt()
    ratio = penalized(step.grad, step.theta, hyper["weight_decay"]).abs().double() / root
    most = state["acc_delta"] + hyper["eps"] * (ratio * ratio * summed(ratio * ratio))
    longest = hyper["lr"] * (most + hyper["eps"]).sqrt()
    return steady(longest * ratio, longest / root * (bend + hyper["weight_decay"]))


ADADELTA = Optimizer(
    id="adadelta",
    title="Adadelta",
    params=(LR, RHO, with_default(EPS, 1e-6), WEIGHT_DECAY, MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1}) + \lambda \theta_{t-1}",
        r"v_t = \rho v_{t-1} + (1 - \rho) g_t^2",
        r"d_t = \frac{\sqrt{a_{t-1} + \epsilon}}{\sqrt{v_t + \epsilon}} g_t",
        r"a_t = \rho a_{t-1} + (1 - \rho) d_t^2",
        r"\theta_t = \theta_{t-1} - \gamma d_t",
    ),
    source=Reference("Zeiler: ADADELTA: An Adaptive Learning Rate Method", "https://arxiv.org/abs/1212.5701"),
    torch="Adadelta",
    slots=(SQUARE_AVG, Slot("acc_delta")),
    init=zeros("square_avg", "acc_delta"),
    update=adadelta_update,
    rest=adadelta_rest,
)
