"""One run as the server keeps it between two slices: what was computed, what was sent, what may be sent."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.engine.records import Chunk, Values
from app.experiment import Experiment
from app.protocol.codec import encode_chunk
from app.protocol.slices import Slice, canonical_text, slice_entries


@dataclass(frozen=True, slots=True)
class Compute:
    """Call `compute_slice(text, carry, count, finish=finish)` and hand its result to `Session.computed`."""

    serial: int
    text: str
    carry: bytes | None
    count: int
    finish: bool = False


@dataclass(slots=True)
class Run:
    """A run of which entry `sent` is the next to send, and `credit` entries may be sent.

    Entries before the first that is sent are computed in silence, to have the state to go on from. What is computed and
    not covered by credit is held; `before` is where the held slice began, so that a run that is stopped can be told as
    of the last entry that was sent.
    """

    id: str
    experiment: Experiment
    sent: int
    credit: int
    text: str = field(init=False)
    entries: int = field(init=False)
    computed: int = 0
    carry: bytes | None = None
    before: tuple[int, bytes | None] = (0, None)
    held: Values = field(default_factory=lambda: np.empty((0, 0, 0)))
    outcomes: list[dict[str, Any]] | None = None
    waits: bool = False
    stopped: bool = False

    def __post_init__(self) -> None:
        self.text = canonical_text(self.experiment)
        self.entries = slice_entries(self.experiment)

    @property
    def is_over(self) -> bool:
        """Whether all was sent, or the run was stopped, and the outcomes are there."""
        return self.outcomes is not None and (self.stopped or self.sent > self.experiment.steps)

    @property
    def wants_more(self) -> bool:
        """Whether the next slice is needed: for its state, or because credit is left."""
        return self.computed < self.sent or (self.computed == self.sent and self.credit > 0)

    def next(self, serial: int) -> Compute:
        """The work for the next slice. Ends exactly where sending begins, so that no slice is cut in two there."""
        self.waits = True
        count = min(self.entries, self.sent - self.computed) if self.computed < self.sent else self.entries
        return Compute(serial, self.text, self.carry, count)

    def stop(self, serial: int) -> Compute:
        """The work for the outcomes as of the last entry that was sent."""
        self.waits, self.stopped = True, True
        if self.sent < self.computed:
            first, carry = self.before
            return Compute(serial, self.text, carry, self.sent - first, finish=True)
        return Compute(serial, self.text, self.carry, 0, finish=True)

    def take(self, result: Slice) -> None:
        """Hold what the work gave."""
        self.waits = False
        self.outcomes = result.outcomes
        if self.stopped:
            return
        self.before = (self.computed, self.carry)
        silent = self.computed < self.sent
        self.computed, self.carry = result.position, result.carry
        self.held = result.chunk.values[:0] if silent else result.chunk.values

    def chunks(self) -> list[bytes]:
        """The binary messages that may be sent now; they count as sent."""
        count = 0 if self.stopped else min(len(self.held), self.credit)
        if count == 0:
            return []
        message = encode_chunk(self.id, Chunk(self.sent, self.held[:count]), self.experiment.columns)
        self.held = self.held[count:]
        self.sent += count
        self.credit -= count
        return [message]
