"""Dense layers one after the other, with their derivative written out.

Autograd comes to the same, but for numbers this few it spends as long on its records as on them.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise, repeat
from typing import NamedTuple

import torch
from torch import Tensor

from app.objectives.models.activations import LINEAR_UNIT, Activation
from app.objectives.models.base import Back, Shapes, Weights

Undo = Callable[[Tensor], Tensor]
Link = Callable[[Tensor, float], tuple[Tensor, Undo]]
"""From what leaves the core of one layer, and the core's value that stands for 0, to what enters the next; and the way
back of the gradient."""
Pulled = tuple[Tensor, Back]


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


def plain(core: Tensor, _empty: float) -> tuple[Tensor, Undo]:
    """The link of a layer that takes what the one before gives."""
    return core, lambda grad: grad


def chain(weights: Weights, x: Tensor, bends: Sequence[Activation], links: Sequence[Link] = ()) -> Tensor:
    """`h_l = f_l(W_l h_{l-1} + b_l)` from `h_0 = x` on: x `(B, n, M)` or `(1, n, M)` to `(B, K, M)`.

    weights: weight and bias of each layer in turn; bends: the activation f of each layer; links: what lies between the
    layers before and each layer, nothing where there are none.
    """
    core = x
    for layer, bend, link in zip(folded(weights, bends), bends, links or repeat(plain), strict=False):
        core = bend.core(layer.times(link(core, layer.empty)[0]))
    return bends[-1].whole(core)


class Folded(NamedTuple):
    """A layer between the cores of its activation and of the one before: `z = beta bias + alpha matrix c`.

    empty: the c that stands for 0.
    """

    matrix: Tensor
    bias: Tensor
    alpha: float
    beta: float
    empty: float

    def times(self, core: Tensor) -> Tensor:
        """z for what enters, `(B, n, M)` or `(1, n, M)`."""
        entering = core.expand(len(self.matrix), -1, -1)
        return torch.baddbmm(self.bias, self.matrix, entering, beta=self.beta, alpha=self.alpha)


def folded(weights: Weights, bends: Sequence[Activation]) -> list[Folded]:
    """The layers between the cores c of the activations `f(z) = outer c(inner z) + shift`.

    So only cores pass over the numbers of all samples; the rest is a factor of each product and a change of each bias:
    with `h = outer c + shift`, `W h + b` is `outer W c + (b + shift W 1)`.
    """
    parameters, layers, last = list(weights.values()), list[Folded](), LINEAR_UNIT
    for weight, bias, bend in zip(parameters[::2], parameters[1::2], bends, strict=True):
        matrix = weight.flatten(2)
        moved = torch.add(bias, matrix.sum(2), alpha=last.shift) if last.shift else bias
        empty = -last.shift / last.outer
        layers.append(Folded(matrix, moved[:, :, None], bend.inner * last.outer, bend.inner, empty))
        last = bend
    return layers


def pull_chain(weights: Weights, x: Tensor, bends: Sequence[Activation], links: Sequence[Link] = ()) -> Pulled:
    """The outputs of `chain`, and what takes their gradient back to the weights.

    From the last layer to the first: `dz = f'(z) dh`, `dW = dz h^T`, `db = sum(dz)`, and `dh = W^T dz` for the next.
    Without links the gradient that is taken back may be that of the first samples alone, the others having none.
    """
    layers, before, core = folded(weights, bends), (LINEAR_UNIT, *bends), x
    entered, undos, sums, cores = list[Tensor](), list[Undo](), list[Tensor](), list[Tensor]()
    for layer, bend, link in zip(layers, bends, links or repeat(plain), strict=False):
        entering, undo = link(core, layer.empty)
        entered.append(entering.expand(len(layer.matrix), -1, -1))
        undos.append(undo)
        sums.append(layer.times(entering))
        core = bend.core(sums[-1])
        cores.append(core)

    def back(grad: Tensor) -> Sequence[Tensor]:
        found, factor = list[Tensor](), bends[-1].outer
        for number in reversed(range(len(bends))):
            last, seen = before[number], slice(grad.shape[2])
            grad = bends[number].slope(grad, sums[number][:, :, seen], cores[number][:, :, seen])
            factor *= bends[number].inner
            bias, columns = factor * grad.sum(2), entered[number][:, :, seen].mT
            alpha = factor * last.outer
            found = [torch.baddbmm(bias[:, :, None], grad, columns, beta=last.shift, alpha=alpha), bias, *found]
            if number:
                grad, factor = undos[number](torch.bmm(layers[number].matrix.mT, grad)), factor * last.outer
        return found

    return bends[-1].whole(core), back
