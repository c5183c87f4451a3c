"""What workers do for files to take away: one piece after the other."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple

import torch

from app.core.registry import by_id
from app.core.words import speaking
from app.exports.catalog import FORMATS, Piece
from app.work.experiments import experiment_of

AT_ONCE = 2**18
"""Bytes of a piece, as the server's loop handles one at a time."""


class FileKey(NamedTuple):
    """Which file: the canonical text of its experiment, the id of its format, its options, its language."""

    text: str
    id: str
    options: Mapping[str, Any]
    language: str


@dataclass(slots=True)
class Begun:
    """A file on its way: `next` is the number of the first of its `pieces` that are left."""

    key: FileKey
    pieces: Iterator[Piece]
    next: int


class Latest:
    """file: the one that this process has begun last. It only saves making again what came before."""

    file: Begun | None = None


def ready() -> None:
    """Make a process ready for files: one thread, as processes share the processors."""
    torch.set_num_threads(1)


def piece(key: FileKey, number: int) -> Piece | None:
    """Piece `number` of a file, None behind its last."""
    with speaking(key.language):
        return _piece(key, number)


def _piece(key: FileKey, number: int) -> Piece | None:
    begun, Latest.file = Latest.file, None
    if begun is None or (begun.key, begun.next) != (key, number):
        begun = Begun(key, islice(_pieces(key), number, None), number)
    found = next(begun.pieces, None)
    if found is not None:
        begun.next += 1
        # Not before: what has failed must not look as if it were at its end.
        Latest.file = begun
    return found


def _pieces(key: FileKey) -> Iterator[Piece]:
    form, experiment = by_id(FORMATS, key.id), experiment_of(key.text)
    if form.pieces:
        return form.pieces(experiment, key.options)
    return _cut(form.make(experiment, key.options))


def _cut(data: bytes) -> Iterator[Piece]:
    total = max(1, -(-len(data) // AT_ONCE))
    for index in range(total):
        yield data[index * AT_ONCE : (index + 1) * AT_ONCE], index + 1, total
