"""Runs of small models that the engine's and the server's tests share."""

from typing import Any

from app.engine.records import Film
from app.engine.run import advance
from app.experiment import Experiment, parse

ROWS = [{"name": "sgd", "lr": 0.1}, {"name": "adam", "lr": 0.02}]


def document(
    model: str = "mlp",
    dataset: str = "moons",
    rows: list[dict[str, Any]] = ROWS,
    steps: int = 30,
    own: dict[str, Any] | None = None,
    **fields: Any,
) -> dict[str, Any]:
    """A training; own: params of the dataset; fields: of the objective. A perceptron is small."""
    hidden = {"hidden": [5]} if model == "mlp" else {}
    data = {"name": dataset} if dataset in {"digits", "iris"} else {"name": dataset, "samples": 60, **(own or {})}
    objective = {"kind": "model", "model": {"name": model, **hidden}, "dataset": data, **fields}
    return {"objective": objective, "optimizers": rows, "steps": steps}


def training(*args: Any, **kwargs: Any) -> Experiment:
    """The same, parsed."""
    return parse(document(*args, **kwargs))


def film_of(experiment: Experiment) -> Film:
    """The film of the whole run."""
    film = advance(experiment, None, experiment.steps + 1)[1].film
    assert film
    return film
