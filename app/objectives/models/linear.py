"""Models of one layer."""

import math
from collections.abc import Sequence

from torch import Tensor

from app.core.params import Param
from app.core.registry import by_id
from app.objectives.models.activations import ACTIVATIONS, LINEAR_UNIT, Activation
from app.objectives.models.base import Back, Model, Settings, Shapes, Weights, dense, flat
from app.objectives.models.chain import chain, chain_shapes, features, pull_chain
from app.objectives.models.price import dense_work

UNITS = ("tanh", "sigmoid")


def one_layer(_settings: Settings, shape: tuple[int, ...], outputs: int) -> Shapes:
    """One weight for each input and output, and one bias for each output."""
    return chain_shapes((math.prod(shape), outputs))


def affine(weights: Weights, inputs: Tensor, _settings: Settings) -> Tensor:
    """`W x + b`."""
    return chain(weights, features(inputs), (LINEAR_UNIT,))


def pull_affine(weights: Weights, inputs: Tensor, _settings: Settings) -> tuple[Tensor, Back]:
    """The same, with the way back."""
    return pull_chain(weights, features(inputs), (LINEAR_UNIT,))


def unit(settings: Settings) -> Activation:
    """The activation that the settings of a neuron name."""
    return by_id(ACTIVATIONS, settings["unit"])


def affine_layers(_settings: Settings, shape: tuple[int, ...], outputs: int) -> Sequence[str]:
    """The one layer."""
    return [*flat(shape), dense(math.prod(shape), outputs)]


def neuron(weights: Weights, inputs: Tensor, settings: Settings) -> Tensor:
    """`f(w x + b)` with `f` the unit's activation."""
    return chain(weights, features(inputs), (unit(settings),))


def pull_neuron(weights: Weights, inputs: Tensor, settings: Settings) -> tuple[Tensor, Back]:
    """The same, with the way back."""
    return pull_chain(weights, features(inputs), (unit(settings),))


def neuron_layers(settings: Settings, shape: tuple[int, ...], outputs: int) -> Sequence[str]:
    """The one layer, and what bends it."""
    return [*affine_layers(settings, shape, outputs), f"nn.{unit(settings).torch}()"]


def neuron_span(settings: Settings) -> tuple[float, float]:
    """The limits of the unit: -1 and 1, or 0 and 1."""
    return unit(settings).span or (0.0, 1.0)


NEURON = Model(
    id="neuron",
    formula=r"\hat y = f(w^\top x + b)",
    losses=("mse",),
    shapes=one_layer,
    forward=neuron,
    pull=pull_neuron,
    layers=neuron_layers,
    work=dense_work,
    inputs=((1,), (2,)),
    span=neuron_span,
    params=(
        Param("unit", "choice", "tanh", choices=UNITS),
    ),
)  # fmt: skip

LINEAR = Model(
    id="linear",
    formula=r"\hat y = w x + b",
    losses=("mse",),
    shapes=one_layer,
    forward=affine,
    pull=pull_affine,
    layers=affine_layers,
    work=dense_work,
    convex=True,
    inputs=((1,),),
)

LOGISTIC = Model(
    id="logistic",
    formula=r"P(y = 1 \mid x) = \sigma(w^\top x + b)",
    losses=("bce",),
    shapes=one_layer,
    forward=affine,
    pull=pull_affine,
    layers=affine_layers,
    work=dense_work,
    convex=True,
    inputs=((2,),),
)

SOFTMAX = Model(
    id="softmax",
    formula=r"P(y = k \mid x) = \operatorname{softmax}(W x + b)_k",
    losses=("cross_entropy",),
    shapes=one_layer,
    forward=affine,
    pull=pull_affine,
    layers=affine_layers,
    work=dense_work,
    convex=True,
)
