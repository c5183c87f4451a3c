"""An experiment in Python: its run as arrays, and its figure. What `from app import run, figure` gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from plotly.graph_objects import Figure

from app.engine.outcomes import outcomes
from app.engine.records import Chunk
from app.engine.run import advance
from app.experiment import parse
from app.exports import figure as figures

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What one optimizer did.

    columns: name to numbers, one for each entry that it has: entry 0 is the start, entry k the state after k steps;
    NaN where a column was not measured. `trajectory["loss"]` is one of them.
    steps: of a model, the entries at which its weights are kept, `(n,)`; weights: these, `(n, P)`. Both are None for a
    surface, where x and y are columns.
    kind, step: how it ended and at which step ("converged", "diverged", "step-limit"); message: that as a sentence.
    """

    label: str
    columns: Mapping[str, Array]
    kind: str
    step: int
    message: str
    steps: NDArray[np.int64] | None = None
    weights: Array | None = None

    def __getitem__(self, column: str) -> Array:
        return self.columns[column]


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run. experiment: the document with every default written out; trajectories: one for each optimizer."""

    experiment: Mapping[str, Any]
    trajectories: tuple[Trajectory, ...]

    def __getitem__(self, label: str) -> Trajectory:
        """The first trajectory with this label; raises KeyError where there is none."""
        for trajectory in self.trajectories:
            if trajectory.label == label:
                return trajectory
        raise KeyError(label)


def run(document: Mapping[str, Any]) -> Run:
    """Run the experiment that `document` describes, as docs/protocol.md has it, to its end.

    Raises `app.core.problems.Problem`, with the path to each field at fault, where the document is refused.
    """
    experiment = parse(document)
    carry, chunk = advance(experiment, None, experiment.steps + 1)
    loss, found = experiment.column("loss"), list[Trajectory]()
    for index, outcome in enumerate(outcomes(experiment, carry)):
        values = chunk.values[:, index]
        kept = int(np.count_nonzero(~np.isnan(values[:, loss])))
        columns = dict(zip(experiment.columns, np.ascontiguousarray(values[:kept].T), strict=True))
        told = outcome["kind"], outcome["step"], str(outcome["message"])
        found.append(Trajectory(experiment.optimizers[index].label, columns, *told, *_weights(chunk, index, kept)))
    return Run(experiment.canonical(), tuple(found))


def figure(document: Mapping[str, Any]) -> Figure:
    """The interactive figure of the run of `document`: paths on the ground that they descend, and losses by step.

    Raises as `run` does.
    """
    return figures.figure(parse(document))


def _weights(chunk: Chunk, index: int, kept: int) -> tuple[NDArray[np.int64] | None, Array | None]:
    if chunk.film is None:
        return None, None
    steps = np.array([entry for entry in chunk.film.entries if entry < kept], dtype=np.int64)
    weights: Array = chunk.film.theta[: len(steps), index].numpy()
    return steps, weights
