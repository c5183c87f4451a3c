"""Typed functions run like any surface: copies of the catalogue's take its paths, and torch.optim's with autograd."""

from typing import Any

import numpy as np
import pytest
import torch

from app.core.registry import by_id
from app.engine.outcomes import outcomes
from app.engine.run import advance
from app.experiment import Experiment, parse
from app.objectives.functions.reading import read
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS
from tests.engine.races import race, values
from tests.exports.running import CALM, EQUAL, NUDGE, apart, engine, entries, presets
from tests.objectives.cases import default_params, random_points
from tests.objectives.trees import KNOWN, worth

STEPS = 100

COPIES: dict[str, tuple[str, dict[str, float]]] = {
    "rosenbrock": ("(1-x)^2 + 100(y - x^2)^2", {}),
    "booth": ("(x + 2y - 7)^2 + (2x + y - 5)^2", {}),
    "matyas": ("a(x^2 + y^2) - b x y", {"a": 0.26, "b": 0.48}),
    "himmelblau": ("(x^2 + y - 11)^2 + (x + y^2 - 7)^2", {}),
    "beale": ("(1.5 - x + x y)^2 + (2.25 - x + x y^2)^2 + (2.625 - x + x y^3)^2", {}),
    "styblinski-tang": ("(x^4 - 16x^2 + 5x + y^4 - 16y^2 + 5y)/2", {}),
    "three-hump-camel": ("2x^2 - 1.05x^4 + x^6/6 + x y + y^2", {}),
    "mccormick": ("sin(x+y) + (x-y)^2 - 1.5x + 2.5y + 1", {}),
    "saddle": ("x^2 - y^2", {}),
    "monkey-saddle": ("x^3 - 3x y^2", {}),
    "quadratic": (
        "((x cos(a pi/180) + y sin(a pi/180))^2 + c (y cos(a pi/180) - x sin(a pi/180))^2)/2",
        {"c": float(default_params(by_id(SURFACES, "quadratic"))["condition"]),
         "a": float(default_params(by_id(SURFACES, "quadratic"))["angle"])},
    ),
    "two-wells": ("x^2 + y^2 - 2exp(-((x-1)^2 + y^2)/0.2) - 3exp(-((x+1)^2 + y^2)/0.2)", {}),
    "ackley": ("-20exp(-0.2sqrt((x^2+y^2)/2)) - exp((cos(2pi x) + cos(2pi y))/2) + e + 20", {}),
    "rastrigin": ("20 + x^2 - 10cos(2pi x) + y^2 - 10cos(2pi y)", {}),
}  # fmt: skip
"""Surfaces of the catalogue as somebody types them, and their constants."""

OWN: dict[str, tuple[str, list[float]]] = {
    "cases": ("where(x > 0.5, (x-1)^2, 0.75 - x) + y^2", [-1.3, 1.7]),
    "kinks": ("max(abs(x - 1), abs(y), 0.1(x^2 + y^2))", [-1.3, 1.7]),
    "roots": ("sqrt(1 + x^2) + abs(y)^1.5 + 2^-x", [-1.3, 1.7]),
    "edges": ("x log(x) + y^2/(1 + x)", [2.5, 1.7]),
}
"""Functions of which the catalogue has none, and where they begin."""


def typed(
    expression: str, rows: list[dict[str, Any]], params: dict[str, float] | None = None, **fields: Any
) -> Experiment:
    objective = {"kind": "surface", "expression": expression, "params": params or {}}
    return parse({"objective": objective, "optimizers": rows, **fields})


def calm_paths(experiment: Experiment) -> list[tuple[np.ndarray, float]]:
    """Of each path the entries that a start which is off by a rounding does not move, and what part of it that is."""
    (_, ours), (_, nudged), found = engine(experiment), engine(experiment, NUDGE), []
    for index in range(len(experiment.optimizers)):
        path = entries(experiment, ours, index)
        spread = apart(path, entries(experiment, nudged, index))
        calm = int(np.argmax(spread > CALM)) if (spread > CALM).any() else len(path)
        found.append((path[:calm], calm / len(path)))
    return found


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_of_a_surface_takes_its_paths(name: str) -> None:
    expression, params = COPIES[name]
    known = race(presets(models=False), name, steps=STEPS)
    rows = [choice.document() for choice in known.optimizers]
    copy = typed(expression, rows, params, steps=STEPS, start=list(known.start or ()))
    paths, (carry, ours) = calm_paths(known), engine(copy)
    for index, (path, _) in enumerate(paths):
        own = entries(copy, ours, index)
        end = carry.rows[index].end
        # Where nothing slopes, a slope that is rounded to 0 rests, and another one does not.
        assert len(own) >= len(path) or (end and end.kind == "converged")
        assert apart(path, own).max() < EQUAL, known.optimizers[index].label
    assert np.mean([part for _, part in paths]) > 0.5


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_has_the_values_and_slopes_of_the_surface(name: str) -> None:
    surface, (expression, params) = by_id(SURFACES, name), COPIES[name]
    x, y = torch.tensor(random_points(surface, 200), dtype=torch.float64).T.contiguous()
    found = typed(expression, [{"name": "sgd"}], params).objective.program(x, y)
    for one, other in zip(found, surface.evaluate(x, y, **default_params(surface)), strict=True):
        torch.testing.assert_close(one, other, rtol=1e-11, atol=1e-11)


def plain_path(experiment: Experiment, index: int) -> np.ndarray:
    """What torch.optim does with the function by autograd: coordinates and loss of every entry, `(n, 3)`."""
    choice = experiment.optimizers[index]
    tree = read(experiment.objective.document()["expression"])
    theta = experiment.begin().requires_grad_()
    optimizer = getattr(torch.optim, str(choice.optimizer.torch))([theta], **choice.hyper)
    numbers = {name: torch.tensor(value, dtype=torch.float64) for name, value in KNOWN.items()}

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = worth(tree, {**numbers, "x": theta[0], "y": theta[1]}, [])
        loss.backward()
        return loss

    path = []
    for _ in range(experiment.steps + 1):
        path.append([*theta.tolist(), float(closure().detach())])
        optimizer.step(closure)
    return np.array(path)


@pytest.mark.parametrize("name", OWN)
def test_paths_are_those_of_torch_with_autograd(name: str) -> None:
    expression, start = OWN[name]
    rows = [row for row in presets(models=False) if by_id(OPTIMIZERS, row["name"]).torch]
    experiment = typed(expression, rows, steps=STEPS, start=start)
    paths = calm_paths(experiment)
    for index, (path, _) in enumerate(paths):
        assert apart(path, plain_path(experiment, index)[: len(path)]).max() < EQUAL, experiment.optimizers[index].label
    assert np.mean([part for _, part in paths]) > 0.5


def told(expression: str, row: dict[str, Any], start: list[float], **fields: Any) -> dict[str, Any]:
    experiment = typed(expression, [row], start=start, **{"steps": 300, **fields})
    (found,) = outcomes(experiment, advance(experiment, None, experiment.steps + 1)[0])
    return found


DESCENT = {"name": "sgd", "lr": 0.5}

ENDS = [
    ("1/x", [-0.5, 0.0], "step-limit", "It is not at rest"),
    ("x", [0.0, 0.0], "step-limit", "It is not at rest"),
    ("abs(x)+abs(y)", [1.25, 0.75], "step-limit", "It is not at rest"),
    ("where(x>0, 1/(x-1), x)", [2.0, 1.0], "step-limit", "It is not at rest"),
    ("sqrt(x^2+y^2)", [3.0, 0.0], "converged", "It rests in a hollow at (0, 0)."),
    ("sqrt(max(x^2+y^2-1, 0))", [3.0, 0.0], "converged", "It rests on flat ground"),
    ("x log(x) + y^2", [3.0, 1.0], "converged", "It rests in a hollow at (0.3679, 0)."),
    (
        "sqrt(x)",
        [2.0, 1.0],
        "diverged",
        "from a loss of 0.3334 it stepped to (-0.6388, 1), where the function has no finite value.",
    ),
    ("log(x)+y^2", [1.0, 1.0], "diverged", "from a loss of -0.6931 it stepped to (-0.5, 0), where the function has no"),
    ("where(x>0, 1/(x-1), x)", [-1.0, 1.0], "step-limit", "loss -151"),
    ("-y + where(y > 1, log(-1), 0)", [0.0, 0.25], "diverged", "it stepped to (0, 1.25), where the function has no"),
    (
        "sqrt(x) + y",
        [0.0, 0.0],
        "diverged",
        "step 0: the slope at the start is not a finite number. Choose another start.",
    ),
    (
        "log(x)+y^2",
        [-1.0, 0.0],
        "diverged",
        "step 0: the loss at the start is not a finite number. Choose another start.",
    ),
    ("log(x)", [-90.0, 0.0], "diverged", "is not a finite number. Choose a start nearer to the window."),
    ("x + log(-1)", [1.0, 0.0], "diverged", "step 0: the loss at the start is not a finite number."),
    ("x^4 + y^4", [5.0, 5.0], "diverged", "and then out of any range. Its steps went too far"),
    ("x - y^2", [0.0, 1.0], "diverged", "without end: this surface has no lowest point that way."),
]


@pytest.mark.parametrize(("expression", "start", "kind", "words"), ENDS, ids=[f"{end[0]} {end[1]}" for end in ENDS])
def test_how_it_ends_is_told_with_the_place(expression: str, start: list[float], kind: str, words: str) -> None:
    found = told(expression, DESCENT, start)
    assert found["kind"] == kind, str(found["message"])
    assert words in str(found["message"])


def test_a_place_with_a_value_and_no_slope_is_told_as_such() -> None:
    found = told("x + sqrt(y)", {"name": "sgd", "lr": 1.0, "nesterov": False}, [0.0, 0.25])
    assert "it stepped to (-1, -0.75), where the function has no finite value." in str(found["message"])
    found = told("y + sqrt(x - 1)", {"name": "sgd", "lr": 0.5}, [1.25, 0.0])
    assert "it stepped to (0.75, -0.5), where the function has no finite value." in str(found["message"])
    found = told("2y + sqrt(y)", {"name": "sgd", "lr": 0.25 / 3}, [0.0, 0.25])
    assert "it stepped to (0, 0), where the slope is not a finite number." in str(found["message"])


def test_what_helps_was_tried() -> None:
    found = told("x log(x) + y^2", {"name": "sgd", "lr": 0.5, "momentum": 0.9}, [3.55, -4.46])
    assert "where the function has no finite value. Its steps went too far: with a learning rate of" in str(
        found["message"]
    )


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_low_precision_runs_and_ends_alike(dtype: str) -> None:
    found = told("sqrt(x)", DESCENT, [2.0, 1.0], dtype=dtype)
    assert found["kind"] == "diverged"
    assert "where the function has no finite value" in str(found["message"])


def test_a_run_in_pieces_has_the_same_bits() -> None:
    experiment = typed("where(x > 0, x^y, sinh(x)) + max(x, y)^2", presets(models=False), steps=40, start=[1.3, -0.7])
    whole = values(experiment)
    carry, first = advance(experiment, None, 17)
    np.testing.assert_array_equal(whole, np.concatenate([first.values, advance(experiment, carry, 100)[1].values]))
