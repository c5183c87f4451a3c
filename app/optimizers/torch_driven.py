"""The optimizers that run through `torch.optim` itself."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.optimizers.base import EPS, LR, MAXIMIZE, WEIGHT_DECAY, Hyper, Optimizer, State, Step, with_default
from app.optimizers.sgd import NESTEROV
from app.optimizers.written import MuonAndAdamW


def _lbfgs_cost(hyper: Mapping[str, Any]) -> float:
    """Every evaluation that a step may take, and for each inner iteration two passes over the history."""
    return float(10 * _lbfgs_evaluations(hyper) + hyper["max_iter"] * hyper["history_size"])


def _lbfgs_evaluations(hyper: Mapping[str, Any]) -> int:
    """As many as torch allows: a quarter more than the inner iterations where no number is given."""
    return int(hyper["max_eval"] or hyper["max_iter"] * 5 // 4)


def _lbfgs_rest(step: Step, _state: State, hyper: Hyper, _bend: Tensor) -> Tensor:
    """0 where no slope is above tolerance_grad, under which torch makes no step; elsewhere not known."""
    still = step.grad.abs().amax(1, keepdim=True) <= hyper["tolerance_grad"]
    return torch.where(still, 0.0, torch.inf).expand_as(step.theta)


def _adafactor_rest(step: Step, _state: State, hyper: Hyper, _bend: Tensor) -> Tensor:
    """lr * weight_decay * |theta| where there is no slope at all: any other counts in full, however small it is."""
    still = (step.grad == 0).all(1, keepdim=True) & (hyper["eps"][0] != 0)
    return torch.where(still, step.theta.abs() * hyper["lr"] * hyper["weight_decay"], torch.inf)


def _adafactor_cost(_hyper: Mapping[str, Any]) -> float:
    """As measured on a network of three layers: torch takes tensor by tensor, of which a surface has but one."""
    return 60.0


def _muon_cost(hyper: Mapping[str, Any]) -> float:
    """As measured on a network of three small matrices."""
    iterations: int = hyper["ns_steps"]
    return 85.0 + 13.0 * iterations


LBFGS = Optimizer(
    id="lbfgs",
    title="L-BFGS",
    params=(
        LR,
        Param("max_iter", "integer", 20, low=1, high=100, soft=(1, 40), symbol="k"),
        Param("max_eval", "integer", None, low=1, high=200, soft=(1, 50), optional=True),
        Param("tolerance_grad", "number", 1e-7, low=0.0, high=1e3, soft=(1e-12, 1e-2), scale="log"),
        Param("tolerance_change", "number", 1e-9, low=0.0, high=1e3, soft=(1e-12, 1e-2), scale="log"),
        Param("history_size", "integer", 100, low=1, high=200, soft=(1, 100), symbol="m"),
        Param("line_search_fn", "choice", None, choices=("strong_wolfe",), optional=True),
    ),
    formula=(
        r"s_j = \theta_j - \theta_{j-1}, \quad y_j = \nabla f(\theta_j) - \nabla f(\theta_{j-1})",
        r"d_j = -H_j \nabla f(\theta_j), \quad H_j \text{ from the last } m \text{ pairs } (s, y)",
        r"\theta_{j+1} = \theta_j + \gamma d_j, \quad k \text{ times in one step}",
    ),
    source=Reference(
        "Nocedal, Wright: Numerical Optimization, second edition",
        "https://doi.org/10.1007/978-0-387-40065-5",
    ),
    torch="LBFGS",
    rest=_lbfgs_rest,
    cost=_lbfgs_cost,
    evaluations=_lbfgs_evaluations,
)  # fmt: skip

ADAFACTOR = Optimizer(
    id="adafactor",
    title="Adafactor",
    params=(
        LR,
        Param("beta2_decay", "number", -0.8, low=-10.0, high=0.0, soft=(-2.0, 0.0), symbol=r"\tau"),
        Param(
            "eps", "tuple", (None, 1e-3), items=(
                Param(
                    "eps1", "number", None,
                    low=0.0, high=1e3, soft=(1e-16, 1.0), scale="log", symbol=r"\epsilon_1", optional=True,
                ),
                Param("eps2", "number", 1e-3, low=0.0, high=1e3, soft=(1e-6, 1.0), scale="log", symbol=r"\epsilon_2"),
            ), words="adafactor.eps",
        ),
        Param("d", "number", 1.0, low=1.0, high=1e6, soft=(1.0, 10.0), symbol="d"),
        WEIGHT_DECAY,
        MAXIMIZE,
    ),
    formula=(
        r"g_t = \nabla f(\theta_{t-1}), \quad v_t = (1 - t^\tau) v_{t-1} + t^\tau g_t^2",
        r"u_t = \frac{g_t}{\max(\sqrt{v_t}, \epsilon_1)}, \quad"
        r" \hat u_t = \frac{u_t}{\max(1, \operatorname{RMS}(u_t) / d)}",
        r"\alpha_t = \max(\epsilon_2, \operatorname{RMS}(\theta_{t-1})) \min(\gamma, \frac{1}{\sqrt{t}})",
        r"\theta_t = (1 - \gamma \lambda) \theta_{t-1} - \alpha_t \hat u_t",
    ),
    source=Reference(
        "Shazeer, Stern: Adafactor: Adaptive Learning Rates with Sublinear Memory Cost",
        "https://arxiv.org/abs/1804.04235",
    ),
    torch="Adafactor",
    rest=_adafactor_rest,
    cost=_adafactor_cost,
)  # fmt: skip

MUON = Optimizer(
    id="muon",
    title="Muon",
    params=(
        LR,
        with_default(WEIGHT_DECAY, 0.1),
        Param("momentum", "number", 0.95, low=0.0, high=1.0, soft=(0.0, 0.999), symbol=r"\mu", words="muon.momentum"),
        with_default(NESTEROV, True),
        Param(
            "ns_coefficients", "tuple", (3.4445, -4.775, 2.0315),
            items=(
                Param("a", "number", 3.4445, low=-100.0, high=100.0, soft=(1.0, 5.0), symbol="a"),
                Param("b", "number", -4.775, low=-100.0, high=100.0, soft=(-8.0, 0.0), symbol="b"),
                Param("c", "number", 2.0315, low=-100.0, high=100.0, soft=(0.0, 4.0), symbol="c"),
            ),
        ),
        with_default(EPS, 1e-7),
        Param("ns_steps", "integer", 5, low=0, high=99, soft=(1, 10), symbol="k"),
        Param("adjust_lr_fn", "choice", None, choices=("original", "match_rms_adamw"), optional=True),
    ),
    formula=(
        r"B_t = \mu B_{t-1} + (1 - \mu) \nabla f(\theta_{t-1}), \quad"
        r" \hat B_t = B_t \quad \text{or, with Nesterov,} \quad \mu B_t + (1 - \mu) \nabla f(\theta_{t-1})",
        r"X_0 = \frac{\hat B_t}{\max(\|\hat B_t\|_F, \epsilon)}, \quad"
        r" X_j = (a I + b A_j + c A_j^2) X_{j-1}, \quad A_j = X_{j-1} X_{j-1}^\top",
        r"\theta_t = (1 - \gamma \lambda) \theta_{t-1} - \gamma s X_k, \quad"
        r" s = \sqrt{\max(1, \frac{m}{n})} \quad \text{or, to match AdamW,} \quad 0.2 \sqrt{\max(m, n)}",
        r"m \times n \text{ matrices only; biases and filters: AdamW with the same } \gamma",
    ),
    source=Reference(
        "Jordan: Muon, an optimizer for hidden layers in neural networks",
        "https://kellerjordan.github.io/posts/muon/",
    ),
    torch="Muon",
    cost=_muon_cost,
    surfaces=False,
    written=MuonAndAdamW,
)  # fmt: skip
"""torch.optim.Muon for weights of two dimensions, torch.optim.AdamW with torch's defaults for all others."""
