"""Experiments worth a look: each a complete document, with one sentence on what to look for.

Every sentence is held to be true of its run by tests/test_scenarios.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.experiment import Experiment, parse


@dataclass(frozen=True, slots=True)
class Scenario:
    """A catalogue entry.

    line: what to look for; document: an experiment with what differs from the defaults; view: what the page opens with,
    `tab` and `plane`.
    """

    id: str
    title: str
    line: str
    document: Mapping[str, Any]
    view: Mapping[str, Any] = field(default_factory=dict)

    def experiment(self) -> Experiment:
        """The experiment, every default filled in."""
        return parse(self.document)


LINE = Scenario(
    "line",
    "Linear regression: the picture is the whole truth",
    "Two weights, so no path leaves the picture: plain descent slides down, momentum swings about, L-BFGS needs four "
    "steps.",
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
    "XOR that plain descent cannot leave",
    "All soon stand on a plateau where every answer is one half: Adam leaves it in some fifty steps, momentum late, "
    "plain descent at no rate.",
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
    "Spirals where Adam wins",
    "Two arms, wound twice: Adam parts them first, momentum follows, and plain descent is far behind at any rate.",
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
    "Noise of small batches, and a rate that smooths it",
    "Four samples a step: at a constant rate the path rattles about the valley, at a tenth of it it crawls, and with a "
    "rate that falls to 0 it comes to rest.",
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
    "Over-fitting, seen in the test curve",
    "Twenty points, a thousand weights: Adam's training loss (solid) goes on down, with small bumps, while its test "
    "loss (dashed) turns up after some 130 steps.",
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
    "Adam wins here and generalises worse there",
    "Adam gets all training samples right and half of the others; plain descent, whose border bends less, gets fewer "
    "right here and many more there.",
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
    "Dying ReLU",
    "At rate 0.6 the path leaps too far and every unit lands on its flat side: no gradient comes back, and along the "
    "samples the curve stays level for ever.",
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
    "A learning rate on the edge",
    "At 0.15 the loss falls at every step; at 0.25 the valley gets too steep and the path leaps to where it "
    "is wider; at 0.47 it is thrown out for good.",
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
    "A network that reads digits",
    "From one in ten right to nineteen in twenty: momentum, Adam and Muon are there within a hundred steps, plain "
    "descent needs more than 350.",
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
