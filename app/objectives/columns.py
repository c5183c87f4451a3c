"""The columns that every objective has, and what can be asked of some."""

from collections.abc import Sequence
from functools import lru_cache

from app.objectives.base import Column


@lru_cache
def shared(loss: str) -> tuple[Column, ...]:
    """What is told of every objective, after its own columns; loss: the key of what its loss is measured in."""
    return Column("loss", loss=loss), Column("grad_norm"), Column("lr")


def names(columns: Sequence[Column]) -> tuple[str, ...]:
    """The ids, in their order."""
    return tuple(column.id for column in columns)


def measured(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Those that nobody knows unless they are measured."""
    return tuple(column for column in columns if column.of)


def price(columns: Sequence[Column]) -> float:
    """What `columns` add to a step of one row, in steps of plain gradient descent on a surface."""
    return sum(column.price / column.every for column in columns)
