"""Typed functions against another evaluator: random trees with their values, slopes, texts, formulas and Python."""

import math
import textwrap
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import pytest
import torch
from latex2mathml.converter import convert
from torch import Tensor

from app.objectives.functions.graph import Program, compiled
from app.objectives.functions.operations import OPERATIONS
from app.objectives.functions.reading import LONGEST, read
from app.objectives.functions.smooth import is_smooth
from app.objectives.functions.syntax import Call, Node
from app.objectives.functions.writing import latex, python, text
from tests.objectives.trees import OWN, TYPED, Judged, judged, own_values, random_tree

SPECIAL = ((0.0, 1.0), (1.0, 1.0), (-2.0, -2.0))
"""Points where much is at its edge: what is equal, level, a pole."""

EQUAL, LEAST, ROUNDING = 1e-9, 1e-3, 1e4


def trees(seed: int, count: int) -> Iterator[Node]:
    source = Random(seed)
    for _ in range(count):
        yield random_tree(source, source.choice((2, 3, 4, 5)))


def points(seed: int, count: int) -> list[tuple[float, float]]:
    source = Random(seed)
    return [*((source.uniform(-4, 4), source.uniform(-4, 4)) for _ in range(count)), *SPECIAL]


def program(tree: Node) -> Program:
    return compiled(tree, tuple(own_values(tree).items()))


def columns(at: list[tuple[float, float]]) -> tuple[Tensor, Tensor]:
    x, y = torch.tensor(at, dtype=torch.float64).T.contiguous()
    return x, y


def same(one: float, other: float, beside: float) -> bool:
    """Whether two numbers are equal but for rounding; beside: `other` where the point is off in its last place."""
    if one == other or (math.isnan(one) and math.isnan(other)):
        return True
    spread = abs(other - beside)
    # What is not finite close by is on an edge here.
    return not math.isfinite(spread) or abs(one - other) <= (
        EQUAL * max(LEAST, abs(one), abs(other)) + ROUNDING * spread
    )


def nudged(tree: Node, x: float, y: float) -> Judged:
    return judged(tree, x * (1 + 3e-16) + 1e-16, y * (1 - 3e-16))


def test_values_and_slopes_are_those_of_another_evaluator() -> None:
    judgements = lost = 0
    for number, tree in enumerate(trees(1, 500)):
        at = points(number, 3)
        for point, found in zip(at, torch.stack(program(tree)(*columns(at)), 1).tolist(), strict=True):
            right, close = judged(tree, *point), nudged(tree, *point)
            assert same(found[0], right.value, close.value), (text(tree), point, found, right)
            if not (right.known and math.isfinite(right.value)):
                continue
            for one, other, beside in zip(found[1:], right.slopes, close.slopes, strict=True):
                judgements += 1
                lost += math.isnan(other)
                assert math.isnan(other) or same(one, other, beside), (text(tree), point, found, right)
    assert judgements > 2500
    # Of an infinite slope times 0 autograd makes nothing.
    assert lost < 0.03 * judgements


def test_the_trees_hold_every_operation() -> None:
    def ops(node: Node) -> Iterator[str]:
        if isinstance(node, Call):
            yield node.op
            for arg in node.args:
                yield from ops(arg)

    assert {op for tree in trees(1, 500) for op in ops(tree)} == set(TYPED)
    assert set(OPERATIONS) - set(TYPED) == {"powbase", "powlog", "larger", "still"}


def test_a_text_is_read_as_the_tree_that_it_was_written_from() -> None:
    for tree in trees(2, 1500):
        written = text(tree)
        if len(written) <= LONGEST:
            assert read(written) == tree
            assert text(read(written)) == written


def test_a_formula_is_mathml() -> None:
    for tree in trees(3, 300):
        mathml = convert(latex(tree), display="block")
        assert "<merror" not in mathml
        assert "\\" not in mathml


def as_python(tree: Node) -> Callable[..., Any]:
    space: dict[str, Any] = {"torch": torch, "math": math}
    exec(f"def f({', '.join(['x', 'y', *own_values(tree)])}):\n{textwrap.indent(python(tree), '    ')}", space)
    return lambda x, y: space["f"](x, y, **own_values(tree))


def test_python_gives_the_same_values_and_to_autograd_the_same_slopes() -> None:
    smooth = 0
    for number, tree in enumerate(trees(4, 500)):
        at = points(number, 2)
        x, y = (part.requires_grad_() for part in columns(at))
        value = as_python(tree)(x, y)
        slopes = (
            torch.autograd.grad(value.sum(), (x, y), materialize_grads=True) if value.requires_grad else (0 * x, 0 * y)
        )
        found = torch.stack(program(tree)(x.detach(), y.detach()), 1).tolist()
        for place, point in enumerate(at):
            right, close = judged(tree, *point), nudged(tree, *point)
            assert same(float(value[place].detach()), found[place][0], close.value), (text(tree), point)
            if not (is_smooth(tree) and right.known and math.isfinite(right.value)):
                continue
            smooth += 1
            for axis in (0, 1):
                one, other = float(slopes[axis][place]), found[place][1 + axis]
                assert same(one, other, other + close.slopes[axis] - right.slopes[axis]), (
                    text(tree),
                    point,
                    one,
                    other,
                )
    assert smooth > 300


READINGS = {
    "(1-x)^2 + 100(y - x^2)^2": "(1 - x) ** 2 + 100 * (y - x**2) ** 2",
    "2x^2y": "2 * x**2 * y",
    "-x^2": "-(x**2)",
    "2^-x": "2**-x",
    "x**2**y": "x ** (2**y)",
    "2^3^x": "2 ** (3**x)",
    "1/2x": "x / 2",
    "x/y/2": "x / y / 2",
    "x-y-1": "x - y - 1",
    "x--y": "x + y",
    "3(x)(y + 1)": "3 * x * (y + 1)",
    "a x + b y": "1.7 * x - 0.6 * y",
    "alpha k2 x": "0.75 * x",
    "e^x pi": "e**x * pi",
    "ln(x) + log10(x) + log2(x)": "log(x) + log10(x) + log2(x)",
    "max(x, y, 1, 0.5) + min(3, x)": "max(x, y, 1, 0.5) + min(3, x)",
    "where(x > y, x, -y)": "x if x > y else -y",
    "where(x <= 1, 0, y) arctan(x)": "(0 if x <= 1 else y) * atan(x)",
    "1.5e1x + .5y + 2.": "15 * x + 0.5 * y + 2",
    "\tsin(x)\n+ cos ( y )": "sin(x) + cos(y)",
    "x sin(x) cos(y)^2": "x * sin(x) * cos(y) ** 2",
    "+x": "x",
}
"""Texts, and what each is in Python."""


@pytest.mark.parametrize("typed", READINGS)
def test_a_text_means_what_a_reader_takes_it_for(typed: str) -> None:
    for x, y in ((0.7, 1.9), (2.5, 0.4), (1.0, 1.0)):
        found = program(read(typed))(*columns([(x, y)]))[0]
        assert float(found[0]) == pytest.approx(eval(READINGS[typed], {"x": x, "y": y, **vars(math)}), rel=1e-12)


LEVEL = [
    ("sqrt(max(x, 0))", (-1.0, 0.0), (0.0, 0.0)),
    ("sqrt(x^2 + y^2)", (0.0, 0.0), (0.0, 0.0)),
    ("(x^2 + y^2)^0.5", (0.0, 0.0), (0.0, 0.0)),
    ("asin(min(x, 1))", (3.0, 0.0), (0.0, 0.0)),
    ("min(1/x^2, 10) + y^2", (0.0, 1.0), (0.0, 2.0)),
    ("min(exp(1000x), 10) + x", (2.0, 0.0), (1.0, 0.0)),
    ("max(x, y)", (1.0, 1.0), (0.5, 0.5)),
    ("max(x, 3, y)", (0.0, 1.0), (0.0, 0.0)),
    ("abs(x) + abs(y)", (0.0, -2.0), (0.0, -1.0)),
    ("where(x > 0, sqrt(x), -x)", (-1.0, 0.0), (-1.0, 0.0)),
    ("where(x > 0, 1/x, y)", (0.0, 2.0), (0.0, 1.0)),
    ("x^2 + x^0 + 0^(y^2)", (0.0, 0.0), (0.0, 0.0)),
    ("N sqrt(x^2) + y", (0.0, 1.0), (0.0, 1.0)),
]


@pytest.mark.parametrize(("typed", "at", "slopes"), LEVEL)
def test_what_counts_for_nothing_has_no_part_in_the_slope(
    typed: str, at: tuple[float, float], slopes: tuple[float, float]
) -> None:
    value, *found = program(read(typed))(*columns([at]))
    assert value.isfinite().all()
    assert [float(part) for part in found] == list(slopes)


@pytest.mark.parametrize("typed", ["N log(x)", "log(x) N", "0*log(x) + y", "x/0 - x/0"])
def test_what_has_no_value_has_none_times_0(typed: str) -> None:
    assert program(read(typed))(*columns([(-1.0, 1.0)]))[0].isnan().all()


def test_a_function_has_the_shape_and_the_format_of_its_place() -> None:
    for tree in trees(5, 60):
        for dtype in (torch.float64, torch.float32, torch.bfloat16):
            for shape in ((), (0,), (3,), (2, 3)):
                found = program(tree)(torch.ones(shape, dtype=dtype), torch.ones(shape, dtype=dtype))
                assert [(part.shape, part.dtype) for part in found] == [(shape, dtype)] * 3


def test_no_constant_is_worked_out_in_another_way() -> None:
    assert set(OWN) == {"a", "b", "k2", "alpha", "N", "t"}
    tree = read("a^2 x + b^3 y + 2^alpha + t/N")
    value, along_x, along_y = (float(part) for part in program(tree)(*columns([(1.0, 1.0)])))
    assert (value, along_x, along_y) == (-math.inf, 1.7 * 1.7, -0.6 * -0.6 * -0.6)
