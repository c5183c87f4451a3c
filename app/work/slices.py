"""Computing one slice of a run."""

import io
import pickle
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import torch
from torch import Tensor

from app.engine.cache import RowCache
from app.engine.outcomes import outcomes
from app.engine.records import Carry, Chunk, Film
from app.engine.run import start
from app.experiment import Experiment
from app.protocol.slices import Slice
from app.work.experiments import experiment_of

SLICE_SECONDS = 0.05
"""What one viewer may hold a worker for before another's turn."""

BLOCK_COST = 5000.0
"""Steps of gradient descent that fit into a slice: so much is computed between two looks at the clock."""

_rows = RowCache()


def compute_slice(text: str, carry: bytes | None, count: int, *, finish: bool = False) -> Slice:
    """Up to `count` further entries of the experiment with the canonical `text`, after `carry`: as many as fit into
    `SLICE_SECONDS`, at least one. Which bits an entry has depends on nothing but `text`.

    finish: give all of them, and the outcomes although entries are left, as of a run that was stopped.
    """
    experiment, now = experiment_of(text), time.monotonic()
    end = unpack(carry) if carry else start(experiment)
    first, last = end.position, min(end.position + count, experiment.steps + 1)
    deadline, block, parts = now + SLICE_SECONDS, _affordable(experiment, end), list[Chunk]()
    while not parts or (end.position < last and (finish or now < deadline)):
        begun = now
        end, chunk = _rows.advance(experiment, end, min(last - end.position, block))
        parts.append(chunk)
        now = time.monotonic()
        # A price is that of the worst case: what went quickly is trusted with more.
        block = max(2 * block if now - begun < SLICE_SECONDS / 4 else block, _affordable(experiment, end))
    over = finish or end.position > experiment.steps
    chunk = Chunk(first, np.concatenate([part.values for part in parts]), _joined(parts))
    return Slice(chunk, end.position, pack(end), outcomes(experiment, end) if over else None)


def _joined(parts: Sequence[Chunk]) -> Film | None:
    films = [part.film for part in parts if part.film]
    if not films:
        return None
    return Film(tuple(entry for film in films for entry in film.entries), torch.cat([film.theta for film in films]))


def _affordable(experiment: Experiment, carry: Carry) -> int:
    """How many entries fit into a slice by their price. Rows that have ended cost nothing."""
    moving = replace(experiment, optimizers=tuple(experiment.optimizers[row] for row in carry.live))
    return max(1, int(BLOCK_COST / moving.step_cost))


class _Packer(pickle.Pickler):
    """Pickles tensors as their bytes: torch's own way takes ten times as long."""

    def reducer_override(self, value: Any) -> tuple[Callable[..., Any], tuple[Any, ...]] | Any:
        if type(value) is Tensor:
            data = value.detach().contiguous().reshape(-1).view(torch.uint8).numpy().tobytes()
            return _tensor, (data, str(value.dtype).removeprefix("torch."), tuple(value.shape))
        return NotImplemented


def _tensor(data: bytes, dtype: str, shape: tuple[int, ...]) -> Tensor:
    if not data:
        return torch.empty(shape, dtype=getattr(torch, dtype))
    return torch.frombuffer(bytearray(data), dtype=getattr(torch, dtype)).reshape(shape)


def pack(carry: Carry) -> bytes:
    """`carry` as bytes."""
    buffer = io.BytesIO()
    _Packer(buffer, pickle.HIGHEST_PROTOCOL).dump(carry)
    return buffer.getvalue()


def unpack(data: bytes) -> Carry:
    """The carry that `pack` made `data` of."""
    carry: Carry = pickle.loads(data)
    return carry
