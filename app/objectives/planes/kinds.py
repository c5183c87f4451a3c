"""The ways to lay a plane through weight space, in the order of the menu."""

import math

import torch
from torch import Tensor
from torch.linalg import vector_norm

from app.core.params import Param
from app.core.references import Reference
from app.core.words import Message, message
from app.objectives.models.base import Shapes
from app.objectives.planes.base import Plane, PlaneKind, Settings
from app.objectives.planes.directions import axis, filter_normalised, independent, orthonormal
from app.objectives.planes.points import centred, entries, path
from app.objectives.seeds import DIRECTIONS, generator

MOST = 1200
"""The size of the largest matrix of scalar products that is taken apart, which takes its cube in time."""

LINE = 1e-12
"""Entries lie on a line where their second variance is not above this part of the first: rounding is as large."""

ROW = Param("row", "integer", 0, low=0)


def principal(trajectories: Tensor, _shapes: Shapes, _settings: Settings) -> Plane:
    """The plane nearest to all entries of all trajectories, by the sum of squared distances.

    It passes through their mean m along the two leading right singular vectors of `entries - m`, found from the smaller
    of the two matrices of scalar products; each points so that the start has no positive coordinate. Where entries and
    weights both number more than `MOST`, every k-th step speaks for the others. Where the second spread is not above a
    millionth of the first, entries lie on a line, and a weight axis takes the place of the direction.
    """
    points = entries(trajectories)
    size = min(points.shape)
    if size > MOST:
        points = entries(trajectories[:: math.ceil(len(points) / MOST)])
    mean, differences = centred(points)
    u, v = orthonormal(*_leading(differences))
    start = points[0] - mean
    u, v = (-direction if start @ direction > 0 else direction for direction in (u, v))
    return Plane(mean, u, v, _axes("planes.principal.axis"))


def _axes(key: str) -> tuple[Message, Message]:
    """What is said of the two directions by `key` with their number."""
    return message(key, number=1), message(key, number=2)


def _leading(differences: Tensor) -> tuple[Tensor, Tensor]:
    """The two leading right singular vectors of `differences (N, P)`, of any length; 0 where there is none."""
    nothing = torch.zeros_like(differences[0])
    if not differences.any():
        return nothing, nothing
    if differences.shape[1] <= len(differences):
        values, vectors = torch.linalg.eigh(differences.T @ differences)
    else:
        values, left = torch.linalg.eigh(differences @ differences.T)
        vectors = differences.T @ left
    return vectors[:, -1], vectors[:, -2] if values[-2] > LINE * values[-1] else nothing


def random(trajectories: Tensor, shapes: Shapes, settings: Settings) -> Plane:
    """Two random directions around the end of trajectory `row`, filter-normalised; coordinates run from -1 to 1.

    They are Gaussian and a function of `seed`. Where the centre's weights are all 0, their norms are taken as if each
    weight were 1. Where both directions fall on one line, as with a single weight and a bias, the second is replaced by
    one that is orthogonal and as long.
    """
    centre = path(trajectories, settings["row"]).end
    drawn = torch.randn(2, len(centre), dtype=torch.float64, generator=generator(DIRECTIONS, settings["seed"]))
    directions = filter_normalised(drawn, centre, shapes)
    if not directions.any():
        directions = filter_normalised(drawn, torch.ones_like(centre), shapes)
    u, v = independent(directions[0], directions[1])
    return Plane(centre, u, v, _axes("planes.random.axis"), reach=1.0)


def three_points(trajectories: Tensor, _shapes: Shapes, settings: Settings) -> Plane:
    """Through the start and the ends of trajectories `first` and `second`, None for the last one.

    The origin is the start, u points to the first end, and v is orthogonal to u. With one trajectory as both, or two
    that end at one point, the plane passes through the entry of the second that is farthest from u's line instead.
    """
    last = trajectories.shape[1] - 1
    one = path(trajectories, settings["first"])
    other = path(trajectories, last if settings["second"] is None else settings["second"])
    difference, third = one.end - one.start, other.end - one.start
    if torch.equal(one.end, other.end):
        third = _farthest(other.points - one.start, difference)
    u, v = orthonormal(difference, third)
    return Plane(one.start, u, v, (message("planes.three-points.first"), message("planes.three-points.second")))


def _farthest(differences: Tensor, direction: Tensor) -> Tensor:
    """That row of `differences (N, P)` which is farthest from the line of `direction (P,)`."""
    unit = direction / vector_norm(direction) if direction.any() else direction
    rest = differences - (differences @ unit)[:, None] * unit
    return differences[int(vector_norm(rest, dim=1).argmax())]


def two_weights(trajectories: Tensor, shapes: Shapes, settings: Settings) -> Plane:
    """Weights number `first` and `second` change, all others stay as at the end of trajectory `row`.

    Coordinates are the two weights themselves. Where both are one, the first other weight joins it.
    """
    centre = path(trajectories, settings["row"]).end
    u, v = orthonormal(axis(centre, settings["first"]), axis(centre, settings["second"]))
    names = weight_name(shapes, int(u.argmax())), weight_name(shapes, int(v.argmax()))
    return Plane(centre * (1 - u - v), u, v, names)


def weight_name(shapes: Shapes, index: int) -> str:
    """Weight number `index` of P as it is called in its tensor, such as `layer1.weight[0, 1]`."""
    for name, shape in shapes.items():
        size = math.prod(shape)
        if index < size:
            return f"{name}{[int(place) for place in torch.unravel_index(torch.tensor(index), shape)]}"
        index -= size
    raise IndexError(f"the weights end {index + 1} before this one")


PRINCIPAL = PlaneKind(
    id="principal",
    make=principal,
)

RANDOM = PlaneKind(
    id="random",
    make=random,
    params=(
        ROW,
        Param("seed", "integer", 0, low=0, high=2**32 - 1, soft=(0, 20), words="plane.seed"),
    ),
    rows=("row",),
    source=Reference(
        "Li, Xu, Taylor, Studer and Goldstein 2018, Visualizing the Loss Landscape of Neural Nets",
        "https://arxiv.org/abs/1712.09913",
    ),
)

THREE_POINTS = PlaneKind(
    id="three-points",
    make=three_points,
    params=(
        Param("first", "integer", 0, low=0, words="three-points.first"),
        Param("second", "integer", None, low=0, optional=True, words="three-points.second"),
    ),
    rows=("first", "second"),
)  # fmt: skip

TWO_WEIGHTS = PlaneKind(
    id="two-weights",
    make=two_weights,
    params=(
        Param("first", "integer", 0, low=0, words="two-weights.first"),
        Param("second", "integer", 1, low=0, words="two-weights.second"),
        ROW,
    ),
    rows=("row",),
    weights=("first", "second"),
)

PLANES: tuple[PlaneKind, ...] = (PRINCIPAL, RANDOM, THREE_POINTS, TWO_WEIGHTS)
