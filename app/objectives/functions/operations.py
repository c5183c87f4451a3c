"""The operations of typed functions: each with its value, by torch, and its derivatives, by rule."""

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import pad

Value = Tensor | float


@dataclass(frozen=True, slots=True)
class Operation:
    """value: of tensors of one shape, or numbers, at least one of them a tensor; elementwise, and a row's bits do not
    depend on the rows beside it.
    slopes: the derivative along each argument, as a function is typed, of the arguments u and v and its own value f.
    Where there is none, it is what torch gives.
    source: the value in Python, with a brace for each argument; sign: whether that is an operator.
    """

    value: Callable[..., Value]
    slopes: tuple[str, ...]
    source: str
    sign: bool = False

    @property
    def arity(self) -> int:
        """How many arguments it takes."""
        return len(self.slopes)


ROOM = 64
"""Vectors of every instruction set and number format fill so many places without a rest."""


def steady(function: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """`function` with the same bits wherever an element stands: torch computes what fills no vector in another way."""

    def whole(*args: Value) -> Tensor:
        shape = next(arg.shape for arg in args if isinstance(arg, Tensor))
        count = math.prod(shape)
        flat = [_tensor(arg, args).expand(shape).reshape(-1) for arg in args]
        return function(*(pad(each, (0, -count % ROOM), value=1.0) for each in flat))[:count].reshape(shape)

    return whole


def _tensor(value: Value, beside: Sequence[Value]) -> Tensor:
    """`value` as a tensor like the first that stands among those `beside` it."""
    if isinstance(value, Tensor):
        return value
    like = next(each for each in beside if isinstance(each, Tensor))
    return torch.tensor(value, dtype=like.dtype)


def _power(base: Value, exponent: Value) -> Value:
    if exponent == 2.0:
        return base * base
    if exponent == 3.0:
        return base * base * base
    if exponent == -1.0:
        return 1.0 / base
    return steady(torch.pow)(base, exponent)


def _power_log(base: Value, exponent: Value, power: Value) -> Value:
    base, exponent, power = (_tensor(each, (base, exponent, power)) for each in (base, exponent, power))
    return torch.where((base == 0) & (exponent >= 0), 0.0, power * base.log())


def _power_base(base: Value, exponent: Value) -> Value:
    exponent = _tensor(exponent, (base,))
    return torch.where(exponent == 0, 0.0, exponent * steady(torch.pow)(base, exponent - 1))


def _ahead(one: Value, other: Value) -> Value:
    one, other = _tensor(one, (other,)), _tensor(other, (one,))
    return (one > other).to(one.dtype) + (one == other).to(one.dtype) * 0.5


def _pair(function: Callable[[Tensor, Tensor], Tensor]) -> Callable[..., Tensor]:
    return lambda one, other: function(_tensor(one, (other,)), _tensor(other, (one,)))


def _compared(compare: Callable[[Any, Any], Any]) -> Callable[..., Value]:
    def value(one: Value, other: Value) -> Value:
        like = one if isinstance(one, Tensor) else other
        assert isinstance(like, Tensor)
        found: Tensor = compare(one, other).to(like.dtype)
        return found

    return value


def _where(condition: Value, one: Value, other: Value) -> Value:
    args = condition, one, other
    return torch.where(_tensor(condition, args) != 0, _tensor(one, args), _tensor(other, args))


OPERATIONS = {
    "add": Operation(operator.add, ("1", "1"), "{} + {}", sign=True),
    "mul": Operation(operator.mul, ("v", "u"), "{} * {}", sign=True),
    "div": Operation(operator.truediv, ("1/v", "-f/v"), "{} / {}", sign=True),
    "neg": Operation(operator.neg, ("-1",), "-{}", sign=True),
    "pow": Operation(_power, ("powbase(u, v)", "powlog(u, v, f)"), "{} ** {}", sign=True),
    "sqrt": Operation(torch.sqrt, ("0.5/f",), "torch.sqrt({})"),
    "exp": Operation(torch.exp, ("f",), "torch.exp({})"),
    "log": Operation(torch.log, ("1/u",), "torch.log({})"),
    "log2": Operation(torch.log2, ("1/(u ln(2))",), "torch.log2({})"),
    "log10": Operation(torch.log10, ("1/(u ln(10))",), "torch.log10({})"),
    "sin": Operation(torch.sin, ("cos(u)",), "torch.sin({})"),
    "cos": Operation(torch.cos, ("-sin(u)",), "torch.cos({})"),
    "tan": Operation(torch.tan, ("1 + f^2",), "torch.tan({})"),
    "asin": Operation(torch.asin, ("1/sqrt(1 - u^2)",), "torch.asin({})"),
    "acos": Operation(torch.acos, ("-1/sqrt(1 - u^2)",), "torch.acos({})"),
    "atan": Operation(torch.atan, ("1/(1 + u^2)",), "torch.atan({})"),
    "sinh": Operation(steady(torch.sinh), ("cosh(u)",), "torch.sinh({})"),
    "cosh": Operation(steady(torch.cosh), ("sinh(u)",), "torch.cosh({})"),
    "tanh": Operation(torch.tanh, ("1 - f^2",), "torch.tanh({})"),
    "sigmoid": Operation(steady(torch.sigmoid), ("f (1 - f)",), "torch.sigmoid({})"),
    "erf": Operation(torch.erf, ("2/sqrt(pi) exp(-u^2)",), "torch.erf({})"),
    "abs": Operation(torch.abs, ("sign(u)",), "torch.abs({})"),
    "sign": Operation(torch.sign, ("0",), "torch.sign({})"),
    "floor": Operation(torch.floor, ("0",), "torch.floor({})"),
    "ceil": Operation(torch.ceil, ("0",), "torch.ceil({})"),
    "max": Operation(_pair(torch.maximum), ("ahead(u, v)", "ahead(v, u)"), "torch.maximum({}, {})"),
    "min": Operation(_pair(torch.minimum), ("ahead(v, u)", "ahead(u, v)"), "torch.minimum({}, {})"),
    "lt": Operation(_compared(operator.lt), ("0", "0"), "({} < {}).to(x.dtype)", sign=True),
    "le": Operation(_compared(operator.le), ("0", "0"), "({} <= {}).to(x.dtype)", sign=True),
    "gt": Operation(_compared(operator.gt), ("0", "0"), "({} > {}).to(x.dtype)", sign=True),
    "ge": Operation(_compared(operator.ge), ("0", "0"), "({} >= {}).to(x.dtype)", sign=True),
    # The slopes of both cases are chosen from as they are: a product with 0 would make what is infinite undefined.
    "where": Operation(_where, ("0", "0", "0"), "torch.where({} != 0, {}, {})"),
    "powbase": Operation(_power_base, ("0", "0"), "torch.where({1} == 0, 0.0, {1} * {0} ** ({1} - 1))"),
    "powlog": Operation(_power_log, ("0", "0", "0"), "torch.where(({0} == 0) & ({1} >= 0), 0.0, {2} * torch.log({0}))"),
    "ahead": Operation(_ahead, ("0", "0"), "(({0} > {1}) + 0.5 * ({0} == {1})).to(x.dtype)"),
}
"""By id; the last three stand in slopes alone, and have none of use themselves."""

FUNCTIONS = {
    **{
        name: name
        for name in (
            *("sqrt", "exp", "log", "log2", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh"),
            *("tanh", "sigmoid", "erf", "abs", "sign", "floor", "ceil", "max", "min", "where"),
        )
    },
    **{"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan"},
}
"""What can be typed before brackets, with the operation that it is."""

IN_SLOPES = {name: name for name in ("powbase", "powlog", "ahead")}

SEVERAL = ("max", "min")
"""Operations of two arguments that can be typed with more."""

COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

CONSTANTS = {"pi": math.pi, "e": math.e}
