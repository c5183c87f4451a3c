"""Convex quadratic surfaces: one minimum, curvature that is the same everywhere."""

import math

from torch import Tensor

from app.core.params import Param
from app.core.references import Reference
from app.objectives.surfaces.base import Point, Surface, Window
from app.objectives.surfaces.references import library


def booth(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = (x + 2y - 7)^2 + (2x + y - 5)^2`. Source: Surjanovic and Bingham, Booth function."""
    u = x + y * 2 - 7
    v = x * 2 + y - 5
    return u * u + v * v, (u + v * 2) * 2, (u * 2 + v) * 2


def matyas(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = 0.26 (x^2 + y^2) - 0.48 xy`. Source: Surjanovic and Bingham, Matyas function."""
    along_x = x * 0.52 - y * 0.48
    along_y = y * 0.52 - x * 0.48
    # A homogeneous quadratic is half the product of position and gradient.
    return (x * along_x + y * along_y) * 0.5, along_x, along_y


def quadratic(x: Tensor, y: Tensor, condition: float, angle: float) -> tuple[Tensor, Tensor, Tensor]:
    """`f = (u^2 + condition v^2) / 2` with `u = x cos(angle) + y sin(angle)` and `v = y cos(angle) - x sin(angle)`.

    condition: the ratio of the curvatures, that along v to that along u, which is 1; angle: degrees from the x axis,
    anticlockwise, to the flat direction u.
    Source: Goh, Why Momentum Really Works, the model of convex quadratics.
    """
    cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    u = x * cosine + y * sine
    v = y * cosine - x * sine
    steep = v * condition
    return (u * u + v * steep) * 0.5, u * cosine - steep * sine, u * sine + steep * cosine


CONDITION = Param(
    "condition", "number", 20.0,
    low=1.0, high=1000.0, soft=(1.0, 1000.0), scale="log", symbol=r"\kappa",
)  # fmt: skip

ANGLE = Param("angle", "number", -30.0, low=-90.0, high=90.0, soft=(-90.0, 90.0), symbol=r"\varphi", measured="degrees")

BOOTH = Surface(
    id="booth",
    formula=r"f(x,y)=(x+2y-7)^2+(2x+y-5)^2",
    evaluate=booth,
    code="return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2",
    window=Window((-10.0, 10.0), (-10.0, 10.0)),
    start=(-9.0, -9.0),
    points=(Point(1.0, 3.0, 0.0),),
    known=((0.0, 0.0, 74.0), (1.0, 1.0, 20.0), (-2.0, 3.0, 45.0)),
    source=library("Booth function", "booth"),
    log=True,
)

MATYAS = Surface(
    id="matyas",
    formula=r"f(x,y)=0.26\,(x^2+y^2)-0.48\,xy",
    evaluate=matyas,
    code="return 0.26 * (x**2 + y**2) - 0.48 * x * y",
    window=Window((-10.0, 10.0), (-10.0, 10.0)),
    start=(-9.0, -7.8),
    points=(Point(0.0, 0.0, 0.0),),
    known=((1.0, 1.0, 0.04), (1.0, -1.0, 1.0), (10.0, 5.0, 8.5)),
    source=library("Matyas function", "matya"),
    log=True,
)

QUADRATIC = Surface(
    id="quadratic",
    formula=(r"f(x,y)=\frac{u^2+\kappa v^2}{2},\quad u=x\cos\varphi+y\sin\varphi,\quad v=y\cos\varphi-x\sin\varphi"),
    evaluate=quadratic,
    code="""
u = x * math.cos(math.radians(angle)) + y * math.sin(math.radians(angle))
v = y * math.cos(math.radians(angle)) - x * math.sin(math.radians(angle))
return (u**2 + condition * v**2) / 2
""",
    window=Window((-3.0, 3.0), (-3.0, 3.0)),
    start=(2.5, 1.5),
    points=(Point(0.0, 0.0, 0.0),),
    known=((1.0, 0.0, 2.875), (0.0, 1.0, 7.625), (1.0, 1.0, 18.727241335952167)),
    source=Reference("Goh (2017), Why Momentum Really Works, Distill", "https://distill.pub/2017/momentum/"),
    log=True,
    params=(CONDITION, ANGLE),
)
