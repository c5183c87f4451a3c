"""The answer to a whole run: slices whose numbers workers write out, and what puts them together."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from app.core.words import worded
from app.engine.records import Chunk, Values
from app.experiment import Experiment
from app.protocol.messages import encode
from app.protocol.slices import slice_entries
from app.work.experiments import experiment_of
from app.work.shelf import kept_slice


@dataclass(frozen=True, slots=True)
class WrittenSlice:
    """A slice whose numbers are written out. parts[optimizer]: of each of `fields`, the items of a JSON list, up to the
    last entry that the trajectory has; position, carry, outcomes: as in `Slice`.
    """

    parts: list[tuple[str, ...]]
    position: int
    carry: bytes
    outcomes: list[dict[str, Any]] | None


def written_slice(text: str, carry: bytes | None, count: int) -> WrittenSlice:
    """`kept_slice`, written out."""
    done, columns = kept_slice(text, carry, count), fields(experiment_of(text)).values()
    loss = experiment_of(text).column("loss")
    parts = [_written(done.chunk, index, loss, list(columns)) for index in range(done.chunk.values.shape[1])]
    return WrittenSlice(parts, done.position, done.carry, done.outcomes)


def fields(experiment: Experiment) -> dict[str, int | list[int]]:
    """The columns of each list that is told of a trajectory: the position, what is told of all, the objective's own."""
    axes = experiment.objective.axes
    points = {"points": [experiment.column(name) for name in axes]} if axes else {}
    own = len(experiment.objective.told)
    rest = (*experiment.columns[own:], *(name for name in experiment.columns[:own] if name not in axes))
    return points | {name: experiment.column(name) for name in rest}


def _written(chunk: Chunk, index: int, loss: int, columns: Sequence[int | list[int]]) -> tuple[str, ...]:
    own = chunk.values[:, index]
    own = own[: np.count_nonzero(~np.isnan(own[:, loss]))]
    return tuple(_items(own[:, column]) for column in columns)


def _items(values: Values) -> str:
    """The items of a JSON list; null for what was not measured."""
    found: list[Any] = values.tolist()
    if not np.isfinite(values).all():
        found = [value if np.isfinite(value) else None for value in found]
    return json.dumps(found, separators=(",", ":"), allow_nan=False)[1:-1]


class RunAnswer:
    """The answer to a whole run, put together from its slices."""

    def __init__(self, experiment: Experiment) -> None:
        self._experiment = experiment
        self._text, self._entries = experiment.text(), slice_entries(experiment)
        self._fields = tuple(fields(experiment))
        self._lists: list[list[list[str]]] = [[[] for _ in self._fields] for _ in experiment.optimizers]
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

    def body(self, plane: str = "", points: Sequence[str] = ()) -> Iterator[str]:
        """The answer as JSON, piece by piece, once `next` gave None.

        plane, points: for a model, JSON of the plane and of each trajectory's points on it.
        """
        yield f'{{"experiment":{self._text},'
        if plane:
            yield f'"plane":{plane},'
        yield '"trajectories":['
        rows = zip(self._experiment.optimizers, self._lists, self._outcomes or [], strict=True)
        for index, (choice, lists, outcome) in enumerate(rows):
            yield f'{"," if index else ""}{{"label":{json.dumps(choice.label)}'
            if points:
                yield f',"points":{points[index]}'
            for name, texts in zip(self._fields, lists, strict=True):
                yield f',"{name}":['
                yield from (text if place == 0 else f",{text}" for place, text in enumerate(texts))
                yield "]"
            yield f',"outcome":{encode(worded(outcome))}}}'
        yield "]}"
