"""ASGD: gradient descent that also keeps the average of where it has been."""

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.optimizers.arithmetic import penalized, per_row, share, steady, step_along
from app.optimizers.base import LR, MAXIMIZE, WEIGHT_DECAY, Hyper, Optimizer, Slot, State, Step, power

LAMBD = Param("lambd", "number", 1e-4, low=0.0, high=1e3, soft=(1e-6, 1.0), scale="log", symbol=r"\Lambda")
ALPHA = Param("alpha", "number", 0.75, low=0.0, high=10.0, soft=(0.0, 2.0), symbol=r"\alpha", words="asgd.alpha")
T0 = Param("t0", "number", 1e6, low=0.0, high=1e9, soft=(1.0, 1e6), scale="log", symbol="t_0")


def asgd_init(theta: Tensor, hyper: Hyper) -> State:
    """The rate at lr, in float32 as torch keeps it whatever theta's format, and an empty average."""
    rate = torch.zeros(len(theta), 1, dtype=torch.float64).add_(hyper["lr"])
    return {"eta": rate.float(), "ax": torch.zeros_like(theta)}


def asgd_update(step: Step, state: State, hyper: Hyper) -> tuple[Tensor, State]:
    """One step of averaged gradient descent.

    g = grad + weight_decay * theta; displacement = -eta * g - lambd * eta * theta;
    then eta = lr / (1 + lambd * lr * t)^alpha for the next step, in float32; ax, the average of the positions since t0,
    moves to the new position by 1 / max(1, t - 1 - t0) of the way. The average is shown; it does not steer.
    """
    theta, lr, lambd = step.theta, hyper["lr"], hyper["lambd"]
    eta = per_row(state["eta"])
    grad = penalized(step.grad, theta, hyper["weight_decay"])
    displacement = step_along(theta, grad, -eta, share(eta, lambd))
    next_eta = lr / power(1 + lambd * lr * step.t, hyper["alpha"])
    rates = next_eta.float() if isinstance(next_eta, Tensor) else torch.full_like(state["eta"], next_eta)
    return displacement, {"eta": rates, "ax": _average(state["ax"], theta + displacement, step.t, hyper["t0"])}


def asgd_rest(step: Step, state: State, hyper: Hyper, bend: Tensor) -> Tensor:
    """max(eta, lr) * (|g| + lambd * |theta|)."""
    rate = torch.maximum(state["eta"].double(), torch.as_tensor(hyper["lr"], dtype=torch.float64))
    size = penalized(step.grad, step.theta, hyper["weight_decay"]).abs()
    reach = rate * (size + hyper["lambd"] * step.theta.abs())
    return steady(reach, rate * (bend + hyper["weight_decay"] + hyper["lambd"]))


def _average(average: Tensor, position: Tensor, t: int, t0: float | Tensor) -> Tensor:
    if not isinstance(t0, Tensor):
        age = t - 1 - t0
        return position if age <= 1 else average + (position - average) / age
    age_rows = (t - 1 - t0).clamp(min=1.0)
    return torch.where(age_rows <= 1, position, average + (position - average) / age_rows)


ASGD = Optimizer(
    id="asgd",
    title="ASGD",
    params=(LR, LAMBD, ALPHA, T0, WEIGHT_DECAY, MAXIMIZE),
    formula=(
        r"g_t = \nabla f(\theta_{t-1}) + \lambda \theta_{t-1}",
        r"\eta_1 = \gamma, \quad \eta_{t+1} = \frac{\gamma}{(1 + \Lambda \gamma t)^\alpha}",
        r"\theta_t = (1 - \Lambda \eta_t) \theta_{t-1} - \eta_t g_t",
        r"a_t = a_{t-1} + \frac{\theta_t - a_{t-1}}{\max(1, t - 1 - t_0)}",
    ),
    source=Reference(
        "Polyak, Juditsky: Acceleration of Stochastic Approximation by Averaging",
        "https://doi.org/10.1137/0330046",
    ),
    torch="ASGD",
    slots=(
        Slot("eta", per_row=True),
        Slot("ax"),
    ),
    init=asgd_init,
    update=asgd_update,
    rest=asgd_rest,
)
