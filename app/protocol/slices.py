"""One slice of a run: the piece of work that is given to a worker, as it comes back."""

from dataclasses import dataclass
from typing import Any

from app.engine.records import Chunk
from app.experiment import Experiment

MOST_VALUES = 2**17
"""Numbers in a slice."""


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
    """How many entries a slice may have."""
    return MOST_VALUES // (len(experiment.optimizers) * len(experiment.columns))
