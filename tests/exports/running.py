"""Exported scripts, run where only torch is, and what the engine says of the same experiments."""

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from app.core.registry import by_id
from app.engine.records import Carry, Chunk, End
from app.engine.run import advance, start
from app.experiment import Experiment
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from tests.patience import PATIENCE

CLEAN = Path(__file__).with_name("clean.py")
NUDGE, CALM, EQUAL = 1e-14, 1e-11, 1e-9


class Ran(NamedTuple):
    """What a script left: by label the entries `(n, P + 1)`, coordinates and loss, and how it ended."""

    paths: dict[str, np.ndarray]
    endings: dict[str, str]
    printed: str
    seconds: float


def run_clean(scripts: Sequence[str], folder: Path) -> list[Ran]:
    """What each of the `scripts` left, run in one interpreter that has only torch; files go to `folder`."""
    given, made = folder / "scripts.json", folder / "results.json"
    given.write_text(json.dumps(list(scripts)))
    command = [sys.executable, "-I", str(CLEAN), str(given), str(made)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return [
        Ran(
            {label: np.array(path).reshape(len(path), -1) for label, path in one["trajectories"].items()},
            one["endings"], one["printed"], one["seconds"],
        )
        for one in json.loads(made.read_text())
    ]  # fmt: skip


def presets(*, models: bool) -> list[dict[str, Any]]:
    """Each preset for surfaces, or for models, as an optimizer of a document."""
    kinds = [(preset, by_id(OPTIMIZERS, preset.optimizer)) for preset in PRESETS]
    return [
        {"name": preset.optimizer, "label": preset.id, **preset.settings}
        for preset, kind in kinds
        if (kind.models if models else kind.surfaces)
    ]


def entries(experiment: Experiment, chunk: Chunk, index: int) -> np.ndarray:
    """The engine's entries of one trajectory, `(n, P + 1)`: coordinates and loss."""
    loss = chunk.values[:, index, experiment.columns.index("loss")]
    kept = int(np.isfinite(loss).sum())
    theta = chunk.film.theta[:, index].numpy() if chunk.film else chunk.values[:, index, :2]
    return np.concatenate((theta[:kept], loss[:kept, None]), 1)


def engine(experiment: Experiment, nudge: float = 0.0) -> tuple[Carry, Chunk]:
    """The whole run, from a start that is off by this part."""
    begun = start(experiment)
    theta = begun.theta + nudge * (1e-3 + begun.theta.abs())
    return advance(experiment, replace(begun, theta=theta), experiment.steps + 1)


def apart(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """How far two paths are apart at each entry that both have, as a part of what they are."""
    both = min(len(one), len(other))
    one, other = one[:both], other[:both]
    size = np.maximum(np.abs(one), np.maximum(1e-3, np.abs(one[:1])))
    return np.nan_to_num(np.abs(one - other) / size, nan=np.inf).max(1)


class Judged(NamedTuple):
    """Of a trajectory: how far the script is off while the path is calm, and what part of it that is."""

    off: float
    calm: float


def compare(experiment: Experiment, ran: Ran) -> dict[str, Judged]:
    """What is found of each trajectory, by label.

    A path is calm for as long as a start that is off by `NUDGE` has not moved it by `CALM`. Where the engine says that
    one has come to rest, the script goes on, and stays there.
    """
    (carry, ours), (_, nudged), found = engine(experiment), engine(experiment, NUDGE), dict[str, Judged]()
    assert list(ran.paths) == [choice.label for choice in experiment.optimizers]
    for index, label in enumerate(ran.paths):
        path, theirs = entries(experiment, ours, index), ran.paths[label]
        spread = apart(path, entries(experiment, nudged, index))
        calm = int(np.argmax(spread > CALM)) if (spread > CALM).any() else len(path)
        if calm == len(path):
            _ends_alike(path, theirs, carry.rows[index].end, experiment.steps)
        off = apart(path[:calm], theirs[:calm])
        found[label] = Judged(float(off.max(initial=0.0)), calm / max(1, len(path)))
    return found


def _ends_alike(path: np.ndarray, theirs: np.ndarray, end: End | None, steps: int) -> None:
    if end is None or end.kind == "diverged":
        assert len(theirs) == len(path), (end, len(theirs), len(path))
        return
    assert len(theirs) == steps + 1
    # Of a later step `TOLERANCE` is the most; what is left to go shrinks from there.
    np.testing.assert_allclose(
        theirs[len(path) :], np.broadcast_to(path[-1], theirs[len(path) :].shape), rtol=0, atol=1e-6
    )
