"""How a trajectory ends, and what is said about it."""

import math

import numpy as np
import pytest

from app.engine.outcomes import outcomes
from app.engine.records import COLUMNS
from app.engine.run import TOLERANCE, advance
from tests.engine.races import race


def test_converged_ends_at_the_first_flat_entry() -> None:
    experiment = race([{"name": "sgd", "lr": 0.1}], "booth", steps=1000)
    carry, chunk = advance(experiment, None, 1001)
    norms = chunk.values[:, 0, COLUMNS.index("grad_norm")]
    step = int(np.isfinite(norms).sum()) - 1
    assert norms[step] <= TOLERANCE < norms[step - 1]
    (outcome,) = outcomes(experiment, carry)
    assert (outcome["kind"], outcome["step"], outcome["evaluations"]) == ("converged", step, step + 1)
    assert "at the global minimum (1, 3)" in outcome["message"]


def test_diverged_ends_before_the_first_useless_entry_and_says_which_rate_would_do() -> None:
    experiment = race([{"name": "sgd", "lr": 0.2}], "booth", steps=400)
    carry, chunk = advance(experiment, None, 401)
    (outcome,) = outcomes(experiment, carry)
    assert outcome["kind"] == "diverged"
    assert np.isfinite(chunk.values[: outcome["step"]]).all()
    assert np.isnan(chunk.values[outcome["step"] :]).all()
    # Booth's Hessian is [[10, 8], [8, 10]]: its larger eigenvalue is 18, so descent is stable below 2/18.
    assert outcome["stable_below"] == pytest.approx(2 / 18)
    assert "below 0.1111" in outcome["message"]


def test_a_loss_without_a_floor_is_told_as_such() -> None:
    experiment = race([{"name": "sgd", "lr": 0.3}], "saddle", steps=400)
    (outcome,) = outcomes(experiment, advance(experiment, None, 401)[0])
    assert outcome["kind"] == "diverged"
    assert "without end" in outcome["message"]


def test_a_run_that_used_its_steps_and_one_that_was_stopped() -> None:
    experiment = race([{"name": "sgd", "lr": 1e-4}], steps=50)
    carry, _ = advance(experiment, None, 51)
    assert outcomes(experiment, carry)[0]["kind"] == "step-limit"
    carry, _ = advance(experiment, None, 20)
    assert outcomes(experiment, carry)[0] == {
        "kind": "cancelled", "step": 19, "message": "Stopped after step 19 of 50.", "evaluations": 20,
        "stable_below": pytest.approx(2 / 1506.366981, rel=1e-6),
    }  # fmt: skip


def test_a_start_without_a_finite_loss_ends_at_once() -> None:
    experiment = race([{"name": "adam", "lr": 0.1}], "goldstein-price", start=[1e6, 1e6], steps=5, dtype="float32")
    carry, chunk = advance(experiment, None, 6)
    (outcome,) = outcomes(experiment, carry)
    assert np.isnan(chunk.values).all()
    assert (outcome["kind"], outcome["step"]) == ("diverged", 0)
    assert math.isnan(chunk.values[0, 0, 2])
