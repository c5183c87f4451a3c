"""How a trajectory ends, and what is said about it."""

import math
from typing import Any

import numpy as np
import pytest
import torch

from app.core.words import message, say
from app.engine.outcomes import outcomes
from app.engine.rest import TOLERANCE
from app.engine.run import advance, start
from app.experiment import parse
from tests.engine.races import race


def test_converged_ends_at_the_first_flat_entry() -> None:
    experiment = race([{"name": "sgd", "lr": 0.1}], "booth", steps=1000)
    carry, chunk = advance(experiment, None, 1001)
    norms = chunk.values[:, 0, -2]
    step = int(np.isfinite(norms).sum()) - 1
    assert norms[step] <= TOLERANCE < norms[step - 1]
    (outcome,) = outcomes(experiment, carry)
    assert (outcome["kind"], outcome["step"], outcome["evaluations"]) == ("converged", step, step + 1)
    assert "at the global minimum (1, 3)" in str(outcome["message"])


def test_diverged_ends_before_the_first_useless_entry_and_says_which_rate_would_do() -> None:
    experiment = race([{"name": "sgd", "lr": 0.2}], "booth", steps=400)
    carry, chunk = advance(experiment, None, 401)
    (outcome,) = outcomes(experiment, carry)
    assert outcome["kind"] == "diverged"
    assert np.isfinite(chunk.values[: outcome["step"]]).all()
    assert np.isnan(chunk.values[outcome["step"] :]).all()
    # Booth's Hessian is [[10, 8], [8, 10]]: its larger eigenvalue is 18, so descent is stable below 2/18.
    assert outcome["stable_below"] == pytest.approx(2 / 18)
    assert "below 0.1111" in str(outcome["message"])


def sizes(hyper: dict[str, Any], lr: float, steps: int = 4000) -> list[float]:
    """The distance from the minimum, step by step, by torch's SGD on a bowl with curvatures 9 and 1."""
    theta = torch.tensor([1.0, 1.0], dtype=torch.float64)
    optimizer = torch.optim.SGD([theta], lr=lr, **hyper)
    found = []
    while len(found) < steps and (not found or 1e-9 < found[-1] < 1e9):
        theta.grad = torch.tensor([9.0, 1.0], dtype=torch.float64) * theta
        optimizer.step()
        found.append(float(theta.norm()))
    return found


@pytest.mark.parametrize(
    "hyper",
    [
        {},
        {"momentum": 0.9},
        {"momentum": 0.3, "nesterov": True},
        {"momentum": 0.9, "nesterov": True},
        {"momentum": 0.5, "dampening": 0.5},
        {"momentum": 0.8, "dampening": -1.0},
        {"dampening": 0.5},
        {"momentum": 0.9, "weight_decay": 3.0},
    ],
    ids=str,
)
def test_just_below_the_stable_rate_torch_converges_and_just_above_it_diverges(hyper: dict[str, Any]) -> None:
    experiment = race([{"name": "sgd", "lr": 0.1, **hyper}], "quadratic", steps=1)
    quadratic = {**experiment.canonical(), "objective": {"kind": "surface", "name": "quadratic"}}
    quadratic["objective"]["params"] = {"condition": 9.0, "angle": 0.0}
    (outcome,) = outcomes(parse(quadratic), start(experiment))
    assert sizes(hyper, 0.99 * outcome["stable_below"])[-1] < 1e-6
    assert sizes(hyper, 1.01 * outcome["stable_below"])[-1] > 1e6


@pytest.mark.parametrize("hyper", [{"momentum": 1.0}, {"momentum": 0.5, "dampening": 1.0}, {"maximize": True}], ids=str)
def test_where_steps_never_shrink_no_rate_is_called_stable(hyper: dict[str, Any]) -> None:
    experiment = race([{"name": "sgd", "lr": 0.1, **hyper}], "booth", steps=1)
    assert outcomes(experiment, start(experiment))[0]["stable_below"] is None
    found = sizes(hyper, 0.01, 2000)
    assert max(found[-500:]) > 0.5


TOLD = [
    ("booth", {"lr": 0.05}, {}, "It rests at the global minimum (1, 3)."),
    ("himmelblau", {"lr": 0.01}, {}, "It rests at a global minimum (3, 2), one of several."),
    ("rastrigin", {"lr": 0.002}, {}, "It rests at a local minimum (-1.99, 2.985), not the lowest."),
    ("himmelblau", {"lr": 0.01, "maximize": True}, {}, "It rests on a top at (-0.2708, -0.923), with lower ground all"),
    ("easom", {"lr": 0.1}, {"start": [-2.0, -2.0]}, "It rests on flat ground, which need not be a minimum."),
    ("easom", {"lr": 1e-9}, {"start": [0.4, 0.4]}, "Hardly any slope is left: it is on flat ground, which need not be"),
    ("saddle", {"lr": 0.1}, {"start": [1.0, 0.0]}, "It rests at a saddle (0, 0): flat there, but downhill in another"),
    ("monkey-saddle", {"lr": 0.1}, {"start": [1.0, 0.0]}, "it is close to a saddle (0, 0): flat there, but downhill"),
    ("eggholder", {"lr": 0.5}, {"steps": 400}, "It rests in a hollow at ("),
    ("rosenbrock", {"lr": 0.001}, {}, "It is not at rest: more steps or another learning rate may take it further."),
    ("booth", {"lr": 0.05}, {"noise": 1.0}, "The noise in the gradient keeps it from coming to rest."),
    ("booth", {"lr": 0.05, "maximize": True}, {}, "rose from 2180 without end: it climbs"),
    ("booth", {"lr": 0.01, "momentum": 1.1}, {}, "A momentum of 1 or more loses no speed"),
    # Its hollows are where x - y is 1 and x + y is -2/3 pi - 2 k pi.
    ("mccormick", {"lr": 0.1}, {"start": [-3.0, -4.0]}, "It rests in a hollow at (-3.689, -4.689)."),
]


@pytest.mark.parametrize(("surface", "hyper", "fields", "words"), TOLD, ids=str)
def test_the_sentence_is_true(surface: str, hyper: dict[str, Any], fields: dict[str, Any], words: str) -> None:
    experiment = race([{"name": "sgd", **hyper}], surface, **{"steps": 2000, **fields})
    carry, _ = advance(experiment, None, 10_000)
    assert words in str(outcomes(experiment, carry)[0]["message"])


def test_a_loss_without_a_floor_is_told_as_such() -> None:
    experiment = race([{"name": "sgd", "lr": 0.3}], "saddle", steps=400)
    (outcome,) = outcomes(experiment, advance(experiment, None, 401)[0])
    assert outcome["kind"] == "diverged"
    assert "without end" in str(outcome["message"])


def test_a_run_that_used_its_steps_and_one_that_was_stopped() -> None:
    experiment = race([{"name": "sgd", "lr": 1e-4}], steps=50)
    carry, _ = advance(experiment, None, 51)
    assert outcomes(experiment, carry)[0]["kind"] == "step-limit"
    carry, _ = advance(experiment, None, 20)
    assert outcomes(experiment, carry)[0] == {
        "kind": "cancelled", "step": 19, "message": message("outcomes.cancelled", step=19, steps=50), "evaluations": 20,
        "stable_below": pytest.approx(2 / 1506.366981, rel=1e-6),
    }  # fmt: skip
    assert say("outcomes.cancelled", step=19, steps=50) == "Stopped after step 19 of 50."


def test_a_start_without_a_finite_loss_ends_at_once() -> None:
    experiment = race([{"name": "adam", "lr": 0.1}], "goldstein-price", start=[1e6, 1e6], steps=5, dtype="float32")
    carry, chunk = advance(experiment, None, 6)
    (outcome,) = outcomes(experiment, carry)
    assert np.isnan(chunk.values).all()
    assert (outcome["kind"], outcome["step"]) == ("diverged", 0)
    assert math.isnan(chunk.values[0, 0, 2])
