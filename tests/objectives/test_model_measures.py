"""What a model is judged by: scores by hand, mini-batches, rows that overflow."""

import math
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.objectives.base import Draw
from app.objectives.datasets.base import Samples, Split
from app.objectives.models.base import Network
from app.objectives.models.batches import batch
from app.objectives.models.catalog import MODELS
from app.objectives.models.head import Head
from app.objectives.models.losses import LOSSES
from app.objectives.models.objective import ModelObjective
from tests.objectives.twins import Twin, choose, measures, random_rows

START = Draw(0, 0)
LOG_3 = math.log(3)


def close(ours: Tensor, known: Tensor) -> None:
    torch.testing.assert_close(ours, known, rtol=1e-12, atol=1e-14)


def test_measures_are_those_of_the_whole_sets() -> None:
    choice = choose("mlp", "moons", l2=0.1, batch_size=10)
    theta, objective, twin = random_rows(choice, 2), choice.build(), Twin(choice)
    found = measures(objective, theta)
    close(found["full_loss"], objective.full_loss(theta))
    for row in range(2):
        close(found["train_loss"][row], twin.set(theta[row]).loss().detach())
        close(found["full_loss"][row], found["train_loss"][row] + 0.05 * theta[row].square().sum())
        inputs, targets = objective.split.test
        outputs = twin.module(inputs)[:, 0].detach()
        close(found["test_loss"][row], nn.functional.binary_cross_entropy_with_logits(outputs, targets.double()))
        close(found["test_score"][row], ((outputs > 0) == targets.bool()).double().mean())


def passing(loss: str, task: Any, span: tuple[float, float], targets: Tensor) -> ModelObjective:
    """A model that gives its weights back as the outputs of its samples, one class after the other."""
    count, wide = len(targets), 2 if loss == "cross_entropy" else 1
    samples = Samples(torch.zeros(count, 1, dtype=torch.float64), targets)
    head = Head(next(entry for entry in LOSSES if entry.id == loss), task, span)
    model = replace(
        MODELS[0], forward=lambda weights, inputs, _settings: weights["w"][:, :, torch.arange(len(inputs)) % count]
    )
    return ModelObjective(Network(model, {}, {"w": (wide, count)}), Split(samples, samples), head)


@pytest.mark.parametrize(
    ("head", "targets", "outputs", "judged", "predicted"),
    [
        # squares 0, 1, 4 of 3; about the mean 2 they are 1, 0, 1
        (("mse", "regression", (0, 1)), [1.0, 2.0, 3.0], [1.0, 3.0, 5.0], (5 / 3, 1 - 5 / 2), [1, 3, 5]),
        # codes -1, 1, 1, -1: squares 0.25, 0.25, 2.25, 0
        (("mse", "binary", (-1, 1)), [0, 1, 1, 0], [-0.5, 0.5, -0.5, -1.0], (2.75 / 4, 3 / 4), [0.25, 0.75, 0.25, 0]),
        # codes 0, 1: squares 0.16, 0.16
        (("mse", "binary", (0, 1)), [0, 1], [0.4, 0.6], (0.16, 1.0), [0.4, 0.6]),
        # logits log 3 and -log 3 are 3/4 and 1/4: -log of 3/4 and 3/4 and 1/4
        (("bce", "binary", (-1, 1)), [1, 0, 1], [LOG_3, -LOG_3, -LOG_3],
         ((2 * math.log(4 / 3) + math.log(4)) / 3, 2 / 3), [0.75, 0.25, 0.25]),
        # scores 0 and log 3 are 1/4 and 3/4 for the first sample, 1/2 and 1/2 for the second: class 0 wins a tie
        (("cross_entropy", "binary", (0, 1)), [1, 0], [0.0, 0.0, LOG_3, 0.0],
         ((math.log(4 / 3) + math.log(2)) / 2, 1.0), [0.25, 0.75, 0.5, 0.5]),
    ],
)  # fmt: skip
def test_losses_and_scores_by_hand(head: Any, targets: Any, outputs: Any, judged: Any, predicted: Any) -> None:
    objective = passing(*head, torch.tensor(targets))
    theta = torch.tensor([outputs], dtype=torch.float64)
    found = measures(objective, theta)
    assert (found["train_loss"].item(), found["test_score"].item()) == pytest.approx(judged, rel=1e-12)
    assert objective.predict(theta, objective.split.test.inputs).flatten().tolist() == pytest.approx(predicted)


@pytest.mark.parametrize(("targets", "outputs"), [([1.0, 2.0], [float("inf"), 1.0]), ([2.0, 2.0], [2.0, 2.0])])
def test_a_score_that_says_nothing_is_not_a_number(targets: list[float], outputs: list[float]) -> None:
    objective = passing("mse", "regression", (0, 1), torch.tensor(targets, dtype=torch.float64))
    assert measures(objective, torch.tensor([outputs], dtype=torch.float64))["train_score"].isnan().all()


def test_weights_that_overflow_leave_the_others_alone() -> None:
    choice = choose("mlp", "moons")
    theta, objective = random_rows(choice, 3), choice.build()
    broken = torch.stack((theta[0], torch.full_like(theta[1], float("inf")), theta[2]))
    ours, known = measures(objective, broken), measures(objective, theta)
    assert ours["train_loss"][1].isnan()
    assert ours["train_score"][1].isnan()
    assert all(torch.equal(ours[name][::2], known[name][::2]) for name in known)
    assert objective.loss_and_grad(broken, START)[1][::2].isfinite().all()


@pytest.mark.parametrize(("samples", "size"), [(10, 3), (10, 10), (10, 1), (179, 32)])
def test_mini_batches_take_every_sample_once_an_epoch(samples: int, size: int) -> None:
    steps = -(-samples // size)
    for epoch in range(3):
        drawn = [batch(Draw(5, epoch * steps + step), samples, size) for step in range(steps)]
        assert [len(part) for part in drawn[:-1]] == [size] * (steps - 1)
        assert sorted(torch.cat(drawn).tolist()) == list(range(samples))


def test_mini_batches_depend_on_seed_and_step_alone() -> None:
    later = [batch(Draw(5, step), 100, 10).tolist() for step in reversed(range(30))]
    assert [batch(Draw(5, step), 100, 10).tolist() for step in range(30)] == later[::-1]
    first = {str(batch(Draw(seed, step), 100, 100).tolist()) for seed in (5, 6, 5 + 2**8, 5 + 2**31) for step in (0, 1)}
    assert len(first) == 8


def test_all_rows_see_the_same_mini_batch() -> None:
    choice = choose("mlp", "moons", batch_size=5)
    objective, theta = choice.build(), choice.initial(None, 0).expand(3, -1)
    losses = [objective.loss(theta, Draw(0, step)) for step in range(4)]
    assert all(len(set(loss.tolist())) == 1 for loss in losses)
    assert len({loss[0].item() for loss in losses}) == 4
