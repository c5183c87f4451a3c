"""Models of several layers."""

import math
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor
from torch.nn import functional

from app.core.params import Param
from app.core.registry import by_id
from app.objectives.models.activations import ACTIVATION, ACTIVATIONS, LINEAR_UNIT, Activation
from app.objectives.models.base import Back, Model, Settings, Shapes, Weights, dense, flat
from app.objectives.models.chain import Link, chain, chain_shapes, features, pull_chain
from app.objectives.models.filters import KERNEL, pictures, pooled_features, pooled_pictures
from app.objectives.models.price import dense_work

BLOCK = 64
"""Pictures that pass the layers together, so that what lies between two layers stays in the cache."""

CONVOLVED = 2
"""Multiply-adds of dense layers that one of a filter is worth, for its numbers lie far apart."""


def mlp_shapes(settings: Settings, shape: tuple[int, ...], outputs: int) -> Shapes:
    """Dense layers from all parts of an input over the hidden sizes to the outputs."""
    return chain_shapes((math.prod(shape), *settings["hidden"], outputs))


def mlp(weights: Weights, inputs: Tensor, settings: Settings) -> Tensor:
    """Each hidden layer bends its sum by the activation; the last does not."""
    return chain(weights, features(inputs), bends(settings))


def pull_mlp(weights: Weights, inputs: Tensor, settings: Settings) -> tuple[Tensor, Back]:
    """The same, with the way back."""
    return pull_chain(weights, features(inputs), bends(settings))


def mlp_layers(settings: Settings, shape: tuple[int, ...], outputs: int) -> Sequence[str]:
    """The dense layers, each but the last with its activation."""
    layers, bend = flat(shape), f"nn.{by_id(ACTIVATIONS, settings['activation']).torch}()"
    for inputs, units in pairwise((math.prod(shape), *settings["hidden"])):
        layers += [dense(inputs, units), bend]
    return [*layers, dense(settings["hidden"][-1], outputs)]


def bends(settings: Settings) -> list[Activation]:
    """The activation of each layer of a perceptron."""
    return [by_id(ACTIVATIONS, settings["activation"])] * len(settings["hidden"]) + [LINEAR_UNIT]


def convolution_shapes(settings: Settings, shape: tuple[int, ...], outputs: int) -> Shapes:
    """Two layers of filters, each followed by a halving of the sides, and a dense one."""
    first, second = settings["filters"]
    rest = second * (shape[0] // 4) * (shape[1] // 4)
    return {
        "conv1.weight": (first, 1, KERNEL, KERNEL),
        "conv1.bias": (first,),
        "conv2.weight": (second, first, KERNEL, KERNEL),
        "conv2.bias": (second,),
        **chain_shapes((rest, outputs), first=3),
    }


def convolution_work(shapes: Shapes, shape: tuple[int, ...]) -> float:
    """Each filter meets every place of its picture, at `CONVOLVED` times the price."""
    places = CONVOLVED * shape[0] * shape[1]
    layers = {"conv1": places, "conv2": places // 4, "layer3": 1}
    return sum(
        times * dense_work({part: shapes[f"{name}.{part}"] for part in ("weight", "bias")}, shape)
        for name, times in layers.items()
    )


def convolution(weights: Weights, inputs: Tensor, settings: Settings) -> Tensor:
    """Twice: 3 by 3 filters with a border of one zero, activation, the largest of each 2 by 2; then a dense layer."""
    layers = layers_of_filters(inputs, settings)
    return torch.cat([chain(weights, features(block), *layers) for block in torch.split(inputs, BLOCK)], 2)


def pull_convolution(weights: Weights, inputs: Tensor, settings: Settings) -> tuple[Tensor, Back]:
    """The same, with the way back."""
    layers = layers_of_filters(inputs, settings)
    parts = [pull_chain(weights, features(block), *layers) for block in torch.split(inputs, BLOCK)]

    def back(grad: Tensor) -> Sequence[Tensor]:
        found = []
        for (outputs, block_back), part in zip(parts, torch.split(grad, BLOCK, 2), strict=False):
            missing = outputs.shape[2] - part.shape[2]
            found.append(block_back(functional.pad(part, (0, missing)) if missing else part))
        return [torch.stack(gradients).sum(0) for gradients in zip(*found, strict=True)]

    return torch.cat([outputs for outputs, _ in parts], 2), back


def convolution_layers(settings: Settings, shape: tuple[int, ...], outputs: int) -> Sequence[str]:
    """The layers of filters, each with its activation and its halving of the sides, and the dense one."""
    first, second = settings["filters"]
    layers, bend = [f"nn.Unflatten(1, (1, {shape[0]}))"], f"nn.{by_id(ACTIVATIONS, settings['activation']).torch}()"
    for channels, count in ((1, first), (first, second)):
        convolved = f"nn.Conv2d({channels}, {count}, {KERNEL}, padding=1, dtype=torch.float64)"
        layers += [convolved, bend, "nn.MaxPool2d(2)"]
    return [*layers, "nn.Flatten()", dense(second * (shape[0] // 4) * (shape[1] // 4), outputs)]


def layers_of_filters(inputs: Tensor, settings: Settings) -> tuple[Sequence[Activation], Sequence[Link]]:
    """The activation of each layer, and what lies before it."""
    height, width = inputs.shape[1:]
    activation, half = by_id(ACTIVATIONS, settings["activation"]), (height // 2, width // 2)
    links = pictures((height, width)), pooled_pictures((height, width)), pooled_features(half)
    return (activation, activation, LINEAR_UNIT), links


def filters(number: str, default: int) -> Param:
    """The param for how many filters a layer has."""
    return Param(f"{number}_filters", "integer", default, low=1, high=32, soft=(1, 16))


MLP = Model(
    id="mlp",
    formula=r"h_l = f(W_l h_{l-1} + b_l), \quad \hat y = W_{L+1} h_L + b_{L+1}",
    losses=("bce", "cross_entropy", "mse"),
    shapes=mlp_shapes,
    forward=mlp,
    pull=pull_mlp,
    layers=mlp_layers,
    work=dense_work,
    params=(
        Param(
            "hidden", "list", (16, 16), items=(Param("units", "integer", 16, low=1, high=64, soft=(1, 64)),),
            rising=False, fewest=1, most=4,
        ),
        ACTIVATION,
    ),
)  # fmt: skip

CONVOLUTION = Model(
    id="convolution",
    formula=r"h_l = \operatorname{pool}(f(W_l * h_{l-1} + b_l)), \quad \hat y = W_3 h_2 + b_3",
    losses=("cross_entropy",),
    shapes=convolution_shapes,
    forward=convolution,
    pull=pull_convolution,
    layers=convolution_layers,
    work=convolution_work,
    inputs=((8, 8),),
    params=(
        Param("filters", "tuple", (6, 12), items=(filters("first", 6), filters("second", 12))),
        ACTIVATION,
    ),
)  # fmt: skip
