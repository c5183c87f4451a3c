"""Optimizers that are driven through `torch.optim` itself: they couple all parameters of a run, or evaluate the loss
several times in one step.
"""

import copy
import math
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.optimizers.base import LR, MAXIMIZE, WEIGHT_DECAY, Optimizer, Source

Observation = tuple[Tensor, Tensor]
Observe = Callable[[Tensor], Observation]

CLASSES: Mapping[str, Callable[..., torch.optim.Optimizer]] = {
    "LBFGS": torch.optim.LBFGS,
    "Adafactor": torch.optim.Adafactor,
}


class TorchDriver:
    """One run that `torch.optim` moves.

    optimizer: an entry whose `torch` is in `CLASSES`; hyper: keyword arguments of that class; theta: `(P,)`, where the
    run stands; state: what `state()` gave for a run to be continued, or None for a new one.
    extra_evaluations: how often `observe` was called so far.
    """

    def __init__(self, optimizer: Optimizer, hyper: Mapping[str, Any], theta: Tensor, state: Any = None) -> None:
        assert optimizer.torch
        self._theta = theta.detach().clone()
        self._optimizer = CLASSES[optimizer.torch]([self._theta], **hyper)
        if state is not None:
            self._optimizer.load_state_dict(copy.deepcopy(state))
        self.extra_evaluations = 0

    def step(self, observe: Observe, lr: float, first: Observation) -> Tensor:
        """The position `(P,)` after one step with learning rate `lr`.

        observe(theta): the loss, a scalar, and its gradient `(P,)`; first: the same at the present position, so that
        the first evaluation of a step costs nothing. The position is NaN where a line search met a loss that is,
        and stays so.
        """
        if self._theta.isnan().any():
            return self._theta.clone()
        ready = [first]

        def closure() -> Tensor:
            if ready:
                loss, grad = ready.pop()
            else:
                self.extra_evaluations += 1
                loss, grad = observe(self._theta.clone())
            self._theta.grad = grad.clone()
            return loss

        for group in self._optimizer.param_groups:
            group["lr"] = lr
        # The stubs of `step` know only closures that return a float.
        move: Callable[[Callable[[], Tensor]], Any] = self._optimizer.step  # type: ignore[assignment]
        try:
            move(closure)
        except IndexError:
            # torch's line search has no answer where it meets a loss that is not a number; nor has this run.
            self._theta.fill_(math.nan)
        except ZeroDivisionError:
            # torch's line search divides by the distance between two points that are the same. It has put the position
            # back, but its memory is half written: the next step begins anew.
            self._optimizer.state.clear()
        return self._theta.clone()

    def state(self) -> Any:
        """All that a new driver needs to go on with the same bits: picklable, and independent of this driver."""
        return copy.deepcopy(self._optimizer.state_dict())


def _lbfgs_cost(hyper: Mapping[str, Any]) -> float:
    """Every evaluation that a step may take, and for each inner iteration two passes over the history."""
    iterations: int = hyper["max_iter"]
    return float(10 * (hyper["max_eval"] or iterations * 5 // 4) + iterations * hyper["history_size"])


def _adafactor_cost(_hyper: Mapping[str, Any]) -> float:
    return 20.0


LBFGS = Optimizer(
    id="lbfgs",
    title="L-BFGS",
    line="Estimates the curvature from past steps and heads for the bottom of the bowl it sees.",
    params=(
        LR,
        Param(
            "max_iter", "inner iterations", "integer", 20, "Moves made in one step; higher gets further each step.",
            low=1, high=100, soft=(1, 40), symbol="k",
        ),
        Param(
            "max_eval", "most evaluations", "integer", None,
            "Loss evaluations allowed in one step; null allows a quarter more than the inner iterations.",
            low=1, high=200, soft=(1, 50), optional=True,
        ),
        Param(
            "tolerance_grad", "gradient tolerance", "number", 1e-7,
            "Rests where every slope is smaller than this; higher rests sooner.",
            low=0.0, high=1e3, soft=(1e-12, 1e-2), scale="log",
        ),
        Param(
            "tolerance_change", "change tolerance", "number", 1e-9,
            "Ends a step early when loss or position change less than this; higher ends it sooner.",
            low=0.0, high=1e3, soft=(1e-12, 1e-2), scale="log",
        ),
        Param(
            "history_size", "history size", "integer", 100, "Past moves that the curvature is estimated from.",
            low=1, high=200, soft=(1, 100), symbol="m",
        ),
        Param(
            "line_search_fn", "line search", "choice", None,
            "Tries several lengths of a move and takes a good one; null takes the learning rate as it is.",
            choices=("strong_wolfe",), optional=True,
        ),
    ),
    formula=(
        r"s_j = \theta_j - \theta_{j-1}, \quad y_j = \nabla f(\theta_j) - \nabla f(\theta_{j-1})",
        r"d_j = -H_j \nabla f(\theta_j), \quad H_j \text{ from the last } m \text{ pairs } (s, y)",
        r"\theta_{j+1} = \theta_j + \gamma d_j, \quad k \text{ times in one step}",
    ),
    source=Source(
        "Nocedal, Wright: Numerical Optimization, second edition",
        "https://doi.org/10.1007/978-0-387-40065-5",
        "algorithms 7.4, 7.5 and, for the line search, 3.5 and 3.6",
    ),
    torch="LBFGS",
    cost=_lbfgs_cost,
)  # fmt: skip

ADAFACTOR = Optimizer(
    id="adafactor",
    title="Adafactor",
    line="Adapts like Adam with little memory, and steps in proportion to the parameters themselves.",
    params=(
        LR,
        Param(
            "beta2_decay", "beta 2 decay", "number", -0.8,
            "How fast the average of squares lengthens its memory; nearer to 0 keeps it short.",
            low=-10.0, high=0.0, soft=(-2.0, 0.0), symbol=r"\tau",
        ),
        Param(
            "eps", "epsilons", "tuple", (None, 1e-3), "The smallest divisor, and the smallest size of the parameters.",
            items=(
                Param(
                    "eps1", "epsilon 1", "number", None,
                    "The smallest divisor; null takes the spacing of the number format near 1.",
                    low=0.0, high=1e3, soft=(1e-16, 1.0), scale="log", symbol=r"\epsilon_1", optional=True,
                ),
                Param(
                    "eps2", "epsilon 2", "number", 1e-3, "Parameters smaller than this move as if they had this size.",
                    low=0.0, high=1e3, soft=(1e-6, 1.0), scale="log", symbol=r"\epsilon_2",
                ),
            ),
        ),
        Param(
            "d", "clipping threshold", "number", 1.0, "Shortens larger updates than this; higher lets more by.",
            low=1.0, high=1e6, soft=(1.0, 10.0), symbol="d",
        ),
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
    source=Source(
        "Shazeer, Stern: Adafactor: Adaptive Learning Rates with Sublinear Memory Cost",
        "https://arxiv.org/abs/1804.04235",
        "algorithm 5, with torch's use of the learning rate",
    ),
    torch="Adafactor",
    cost=_adafactor_cost,
)  # fmt: skip
