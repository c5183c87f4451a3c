"""What a dataset is: samples with their targets, and the words and numbers that present it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor

from app.core.params import Param
from app.core.words import Message, say
from app.objectives.seeds import SPLIT, generator

Task = Literal["binary", "multiclass", "regression"]

SAMPLES = Param("samples", "integer", 256, low=10, high=2000, soft=(20, 1000), scale="log", symbol="N")

SEED = Param("seed", "integer", 0, low=0, high=2**32 - 1, soft=(0, 20), words="dataset.seed")


def noise(default: float, words: str = "dataset.noise") -> Param:
    """The param for how far samples stray from their formula."""
    return Param("noise", "number", default, low=0.0, high=10.0, soft=(0.0, 1.0), symbol=r"\sigma", words=words)


class Samples(NamedTuple):
    """inputs: `(N, ...)`; targets: `(N,)`, class numbers as int64, or float64 for regression."""

    inputs: Tensor
    targets: Tensor

    def at(self, index: Tensor) -> "Samples":
        """The samples at `index (M,)`, in its order."""
        return Samples(self.inputs[index], self.targets[index])


class Split(NamedTuple):
    """Samples to learn from, and samples that only judge."""

    train: Samples
    test: Samples


@dataclass(frozen=True, slots=True, eq=False)
class Data:
    """A dataset with its params applied, float64.

    task: what is to be learned; samples: all of them; labels: the classes, proper names or messages, empty for
    regression; features: the names of the inputs' parts, empty for pictures; seed: that of the split.
    """

    task: Task
    samples: Samples
    labels: tuple[str | Message, ...]
    features: tuple[str, ...]
    seed: int

    @property
    def classes(self) -> int:
        """How many classes there are; 0 for regression."""
        return len(self.labels)

    @property
    def shape(self) -> tuple[int, ...]:
        """The shape of one input."""
        return tuple(self.samples.inputs.shape[1:])

    @property
    def size(self) -> int:
        """How many samples there are."""
        return len(self.samples.targets)


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """A catalogue entry; there is one of each, so equal means the same.

    tasks: what it can be, depending on params; shape: of one input; build(settings): the data, a function of the
    values of the params alone; shown: the two features that its picture shows.
    code: the samples once more, as a student makes them in torch: the body of a function that returns inputs and
    targets, of `source`, a generator, and the params but for the seed; or of `raw`, the numbers that `packed()` gives
    as bytes, where the set was measured.
    """

    id: str
    tasks: tuple[Task, ...]
    shape: tuple[int, ...]
    build: Callable[[Mapping[str, Any]], Data]
    code: str
    params: tuple[Param, ...] = (SEED,)
    source: str = ""
    shown: tuple[int, int] = (0, 1)
    packed: Callable[[], bytes] | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"datasets.{self.id}.title")

    @property
    def line(self) -> str:
        """One sentence for the menu."""
        return say(f"datasets.{self.id}.line")


def held_out(size: int, fraction: float) -> int:
    """How many of `size` samples are for testing: `fraction` of them, rounded, but at least 1 and not all."""
    return min(max(round(size * fraction), 1), size - 1)


def split(data: Data, fraction: float) -> Split:
    """The samples of `data` in an order drawn from its seed: the last `held_out` for testing, the rest to train.

    fraction: above 0 and below 1.
    """
    order = torch.randperm(data.size, generator=generator(SPLIT, data.seed))
    edge = data.size - held_out(data.size, fraction)
    return Split(data.samples.at(order[:edge]), data.samples.at(order[edge:]))
