"""What is said about how training ended, and which learning rate is called stable."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from app.engine.learning import MOST_PRICE
from app.engine.outcomes import outcomes
from app.engine.records import KINDS, Carry, End
from app.engine.run import advance, start
from app.experiment import Experiment, parse


def training(model: str, dataset: str, optimizer: dict[str, Any], **fields: Any) -> Experiment:
    """An experiment with one optimizer; fields of the objective, of the document, and `samples` of the dataset."""
    own = {name: fields.pop(name) for name in ("batch_size", "init", "loss", "test_fraction") if name in fields}
    data = {"name": dataset, **{name: fields.pop(name) for name in ("samples",) if name in fields}}
    objective = {"kind": "model", "model": {"name": model}, "dataset": data, **own}
    return parse({"objective": objective, "optimizers": [optimizer], **fields})


def told(experiment: Experiment) -> dict[str, Any]:
    """The outcome of the whole run."""
    carry, _ = advance(experiment, None, experiment.steps + 1)
    return outcomes(experiment, carry)[0]


def told_of(experiment: Experiment, end: End | None = None, **last: float) -> str:
    """The sentences for a made-up last entry, everything else in it not a number."""
    return str(outcomes(experiment, made_up(experiment, end, **last))[0]["message"])


def made_up(experiment: Experiment, end: End | None = None, **last: float) -> Carry:
    """The carry after the whole of a run of one row that ended so."""
    carry = start(experiment)
    carry.tally.last[0] = [last.get(name, math.nan) for name in experiment.columns]
    if end:
        carry.tally.kind[0], carry.tally.end[0] = KINDS.index(end.kind), end.step
    return replace(carry, position=experiment.steps + 1)


MLP = training("mlp", "moons", {"name": "sgd", "lr": 0.1}, steps=300)
SINE = training("mlp", "sine", {"name": "sgd", "lr": 0.1}, steps=300)
LOGISTIC = training("logistic", "blobs", {"name": "sgd", "lr": 0.1}, steps=300)
BATCHES = training("mlp", "moons", {"name": "sgd", "lr": 0.1}, steps=300, batch_size=16)
NOISY = training("mlp", "moons", {"name": "sgd", "lr": 0.1}, steps=300, noise=0.1)

LEARNED = {"train_loss": 0.031, "train_score": 0.98, "test_score": 0.94, "grad_norm": 0.2, "loss": 0.5}
FLAT = LEARNED | {"grad_norm": 2e-4}
REST = LEARNED | {"grad_norm": 5e-9}
USED = "Used all 300 steps; training loss 0.031, accuracy 98 % (test 94 %), gradient norm"
ON = "more steps or another learning rate may take it further."
CONVERGED = (
    "Converged at step 40: training loss 0.031, accuracy 98 % (test 94 %), gradient norm 5e-09, which is at or under"
)
PLATEAU = "on a plateau, where it does no better than with one answer for every sample"

MADE_UP: list[tuple[Experiment, End | None, dict[str, float], str]] = [
    (MLP, None, LEARNED, f"{USED} 0.2. It is not at rest: {ON}"),
    (BATCHES, None, LEARNED, f"{USED} 0.2. Mini-batches keep it from coming to rest: each has a slope of its own."),
    (BATCHES, None, FLAT, f"{USED} 0.0002."),
    (NOISY, None, LEARNED, f"{USED} 0.2. The noise in the gradient keeps it from coming to rest."),
    (MLP, None, FLAT, f"{USED} 0.0002. Hardly any slope is left: it is close to a minimum, a saddle or flat ground; "
     "other valleys may be lower."),
    (LOGISTIC, None, FLAT, f"{USED} 0.0002. Hardly any slope is left: it is close to the lowest loss that this model "
     "can reach on these samples."),
    (MLP, End("converged", 40), REST, f"{CONVERGED} 1e-08. It rests at a minimum, a saddle or flat ground; other "
     "valleys may be lower."),
    (LOGISTIC, End("converged", 40), REST, f"{CONVERGED} 1e-08. It rests at the lowest loss that this model can reach "
     "on these samples."),
    (MLP, None, LEARNED | {"test_score": 0.85}, "Used all 300 steps; training loss 0.031, accuracy 98 % (test 85 %), "
     "gradient norm 0.2. It does much better on the samples that it learns from than on others: that is over-fitting. "
     f"It is not at rest: {ON}"),
    (SINE, None, LEARNED | {"train_score": 0.97312, "test_score": 0.95016},
     f"Used all 300 steps; training loss 0.031, R² 0.9731 (test 0.9502), gradient norm 0.2. It is not at rest: {ON}"),
    (SINE, None, LEARNED | {"test_score": math.nan},
     f"Used all 300 steps; training loss 0.031, R² 0.98, gradient norm 0.2. It is not at rest: {ON}"),
    (MLP, None, FLAT | {"full_loss": 2e-5, "train_loss": 2e-5, "train_score": 1.0},
     "Used all 300 steps; training loss 2e-05, accuracy 100 % (test 94 %), gradient norm 0.0002. Hardly any slope is "
     "left: it is close to the lowest loss that there can be, 0."),
    (MLP, None, {"loss": 0.5, "grad_norm": 0.2},
     f"Used all 300 steps; loss 0.5, gradient norm 0.2. It is not at rest: {ON}"),
]  # fmt: skip


@pytest.mark.parametrize(("experiment", "end", "last", "message"), MADE_UP)
def test_the_sentences(experiment: Experiment, end: End | None, last: dict[str, float], message: str) -> None:
    assert told_of(experiment, end, **last) == message


def test_all_but_one_is_not_called_all() -> None:
    assert "accuracy 99.9 % (test 100 %)" in told_of(MLP, **LEARNED | {"train_score": 0.9996, "test_score": 1.0})
    assert "accuracy 28.9 % (test 0 %)" in told_of(MLP, **LEARNED | {"train_score": 0.289, "test_score": 0.0})


def test_one_answer_for_every_sample_is_a_plateau() -> None:
    """With zeros the hidden units never differ from 0, so that only the last bias learns, which is the mean."""
    outcome = told(training("mlp", "sine", {"name": "sgd", "lr": 0.2}, init="zeros", steps=300))
    assert outcome["kind"] == "converged"
    assert "R² " in str(outcome["message"])
    assert str(outcome["message"]).endswith(f"It rests {PLATEAU}.")
    ones = float(MLP.objective.build().split.train.targets.double().mean())
    share = max(ones, 1 - ones)
    assert PLATEAU in told_of(MLP, End("converged", 9), **REST | {"train_score": share})
    assert PLATEAU not in told_of(MLP, End("converged", 9), **REST | {"train_score": share + 0.01})


def test_a_gap_is_called_over_fitting_only_where_others_go_wrong_much_more_often() -> None:
    def says(train: float, test: float) -> bool:
        return "over-fitting" in told_of(MLP, **LEARNED | {"train_score": train, "test_score": test})

    assert says(1.0, 0.85)
    assert says(0.9, 0.75)
    assert not says(1.0, 0.95)
    assert not says(0.7, 0.55)
    assert not says(0.6, 0.8)


def test_a_gap_that_a_few_samples_make_by_chance_is_not_called_over_fitting() -> None:
    """11 of 15 right, where 31 of 35 were: two standard errors of 4 / 15 are 0.23, more than the gap of 0.15."""
    few = training("mlp", "moons", {"name": "sgd", "lr": 0.1}, samples=50, steps=300)
    scores = {"train_score": 31 / 35, "test_score": 11 / 15}
    assert "over-fitting" not in told_of(few, **LEARNED | scores)
    assert "over-fitting" in told_of(MLP, **LEARNED | scores)
    assert "over-fitting" in told_of(few, **LEARNED | scores | {"test_score": 8 / 15})


def test_first_weights_without_a_slope_are_told_as_such() -> None:
    message = told_of(MLP, End("converged", 0), **REST | {"train_score": 0.5})
    assert "It rests where it started: with these first weights nothing slopes" in message


def test_a_line_rests_at_the_least_squares_and_its_stable_rate_is_that_of_torch() -> None:
    experiment = training("linear", "line", {"name": "sgd", "lr": 0.3}, steps=2000)
    (inputs, targets), _ = experiment.objective.build().split
    known = torch.cat((inputs, torch.ones_like(inputs)), 1).numpy()
    (_, rest, *_) = np.linalg.lstsq(known, targets.numpy(), rcond=None)
    outcome = told(experiment)
    assert outcome["kind"] == "converged"
    assert f"training loss {rest[0] / len(known):.4g}, R² " in str(outcome["message"])
    bend = np.linalg.eigvalsh(2 * known.T @ known / len(known))[-1]
    assert outcome["stable_below"] == pytest.approx(2 / bend, rel=1e-3)


@pytest.mark.parametrize("fields", [{}, {"dtype": "float32"}, {"batch_size": 20}], ids=str)
def test_divergence_names_the_rate_that_would_do(fields: dict[str, Any]) -> None:
    outcome = told(training("linear", "line", {"name": "sgd", "lr": 5.0}, steps=400, **fields))
    assert outcome["kind"] == "diverged"
    assert f"steps shrink only for learning rates below {outcome['stable_below']:.4g}, and this one is 5." in str(
        outcome["message"]
    )


def test_climbing_a_loss_without_a_top() -> None:
    outcome = told(training("linear", "line", {"name": "sgd", "lr": 0.5, "maximize": True}, steps=400))
    assert outcome["kind"] == "diverged"
    assert "without end: it climbs" in str(outcome["message"])


def test_a_start_without_a_finite_loss() -> None:
    carry = made_up(MLP, End("diverged", 0))
    sentence = "Diverged at step 0: the loss at the start is not a finite number."
    assert str(outcomes(MLP, carry)[0]["message"]) == f"{sentence} Choose another initialisation or number format."


def test_a_stopped_run() -> None:
    carry, _ = advance(BATCHES, None, 8)
    assert str(outcomes(BATCHES, carry)[0]["message"]) == "Stopped after step 7 of 300."


def test_the_stable_rate_belongs_to_seed_and_model_but_not_to_the_mini_batches() -> None:
    def stable(**fields: Any) -> float | None:
        experiment = training("mlp", "moons", {"name": "sgd", "lr": 0.1}, **fields)
        found: float | None = outcomes(experiment, start(experiment))[0]["stable_below"]
        return found

    assert stable() == stable(batch_size=32) == stable(noise=1.0)
    assert len({stable(), stable(seed=1), stable(init="orthogonal")}) == 3


def test_where_the_curvature_would_take_too_long_none_is_told() -> None:
    experiment = training("convolution", "digits", {"name": "sgd", "lr": 0.1}, batch_size=64)
    assert experiment.objective.cost < MOST_PRICE
    assert outcomes(experiment, start(experiment))[0]["stable_below"] is None
