"""What the scripts share that find the learning rate which suits each preset: the rates, and how they race."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import Tensor

from app.engine.batch import batch_of
from app.engine.records import Carry, Values
from app.engine.run import move
from app.experiment import Experiment
from app.optimizers.base import Preset

GRID = [digit * 10.0**exponent for exponent in range(-5, 2) for digit in (1, 2, 5)]

CUSTOMARY = {"lbfgs": 1.0}
"""A line search finds the length of each step itself: 1 is where it is to begin."""

WORST = 1e9
"""The score of a path that is of no use."""


def at_each_rate(preset: Preset, rates: Sequence[float] = GRID) -> list[dict[str, Any]]:
    """The optimizers of a document that follow `preset`, one for each of `rates`."""
    settings = {name: list(v) if isinstance(v, tuple) else v for name, v in preset.settings.items()}
    return [{"name": preset.optimizer, **settings, "lr": rate, "label": f"{preset.title} {rate:.3g}"} for rate in rates]


def race(experiment: Experiment, theta: Tensor) -> tuple[Carry, Values]:
    """Every entry of a run that begins at `theta (rows, P)`, as `(rows, entries, columns)`, and the carry after it."""
    carry, kept = move(replace(batch_of(experiment), theta=theta), None, experiment.steps + 1)
    return carry, kept.values.swapaxes(0, 1)


def rounded(rate: float) -> float:
    """`rate` as it is written."""
    return float(f"{rate:.3g}")


def write(table: Path, rates: Mapping[str, Mapping[str, float]]) -> None:
    """`rates` into the file `table`."""
    table.write_text(json.dumps(rates, indent=1) + "\n", encoding="utf-8")
