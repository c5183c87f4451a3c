"""Surfaces without a lowest point, flat at the origin."""

from torch import Tensor

from app.core.references import Reference
from app.objectives.surfaces.base import Point, Surface, Window


def saddle(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = x^2 - y^2`. Source: Weisstein, Hyperbolic Paraboloid."""
    return x * x - y * y, x * 2, y * -2


def monkey_saddle(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = x^3 - 3 x y^2`. Source: Weisstein, Monkey Saddle."""
    a, b = x * x, y * y
    return (a - b * 3) * x, (a - b) * 3, x * y * -6


SADDLE = Surface(
    id="saddle",
    formula=r"f(x,y)=x^2-y^2",
    evaluate=saddle,
    code="return x**2 - y**2",
    window=Window((-2.0, 2.0), (-2.0, 2.0)),
    start=(1.0, 0.001),
    points=(Point(0.0, 0.0, 0.0, "saddle"),),
    known=((1.0, 0.0, 1.0), (0.0, 1.0, -1.0), (2.0, 1.0, 3.0), (0.5, -1.5, -2.0)),
    source=Reference(
        "Weisstein, MathWorld: Hyperbolic Paraboloid", "https://mathworld.wolfram.com/HyperbolicParaboloid.html"
    ),
)

MONKEY_SADDLE = Surface(
    id="monkey-saddle",
    formula=r"f(x,y)=x^3-3xy^2",
    evaluate=monkey_saddle,
    code="return x**3 - 3 * x * y**2",
    window=Window((-2.0, 2.0), (-2.0, 2.0)),
    start=(0.9, 0.05),
    points=(Point(0.0, 0.0, 0.0, "saddle"),),
    known=((1.0, 0.0, 1.0), (1.0, 1.0, -2.0), (2.0, -1.0, 2.0), (0.0, 1.0, 0.0)),
    source=Reference("Weisstein, MathWorld: Monkey Saddle", "https://mathworld.wolfram.com/MonkeySaddle.html"),
)
