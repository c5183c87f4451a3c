"""One number to be predicted from another, drawn from formulas."""

import math
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.objectives.datasets.base import SAMPLES, SEED, Data, Dataset, Samples, noise
from app.objectives.seeds import SAMPLES as STREAM
from app.objectives.seeds import generator

Settings = Mapping[str, Any]
REACH = 2.0
"""x is drawn evenly from -2 to 2."""

NOISE = noise(0.2, "curve.noise")


def _curve(curve: Callable[[Tensor], Tensor], settings: Settings) -> Data:
    """x, drawn evenly, as the only feature `(N, 1)`, and `curve(x)` plus Gaussian noise as the target `(N,)`."""
    source, count = generator(STREAM, settings["seed"]), settings["samples"]
    x = (torch.rand(count, dtype=torch.float64, generator=source) * 2 - 1) * REACH
    stray = torch.randn(count, dtype=torch.float64, generator=source) * settings["noise"]
    return Data("regression", Samples(x[:, None], curve(x) + stray), (), ("x",), settings["seed"])


def line(settings: Settings) -> Data:
    """`y = slope x + intercept`."""
    return _curve(lambda x: settings["slope"] * x + settings["intercept"], settings)


def sine(settings: Settings) -> Data:
    """`y = sin(pi frequency x)`: `2 frequency` periods from -2 to 2."""
    return _curve(lambda x: (math.pi * settings["frequency"] * x).sin(), settings)


def step(settings: Settings) -> Data:
    """`y = 0` left of `edge`, 1 from there on."""
    return _curve(lambda x: (x >= settings["edge"]).double(), settings)


LINE = Dataset(
    id="line",
    tasks=("regression",),
    shape=(1,),
    build=line,
    code="""
x = (torch.rand(samples, dtype=torch.float64, generator=source) * 2 - 1) * 2
stray = noise * torch.randn(samples, dtype=torch.float64, generator=source)
return x[:, None], slope * x + intercept + stray
""",
    params=(
        SAMPLES,
        NOISE,
        Param("slope", "number", 1.0, low=-100.0, high=100.0, soft=(-3.0, 3.0)),
        Param("intercept", "number", 0.5, low=-100.0, high=100.0, soft=(-3.0, 3.0)),
        SEED,
    ),
)  # fmt: skip

SINE = Dataset(
    id="sine",
    tasks=("regression",),
    shape=(1,),
    build=sine,
    code="""
x = (torch.rand(samples, dtype=torch.float64, generator=source) * 2 - 1) * 2
stray = noise * torch.randn(samples, dtype=torch.float64, generator=source)
return x[:, None], torch.sin(math.pi * frequency * x) + stray
""",
    params=(
        SAMPLES,
        NOISE,
        Param("frequency", "number", 0.5, low=0.05, high=5.0, soft=(0.25, 2.0)),
        SEED,
    ),
)  # fmt: skip

STEP = Dataset(
    id="step",
    tasks=("regression",),
    shape=(1,),
    build=step,
    code="""
x = (torch.rand(samples, dtype=torch.float64, generator=source) * 2 - 1) * 2
stray = noise * torch.randn(samples, dtype=torch.float64, generator=source)
return x[:, None], (x >= edge).double() + stray
""",
    params=(
        SAMPLES,
        NOISE,
        Param("edge", "number", 0.0, low=-2.0, high=2.0, soft=(-1.5, 1.5)),
        SEED,
    ),
)  # fmt: skip
