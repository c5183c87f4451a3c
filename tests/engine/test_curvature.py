"""The largest curvature against exact Hessians: written down, or torch's of plain modules."""

import math
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.autograd.functional import hessian
from torch.func import functional_call

from app.engine.curvature import ACCURACY, largest_curvature
from app.objectives.models.choice import ModelChoice
from tests.objectives.twins import LOSSES, Twin, choose


def exact(choice: ModelChoice, theta: Tensor) -> Tensor:
    """The eigenvalues, rising, of the Hessian of a plain module's loss on all training samples, penalty included."""
    twin = Twin(choice)
    shapes = {name: parameter.shape for name, parameter in twin.module.named_parameters()}

    def loss(flat: Tensor) -> Tensor:
        parts = flat.split([shape.numel() for shape in shapes.values()])
        weights = {name: part.view(shape) for (name, shape), part in zip(shapes.items(), parts, strict=True)}
        outputs = functional_call(twin.module, weights, (twin.inputs,))
        return LOSSES[choice.loss.id](outputs, twin.targets) + choice.l2 / 2 * flat.square().sum()

    return torch.linalg.eigvalsh(hessian(loss, theta))


CASES: list[tuple[str, str, dict[str, Any], dict[str, Any]]] = [
    ("linear", "line", {}, {}),
    ("linear", "line", {}, {"l2": 0.7}),
    ("neuron", "moons", {}, {}),
    ("logistic", "blobs", {}, {"batch_size": 8}),
    ("softmax", "iris", {}, {}),
    ("mlp", "xor", {"hidden": [8]}, {"batch_size": 16, "l2": 0.01}),
    ("mlp", "sine", {"hidden": [6, 6], "activation": "gelu"}, {}),
    ("mlp", "moons", {"hidden": [16, 16], "activation": "relu"}, {}),
]


@pytest.mark.parametrize("seed", [0, 1])
@pytest.mark.parametrize(("model", "dataset", "own", "fields"), CASES, ids=str)
def test_it_is_the_largest_eigenvalue_of_the_exact_hessian_on_all_samples(
    model: str, dataset: str, own: dict[str, Any], fields: dict[str, Any], seed: int
) -> None:
    choice = choose(model, dataset, own, **fields)
    objective, theta = choice.build(), choice.initial(None, seed)
    found = largest_curvature(lambda rows: objective.full_loss_and_grad(rows)[1], theta)
    assert found == pytest.approx(float(exact(choice, theta)[-1]), rel=ACCURACY)


BENDS = {
    "falling": [-9.0, -3.0, -1.0],
    "mostly falling": [-50.0, 0.0, 2.0],
    "one wall": [1e-6] * 200 + [1e4],
    "a bowl": [3.0] * 40,
    "a plain": [0.0] * 5,
    "close by": [5.0 + index / 1000 for index in range(60)],
}


@pytest.mark.parametrize("bends", BENDS.values(), ids=BENDS)
def test_it_finds_what_was_put_in(bends: list[float]) -> None:
    turn, _ = torch.linalg.qr(torch.randn(len(bends), len(bends), generator=torch.Generator().manual_seed(3)).double())
    matrix = turn @ torch.diag(torch.tensor(bends, dtype=torch.float64)) @ turn.T
    found = largest_curvature(lambda rows: rows @ matrix, torch.ones(len(bends), dtype=torch.float64))
    assert found == pytest.approx(max(bends), rel=ACCURACY, abs=1e-6)


def test_where_there_is_no_curvature_none_is_told() -> None:
    point = torch.zeros(3, dtype=torch.float64)
    assert largest_curvature(lambda rows: rows * math.nan, point) is None
    # The slope jumps at this point, so the quotient of differences grows as they shrink.
    assert largest_curvature(torch.sign, point) is None
