"""One slice of a run: the piece of work that is given to a worker."""

import io
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from app.core.text import canonical_json
from app.engine.cache import RowCache
from app.engine.outcomes import outcomes
from app.engine.price import slice_steps
from app.engine.records import COLUMNS, Carry, Chunk
from app.experiment import Experiment, parse
from app.protocol.messages import read_json

FEWEST_ENTRIES, MOST_VALUES = 64, 2**17

_rows = RowCache()


@dataclass(frozen=True, slots=True)
class Slice:
    """Entries of a run, computed. position: of the next entry; carry: to go on from, packed, so that only workers
    open it; outcomes: how the trajectories ended, where the slice was the last or they were asked for.
    """

    chunk: Chunk
    position: int
    carry: bytes
    outcomes: list[dict[str, Any]] | None


def slice_entries(experiment: Experiment) -> int:
    """How many entries to compute at a time: about 50 ms of work, and at most `MOST_VALUES` numbers."""
    room = MOST_VALUES // (len(experiment.optimizers) * len(COLUMNS))
    return min(max(FEWEST_ENTRIES, slice_steps(experiment)), room)


def compute_slice(text: str, carry: bytes | None, count: int, *, finish: bool = False) -> Slice:
    """The next `count` entries of the experiment with the canonical `text`, after `carry`. Pure.

    finish: give the outcomes although entries are left, as of a run that was stopped.
    """
    experiment = _experiment(text)
    end, chunk = _rows.advance(experiment, unpack(carry) if carry else None, count)
    over = finish or end.position > experiment.steps
    return Slice(chunk, end.position, pack(end), outcomes(experiment, end) if over else None)


@lru_cache(maxsize=64)
def _experiment(text: str) -> Experiment:
    return parse(read_json(text))


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


def canonical_text(experiment: Experiment) -> str:
    """What `compute_slice` takes for `experiment`."""
    return canonical_json(experiment.canonical())
