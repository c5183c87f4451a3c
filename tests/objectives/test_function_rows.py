"""Every operation of typed functions: what it gives a row depends neither on the rows beside it nor on its place."""

from collections.abc import Callable, Iterator, Sequence
from random import Random

import pytest
import torch
from torch import Tensor

from app.objectives.functions.graph import compiled
from app.objectives.functions.operations import OPERATIONS, Operation
from app.objectives.functions.reading import read

DTYPES = (torch.float64, torch.float32, torch.bfloat16)
BITS = {torch.float64: torch.int64, torch.float32: torch.int32, torch.bfloat16: torch.int16}
ROWS = 512
NUMBERS = (0.5, -2.0, 3.0, 2.0, -1.0, 0.0)
"""That stand beside a tensor; powers of some are computed in ways of their own."""

TYPED = "where(x > y, sinh(x)^2 + a/y, max(x^y, sqrt(abs(x y)))) + exp(-x^2) (x - 1)^3 tanh(y)^-1 + x^1.5"

Call = Callable[[Sequence[Tensor]], Sequence[Tensor]]
each_dtype = pytest.mark.parametrize("dtype", DTYPES, ids=str)


def columns(count: int, dtype: torch.dtype) -> list[Tensor]:
    """Numbers among which are 0, 1 and 2, large ones, and equal ones in two columns."""
    found = torch.randn(count, ROWS, dtype=torch.float64, generator=torch.Generator().manual_seed(0)) * 3
    for first, step, value in ((0, 13, 0.0), (5, 29, 1.0), (7, 31, 2.0)):
        found[:, first::step] = value
    found[:, 9::31] *= 1e3
    found[0, 11::17] = found[-1, 11::17]
    return list(found.to(dtype))


def bits(parts: Sequence[Tensor]) -> Tensor:
    """The bits of results; what is not a number has many, which mean the same."""
    whole = torch.stack(list(parts))
    return whole.masked_fill(whole.isnan(), torch.nan).contiguous().view(BITS[whole.dtype])


def cuts() -> Iterator[slice]:
    """Every size up to 70, at places that fill no vector; every third size also where one begins."""
    source = Random(0)
    for size in range(1, 71):
        for first in {source.randrange(ROWS - size), 64 * source.randrange(6)} if size % 3 == 0 else {size % 7}:
            yield slice(first, first + size)


def check(call: Call, given: Sequence[Tensor]) -> None:
    """That `call` gives rows the same bits in every cut, in columns and backwards."""
    whole = bits(call(given))
    for cut in cuts():
        part = [column[cut] for column in given]
        assert torch.equal(bits(call(part)), whole[:, cut]), cut
        assert torch.equal(bits(call(torch.stack(part, 1).unbind(1))), whole[:, cut]), cut
        assert torch.equal(bits(call([column.flip(0) for column in part])).flip(1), whole[:, cut]), cut
    for row in range(0, ROWS, 17):
        assert torch.equal(bits(call([column[row] for column in given])), whole[:, row]), row


def calls(operation: Operation, name: str) -> Iterator[tuple[int, Call]]:
    """How many tensors it takes, and the operation of these; of two arguments, one may be a number."""
    yield operation.arity, lambda given: [operation.value(*given)]
    if operation.arity == 2 and name != "powbase":
        for number in NUMBERS:
            yield 1, lambda given, number=number: [operation.value(given[0], number)]
            yield 1, lambda given, number=number: [operation.value(number, given[0])]


@each_dtype
@pytest.mark.parametrize("name", OPERATIONS)
def test_an_operation_gives_a_row_the_same_bits_anywhere(name: str, dtype: torch.dtype) -> None:
    for count, call in calls(OPERATIONS[name], name):
        check(call, columns(count, dtype))


@each_dtype
def test_a_function_gives_a_row_the_same_bits_anywhere(dtype: torch.dtype) -> None:
    program = compiled(read(TYPED), (("a", 1.7),))
    check(lambda given: program(*given), columns(2, dtype))


def test_the_judge_would_see_an_operation_that_depends_on_its_place() -> None:
    with pytest.raises(AssertionError):
        check(lambda given: [given[0] - given[0].flatten()[0] * 1e-16], columns(1, torch.float64))
