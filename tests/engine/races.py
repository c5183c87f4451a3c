"""Experiments that the engine's tests share."""

from typing import Any

import numpy as np

from app.engine.run import advance
from app.experiment import Experiment, parse

EIGHT = [
    {"name": "sgd", "lr": 0.0005},
    {"name": "sgd", "lr": 0.0005, "momentum": 0.9, "label": "Momentum"},
    {"name": "sgd", "lr": 0.0005, "momentum": 0.9, "nesterov": True, "label": "Nesterov"},
    {"name": "adagrad", "lr": 0.3},
    {"name": "rmsprop", "lr": 0.01},
    {"name": "adam", "lr": 0.05},
    {"name": "adamw", "lr": 0.05},
    {"name": "nadam", "lr": 0.05},
]


def race(optimizers: list[dict[str, Any]], surface: str = "rosenbrock", **fields: Any) -> Experiment:
    """A race on `surface`, with the fields of the document in `fields`."""
    return parse({"objective": {"kind": "surface", "name": surface}, "optimizers": optimizers, **fields})


def values(experiment: Experiment) -> np.ndarray:
    """Every entry of a run, computed at once."""
    return advance(experiment, None, experiment.steps + 1)[1].values
