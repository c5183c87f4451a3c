"""What a job does for the web layer: makes a file to take away, piece by piece. It imports nothing of the server."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

import torch

from app.core.registry import by_id
from app.exports.catalog import FORMATS, Piece
from app.work.experiments import experiment_of

NICENESS = 10
"""Of a job: what is watched live goes first."""

AT_ONCE = 2**18
"""Bytes of a piece, as the server's loop handles one at a time."""


class Begun:
    """The file that the process of a job has begun."""

    pieces: Iterator[Piece] = iter(())


def be_modest() -> None:
    """Make the process of a job ready: one thread, and only the time that others leave."""
    torch.set_num_threads(1)
    os.nice(NICENESS)


def begin(text: str, id: str, options: Mapping[str, Any]) -> Piece | None:
    """The first piece of the file in the format `id` of the experiment with the canonical `text`."""
    form, experiment = by_id(FORMATS, id), experiment_of(text)
    if form.pieces:
        Begun.pieces = form.pieces(experiment, options)
    else:
        Begun.pieces = _cut(form.make(experiment, options))
    return more()


def more() -> Piece | None:
    """The next piece of the file that was begun, None where it is whole."""
    return next(Begun.pieces, None)


def _cut(data: bytes) -> Iterator[Piece]:
    total = max(1, -(-len(data) // AT_ONCE))
    for index in range(total):
        yield data[index * AT_ONCE : (index + 1) * AT_ONCE], index + 1, total
