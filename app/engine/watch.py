"""Which rows come to rest, looked for every few entries."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from app.engine.lanes import Lane, Seen
from app.engine.records import Values
from app.engine.rest import TOLERANCE


class Watch:
    """found: `(count, rows)`, in the order of the lanes: at which entry a row is at rest for the first time."""

    def __init__(self, lanes: Sequence[Lane], count: int, *, asleep: bool) -> None:
        """asleep: nothing is looked for, as slopes are drawn anew at every step, and tell nothing by being small."""
        self._lanes, self._asleep = lanes, asleep
        self.found: NDArray[np.bool_] = np.zeros((count, sum(len(lane.places) for lane in lanes)), dtype=bool)
        self._past: list[list[Seen]] = []
        self._done = 0

    def note(self, seen: list[Seen]) -> None:
        """What each lane saw at the next entry."""
        if not self._asleep:
            self._past.append(seen)

    def look(self, norms: Values) -> None:
        """Look at the entries that were noted since the last time; norms: of their gradients, `(entries, rows)`."""
        near = norms <= TOLERANCE
        for index in np.flatnonzero(near.any(1)).tolist() if self._past else ():
            self._look(index, near[index] & ~self.found.any(0))
        self._past.clear()
        self._done += len(norms)

    def _look(self, index: int, asked: NDArray[np.bool_]) -> None:
        first = 0
        for lane, seen in zip(self._lanes, self._past[index], strict=True):
            rows = slice(first, first + len(lane.places))
            if asked[rows].any():
                self.found[self._done + index, rows] = asked[rows] & lane.rests(seen).numpy()
            first = rows.stop
