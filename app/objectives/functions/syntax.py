"""What a typed function is made of once it was read: a tree of numbers, names and operations."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from app.core.words import Message

DEEPEST = 60
"""Operations inside each other: what walks a tree may call itself so often."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was written."""

    value: float
    depth = 0


@dataclass(frozen=True, slots=True)
class Name:
    """`x`, `y`, a known constant, or a constant of the function's own."""

    id: str
    depth = 0


@dataclass(frozen=True, slots=True)
class Call:
    """An operation on its arguments. op: its id in `OPERATIONS`; depth: of the tree below it."""

    op: str
    args: "tuple[Node, ...]"
    depth: int = field(init=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "depth", 1 + max(arg.depth for arg in self.args))


Node = Number | Name | Call


class ExpressionError(ValueError):
    """What is wrong with a text that should be a function. position: of the character at fault, counted from 0."""

    def __init__(self, position: int, told: Message) -> None:
        super().__init__(position, told)
        self.position, self.told = position, told


def names(node: Node) -> Iterator[str]:
    """Every name in the tree, in the order of the text, as often as it stands there."""
    if isinstance(node, Name):
        yield node.id
    elif isinstance(node, Call):
        for arg in node.args:
            yield from names(arg)
