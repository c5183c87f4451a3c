"""Dense layers one after the other, with their derivative written out.

Autograd comes to the same, but for numbers this few it spends as long on its records as on them.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor

from app.objectives.models.activations import LINEAR_UNIT, Activation
from app.objectives.models.base import Back, Shapes, Weights
from app.objectives.models.scratch import SCRATCH


def chain_shapes(sizes: tuple[int, ...], first: int = 1) -> Shapes:
    """The shapes of dense layers from `sizes[0]` inputs over `sizes[1]` units ... to `sizes[-1]` outputs.

    They are called `layer1`, `layer2` ... counting from `first`.
    """
    shapes: Shapes = {}
    for number, (inputs, outputs) in enumerate(pairwise(sizes), first):
        shapes[f"layer{number}.weight"] = (outputs, inputs)
        shapes[f"layer{number}.bias"] = (outputs,)
    return shapes


def features(inputs: Tensor) -> Tensor:
    """Inputs `(M, ...)` with all parts of a sample as its features, for every row alike: `(1, n, M)`."""
    return inputs.flatten(1).T.contiguous()[None]


def chain(weights: Weights, x: Tensor, bends: Sequence[Activation]) -> Tensor:
    """`h_l = f_l(W_l h_{l-1} + b_l)` from `h_0 = x` on: x `(B, n, M)` or `(1, n, M)` to `(B, K, M)`.

    weights: weight and bias of each layer in turn; bends: the activation f of each layer.
    """
    layers = folded(weights, bends)
    core = x.expand(len(layers[0].matrix), -1, -1)
    for number, (layer, bend) in enumerate(zip(layers, bends, strict=True)):
        shape = (len(layer.matrix), layer.matrix.shape[1], core.shape[2])
        room = SCRATCH.take(number % 2, shape, x.dtype) if number < len(bends) - 1 else x.new_empty(shape)
        core = bend.core(torch.baddbmm(layer.bias, layer.matrix, core, beta=layer.beta, alpha=layer.alpha, out=room))
    return bends[-1].whole(core)


class Folded(NamedTuple):
    """A layer between the cores of its activation and of the one before: `z = beta bias + alpha matrix c`."""

    matrix: Tensor
    bias: Tensor
    alpha: float
    beta: float


def folded(weights: Weights, bends: Sequence[Activation]) -> list[Folded]:
    """The layers between the cores c of the activations `f(z) = outer c(inner z) + shift`.

    So only cores pass over the numbers of all samples; the rest is a factor of each product and a change of each bias:
    with `h = outer c + shift`, `W h + b` is `outer W c + (b + shift W 1)`.
    """
    parameters, layers, last = list(weights.values()), list[Folded](), LINEAR_UNIT
    for matrix, bias, bend in zip(parameters[::2], parameters[1::2], bends, strict=True):
        moved = torch.add(bias, matrix.sum(2), alpha=last.shift) if last.shift else bias
        layers.append(Folded(matrix, moved[:, :, None], bend.inner * last.outer, bend.inner))
        last = bend
    return layers


def pull_chain(weights: Weights, x: Tensor, bends: Sequence[Activation]) -> tuple[Tensor, Back]:
    """The outputs of `chain`, and what takes their gradient back to the weights.

    From the last layer to the first: `dz = f'(z) dh`, `dW = dz h^T`, `db = sum(dz)`, and `dh = W^T dz` for the next.
    The gradient that is taken back may be that of the first samples alone, the others having none.
    """
    layers, before = folded(weights, bends), (LINEAR_UNIT, *bends)
    cores, sums = [x.expand(len(layers[0].matrix), -1, -1)], list[Tensor]()
    for (matrix, bias, alpha, beta), bend in zip(layers, bends, strict=True):
        sums.append(torch.baddbmm(bias, matrix, cores[-1], beta=beta, alpha=alpha))
        cores.append(bend.core(sums[-1]))

    def back(grad: Tensor) -> Sequence[Tensor]:
        seen, found, factor = slice(grad.shape[2]), list[Tensor](), bends[-1].outer
        for number in reversed(range(len(bends))):
            last, bend = before[number], bends[number]
            grad = bend.slope(grad, sums[number][:, :, seen], cores[number + 1][:, :, seen])
            factor *= bend.inner
            bias, entering = factor * grad.sum(2), cores[number][:, :, seen].mT
            alpha = factor * last.outer
            found = [torch.baddbmm(bias[:, :, None], grad, entering, beta=last.shift, alpha=alpha), bias, *found]
            if number:
                grad, factor = torch.bmm(layers[number].matrix.mT, grad), factor * last.outer
        return found

    return bends[-1].whole(cores[-1]), back
