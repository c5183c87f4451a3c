"""Small pictures of the datasets, for the tiles from which they are chosen."""

from typing import Any

from torch import Tensor

from app.objectives.datasets.base import Data, split

POINTS = 120
"""So many samples show the shape of a set, and still take little room."""

MARGIN = 0.05
"""What stays empty at each edge, as a part of the picture's side."""

COLUMNS, ROWS = 4, 3
"""How many pictures of a set of pictures are shown beside and below each other."""

WHITE = 255


def picture(data: Data, shown: tuple[int, int]) -> dict[str, Any]:
    """What `data` looks like.

    Of numbers: `points`, each `[x, y, class]` with x to the right and y upwards from 0 to 1; the two features `shown`
    are drawn to one scale, a feature and its target each fill the picture, and the class is 0 for regression. Of
    images: the first twelve, tiled, as `levels` from 0 for no ink to 255, row by row from the top, `width` by `height`.
    """
    return _mosaic(data) if len(data.shape) == 2 else _scatter(data, shown)


def _scatter(data: Data, shown: tuple[int, int]) -> dict[str, Any]:
    # In the order of a split: as they come, some sets go class by class.
    inputs, targets = (part[:POINTS] for part in split(data, 0.3).train)
    curve = data.task == "regression"
    x, y = (inputs[:, 0], targets) if curve else (inputs[:, shown[0]], inputs[:, shown[1]])
    side = max(_extent(x), _extent(y))
    columns = (_to_unit(x, _extent(x) if curve else side), _to_unit(y, _extent(y) if curve else side))
    classes = [0] * len(targets) if curve else targets.tolist()
    return {"points": [list(point) for point in zip(*columns, classes, strict=True)]}


def _extent(values: Tensor) -> float:
    return float(values.max() - values.min())


def _to_unit(values: Tensor, extent: float) -> list[float]:
    """`values`, whose middle becomes 1/2 and whose `extent` becomes what the margins leave of 0 to 1."""
    middle = (values.max() + values.min()) / 2
    places = 0.5 + (values - middle) / extent * (1 - 2 * MARGIN)
    return [round(place, 3) for place in places.tolist()]


def _mosaic(data: Data) -> dict[str, Any]:
    images = data.samples.inputs[: COLUMNS * ROWS]
    levels = ((images - images.min()) / _extent(images) * WHITE).round().int()
    height, width = data.shape
    # (row, column, y, x) to (row, y, column, x): the lines of one row of pictures run through all of its columns.
    tiled = levels.reshape(ROWS, COLUMNS, height, width).transpose(1, 2)
    return {"levels": tiled.flatten().tolist(), "width": COLUMNS * width, "height": ROWS * height}
