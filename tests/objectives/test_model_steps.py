"""What a step of a model sees and costs: one pass over the samples, number formats, sizes and prices."""

import math

import pytest
import torch

from app.objectives.base import Draw
from app.objectives.models.price import every, step_price
from tests.objectives.twins import PAIRS, choose, each_model, measures, random_rows

START = Draw(0, 0)


@pytest.mark.parametrize("batch_size", [None, 20])
@each_model
def test_observing_is_describing_with_the_gradient(model: str, dataset: str, batch_size: int | None) -> None:
    choice = choose(model, dataset, batch_size=batch_size, l2=0.1)
    theta, objective = random_rows(choice, 3), choice.build()
    own, loss, grad = objective.observe(theta, START)
    known, slope = objective.loss_and_grad(theta, START)
    torch.testing.assert_close(own, objective.describe(theta), rtol=1e-12, atol=1e-14)
    torch.testing.assert_close(loss, known, rtol=1e-12, atol=1e-14)
    torch.testing.assert_close(grad / slope.norm(), slope / slope.norm(), rtol=1e-10, atol=1e-14)
    assert bool((loss == own[:, 0]).all()) == (batch_size is None)


@pytest.mark.parametrize(("dtype", "digits"), [(torch.float32, 1e-5), (torch.bfloat16, 2.0**-8)])
@each_model
def test_fewer_digits_round_what_comes_out(model: str, dataset: str, dtype: torch.dtype, digits: float) -> None:
    choice = choose(model, dataset, batch_size=20)
    theta, objective = random_rows(choice, 3, dtype), choice.build()
    found = (*objective.loss_and_grad(theta, START), objective.full_loss(theta))
    known = (*objective.loss_and_grad(theta.double(), START), objective.full_loss(theta.double()))
    for ours, exact in zip(found, known, strict=True):
        assert ours.dtype == dtype
        torch.testing.assert_close(ours.double(), exact, rtol=digits, atol=digits * exact.abs().max().item())
    told = measures(objective, theta)
    for name, exact in measures(objective, theta.double()).items():
        assert told[name].dtype == torch.float64
        torch.testing.assert_close(told[name], exact, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize(("model", "dataset"), [(model, datasets[-1]) for model, datasets in PAIRS.items()])
def test_sizes_agree(model: str, dataset: str) -> None:
    choice = choose(model, dataset)
    shapes, objective = choice.shapes(), choice.build()
    size = sum(math.prod(shape) for shape in shapes.values())
    assert choice.initial(None, 0).shape == (size,)
    assert objective.dim == size
    assert objective.shapes == shapes
    assert objective.loss_and_grad(random_rows(choice, 2), START)[1].shape == (2, size)
    assert {
        name: tuple(weight.shape) for name, weight in objective.weights(random_rows(choice, 1)[0]).items()
    } == shapes


@pytest.mark.parametrize(
    ("model", "dataset", "work"),
    [
        # a weight is one multiply-add, a bias with its activation 12
        ("linear", "line", 1 + 12),
        ("softmax", "iris", 3 * 4 + 3 * 12),
        ("mlp", "moons", 2 * 16 + 16 * 16 + 16 + 33 * 12),
        # filters count twice at each of 64 and 16 places
        ("convolution", "digits", 2 * 64 * (54 + 6 * 12) + 2 * 16 * (648 + 12 * 12) + 480 + 10 * 12),
    ],
)
def test_work_of_one_sample_by_hand(model: str, dataset: str, work: float) -> None:
    choice = choose(model, dataset)
    assert choice.model.work(choice.shapes(), choice.data().shape) == work


@pytest.mark.parametrize(
    ("samples", "batch", "training", "steps"),
    [
        (256, 179, 179, 1),
        (256, 64, 179, 1),
        (256, 63, 179, 2),
        (1797, 64, 1258, 8),
        (2000, 1, 1400, 500),
        (100, 10, 10, 1),
    ],
)
def test_all_samples_are_measured_less_often_the_smaller_the_batch(
    samples: int, batch: int, training: int, steps: int
) -> None:
    assert every(samples, batch, training) == steps


def test_the_objective_says_what_its_sizes_say() -> None:
    small, large, full = (choose("mlp", "moons", batch_size=size).build() for size in (16, 179, None))
    assert (small.every, small.stochastic) == (4, True)
    assert (large.every, large.stochastic) == (1, False)
    assert (full.every, full.stochastic) == (1, False)
    theta = random_rows(choose("mlp", "moons"), 2)
    assert torch.equal(large.loss_and_grad(theta, Draw(0, 7))[1], full.loss_and_grad(theta, START)[1])


def test_a_price_grows_with_work_and_samples() -> None:
    prices = [
        choose("linear", "line").cost,
        choose("mlp", "moons", batch_size=16).cost,
        choose("mlp", "moons").cost,
        choose("mlp", "moons", samples=2000).cost,
        choose("mlp", "moons", {"hidden": [64] * 4}, samples=2000).cost,
    ]
    assert prices == sorted(prices)
    assert prices[0] == step_price(13, 256, 179, 179)
    # 40 us for the calls; 0.2 ns for each of 700 multiply-adds of 179 samples, and 0.4 of that for 256 measured ones
    assert prices[2] == pytest.approx((40e-6 + 0.2e-9 * 700 * (179 + 0.4 * 256)) / 10e-6)
