"""Models as anybody writes them in torch, to judge ours by; and every pair of model and dataset that fits."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.core.problems import FieldError
from app.objectives.columns import names
from app.objectives.models.choice import ModelChoice, parse_model_choice
from app.objectives.models.objective import ModelObjective

ACTIVATIONS = {"tanh": nn.Tanh, "relu": nn.ReLU, "gelu": nn.GELU, "sigmoid": nn.Sigmoid, "linear": nn.Identity}
LOSSES = {"mse": nn.MSELoss(), "bce": nn.BCEWithLogitsLoss(), "cross_entropy": nn.CrossEntropyLoss()}

PLANAR = ("moons", "circles", "blobs", "xor", "spirals", "checkerboard")
CURVES = ("line", "sine", "step")
PAIRS: dict[str, Sequence[str]] = {
    "linear": CURVES,
    "neuron": (*PLANAR, *CURVES),
    "logistic": PLANAR,
    "softmax": (*PLANAR, "iris", "digits"),
    "mlp": (*PLANAR, *CURVES, "iris", "digits"),
    "convolution": ("digits",),
}

each_pair = pytest.mark.parametrize(("model", "dataset"), [(name, data) for name in PAIRS for data in PAIRS[name]])
each_model = pytest.mark.parametrize(
    ("model", "dataset"),
    [("linear", "line"), ("neuron", "moons"), ("logistic", "blobs"), ("softmax", "iris"), ("mlp", "xor"),
     ("convolution", "digits")],
)  # fmt: skip


def choose(model: str, dataset: str, own: dict[str, Any] | None = None, **fields: Any) -> ModelChoice:
    """A model on a dataset; own: params of the model; fields: those of the choice, and params of the dataset."""
    data = {name: fields.pop(name) for name in ("samples", "noise", "classes", "seed", "slope") if name in fields}
    document = {"kind": "model", "model": {"name": model} | (own or {}), "dataset": {"name": dataset} | data, **fields}
    errors: list[FieldError] = []
    choice = parse_model_choice(document, ("objective",), errors)
    assert choice is not None, errors
    return choice


def build_twin(choice: ModelChoice, outputs: int) -> nn.Module:
    """The model of `choice` in float64, with torch's own weights."""
    size, own = int(torch.tensor(choice.dataset.shape).prod()), choice.model_settings
    sizes = [size, *own.get("hidden", ()), outputs]
    if choice.model.id == "convolution":
        return _convolution(own, outputs).double()
    layers: list[nn.Module] = [nn.Flatten()]
    for inputs, units in pairwise(sizes):
        layers += [nn.Linear(inputs, units, dtype=torch.float64), ACTIVATIONS[own.get("activation", "linear")]()]
    if choice.model.id == "neuron":
        return nn.Sequential(*layers[:-1], ACTIVATIONS[own["unit"]]())
    return nn.Sequential(*layers[:-1])


def _convolution(own: Any, outputs: int) -> nn.Module:
    first, second = own["filters"]
    bend = ACTIVATIONS[own["activation"]]
    return nn.Sequential(
        nn.Unflatten(1, (1, 8)),
        nn.Conv2d(1, first, 3, padding=1, dtype=torch.float64), bend(), nn.MaxPool2d(2),
        nn.Conv2d(first, second, 3, padding=1, dtype=torch.float64), bend(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(second * 4, outputs, dtype=torch.float64),
    )  # fmt: skip


class Twin:
    """A plain module with its loss on the training samples of a choice."""

    def __init__(self, choice: ModelChoice) -> None:
        objective = choice.build()
        labels = len(choice.data().labels)
        self.module = build_twin(choice, labels if choice.loss.id == "cross_entropy" else 1)
        self.inputs, targets = objective.split.train
        self._loss: Callable[[Tensor, Tensor], Tensor] = LOSSES[choice.loss.id]
        self.targets = targets if choice.loss.id == "cross_entropy" else targets.double()[:, None]
        if choice.model_settings.get("unit") == "tanh" and labels:
            self.targets = self.targets * 2 - 1

    def set(self, theta: Tensor) -> "Twin":
        """Takes the weights `(P,)`."""
        nn.utils.vector_to_parameters(theta, self.module.parameters())
        return self

    def theta(self) -> Tensor:
        """The weights `(P,)`."""
        return nn.utils.parameters_to_vector(self.module.parameters()).detach()

    def loss(self, index: Tensor | slice = slice(None)) -> Tensor:
        """The loss on the training samples at `index`."""
        return self._loss(self.module(self.inputs[index]), self.targets[index])

    def loss_and_grad(self, theta: Tensor, index: Tensor | slice = slice(None)) -> tuple[Tensor, Tensor]:
        """The same at `theta (P,)`, with the gradient `(P,)`."""
        self.set(theta).module.zero_grad()
        loss = self.loss(index)
        loss.backward()
        return loss.detach(), torch.cat([p.grad.flatten() for p in self.module.parameters() if p.grad is not None])


def random_rows(choice: ModelChoice, rows: int, dtype: torch.dtype = torch.float64) -> Tensor:
    """Weights `(rows, P)` about the ones to start from, the same every time."""
    stray = torch.randn(rows, choice.build().dim, dtype=torch.float64, generator=torch.Generator().manual_seed(5))
    return (choice.initial(None, 0) + stray * 0.3).to(dtype)


def measures(objective: ModelObjective, theta: Tensor) -> dict[str, Tensor]:
    """What `describe` tells of each row, by name."""
    return dict(zip(names(objective.told), objective.describe(theta).unbind(1), strict=True))
