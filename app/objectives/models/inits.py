"""How weights begin: torch's own ways under torch's own names, in the order of the menu."""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import torch
from torch import Generator, Tensor, nn

from app.core.params import Param

Begin = Callable[[Tensor, Tensor, Generator], object]


def torch_default(weight: Tensor, bias: Tensor, source: Generator) -> None:
    """As `nn.Linear` and `nn.Conv2d` begin: both uniform within `1 / sqrt(fan_in)` of 0, weight first."""
    nn.init.kaiming_uniform_(weight, a=math.sqrt(5), generator=source)
    bound = 1 / math.sqrt(weight[0].numel())
    nn.init.uniform_(bias, -bound, bound, generator=source)


def _weights(begin: Callable[..., Tensor]) -> Begin:
    """`begin` of `torch.nn.init` with its defaults for the weight, and 0 for the bias."""

    def apply(weight: Tensor, bias: Tensor, source: Generator) -> None:
        begin(weight, generator=source)
        nn.init.zeros_(bias)

    return apply


def zeros(weight: Tensor, bias: Tensor, _source: Generator) -> None:
    """0 for both; nothing is drawn."""
    nn.init.zeros_(weight)
    nn.init.zeros_(bias)


@dataclass(frozen=True, slots=True)
class Init:
    """A catalogue entry. begin(weight, bias, generator): fills one layer's weight and bias in place.

    torch: the function of `torch.nn.init` that fills the weight, and the bias is 0; empty for layers as torch makes
    them.
    """

    id: str
    begin: Begin
    torch: str = ""


INITS: tuple[Init, ...] = (
    Init("default", torch_default),
    Init("xavier_uniform", _weights(nn.init.xavier_uniform_), "xavier_uniform_"),
    Init("xavier_normal", _weights(nn.init.xavier_normal_), "xavier_normal_"),
    Init("kaiming_uniform", _weights(nn.init.kaiming_uniform_), "kaiming_uniform_"),
    Init("kaiming_normal", _weights(nn.init.kaiming_normal_), "kaiming_normal_"),
    Init("orthogonal", _weights(nn.init.orthogonal_), "orthogonal_"),
    Init("uniform", _weights(nn.init.uniform_), "uniform_"),
    Init("normal", _weights(nn.init.normal_), "normal_"),
    Init("zeros", zeros, "zeros_"),
)

INIT = Param("init", "choice", "default", choices=tuple(init.id for init in INITS))


def begin(init: Init, shapes: Iterable[tuple[int, ...]], seed: int) -> Tensor:
    """The first weights `(P,)`, float64.

    shapes: of weight, bias, weight, bias, ... in the order of the parameters; seed: of the one `torch.Generator` that
    fills them in that order. So `torch.manual_seed(seed)` before building the same layers in float64 gives the same.
    """
    source = Generator().manual_seed(seed)
    tensors = [torch.empty(shape, dtype=torch.float64) for shape in shapes]
    for weight, bias in zip(tensors[::2], tensors[1::2], strict=True):
        init.begin(weight, bias, source)
    return torch.cat([tensor.flatten() for tensor in tensors])
