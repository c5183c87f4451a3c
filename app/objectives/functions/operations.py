"""The operations of typed functions: each with its value, by torch, and its derivatives, by rule."""

import math
import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor

Value = Tensor | float


@dataclass(frozen=True, slots=True)
class Operation:
    """value: of tensors of one shape, or numbers, at least one of them a tensor; elementwise, and a row's bits do not
    depend on the rows beside it.
    slopes: the derivative along each argument, as a function is typed, of the arguments u and v and its own value f.
    Where there is none, it is what torch gives. total: in place of slopes, the derivative as a whole, of p and q too:
    those of the last two arguments, where they differ.
    source: the value in Python, with a brace for each argument; sign: whether that is an operator.
    wild: whether a slope can be infinite; steep: even where the value is not.
    """

    value: Callable[..., Value]
    slopes: tuple[str, ...]
    source: str
    sign: bool = False
    total: str = ""
    wild: bool = False
    steep: bool = False

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
        rest = -count % ROOM
        return function(*(_filled(arg, rest) for arg in args))[:count].reshape(shape)

    return whole


def _filled(value: Value, rest: int) -> Value:
    """The elements of `value` side by side, with so many more behind them; a number as it is."""
    if not isinstance(value, Tensor):
        return value
    flat = value.reshape(-1)
    return torch.cat((flat, flat.new_ones(rest))) if rest else flat.contiguous()


def _tensor(value: Value, beside: Sequence[Value]) -> Tensor:
    """`value` as a tensor like the first that stands among those `beside` it."""
    if isinstance(value, Tensor):
        return value
    like = next(each for each in beside if isinstance(each, Tensor))
    return torch.tensor(value, dtype=like.dtype)


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, float):
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


def _power_base(base: Tensor, exponent: Tensor) -> Tensor:
    return torch.where(exponent == 0, 0.0, exponent * steady(torch.pow)(base, exponent - 1))


def _larger(one: Value, other: Value, along_one: Value, along_other: Value) -> Value:
    args = one, other, along_one, along_other
    one, other, along_one, along_other = (_tensor(each, args) for each in args)
    behind = torch.where(one < other, along_other, (along_one + along_other) / 2)
    return torch.where(one > other, along_one, behind)


def _still(slope: Value, inner: Value) -> Value:
    inner = _tensor(inner, (slope,))
    return torch.where(inner == 0, 0.0, slope * inner)


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
    "div": Operation(operator.truediv, ("1/v", "-f/v"), "{} / {}", sign=True, wild=True),
    "neg": Operation(operator.neg, ("-1",), "-{}", sign=True),
    "pow": Operation(_power, ("powbase(u, v)", "powlog(u, v, f)"), "{} ** {}", sign=True, wild=True, steep=True),
    "sqrt": Operation(torch.sqrt, ("0.5/f",), "torch.sqrt({})", wild=True, steep=True),
    "exp": Operation(torch.exp, ("f",), "torch.exp({})", wild=True),
    "log": Operation(torch.log, ("1/u",), "torch.log({})", wild=True),
    "log2": Operation(torch.log2, ("1/(u ln(2))",), "torch.log2({})", wild=True),
    "log10": Operation(torch.log10, ("1/(u ln(10))",), "torch.log10({})", wild=True),
    "sin": Operation(torch.sin, ("cos(u)",), "torch.sin({})"),
    "cos": Operation(torch.cos, ("-sin(u)",), "torch.cos({})"),
    "tan": Operation(torch.tan, ("1 + f^2",), "torch.tan({})"),
    "asin": Operation(torch.asin, ("1/sqrt(1 - u^2)",), "torch.asin({})", wild=True, steep=True),
    "acos": Operation(torch.acos, ("-1/sqrt(1 - u^2)",), "torch.acos({})", wild=True, steep=True),
    "atan": Operation(torch.atan, ("1/(1 + u^2)",), "torch.atan({})"),
    "sinh": Operation(steady(torch.sinh), ("cosh(u)",), "torch.sinh({})", wild=True),
    "cosh": Operation(steady(torch.cosh), ("sinh(u)",), "torch.cosh({})", wild=True),
    "tanh": Operation(torch.tanh, ("1 - f^2",), "torch.tanh({})"),
    "sigmoid": Operation(steady(torch.sigmoid), ("f (1 - f)",), "torch.sigmoid({})"),
    "erf": Operation(torch.erf, ("2/sqrt(pi) exp(-u^2)",), "torch.erf({})"),
    "abs": Operation(torch.abs, ("sign(u)",), "torch.abs({})"),
    "sign": Operation(torch.sign, ("0",), "torch.sign({})"),
    "floor": Operation(torch.floor, ("0",), "torch.floor({})"),
    "ceil": Operation(torch.ceil, ("0",), "torch.ceil({})"),
    "max": Operation(_pair(torch.maximum), ("0", "0"), "torch.maximum({}, {})", total="larger(u, v, p, q)"),
    "min": Operation(_pair(torch.minimum), ("0", "0"), "torch.minimum({}, {})", total="larger(v, u, p, q)"),
    "lt": Operation(_compared(operator.lt), ("0", "0"), "({} < {}).to(x.dtype)", sign=True),
    "le": Operation(_compared(operator.le), ("0", "0"), "({} <= {}).to(x.dtype)", sign=True),
    "gt": Operation(_compared(operator.gt), ("0", "0"), "({} > {}).to(x.dtype)", sign=True),
    "ge": Operation(_compared(operator.ge), ("0", "0"), "({} >= {}).to(x.dtype)", sign=True),
    "where": Operation(_where, ("0", "0", "0"), "torch.where({} != 0, {}, {})", total="choose(u, p, q)"),
    "powbase": Operation(_power_base, ("0", "0"), "torch.where({1} == 0, 0.0, {1} * {0} ** ({1} - 1))"),
    "powlog": Operation(_power_log, ("0", "0", "0"), "torch.where(({0} == 0) & ({1} >= 0), 0.0, {2} * torch.log({0}))"),
    # Of two derivatives that of the larger argument: a product with 0 would make what is infinite undefined.
    "larger": Operation(
        _larger, ("0",) * 4, "torch.where({0} > {1}, {2}, torch.where({0} < {1}, {3}, ({2} + {3}) / 2))"
    ),
    # The product of a slope and a derivative, where what is level stays so on a slope that is infinite.
    "still": Operation(_still, ("0", "0"), "torch.where({1} == 0, 0.0, {0} * {1})"),
}
"""By id; the last four stand in derivatives alone, and have none of use themselves."""


def is_wild(op: str, last: object) -> bool:
    """Whether a slope of `op` can be infinite, where a number is its `last` argument: of x^2 and x/2 none is."""
    if isinstance(last, float) and (op == "div" or (op == "pow" and last >= 1)):
        return False
    return OPERATIONS[op].wild


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

IN_SLOPES = {"choose": "where", **{name: name for name in ("powbase", "powlog", "larger", "still")}}

SEVERAL = ("max", "min")
"""Operations of two arguments that can be typed with more."""

COMPARISONS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}

CONSTANTS = {"pi": math.pi, "e": math.e}
