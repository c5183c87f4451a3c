"""One run of a show as the server keeps it between two slices: what was computed, what was sent, what may be sent."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from app.core.urgency import Urgency
from app.engine.records import Chunk, Values
from app.experiment import Experiment
from app.protocol.codec import encode_chunk
from app.protocol.slices import Slice, slice_entries

FIRST_CREDIT = 512


@dataclass(frozen=True, slots=True)
class Compute:
    """Call `compute_slice(text, carry, count, finish=finish)`, as soon as is said, and hand its result to
    `Session.computed`. It takes the place of what was to be computed for the same show.
    """

    show: str | None
    serial: int
    text: str
    carry: bytes | None
    count: int
    urgency: Urgency
    finish: bool = False


@dataclass(slots=True)
class SentRun:
    """A run whose entries are sent from `first` on; `sent` is the next to send, and `credit` entries may be sent.

    Entries before the first that is sent are computed in silence, to have the state to go on from. What is computed and
    not covered by credit is held; `before` is where the held slice began, so that a run that is stopped can be told as
    of the last entry that was sent.
    """

    show: str | None
    id: str
    experiment: Experiment
    first: int
    sent: int = field(init=False)
    credit: int = field(init=False)
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
        self.sent = self.first
        # Entry 0 is where it starts, no step.
        self.credit = FIRST_CREDIT + (self.first == 0)
        self.text = self.experiment.text()
        self.entries = slice_entries(self.experiment)

    @property
    def is_over(self) -> bool:
        """Whether all was sent, or the run was stopped, and the outcomes are there."""
        return self.outcomes is not None and (self.stopped or self.sent > self.experiment.steps)

    @property
    def wants_more(self) -> bool:
        """Whether the next slice is needed: for its state, or because credit is left."""
        return self.computed < self.sent or (self.computed == self.sent and self.credit > 0)

    @property
    def urgency(self) -> Urgency:
        """How soon the next slice is needed: a hand waits for the first that are sent."""
        if self.computed < self.sent:
            return Urgency.PATIENT
        return Urgency.HAND if self.sent - self.first < FIRST_CREDIT else Urgency.WATCHED

    def next(self, serial: int) -> Compute:
        """The work for the next slice. Ends exactly where sending begins, so that no slice is cut in two there."""
        self.waits = True
        count = min(self.entries, self.sent - self.computed) if self.computed < self.sent else self.entries
        return Compute(self.show, serial, self.text, self.carry, count, self.urgency)

    def stop(self, serial: int) -> Compute:
        """The work for the outcomes as of the last entry that was sent."""
        self.waits, self.stopped = True, True
        if self.sent < self.computed:
            first, carry = self.before
            return Compute(self.show, serial, self.text, carry, self.sent - first, Urgency.HAND, finish=True)
        return Compute(self.show, serial, self.text, self.carry, 0, Urgency.HAND, finish=True)

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
        message = encode_chunk(self.show, self.id, Chunk(self.sent, self.held[:count]), self.experiment.columns)
        self.held = self.held[count:]
        self.sent += count
        self.credit -= count
        return [message]
