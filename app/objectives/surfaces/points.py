"""Stationary points that a symmetry of the surface gives for nothing."""

from app.objectives.surfaces.base import Point


def opposite(point: Point) -> tuple[Point, Point]:
    """`point` and the one through the origin from it."""
    return point, Point(-point.x, -point.y, point.value, point.kind)


def mirrored(x: float, y: float, value: float) -> tuple[Point, ...]:
    """The local minimum at (x, y) and its images under both sign changes and the exchange of x and y."""
    images = {(a, b) for u, v in ((x, y), (y, x)) for a in (u, -u) for b in (v, -v)}
    return tuple(Point(a, b, value, "local") for a, b in sorted(images))
