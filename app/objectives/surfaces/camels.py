"""The camel functions: even polynomials with hollows in pairs, the same through the origin."""

from torch import Tensor

from app.objectives.surfaces.base import Point, Surface, Window
from app.objectives.surfaces.points import opposite
from app.objectives.surfaces.references import library


def six_hump_camel(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = (4 - 2.1 x^2 + x^4/3) x^2 + xy + (-4 + 4 y^2) y^2`.

    Source: Surjanovic and Bingham, Six-hump camel function.
    """
    a, b = x * x, y * y
    return (
        ((a * (1 / 3) - 2.1) * a + 4) * a + x * y + (b - 1) * b * 4,
        ((a * 2 - 8.4) * a + 8) * x + y,
        x + (b * 16 - 8) * y,
    )


def three_hump_camel(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = 2 x^2 - 1.05 x^4 + x^6/6 + xy + y^2`. Source: Surjanovic and Bingham, Three-hump camel function."""
    a = x * x
    return (
        ((a * (1 / 6) - 1.05) * a + 2) * a + (x + y) * y,
        ((a - 4.2) * a + 4) * x + y,
        x + y * 2,
    )


SIX_HUMP_CAMEL = Surface(
    id="six-hump-camel",
    formula=r"f(x,y)=\left(4-2.1\,x^2+\frac{x^4}{3}\right)x^2\quad+xy+(-4+4y^2)\,y^2",
    evaluate=six_hump_camel,
    code="return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2",
    window=Window((-3.0, 3.0), (-2.0, 2.0)),
    start=(1.3, -1.5),
    points=(
        *opposite(Point(0.089842013100318062, -0.71265640302073963, -1.0316284534898774)),
        *opposite(Point(1.7036067149699809, -0.79608356867262512, -0.2154638243837184, "local")),
        *opposite(Point(1.6071047529201974, 0.56865145488413135, 2.1042503103112575, "local")),
        Point(0.0, 0.0, 0.0, "saddle"),
        *opposite(Point(1.1092053368047864, -0.76826809250953984, 0.543718600978185, "saddle")),
        *opposite(Point(1.6380679841897787, 0.22867406904439409, 2.2293571975307143, "saddle")),
        *opposite(Point(1.2960702671671091, 0.60508438803865851, 2.2294708180298595, "saddle")),
    ),
    known=((1.0, 0.0, 67 / 30), (0.0, 1.0, 0.0), (1.0, 1.0, 97 / 30), (2.0, 1.0, 86 / 15)),
    source=library("Six-hump camel function", "camel6"),
    log=True,
)

THREE_HUMP_CAMEL = Surface(
    id="three-hump-camel",
    formula=r"f(x,y)=2x^2-1.05\,x^4+\frac{x^6}{6}+xy+y^2",
    evaluate=three_hump_camel,
    code="return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2",
    window=Window((-5.0, 5.0), (-5.0, 5.0)),
    start=(-4.0, 3.0),
    points=(
        Point(0.0, 0.0, 0.0),
        *opposite(Point(1.747552345830289, -0.87377617291514449, 0.2986384422368594, "local")),
        *opposite(Point(1.0705422918236599, -0.53527114591182996, 0.8773615577631402, "saddle")),
    ),
    known=((1.0, 0.0, 67 / 60), (1.0, 1.0, 187 / 60), (2.0, -1.0, 13 / 15)),
    source=library("Three-hump camel function", "camel3"),
    log=True,
)
