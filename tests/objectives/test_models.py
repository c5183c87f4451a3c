"""Every model against a plain `nn.Module`, over every dataset that it can learn from."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.objectives.base import Draw, Objective
from app.objectives.models.batches import batch
from app.objectives.models.catalog import MODELS
from app.objectives.models.inits import INITS
from tests.objectives.twins import ACTIVATIONS, PAIRS, Twin, choose, each_model, each_pair, measures, random_rows

START = Draw(0, 0)
LAYERS = ({"hidden": [1]}, {"hidden": [5, 3, 4, 2]}, {"hidden": [64]})


def close(ours: Tensor, judge: Tensor, rtol: float = 1e-9) -> None:
    torch.testing.assert_close(ours, judge, rtol=rtol, atol=1e-14)


def judge(choice: Any, theta: Tensor) -> None:
    """Holds loss and gradient of each row against those of the twin."""
    twin = Twin(choice)
    for row, loss, grad in zip(theta, *choice.build().loss_and_grad(theta, START), strict=True):
        known, slope = twin.loss_and_grad(row)
        close(loss, known)
        close(grad / slope.norm(), slope / slope.norm())


def test_every_model_has_its_pairs() -> None:
    assert [model.id for model in MODELS] == list(PAIRS)


@each_pair
def test_loss_and_gradient_are_those_of_a_module(model: str, dataset: str) -> None:
    choice = choose(model, dataset)
    judge(choice, random_rows(choice, 3))


@pytest.mark.parametrize("activation", ACTIVATIONS)
@pytest.mark.parametrize("own", LAYERS, ids=str)
def test_networks_of_any_shape_are_those_of_a_module(activation: str, own: dict[str, Any]) -> None:
    choice = choose("mlp", "moons", own | {"activation": activation})
    judge(choice, random_rows(choice, 2))


@pytest.mark.parametrize(
    ("model", "dataset", "own", "fields"),
    [
        ("neuron", "xor", {"unit": "sigmoid"}, {}),
        ("mlp", "xor", {}, {"loss": "mse"}),
        ("mlp", "xor", {}, {"loss": "cross_entropy"}),
        ("mlp", "blobs", {}, {"classes": 4}),
        ("softmax", "spirals", {}, {"classes": 3}),
        ("convolution", "digits", {"filters": [1, 2], "activation": "relu"}, {}),
        ("convolution", "digits", {"filters": [2, 1], "activation": "gelu"}, {}),
        ("convolution", "digits", {"filters": [2, 2], "activation": "linear"}, {}),
    ],
)
def test_other_losses_and_params_are_those_of_a_module(model: str, dataset: str, own: Any, fields: Any) -> None:
    choice = choose(model, dataset, own, **fields)
    judge(choice, random_rows(choice, 2))


RULES = {
    "sgd": lambda weights: torch.optim.SGD(weights, lr=0.05, momentum=0.9, nesterov=True),
    "adam": lambda weights: torch.optim.Adam(weights, lr=0.01),
    "rmsprop": lambda weights: torch.optim.RMSprop(weights, lr=0.003),
    "adagrad": lambda weights: torch.optim.Adagrad(weights, lr=0.05),
}


def descend(objective: Objective, theta: Tensor, make: Any, steps: int) -> Tensor:
    """Where the rule leads from `theta (P,)` down our loss."""
    theta = theta.clone()
    rule = make([theta])
    for step in range(steps):
        theta.grad = objective.loss_and_grad(theta[None], Draw(3, step))[1][0]
        rule.step()
    return theta


@each_model
@pytest.mark.parametrize("rule", RULES)
def test_200_steps_are_those_of_a_plain_loop(model: str, dataset: str, rule: str) -> None:
    own = {"filters": [2, 3]} if model == "convolution" else {}
    choice = choose(model, dataset, own, batch_size=24)
    twin = Twin(choice).set(choice.initial(None, 1))
    optimizer = RULES[rule](twin.module.parameters())
    for step in range(200):
        optimizer.zero_grad()
        twin.loss(batch(Draw(3, step), len(twin.targets), 24)).backward()
        optimizer.step()
    theta = descend(choice.build(), choice.initial(None, 1), RULES[rule], 200)
    close(theta / theta.norm(), twin.theta() / theta.norm())


def test_the_l2_penalty_is_the_weight_decay_of_sgd() -> None:
    choice = choose("mlp", "moons", l2=0.02)
    twin = Twin(choice).set(choice.initial(None, 1))
    optimizer = torch.optim.SGD(twin.module.parameters(), lr=0.1, weight_decay=0.02)
    for _ in range(200):
        optimizer.zero_grad()
        twin.loss().backward()
        optimizer.step()
    ours = descend(choice.build(), choice.initial(None, 1), lambda weights: torch.optim.SGD(weights, lr=0.1), 200)
    close(ours, twin.theta())


@pytest.mark.parametrize(("dtype", "rtol"), [(torch.float64, 1e-13), (torch.float32, 1e-5)])
@each_model
def test_a_row_is_the_same_alone_and_among_others(model: str, dataset: str, dtype: torch.dtype, rtol: float) -> None:
    choice = choose(model, dataset, batch_size=20)
    theta, objective = random_rows(choice, 7, dtype), choice.build()
    loss, grad = objective.loss_and_grad(theta, START)
    for row in range(7):
        alone, slope = objective.loss_and_grad(theta[row : row + 1], START)
        assert slope.dtype == dtype
        torch.testing.assert_close(alone[0], loss[row], rtol=rtol, atol=rtol)
        torch.testing.assert_close(slope[0], grad[row], rtol=rtol, atol=rtol)


@each_model
def test_it_works_inside_inference_mode_as_outside(model: str, dataset: str) -> None:
    choice = choose(model, dataset, batch_size=20, l2=0.1)
    theta, objective = random_rows(choice, 2), choice.build()
    with torch.inference_mode():
        first = choice.build()
        inside = first.loss_and_grad(theta.clone(), START)
        measured = measures(first, theta.clone())
    outside = first.loss_and_grad(theta, START)
    for ours, again in zip(inside, outside, strict=True):
        assert torch.equal(ours, again)
    assert {name: value.tolist() for name, value in measured.items()} == {
        name: value.tolist() for name, value in measures(objective, theta).items()
    }
    assert torch.equal(objective.loss(theta, START), outside[0])


@each_model
def test_weights_begin_as_torch_begins_them(model: str, dataset: str) -> None:
    choice = choose(model, dataset)
    torch.manual_seed(7)
    assert torch.equal(choice.initial(None, 7), Twin(choice).theta())
    assert not torch.equal(choice.initial(None, 8), choice.initial(None, 7))


@pytest.mark.parametrize("init", [init.id for init in INITS if init.id != "default"])
@pytest.mark.parametrize(("model", "dataset"), [("mlp", "iris"), ("convolution", "digits")])
def test_named_initialisations_are_those_of_torch(init: str, model: str, dataset: str) -> None:
    choice = choose(model, dataset, init=init)
    module, source = Twin(choice).module, torch.Generator().manual_seed(11)
    given = {} if init == "zeros" else {"generator": source}
    for parameter in module.parameters():
        if parameter.dim() == 1:
            nn.init.zeros_(parameter)
        else:
            getattr(nn.init, f"{init}_")(parameter, **given)
    assert torch.equal(choice.initial(None, 11), nn.utils.parameters_to_vector(module.parameters()))


@each_model
def test_weights_are_named_and_ordered_as_the_parameters(model: str, dataset: str) -> None:
    choice = choose(model, dataset)
    theta = choice.initial(None, 0)
    ours = choice.build().weights(theta).values()
    for weight, parameter in zip(ours, Twin(choice).set(theta).module.parameters(), strict=True):
        assert torch.equal(weight, parameter)


@pytest.mark.parametrize("l2", [0.0, 0.1])
def test_linear_regression_ends_where_the_normal_equations_say(l2: float) -> None:
    choice = choose("linear", "line", slope=-1.5, l2=l2)
    objective = choice.build()
    x, y = objective.split.train
    design = torch.cat((x, torch.ones_like(x)), 1)
    known = torch.linalg.solve(
        design.T @ design / len(y) + l2 / 2 * torch.eye(2, dtype=torch.float64), design.T @ y / len(y)
    )
    ours = descend(objective, choice.initial(None, 0), lambda weights: torch.optim.SGD(weights, lr=0.2), 400)
    close(ours, known, 1e-10)


def test_many_rows_are_those_of_few() -> None:
    choice = choose("mlp", "moons", samples=2000)
    theta, objective = random_rows(choice, 11), choice.build()
    apart = [objective.loss_and_grad(theta[row : row + 1], START) for row in range(11)]
    loss, grad = objective.loss_and_grad(theta, START)
    close(loss, torch.cat([part[0] for part in apart]), 1e-13)
    torch.testing.assert_close(grad, torch.cat([part[1] for part in apart]), rtol=1e-10, atol=1e-14)
    close(objective.full_loss(theta), loss, 1e-13)
