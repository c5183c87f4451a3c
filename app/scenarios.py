"""Experiments worth a look: each a complete document, with one sentence on what to look for.

Every sentence is held to be true of its run by tests/test_scenarios.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.words import say
from app.experiment import Experiment, parse


@dataclass(frozen=True, slots=True)
class Scenario:
    """A catalogue entry.

    document: an experiment with what differs from the defaults; view: what the page opens with,
    `tab` and `plane`.
    """

    id: str
    document: Mapping[str, Any]
    view: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"scenarios.{self.id}.title")

    @property
    def line(self) -> str:
        """What to look for, in one sentence."""
        return say(f"scenarios.{self.id}.line")

    def experiment(self) -> Experiment:
        """The experiment, every default filled in."""
        return parse(self.document)


LINE = Scenario(
    "line",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "linear"},
            "dataset": {"name": "line", "slope": 2.5, "intercept": -1.5, "noise": 0.4},
        },
        "optimizers": [
            {"name": "sgd", "lr": 0.05},
            {"name": "sgd", "lr": 0.05, "momentum": 0.9},
            {"name": "adam", "lr": 0.1},
            {"name": "lbfgs", "lr": 1.0, "line_search_fn": "strong_wolfe", "max_iter": 1, "max_eval": 25},
        ],
        "steps": 200,
    },
    {"tab": "2d"},
)

XOR = Scenario(
    "xor",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "mlp", "hidden": [4, 4], "activation": "sigmoid"},
            "dataset": {"name": "xor", "samples": 200},
            "loss": "mse",
        },
        "optimizers": [
            {"name": "sgd", "lr": 0.5},
            {"name": "sgd", "lr": 0.2, "momentum": 0.9},
            {"name": "adam", "lr": 0.05},
        ],
        "steps": 400,
    },
)

SPIRALS = Scenario(
    "spirals",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "mlp", "hidden": [16, 16], "activation": "relu"},
            "dataset": {"name": "spirals", "turns": 2.0},
            "loss": "bce",
        },
        "optimizers": [
            {"name": "sgd", "lr": 1.0},
            {"name": "sgd", "lr": 0.5, "momentum": 0.9},
            {"name": "rmsprop", "lr": 0.01},
            {"name": "adam", "lr": 0.03},
        ],
        "steps": 400,
    },
)

BATCHES = Scenario(
    "batches",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "mlp", "hidden": [16]},
            "dataset": {"name": "sine", "noise": 0.5},
            "batch_size": 4,
        },
        "optimizers": [
            {"name": "sgd", "lr": 0.2, "label": "Constant 0.2"},
            {"name": "sgd", "lr": 0.02, "label": "Constant 0.02"},
            {"name": "sgd", "lr": 0.2, "schedule": {"name": "cosine", "T_max": 600}, "label": "Cosine from 0.2"},
        ],
        "steps": 600,
    },
    {"tab": "2d"},
)

OVERFITTING = Scenario(
    "over-fitting",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "mlp", "hidden": [32, 32]},
            "dataset": {"name": "sine", "samples": 40, "noise": 0.3, "seed": 1},
            "test_fraction": 0.5,
        },
        "optimizers": [
            {"name": "adam", "lr": 0.01},
            {"name": "adamw", "lr": 0.01, "weight_decay": 2.0, "label": "AdamW, decay 2"},
            {"name": "sgd", "lr": 0.05},
        ],
        "steps": 400,
    },
)

GENERALISING = Scenario(
    "generalising",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "mlp", "hidden": [32, 32], "activation": "relu"},
            "dataset": {"name": "moons", "samples": 60, "noise": 0.8, "seed": 3},
            "loss": "bce",
            "test_fraction": 0.5,
        },
        "optimizers": [
            {"name": "adam", "lr": 0.01},
            {"name": "adamw", "lr": 0.01, "weight_decay": 2.0, "label": "AdamW, decay 2"},
            {"name": "sgd", "lr": 0.1},
        ],
        "steps": 300,
    },
)

DYING = Scenario(
    "dying-relu",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "mlp", "hidden": [12], "activation": "relu"},
            "dataset": {"name": "sine"},
        },
        "optimizers": [
            {"name": "sgd", "lr": 0.1, "label": "Rate 0.1"},
            {"name": "sgd", "lr": 0.6, "label": "Rate 0.6"},
            {"name": "adam", "lr": 0.03},
        ],
        "steps": 300,
        "seed": 1,
    },
)

EDGE = Scenario(
    "edge",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "mlp", "hidden": [16]},
            "dataset": {"name": "sine"},
        },
        "optimizers": [
            {"name": "sgd", "lr": 0.15, "label": "Rate 0.15"},
            {"name": "sgd", "lr": 0.25, "label": "Rate 0.25"},
            {"name": "sgd", "lr": 0.47, "label": "Rate 0.47"},
        ],
        "steps": 300,
    },
)

DIGITS = Scenario(
    "digits",
    {
        "objective": {
            "kind": "model",
            "model": {"name": "convolution"},
            "dataset": {"name": "digits"},
            "batch_size": 64,
        },
        "optimizers": [
            {"name": "sgd", "lr": 0.1},
            {"name": "sgd", "lr": 0.1, "momentum": 0.9},
            {"name": "adam", "lr": 0.01},
            {"name": "muon", "lr": 0.02},
        ],
        "steps": 500,
    },
    {"tab": "confusion"},
)

SCENARIOS: tuple[Scenario, ...] = (LINE, XOR, SPIRALS, BATCHES, OVERFITTING, GENERALISING, DYING, EDGE, DIGITS)
