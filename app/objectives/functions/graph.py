"""A function with its gradient as one list of operations, in which nothing is computed twice."""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import torch
from torch import Tensor

from app.objectives.functions.operations import CONSTANTS, OPERATIONS, Operation, is_wild
from app.objectives.functions.reading import parse
from app.objectives.functions.syntax import Name, Node, Number


class At(NamedTuple):
    """The value with this number in a graph: 0 is x, 1 is y, then come those of the operations."""

    number: int


Part = float | At
X, Y = At(0), At(1)
INPUTS = 2


class Instruction(NamedTuple):
    """An operation on parts that come before it."""

    op: str
    args: tuple[Part, ...]


class Program:
    """`f`, `df/dx` and `df/dy` of x and y as a list of operations, each of which is done once.

    instructions: what is computed, in order; results: the three.
    """

    def __init__(self, instructions: Sequence[Instruction], results: tuple[Part, Part, Part]) -> None:
        self.instructions, self.results = tuple(instructions), results
        self._calls = [(OPERATIONS[op].value, args) for op, args in instructions]

    def __call__(self, x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """The value and both partial derivatives, of the shape of x and y."""
        values: list[Any] = [x, y]
        for function, args in self._calls:
            values.append(function(*[arg if isinstance(arg, float) else values[arg.number] for arg in args]))
        found = [values[part.number] if isinstance(part, At) else torch.full_like(x, part) for part in self.results]
        return found[0], found[1], found[2]

    def source(self) -> str:
        """The same in Python, as the body of a function of x and y."""
        lines = [
            f"{_named(At(number))} = {_written(OPERATIONS[op], args)}"
            for number, (op, args) in enumerate(self.instructions, INPUTS)
        ]
        results = [
            _named(part) if isinstance(part, At) else f"torch.full_like(x, {literal(part)})" for part in self.results
        ]
        return "\n".join([*lines, f"return {', '.join(results)}"])


def _written(operation: Operation, args: Sequence[Part]) -> str:
    # A number alone is no tensor, which torch's functions ask for; operators take both.
    write = literal if operation.sign else as_tensor
    return operation.source.format(*(_named(arg) if isinstance(arg, At) else write(arg) for arg in args))


def literal(value: float) -> str:
    """`value` in Python, for a place between operators."""
    if not math.isfinite(value):
        return "math.nan" if math.isnan(value) else "math.inf" if value > 0 else "(-math.inf)"
    return f"({value!r})" if value < 0 else repr(value)


def as_tensor(value: float) -> str:
    """`value` in Python, as a tensor."""
    return f"x.new_tensor({literal(value).strip('()')})"


def _named(part: At) -> str:
    return ("x", "y")[part.number] if part.number < INPUTS else f"v{part.number - INPUTS + 1}"


def worked_out(tree: Node) -> float:
    """The value of a `tree` in which neither x nor y nor a constant of its own stands."""
    value = _Graph().part(tree, {})
    assert isinstance(value, float)
    return value


@lru_cache(maxsize=64)
def compiled(tree: Node, values: tuple[tuple[str, float], ...]) -> Program:
    """The program of `tree` with its own constants at `values`, name and number of each."""
    graph = _Graph()
    value = graph.part(tree, {"x": X, "y": Y, **dict(values)})
    along = graph.derivatives()
    results = value, _slope(value, along, 0), _slope(value, along, 1)
    return _needed(graph.instructions, results)


def _slope(value: Part, along: Sequence[tuple[Part, Part]], axis: int) -> Part:
    return along[value.number][axis] if isinstance(value, At) else 0.0


def _needed(instructions: Sequence[Instruction], results: Sequence[Part]) -> Program:
    """Those of `instructions` that `results` are made of, numbered anew."""
    wanted = {part.number for part in results if isinstance(part, At)}
    for number in range(len(instructions) + INPUTS - 1, INPUTS - 1, -1):
        if number in wanted:
            wanted |= {arg.number for arg in instructions[number - INPUTS].args if isinstance(arg, At)}
    kept = [number for number in sorted(wanted) if number >= INPUTS]
    places = {0: X, 1: Y} | {number: At(place) for place, number in enumerate(kept, INPUTS)}

    def move(part: Part) -> Part:
        return places[part.number] if isinstance(part, At) else part

    made = [Instruction(instructions[n - INPUTS].op, tuple(map(move, instructions[n - INPUTS].args))) for n in kept]
    value, along_x, along_y = map(move, results)
    return Program(made, (value, along_x, along_y))


class _Graph:
    """Operations as they are added: equal ones become one, and what is known beforehand is worked out."""

    def __init__(self) -> None:
        self.instructions: list[Instruction] = []
        self._places: dict[str, At] = {}

    def part(self, node: Node, values: Mapping[str, Part]) -> Part:
        """The part that has the value of `node`, with names as in `values` and the known constants."""
        if isinstance(node, Number):
            return node.value
        if isinstance(node, Name):
            return values[node.id] if node.id in values else CONSTANTS[node.id]
        first, *rest = (self.part(arg, values) for arg in node.args)
        if node.op not in ("add", "mul"):
            return self.apply(node.op, first, *rest)
        for other in rest:
            first = self.apply(node.op, first, other)
        return first

    def apply(self, op: str, *parts: Part) -> Part:
        """The part that is `op` of `parts`."""
        if all(isinstance(part, float) for part in parts):
            return _worked_out(op, parts)
        simple = _simple(self, op, parts)
        if simple is not None:
            return simple
        wanted = Instruction(op, parts)
        # As text, because 0.0 and -0.0 are equal.
        key = repr(wanted)
        if key not in self._places:
            self._places[key] = At(len(self.instructions) + INPUTS)
            self.instructions.append(wanted)
        return self._places[key]

    def derivatives(self) -> list[tuple[Part, Part]]:
        """The derivatives along x and y of every part there is, by the chain rule, from the inputs on."""
        along: list[tuple[Part, Part]] = [(1.0, 0.0), (0.0, 1.0)]
        for number, instruction in enumerate(tuple(self.instructions), INPUTS):
            along.append(
                (self._derivative(number, instruction, along, 0), self._derivative(number, instruction, along, 1))
            )
        return along

    def _derivative(self, number: int, instruction: Instruction, along: Sequence[tuple[Part, Part]], axis: int) -> Part:
        op, args = instruction
        operation, named = OPERATIONS[op], dict(zip(("f", "u", "v"), (At(number), *args), strict=False))
        inner = [0.0 if isinstance(arg, float) else along[arg.number][axis] for arg in args]
        if operation.total:
            one, other = inner[-2:]
            return one if one == other else self.part(_rule(operation.total), named | {"p": one, "q": other})
        total: Part = 0.0
        for rule, each in zip(operation.slopes, inner, strict=True):
            slope = 0.0 if each == 0.0 else self.part(_rule(rule), named)
            if slope != 0.0:
                product = "still" if operation.steep and is_wild(op, args[-1]) else "mul"
                total = self.apply("add", total, self.apply(product, slope, each))
        return total


@lru_cache
def _rule(text: str) -> Node:
    """The slope of an operation, read."""
    return parse(text, slope=True)


def _worked_out(op: str, parts: Sequence[Part]) -> float:
    """The value of an operation on numbers, in the arithmetic of tensors: what overflows is infinite."""
    first, *rest = parts
    return float(OPERATIONS[op].value(torch.tensor(first, dtype=torch.float64), *rest))


def _simple(graph: "_Graph", op: str, parts: Sequence[Part]) -> Part | None:
    """What an operation comes to by a rule that holds for every number; None where there is none."""
    for rule in (_neutral, _negated, _numbered, _chosen):
        found = rule(graph, op, parts)
        if found is not None:
            return found
    return None


def _neutral(_graph: "_Graph", op: str, parts: Sequence[Part]) -> Part | None:
    one, other = parts[0], parts[-1]
    neutral = {"add": 0.0, "mul": 1.0}.get(op)
    if neutral is not None and neutral in (one, other):
        return other if one == neutral else one
    return one if op in ("div", "pow") and other == 1.0 else None


def _negated(graph: "_Graph", op: str, parts: Sequence[Part]) -> Part | None:
    if op != "mul" or -1.0 not in parts:
        return None
    return graph.apply("neg", parts[1] if parts[0] == -1.0 else parts[0])


def _numbered(graph: "_Graph", op: str, parts: Sequence[Part]) -> Part | None:
    """Slopes of which one part is a number."""
    base, exponent = parts[0], parts[-1]
    if op == "powbase" and isinstance(exponent, float):
        return graph.apply("mul", exponent, graph.apply("pow", base, exponent - 1.0)) if exponent else 0.0
    if op == "still" and isinstance(exponent, float):
        return graph.apply("mul", base, exponent)
    if op == "powlog" and isinstance(base, float) and base > 0:
        return graph.apply("mul", parts[2], math.log(base))
    return None


def _chosen(_graph: "_Graph", op: str, parts: Sequence[Part]) -> Part | None:
    if op != "where" or not isinstance(parts[0], float):
        return None
    return parts[1] if parts[0] else parts[2]
