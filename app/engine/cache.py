"""Rows that were computed before are not computed again.

Where a row of a race does not depend on the rows beside it, dragging one slider changes one row: the others come from
here. Each worker process has a cache of its own; what it holds never changes a result.
"""

from collections import OrderedDict
from dataclasses import replace

import numpy as np

from app.core.text import canonical_json
from app.engine.objectives import objective_of
from app.engine.records import Carry, Chunk, Values, beside
from app.engine.run import advance, start
from app.experiment import Experiment

Key = tuple[str, str, int, int]


class RowCache:
    """The entries of single rows, by what they are a function of; the least recently used go first.

    capacity: how many numbers are kept at most.
    """

    def __init__(self, capacity: int = 4_000_000) -> None:
        self._capacity, self._held = capacity, 0
        self._rows: OrderedDict[Key, tuple[Carry, Values]] = OrderedDict()
        self._texts: tuple[Experiment, str, list[str]] | None = None

    def advance(self, experiment: Experiment, carry: Carry | None, count: int) -> tuple[Carry, Chunk]:
        """What `advance` gives, bit for bit."""
        if not objective_of(experiment).independent:
            return advance(experiment, carry, count)
        carry = carry or start(experiment)
        count = max(0, min(count, experiment.steps + 1 - carry.position))
        shared, rules = self._written(experiment)
        keys = [(shared, rule, carry.position, count) for rule in rules]
        # Taken out now, so that what this call puts in cannot push them out.
        found = {key: self._take(key) for key in dict.fromkeys(keys)}
        missing = [keys.index(key) for key, entry in found.items() if entry is None]
        if missing:
            part = replace(experiment, optimizers=tuple(experiment.optimizers[index] for index in missing))
            end, chunk = advance(part, carry.of(missing), count)
            for place, index in enumerate(missing):
                found[keys[index]] = end.of([place]), chunk.values[:, place]
        entries = [found[key] for key in keys]
        for key, entry in found.items():
            self._put(key, entry)
        values = np.stack([entry[1] for entry in entries if entry], 1)
        return beside([entry[0] for entry in entries if entry]), Chunk(carry.position, values)

    def _written(self, experiment: Experiment) -> tuple[str, list[str]]:
        """What all rows share, and what moves each, as texts; written once where calls for one experiment follow."""
        if self._texts is None or self._texts[0] is not experiment:
            rules = [canonical_json(choice.rule()) for choice in experiment.optimizers]
            self._texts = experiment, canonical_json(experiment.shared()), rules
        return self._texts[1:]

    def _take(self, key: Key) -> tuple[Carry, Values] | None:
        entry = self._rows.pop(key, None)
        if entry:
            self._held -= entry[1].size
        return entry

    def _put(self, key: Key, entry: tuple[Carry, Values] | None) -> None:
        if entry is None:
            return
        self._rows[key] = entry
        self._held += entry[1].size
        while self._held > self._capacity:
            _, (_, values) = self._rows.popitem(last=False)
            self._held -= values.size
