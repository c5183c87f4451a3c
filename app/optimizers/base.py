"""What an optimizer is: a pure pair of `init` and `update` on B rows of P parameters, with the words that explain it.

The engine calls `update` once a step with every row that uses the rule. Hyper-parameters arrive in a mapping by their
torch argument name, each as a number (the same for every row) or as a tensor `(B, 1)`; switches and choices are always
plain values, equal for all rows of the call. To keep a row's bits independent of the rows beside it, rules use
elementwise operations only, and `power` instead of `**` between hyper-parameters. Rows in lower precision than float64
come one at a time, with plain numbers.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.optim import Optimizer as TorchOptimizer

from app.core.params import Param
from app.core.references import Reference
from app.core.words import Message, say

Number = float | Tensor
Hyper = Mapping[str, Any]
State = dict[str, Tensor]


class Step(NamedTuple):
    """One step's input: `theta` and `grad`, both `(B, P)`, and `t`, 1 at the first step."""

    theta: Tensor
    grad: Tensor
    t: int


@dataclass(frozen=True, slots=True)
class Slot:
    """One named piece of optimizer state, `(B, P)`, or `(B, 1)` when it is `per_row`.

    words: as a `Param` has them.
    """

    id: str
    words: str = ""
    per_row: bool = False

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"slots.{self.words or self.id}.title")

    @property
    def help(self) -> str:
        """What it holds, in one line."""
        return say(f"slots.{self.words or self.id}.help")


Init = Callable[[Tensor, Hyper], State]
Update = Callable[[Step, State, Hyper], tuple[Tensor, State]]
Check = Callable[[Mapping[str, Any]], Sequence[tuple[str, Message]]]
Stability = Callable[[Mapping[str, Any], float], float | None]
Cost = Callable[[Mapping[str, Any]], float]
Evaluations = Callable[[Mapping[str, Any]], int]
Rest = Callable[[Step, State, Hyper, Tensor], Tensor]


def nothing_wrong(_hyper: Mapping[str, Any]) -> Sequence[tuple[str, Message]]:
    """The check of an optimizer whose hyper-parameters do not depend on each other."""
    return ()


def unknown_stability(_hyper: Mapping[str, Any], _curvature: float) -> float | None:
    """The stability of a rule for which no simple bound is known."""
    return None


def never_rests(step: Step, _state: State, _hyper: Hyper, _bend: Tensor) -> Tensor:
    """The rest of a rule for which no bound on its later steps is known: infinite."""
    return torch.full_like(step.theta, math.inf)


def plain_cost(_hyper: Mapping[str, Any]) -> float:
    """The cost of a rule that moves all its rows at once."""
    return 1.0


def one_evaluation(_hyper: Mapping[str, Any]) -> int:
    """The evaluations of a rule that looks at the gradient once a step."""
    return 1


@dataclass(frozen=True, slots=True, eq=False)
class Optimizer:
    """A catalogue entry; there is one of each, so equal means the same.

    id: torch's class name in lower case, or ours; title: its proper name, the same in every language; formula: LaTeX,
    one equation a line, with symbols as the params' `symbol`; torch: the class in `torch.optim` that is the judge,
    called with the params under their own ids, or None where torch has no twin.
    written: the same as a class that a script brings along, where one of torch's alone is not enough.
    init, update: the rule, or both None for an optimizer that is driven through `torch.optim` itself.
    check(hyper): of values that are each allowed, those that do not go together, as (param id, sentence).
    stability(hyper, curvature): the learning rate under which steps shrink, and over which they grow, on a quadratic
    with this largest curvature, a positive number; None where there is no such rate or it is not known.
    rest(step, state, hyper, bend): how far any step from this one on can still move each parameter, `(B, P)`, while no
    component of the gradient is larger than it is now, theta is where it is, and no learning rate is above that in
    `hyper`; infinite where that is not known, and where a disturbance would grow although the loss bends by no more
    than `bend (B, 1)` there. state: before the step; of an optimizer driven through `torch.optim`, empty.
    cost(hyper): the time of one step of one row on a surface, in steps of plain gradient descent of one row in a batch;
    evaluations(hyper): how often a step may evaluate the gradient.
    surfaces, models: whether it can descend a surface of two variables, and a model's loss over its weights.
    """

    id: str
    title: str
    params: tuple[Param, ...]
    formula: tuple[str, ...]
    source: Reference
    torch: str | None
    slots: tuple[Slot, ...] = ()
    init: Init | None = None
    update: Update | None = None
    check: Check = nothing_wrong
    stability: Stability = unknown_stability
    rest: Rest = never_rests
    cost: Cost = plain_cost
    evaluations: Evaluations = one_evaluation
    surfaces: bool = True
    models: bool = True
    written: type[TorchOptimizer] | None = None

    @property
    def line(self) -> str:
        """One sentence for the menu."""
        return say(f"optimizers.{self.id}.line")

    @property
    def where(self) -> str:
        """The place in its source where the formula is."""
        return say(f"optimizers.{self.id}.where")


@dataclass(frozen=True, slots=True)
class Preset:
    """A name that people learn: an `optimizer` with some `settings` that differ from its defaults.

    id: that of an optimizer only where it has its line; title: its proper name, the same in every language, as the
    labels of a document are made of it.
    """

    id: str
    title: str
    optimizer: str
    settings: Mapping[str, Any]

    @property
    def line(self) -> str:
        """One sentence for the menu."""
        return say(f"optimizers.{self.id}.line")


def zeros(*names: str) -> Init:
    """The `init` of a rule whose slots `names`, each `(B, P)`, begin at 0."""
    return lambda theta, _hyper: {name: torch.zeros_like(theta) for name in names}


def power(base: Number, exponent: Number) -> Number:
    """`base ** exponent`, each a number or `(B, 1)`, with the same bits for a row alone and in any batch.

    Vectorised `pow` rounds differently with the position in memory, so rows go through the scalar function.
    """
    if not isinstance(base, Tensor) and not isinstance(exponent, Tensor):
        return math.pow(base, exponent)
    like = base if isinstance(base, Tensor) else exponent
    assert isinstance(like, Tensor)
    bases = base.flatten().tolist() if isinstance(base, Tensor) else [base] * like.numel()
    exponents = exponent.flatten().tolist() if isinstance(exponent, Tensor) else [exponent] * like.numel()
    powers = [math.pow(b, e) for b, e in zip(bases, exponents, strict=True)]
    return torch.tensor(powers, dtype=like.dtype).reshape(like.shape)


def root(value: Number) -> Number:
    """The square root of a number or of `(B, 1)`, with the same bits for both.

    NumPy's root is the nearest number, as `math.sqrt` is; the vector library behind torch's may miss it by one place.
    """
    return torch.from_numpy(np.sqrt(value.numpy())) if isinstance(value, Tensor) else math.sqrt(value)


def is_zero(value: Number) -> bool:
    """Whether a hyper-parameter is plainly 0 for every row, so that its term can be left out."""
    return not isinstance(value, Tensor) and value == 0


def with_default(param: Param, default: Any) -> Param:
    """`param` with another default, for optimizers that share one."""
    return replace(param, default=default)


LR = Param("lr", "number", None, low=0.0, high=1e6, soft=(1e-5, 10.0), scale="log", symbol=r"\gamma")
"""No default of ours: each surface suggests one for each optimizer."""

WEIGHT_DECAY = Param("weight_decay", "number", 0.0, low=0.0, high=1e3, soft=(0.0, 0.5), symbol=r"\lambda")

EPS = Param("eps", "number", 1e-8, low=0.0, high=1e3, soft=(1e-12, 1.0), scale="log", symbol=r"\epsilon")

MAXIMIZE = Param("maximize", "switch", False)


def betas(second: float = 0.999) -> Param:
    """The decay rates of the moving averages of the gradient and of its square, as Adam has them."""
    return Param(
        "betas", "tuple", (0.9, second), items=(
            Param("beta1", "number", 0.9, low=0.0, high=1.0, open_high=True, soft=(0.0, 0.999), symbol=r"\beta_1"),
            Param("beta2", "number", second, low=0.0, high=1.0, open_high=True, soft=(0.5, 0.9999), symbol=r"\beta_2"),
        ),
    )  # fmt: skip


BETAS = betas()
