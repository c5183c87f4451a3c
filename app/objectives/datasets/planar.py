"""Two classes or more in the plane, drawn from formulas. Coordinates reach to about 2 or 3, so that the usual
initialisations of a network meet them at the right size.
"""

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor

from app.core.params import Param
from app.core.words import message
from app.objectives.datasets.base import SAMPLES, SEED, Data, Dataset, Samples, Task, noise
from app.objectives.seeds import SAMPLES as STREAM
from app.objectives.seeds import generator

Settings = Mapping[str, Any]
REACH = 2.0
"""Half the side of the square that XOR and the checkerboard fill, and the radius of circles and spirals."""


class Draws:
    """The random numbers of one dataset, in the order in which its formula asks for them."""

    def __init__(self, settings: Settings) -> None:
        self._generator = generator(STREAM, settings["seed"])
        self._noise = float(settings["noise"])

    def uniform(self, *shape: int) -> Tensor:
        """Even draws from 0 to 1."""
        return torch.rand(shape, dtype=torch.float64, generator=self._generator)

    def blurred(self, values: Tensor) -> Tensor:
        """`values` with Gaussian noise of the standard deviation that the settings ask for."""
        drawn = torch.randn(values.shape, dtype=torch.float64, generator=self._generator)
        return values + drawn * self._noise


def shares(samples: int, classes: int) -> Tensor:
    """The class of each sample: 0, 1, ... in turn, so that no class has more than one sample beyond another."""
    return torch.arange(samples) % classes


def _plane(x: Tensor, y: Tensor, targets: Tensor, settings: Settings, draws: Draws) -> Data:
    count = settings.get("classes", 2)
    inputs = draws.blurred(torch.stack((x, y), 1))
    labels = tuple(message("datasets.class", number=number) for number in range(count))
    task: Task = "binary" if count == 2 else "multiclass"
    return Data(task, Samples(inputs, targets), labels, ("x", "y"), settings["seed"])


def moons(settings: Settings) -> Data:
    """`(cos a, sin a)` for class 0, `(1 - cos a, 1/2 - sin a)` for class 1, with `a` even in 0 to pi; all moved by
    `(-1/2, -1/4)`, which is their middle, and doubled.
    """
    draws, targets = Draws(settings), shares(settings["samples"], 2)
    angle = draws.uniform(len(targets)) * math.pi
    lower = targets == 1
    x = torch.where(lower, 1 - angle.cos(), angle.cos()) - 0.5
    y = torch.where(lower, 0.5 - angle.sin(), angle.sin()) - 0.25
    return _plane(2 * x, 2 * y, targets, settings, draws)


def circles(settings: Settings) -> Data:
    """Class 0 on a circle of radius 2, class 1 on one of `factor` times that; the angle is even."""
    draws, targets = Draws(settings), shares(settings["samples"], 2)
    angle = draws.uniform(len(targets)) * 2 * math.pi
    radius = torch.where(targets == 1, REACH * settings["factor"], REACH)
    return _plane(radius * angle.cos(), radius * angle.sin(), targets, settings, draws)


def blobs(settings: Settings) -> Data:
    """Gaussian clouds about centres that stand evenly on a circle of radius 2, class 0 at 45 degrees."""
    draws, targets = Draws(settings), shares(settings["samples"], settings["classes"])
    angle = math.pi / 4 + targets * (2 * math.pi / settings["classes"])
    return _plane(REACH * angle.cos(), REACH * angle.sin(), targets, settings, draws)


def checkerboard(settings: Settings) -> Data:
    """Even draws from the square of side 4 about the origin, cut into `cells` by `cells` squares; the class of a
    square is the parity of its column plus its row, and each draw is then moved by the noise.
    """
    draws, cells = Draws(settings), settings["cells"]
    place = draws.uniform(settings["samples"], 2)
    targets = (place * cells).floor().long().sum(1) % 2
    x, y = ((place * 2 - 1) * REACH).unbind(1)
    return _plane(x, y, targets, settings, draws)


def xor(settings: Settings) -> Data:
    """Even draws from the square of side 4 about the origin; class 1 where x and y have different signs. The quadrants
    take turns, so that they hold the same number of samples.
    """
    draws = Draws(settings)
    place = draws.uniform(settings["samples"], 2) * REACH
    quadrant = shares(settings["samples"], 4)
    right, upper = quadrant % 2 == 0, (quadrant == 0) | (quadrant == 3)
    x = torch.where(right, place[:, 0], -place[:, 0])
    y = torch.where(upper, place[:, 1], -place[:, 1])
    return _plane(x, y, (right != upper).long(), settings, draws)


def spirals(settings: Settings) -> Data:
    """Arms of Archimedes: radius `2 sqrt(u)` and angle `2 pi turns sqrt(u)` plus the arm's own, with u even in 0 to 1
    (the root makes the arms equally dense all along); one arm for each class.
    """
    draws, arms = Draws(settings), settings["classes"]
    targets = shares(settings["samples"], arms)
    along = draws.uniform(len(targets)).sqrt()
    angle = 2 * math.pi * (settings["turns"] * along + targets / arms)
    return _plane(REACH * along * angle.cos(), REACH * along * angle.sin(), targets, settings, draws)


def classes(default: int, most: int) -> Param:
    """The param for the number of classes."""
    return Param("classes", "integer", default, low=2, high=most, soft=(2, most))


MOONS = Dataset(
    id="moons",
    tasks=("binary",),
    shape=(2,),
    build=moons,
    code="""
targets = torch.arange(samples) % 2
angle = torch.rand(samples, dtype=torch.float64, generator=source) * math.pi
x = torch.where(targets == 1, 1 - torch.cos(angle), torch.cos(angle)) - 0.5
y = torch.where(targets == 1, 0.5 - torch.sin(angle), torch.sin(angle)) - 0.25
points = torch.stack((2 * x, 2 * y), 1)
return points + noise * torch.randn(points.shape, dtype=torch.float64, generator=source), targets
""",
    params=(SAMPLES, noise(0.2), SEED),
)

CIRCLES = Dataset(
    id="circles",
    tasks=("binary",),
    shape=(2,),
    build=circles,
    code="""
targets = torch.arange(samples) % 2
angle = torch.rand(samples, dtype=torch.float64, generator=source) * 2 * math.pi
radius = torch.where(targets == 1, 2 * factor, 2.0)
points = torch.stack((radius * torch.cos(angle), radius * torch.sin(angle)), 1)
return points + noise * torch.randn(points.shape, dtype=torch.float64, generator=source), targets
""",
    params=(
        SAMPLES,
        noise(0.2),
        Param("factor", "number", 0.5, low=0.0, high=1.0, soft=(0.1, 0.9)),
        SEED,
    ),
)  # fmt: skip

BLOBS = Dataset(
    id="blobs",
    tasks=("binary", "multiclass"),
    shape=(2,),
    build=blobs,
    code="""
targets = torch.arange(samples) % classes
angle = math.pi / 4 + targets * (2 * math.pi / classes)
points = torch.stack((2 * torch.cos(angle), 2 * torch.sin(angle)), 1)
return points + noise * torch.randn(points.shape, dtype=torch.float64, generator=source), targets
""",
    params=(SAMPLES, noise(0.8), classes(2, 8), SEED),
)

XOR = Dataset(
    id="xor",
    tasks=("binary",),
    shape=(2,),
    build=xor,
    code="""
place = torch.rand(samples, 2, dtype=torch.float64, generator=source) * 2
quadrant = torch.arange(samples) % 4
right, upper = quadrant % 2 == 0, (quadrant == 0) | (quadrant == 3)
x = torch.where(right, place[:, 0], -place[:, 0])
y = torch.where(upper, place[:, 1], -place[:, 1])
points = torch.stack((x, y), 1)
return points + noise * torch.randn(points.shape, dtype=torch.float64, generator=source), (right != upper).long()
""",
    params=(SAMPLES, noise(0.0), SEED),
)

SPIRALS = Dataset(
    id="spirals",
    tasks=("binary", "multiclass"),
    shape=(2,),
    build=spirals,
    code="""
targets = torch.arange(samples) % classes
along = torch.rand(samples, dtype=torch.float64, generator=source).sqrt()
angle = 2 * math.pi * (turns * along + targets / classes)
points = torch.stack((2 * along * torch.cos(angle), 2 * along * torch.sin(angle)), 1)
return points + noise * torch.randn(points.shape, dtype=torch.float64, generator=source), targets
""",
    params=(
        SAMPLES,
        noise(0.05),
        Param("turns", "number", 1.0, low=0.1, high=4.0, soft=(0.5, 2.0)),
        classes(2, 5),
        SEED,
    ),
)  # fmt: skip

CHECKERBOARD = Dataset(
    id="checkerboard",
    tasks=("binary",),
    shape=(2,),
    build=checkerboard,
    code="""
place = torch.rand(samples, 2, dtype=torch.float64, generator=source)
targets = (place * cells).floor().long().sum(1) % 2
points = (place * 2 - 1) * 2
return points + noise * torch.randn(points.shape, dtype=torch.float64, generator=source), targets
""",
    params=(
        SAMPLES,
        noise(0.0),
        Param("cells", "integer", 3, low=2, high=8, soft=(2, 6)),
        SEED,
    ),
)  # fmt: skip
