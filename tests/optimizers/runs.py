"""Runs to compare: gradients in closed form, a loop around a rule, a loop around `torch.optim`, random settings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
import torch
from hypothesis import strategies as st
from torch import Tensor

from app.core.params import Param
from app.optimizers.base import Optimizer, Step
from app.optimizers.catalog import OPTIMIZERS

Gradient = Callable[[Tensor], Tensor]

RULES = tuple(entry for entry in OPTIMIZERS if entry.update)
TWINS = tuple(entry for entry in RULES if entry.torch)


@dataclass(frozen=True)
class Slope:
    """A gradient `(B, 2) -> (B, 2)` with a start, and the curvature there, for learning rates that fit."""

    name: str
    gradient: Gradient
    start: tuple[float, float]
    curvature: float


def _bowl(theta: Tensor) -> Tensor:
    x, y = theta.unbind(-1)
    return torch.stack((2 * x + y, x + 12 * y), -1)


def _rosenbrock(theta: Tensor) -> Tensor:
    x, y = theta.unbind(-1)
    return torch.stack((-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x)), -1)


def _himmelblau(theta: Tensor) -> Tensor:
    x, y = theta.unbind(-1)
    a, b = x * x + y - 11, x + y * y - 7
    return torch.stack((4 * x * a + 2 * b, 2 * a + 4 * y * b), -1)


def _styblinski_tang(theta: Tensor) -> Tensor:
    return (4 * theta * theta * theta - 32 * theta + 5) / 2


def _matyas(theta: Tensor) -> Tensor:
    x, y = theta.unbind(-1)
    return torch.stack((0.52 * x - 0.48 * y, 0.52 * y - 0.48 * x), -1)


SLOPES = (
    Slope("bowl", _bowl, (2.5, 1.5), 12.0),
    Slope("rosenbrock", _rosenbrock, (-1.2, 1.0), 1500.0),
    Slope("himmelblau", _himmelblau, (-0.15, 0.67), 100.0),
    Slope("styblinski-tang", _styblinski_tang, (0.5, 1.0), 40.0),
    Slope("matyas", _matyas, (-9.0, -7.8), 1.0),
)


def rule_path(entry: Optimizer, hyper: Mapping[str, Any], gradient: Gradient, start: Tensor, steps: int) -> Tensor:
    """Positions `(steps + 1, B, P)` from `start (B, P)` by the rule of `entry`."""
    theta, path = start, [start]
    state = entry.init(start, hyper)
    sign = -1.0 if hyper["maximize"] else 1.0
    for t in range(1, steps + 1):
        displacement, state = entry.update(Step(theta, gradient(theta) * sign, t), state, hyper)
        theta = theta + displacement
        path.append(theta)
    return torch.stack(path)


def torch_path(
    name: str, arguments: Mapping[str, Any], gradient: Gradient, start: Tensor, steps: int
) -> tuple[Tensor, torch.optim.Optimizer]:
    """Positions `(steps + 1, P)` from `start (P,)` by the class `name` of torch.optim, and the optimizer at the end."""
    theta = start.clone()
    optimizer = getattr(torch.optim, name)([theta], **arguments)
    path = [start]
    for _ in range(steps):
        theta.grad = gradient(theta[None])[0]
        optimizer.step()
        path.append(theta.clone())
    return torch.stack(path), optimizer


def defaults(entry: Optimizer, **changes: Any) -> dict[str, Any]:
    """Every hyper-parameter of `entry` at its default, except for `changes`."""
    return {param.id: param.default for param in entry.params} | changes


def each(entries: tuple[Optimizer, ...]) -> Any:
    """One case for each of `entries`, named by its id."""
    return pytest.mark.parametrize("entry", entries, ids=lambda entry: entry.id)


def entry_called(name: str) -> Optimizer:
    """The entry of the catalogue called `name`."""
    (entry,) = (entry for entry in OPTIMIZERS if entry.id == name)
    return entry


def as_columns(value: Any) -> Any:
    """The numbers of several rows, a list, as a tensor `(B, 1)`; tuples item by item, everything else as it is."""
    if isinstance(value[0], tuple):
        return tuple(as_columns(list(parts)) for parts in zip(*value, strict=True))
    if isinstance(value[0], float):
        return torch.tensor(value, dtype=torch.float64)[:, None]
    return value[0]


def settings_of(entry: Optimizer, **fixed: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Settings of `entry` that its check lets pass: defaults, and values from the sliders' ranges."""
    values = {param.id: fixed.get(param.id, values_of(param)) for param in entry.params}
    return st.fixed_dictionaries(values).filter(lambda hyper: not entry.check(hyper))


def values_of(param: Param) -> st.SearchStrategy[Any]:
    """Values that `param` allows."""
    if param.kind == "switch":
        return st.booleans()
    if param.kind == "tuple":
        return st.tuples(*(values_of(item) for item in param.items))
    assert param.kind == "number"
    low, high = param.soft
    if param.scale == "log":
        drawn = st.floats(0.0, 1.0).map(lambda share: low * (high / low) ** share)
    else:
        drawn = st.floats(low, high)
    return drawn if param.default is None else st.one_of(st.just(param.default), drawn)
