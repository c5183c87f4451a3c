"""What a model learns from, for people to look at."""

from typing import Any

import torch
from torch import Tensor

from app.engine.snapshot import window
from app.objectives.datasets.base import Samples, split
from app.objectives.models.base import count
from app.objectives.models.choice import ModelChoice

PICTURES = 60
"""So many pictures are shown of a set of pictures."""

WHITE = 255


def describe(choice: ModelChoice) -> dict[str, Any]:
    """The data and the weights of `choice`.

    `task`, `labels` of the classes, `features`; `train` and `test` with `inputs`, where these are one number or two,
    and `targets`, class numbers or values; `window`, what pictures of the inputs cover, or None; `pictures`, where
    inputs are pictures: the first `PICTURES` to train, each row by row from the top, 0 for no ink to 255; `shapes` of
    the weights by name, in order, and `weights`, how many there are.
    """
    data, shapes = choice.data(), choice.shapes()
    parts, shown = split(data, choice.test_fraction), window(data)
    return {
        "task": data.task,
        "labels": [str(label) for label in data.labels],
        "features": list(data.features),
        "train": _samples(parts.train, plain=shown is not None),
        "test": _samples(parts.test, plain=shown is not None),
        "window": {"x": list(shown.x), "y": list(shown.y)} if shown else None,
        "pictures": _pictures(parts.train.inputs[:PICTURES], data.samples.inputs) if len(data.shape) == 2 else None,
        "shapes": [{"name": name, "shape": list(shape)} for name, shape in shapes.items()],
        "weights": count(shapes),
    }


def _samples(samples: Samples, *, plain: bool) -> dict[str, Any]:
    return {"inputs": samples.inputs.tolist() if plain else [], "targets": samples.targets.tolist()}


def _pictures(images: Tensor, every: Tensor) -> list[list[int]]:
    """`images (N, h, w)` as levels, on the scale of `every` picture."""
    low, high = torch.aminmax(every)
    levels: list[list[int]] = ((images - low) / (high - low) * WHITE).round().int().flatten(1).tolist()
    return levels
