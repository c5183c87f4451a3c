"""Dense layers one after the other, with their derivative written out.

Autograd comes to the same, but for numbers this few it spends as long on its records as on them.
"""

from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor

from app.objectives.models.activations import Activation
from app.objectives.models.base import Back, Shapes, Weights


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
    return pull_chain(weights, x, bends)[0]


def pull_chain(weights: Weights, x: Tensor, bends: Sequence[Activation]) -> tuple[Tensor, Back]:
    """The outputs of `chain`, and what takes their gradient back to the weights.

    From the last layer to the first: `dz = f'(z) dh`, `dW = dz h^T`, `db = sum(dz)`, and `dh = W^T dz` for the next.
    """
    parameters = list(weights.values())
    matrices, biases = parameters[::2], parameters[1::2]
    values, sums = [x.expand(len(matrices[0]), -1, -1)], list[Tensor]()
    for matrix, bias, bend in zip(matrices, biases, bends, strict=True):
        sums.append(torch.baddbmm(bias[:, :, None], matrix, values[-1]))
        values.append(bend.value(sums[-1]))

    def back(grad: Tensor) -> Sequence[Tensor]:
        found: list[Tensor] = []
        for layer in reversed(range(len(bends))):
            grad = bends[layer].slope(grad, sums[layer], values[layer + 1])
            found = [torch.bmm(grad, values[layer].mT), grad.sum(2), *found]
            if layer:
                grad = torch.bmm(matrices[layer].mT, grad)
        return found

    return values[-1], back
