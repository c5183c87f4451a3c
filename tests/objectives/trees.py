"""Random functions as trees, and what they are worth by another way than ours: recursion with torch, and autograd."""

import math
from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

import torch
from torch import Tensor

from app.objectives.functions.reading import VARIABLES, constants
from app.objectives.functions.syntax import Call, Name, Node, Number

OWN = {"a": 1.7, "b": -0.6, "k2": 3.0, "alpha": 0.25, "N": 0.0, "t": -1.0}
"""Constants of the functions' own, with their values."""

KNOWN = {"pi": math.pi, "e": math.e}
NUMBERS = (0.0, 0.5, 1.0, 1.5, 2.0, 2.0, 3.0, 4.0, 7.0, 10.0, 0.1, 12.5, 1e-3, 1e-7, 2.5e21, 123456789.0)
SINGLE = {
    "neg": torch.neg, "sqrt": torch.sqrt, "exp": torch.exp, "log": torch.log, "log2": torch.log2,
    "log10": torch.log10, "sin": torch.sin, "cos": torch.cos, "tan": torch.tan, "asin": torch.asin, "acos": torch.acos,
    "atan": torch.atan, "sinh": torch.sinh, "cosh": torch.cosh, "tanh": torch.tanh, "sigmoid": torch.sigmoid,
    "erf": torch.erf, "abs": torch.abs, "sign": torch.sign, "floor": torch.floor, "ceil": torch.ceil,
}  # fmt: skip
PAIRS: dict[str, Callable[[Tensor, Tensor], Tensor]] = {
    "add": torch.add, "mul": torch.mul, "div": torch.div, "pow": torch.pow, "max": torch.maximum, "min": torch.minimum,
}  # fmt: skip
COMPARED = {"lt": torch.lt, "le": torch.le, "gt": torch.gt, "ge": torch.ge}
TYPED = (*SINGLE, *PAIRS, *COMPARED, "where")
"""Every operation that somebody can type."""


def random_tree(source: Random, depth: int = 5) -> Node:
    """A tree that a text can be read as: with x or y in it, and at most `depth` operations inside each other."""
    while True:
        tree = _random(source, depth)
        if any(_has(tree, name) for name in VARIABLES):
            return tree


def _random(source: Random, depth: int) -> Node:
    if depth == 0 or source.random() < 0.15:
        return _leaf(source)
    op = source.choice((*SINGLE, *(("add", "mul", "div", "pow") * 5), "max", "min", "where", "where"))
    if op == "where":
        condition = Call(source.choice(tuple(COMPARED)), (_random(source, depth - 1), _random(source, depth - 1)))
        return Call(op, (condition, _random(source, depth - 1), _random(source, depth - 1)))
    if op in SINGLE:
        return Call(op, (_random(source, depth - 1),))
    args = [_random(source, depth - 1) for _ in range(source.choice((2, 2, 3)) if op in ("add", "mul") else 2)]
    # What goes on as it began is one long sum, or product.
    while op in ("add", "mul") and isinstance(args[0], Call) and args[0].op == op:
        args[0] = args[0].args[0]
    return Call(op, tuple(args))


def _leaf(source: Random) -> Node:
    kind = source.random()
    if kind < 0.55:
        return Name(source.choice(VARIABLES))
    if kind < 0.75:
        return Number(source.choice(NUMBERS) if kind < 0.7 else round(source.uniform(0, 9), 3))
    return Name(source.choice((*OWN, *KNOWN)))


def _has(tree: Node, name: str) -> bool:
    return tree == Name(name) or (isinstance(tree, Call) and any(_has(arg, name) for arg in tree.args))


def own_values(tree: Node) -> dict[str, float]:
    """The constants of its own with their values, as they stand in it."""
    return {name: OWN[name] for name in constants(tree)}


def worth(tree: Node, values: Mapping[str, Tensor], parts: list[float]) -> Tensor:
    """The value of `tree` at one point; of two cases only the one that is chosen is looked at. parts: gets the value of
    everything in it.
    """
    value = _worth(tree, values, parts)
    parts.append(float(value.detach()))
    return value


def _worth(tree: Node, values: Mapping[str, Tensor], parts: list[float]) -> Tensor:
    if isinstance(tree, Number):
        return torch.tensor(tree.value, dtype=torch.float64)
    if isinstance(tree, Name):
        return values[tree.id]
    if tree.op == "where":
        condition, one, other = tree.args
        assert isinstance(condition, Call)
        left, right = (worth(arg, values, parts) for arg in condition.args)
        return worth(one if COMPARED[condition.op](left, right) else other, values, parts)
    first, *rest = (worth(arg, values, parts) for arg in tree.args)
    if tree.op in SINGLE:
        return SINGLE[tree.op](first)
    for each in rest:
        first = PAIRS[tree.op](first, each)
    return first


class Judged(NamedTuple):
    """What a tree is worth at a point. known: whether everything in it is a finite number."""

    value: float
    slopes: tuple[float, float]
    known: bool


def judged(tree: Node, x: float, y: float) -> Judged:
    """The value of `tree` and both slopes at a point, by autograd."""
    at = [torch.tensor(part, dtype=torch.float64, requires_grad=True) for part in (x, y)]
    known = {name: torch.tensor(value, dtype=torch.float64) for name, value in (KNOWN | OWN).items()}
    parts = list[float]()
    value = worth(tree, known | dict(zip(VARIABLES, at, strict=True)), parts)
    finite = all(map(math.isfinite, parts))
    if not value.requires_grad:
        return Judged(float(value), (0.0, 0.0), finite)
    found = torch.autograd.grad(value, at, allow_unused=True)
    along_x, along_y = (0.0 if slope is None else float(slope) for slope in found)
    return Judged(float(value.detach()), (along_x, along_y), finite)
