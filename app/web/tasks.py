"""What workers do for the web layer: compute, and write long JSON, so that the server's loop never does.

Workers import this module and what it imports, and nothing of the server.
"""

import gc
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch

from app.catalog import catalogue
from app.engine.field import Range, sample, thumbnail
from app.engine.records import Chunk, Values
from app.experiment import Experiment, parse
from app.objectives.surfaces.catalog import SURFACES
from app.protocol.messages import encode
from app.protocol.slices import canonical_text, compute_slice, slice_entries
from app.web.encoding import compress

PRELOAD = (__name__, "torch._dynamo")
"""What workers share from their birth; torch's optimizers import the second at their first step, for seconds."""

WARM_UP = {
    "objective": {"kind": "surface", "name": "rosenbrock"},
    "optimizers": [{"name": "sgd", "lr": 1e-3}, {"name": "lbfgs", "lr": 1e-2}],
    "steps": 2,
}


def warm() -> None:
    """Make a new worker ready: one thread, as processes share the processors, and the first run done."""
    torch.set_num_threads(1)
    experiment = parse(WARM_UP)
    compute_slice(canonical_text(experiment), None, experiment.steps + 1)
    settle()


def settle() -> None:
    """Take all that is there now out of garbage collection, which would look through it, torch and all, for a tenth of
    a second now and then.
    """
    gc.collect()
    gc.freeze()


def catalog_json() -> bytes:
    """The catalogue, as JSON."""
    return encode(catalogue()).encode()


def thumbnails_json() -> bytes:
    """The thumbnail of every surface by its id, as JSON."""
    return encode({surface.id: thumbnail(surface) for surface in SURFACES}).encode()


def field_json(text: str, window: tuple[Range, Range] | None, resolution: int, encoding: str) -> bytes:
    """The loss on a grid, of the experiment with the canonical `text`, as JSON in the content `encoding`."""
    return compress(encode(sample(parse(json.loads(text)).objective, window, resolution)).encode(), encoding)


@dataclass(frozen=True, slots=True)
class WrittenSlice:
    """A slice whose numbers are written out. parts[optimizer]: of each of points, loss, grad_norm and lr, the items of
    a JSON list, up to the last entry that the trajectory has; position, carry, outcomes: as in `Slice`.
    """

    parts: list[tuple[str, ...]]
    position: int
    carry: bytes
    outcomes: list[dict[str, Any]] | None


def written_slice(text: str, carry: bytes | None, count: int) -> WrittenSlice:
    """`compute_slice`, written out."""
    done = compute_slice(text, carry, count)
    parts = [_written(done.chunk, index) for index in range(done.chunk.values.shape[1])]
    return WrittenSlice(parts, done.position, done.carry, done.outcomes)


def _written(chunk: Chunk, index: int) -> tuple[str, ...]:
    own = chunk.values[:, index]
    own = own[: np.count_nonzero(~np.isnan(own[:, 0]))]
    return tuple(_items(part) for part in (own[:, :2], own[:, 2], own[:, 3], own[:, 4]))


def _items(values: Values) -> str:
    return json.dumps(values.tolist(), separators=(",", ":"), allow_nan=False)[1:-1]


class RunAnswer:
    """The answer to a whole run, put together from its slices."""

    FIELDS = ("points", "loss", "grad_norm", "lr")

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._text, self._entries = canonical_text(experiment), slice_entries(experiment)
        self._lists: list[list[list[str]]] = [[[] for _ in self.FIELDS] for _ in experiment.optimizers]
        self._carry: bytes | None = None
        self._outcomes: list[dict[str, Any]] | None = None

    def next(self) -> "partial[WrittenSlice] | None":
        """The call whose result `add` takes next, or None when all is there."""
        if self._outcomes is not None:
            return None
        return partial(written_slice, self._text, self._carry, self._entries)

    def add(self, part: WrittenSlice) -> None:
        """Take the result of the call that `next` gave."""
        self._carry, self._outcomes = part.carry, part.outcomes
        for lists, texts in zip(self._lists, part.parts, strict=True):
            for found, text in zip(lists, texts, strict=True):
                if text:
                    found.append(text)

    def body(self) -> Iterator[str]:
        """The answer as JSON, piece by piece, once `next` gave None."""
        yield f'{{"experiment":{self._text},"trajectories":['
        rows = zip(self._experiment.optimizers, self._lists, self._outcomes or [], strict=True)
        for index, (choice, lists, outcome) in enumerate(rows):
            yield f'{"," if index else ""}{{"label":{json.dumps(choice.label)}'
            for name, texts in zip(self.FIELDS, lists, strict=True):
                yield f',"{name}":['
                yield from (text if place == 0 else f",{text}" for place, text in enumerate(texts))
                yield "]"
            yield f',"outcome":{encode(outcome)}}}'
        yield "]}"
