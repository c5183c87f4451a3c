"""Experiments to draw, and what a reader of pictures needs to know of them."""

from typing import Any

from app.experiment import Experiment, parse
from app.view import View

NASTY = (
    "<img src=x onerror=alert(1)>", "</script><b>bold</b>", "$x^2$ & \\frac{", "abc\u202edef\u2066", "🚀 fast 漢字",
    "x" * 80, "{label}", "\ufffe\uffff odd",
)  # fmt: skip


def race(*rows: dict[str, Any], surface: str = "rosenbrock", **fields: Any) -> Experiment:
    """A short race down a surface."""
    chosen = list(rows) or [{"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1e-3}]
    document = {"objective": {"kind": "surface", "name": surface}, "optimizers": chosen, "steps": 40}
    return parse(document | fields)


def nasty() -> Experiment:
    """Labels that are anything but labels."""
    return race(*({"name": "sgd", "lr": 1e-4 * (index + 1), "label": label} for index, label in enumerate(NASTY)))


def training(dataset: str = "moons", **fields: Any) -> Experiment:
    """A short training of a small model."""
    model = {"kind": "model", "model": {"name": "mlp", "hidden": [4]}, "dataset": {"name": dataset, "samples": 40}}
    rows = [{"name": "sgd", "lr": 0.1, "label": "slow"}, {"name": "adam", "lr": 0.05, "label": "fast"}]
    return parse({"objective": model, "optimizers": rows, "steps": 20} | fields)


def view(**choices: Any) -> View:
    """A view with these choices."""
    return View(choices)


def rgb(colour: str) -> tuple[int, ...]:
    """The channels of a colour such as #1c0087."""
    return tuple(bytes.fromhex(colour[1:7]))
