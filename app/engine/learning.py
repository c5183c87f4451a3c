"""What is told about the training of a model: what it has learned, and what holds it where it rests."""

import json
import math
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

import torch

from app.core.text import canonical_json, number
from app.core.words import Message, message
from app.engine.curvature import largest_curvature
from app.engine.landscape import Near
from app.engine.objectives import objective_of
from app.experiment import Experiment
from app.objectives.datasets.base import held_out
from app.objectives.models.choice import ModelChoice, parse_model_choice

GAP, RATIO, CHANCE = 0.1, 2.0, 2.0
"""Over-fitting: a score on other samples is lower by so much, and so many times as far from 1; and an accuracy by so
many standard errors, beyond what the draw of a few samples explains.
"""

LITTLE = 1e-3
"""Under this loss there is next to nothing left to learn; and under this R^2 next to nothing is learned."""

MOST_PRICE = 250.0
"""Of one gradient, in steps of plain gradient descent on a surface: beyond it the curvature would take too long."""


class Learning:
    """The `Teller` of an experiment with a model."""

    elsewhere = message("outcomes.elsewhere.model")

    def __init__(self, experiment: Experiment) -> None:
        assert experiment.model
        self._choice, self._seed = experiment.model, experiment.seed
        self._text = canonical_json(replace(self._choice, batch_size=None).document())
        self.restless = message("outcomes.mini-batches") if objective_of(experiment).stochastic else None

    def steepest(self) -> float | None:
        """The largest eigenvalue of the Hessian of the loss on all training samples, at the first weights."""
        return _steepest(self._text, self._seed)

    def floor(self) -> float:
        """The loss of a model is never below 0."""
        return 0.0

    def reached(self, last: Mapping[str, float]) -> Message:
        """The training loss, and the score on training and test samples, where they are known."""
        if math.isnan(last["train_loss"]):
            return message("outcomes.reached.loss", loss=last["loss"])
        if math.isnan(last["train_score"]):
            return message("outcomes.reached.training", loss=last["train_loss"])
        name = "accuracy" if self._choice.data().labels else "r2"
        tested = "" if math.isnan(last["test_score"]) else "-tested"
        train, test = self._score(last["train_score"]), self._score(last["test_score"])
        return message(f"outcomes.reached.{name}{tested}", loss=last["train_loss"], train=train, test=test)

    def aside(self, last: Mapping[str, float]) -> Message | None:
        """Whether it learned its samples by heart."""
        train, test = 1 - last["train_score"], 1 - last["test_score"]
        if test - train >= max(GAP, CHANCE * self._error(test)) and test >= RATIO * train:
            return message("outcomes.over-fitting")
        return None

    def _error(self, wrong: float) -> float:
        """The standard error of a share `wrong` of the test samples; 0 for R^2, which is no share."""
        data = self._choice.data()
        others = held_out(data.size, self._choice.test_fraction)
        return math.sqrt(max(wrong * (1 - wrong), 0.0) / others) if data.labels else 0.0

    def place(self, last: Mapping[str, float], near: Near, step: int) -> Message:
        """What holds it, as far as the model and the score tell."""
        if self._choice.model.convex:
            return message(f"outcomes.{near}.lowest")
        if step == 0:
            return message("outcomes.place.start")
        if last["full_loss"] < LITTLE:
            return message("outcomes.place.zero")
        if last["train_score"] <= _plain_score(self._text):
            return message("outcomes.place.plateau")
        return message(f"outcomes.{near}.somewhere")

    def _score(self, score: float) -> str:
        """A share of samples in percent, never rounded up to all of them, or R^2 as it is; nothing where not known."""
        if math.isnan(score):
            return ""
        return f"{math.floor(score * 1000 + 1e-9) / 10:g} %" if self._choice.data().labels else number(score)


def _choice_of(text: str) -> ModelChoice:
    choice = parse_model_choice(json.loads(text), ("objective",), [])
    assert choice
    return choice


@lru_cache(maxsize=64)
def _steepest(text: str, seed: int) -> float | None:
    choice = _choice_of(text)
    if choice.cost > MOST_PRICE:
        return None
    objective = choice.build()
    return largest_curvature(lambda theta: objective.full_loss_and_grad(theta)[1], choice.initial(None, seed))


@lru_cache(maxsize=64)
def _plain_score(text: str) -> float:
    """The score on the training samples of the best answer that is the same for all, with room for rounding."""
    choice = _choice_of(text)
    targets = choice.build().split.train.targets
    return float(torch.bincount(targets).max() / len(targets)) + 1e-9 if choice.data().labels else LITTLE
