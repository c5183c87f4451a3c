"""Surfaces whose difficulty is a narrow, bent or flat valley."""

from torch import Tensor

from app.objectives.surfaces.base import Point, Surface, Window
from app.objectives.surfaces.references import library


def rosenbrock(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = (1 - x)^2 + 100 (y - x^2)^2`. Source: Surjanovic and Bingham, Rosenbrock function."""
    a = x - 1
    b = y - x * x
    along_y = b * 200
    return a * a + b * along_y * 0.5, (a - x * along_y) * 2, along_y


def beale(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = (1.5 - x + xy)^2 + (2.25 - x + xy^2)^2 + (2.625 - x + xy^3)^2`.

    Source: Surjanovic and Bingham, Beale function.
    """
    square = y * y
    p, q, r = y - 1, square - 1, square * y - 1
    a, b, c = x * p + 1.5, x * q + 2.25, x * r + 2.625
    return (
        a * a + b * b + c * c,
        (a * p + b * q + c * r) * 2,
        (a + b * y * 2 + c * square * 3) * x * 2,
    )


def mccormick(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = sin(x + y) + (x - y)^2 - 1.5 x + 2.5 y + 1`.

    Its minimum is the lowest inside the window only: each further hollow towards x + y = -infinity is lower by pi.
    Source: Surjanovic and Bingham, McCormick function.
    """
    total, apart = x + y, x - y
    wave = total.cos()
    bend = apart + apart
    return (
        total.sin() + apart * apart - x * 1.5 + y * 2.5 + 1,
        wave + bend - 1.5,
        wave - bend + 2.5,
    )


ROSENBROCK = Surface(
    id="rosenbrock",
    formula=r"f(x,y)=(1-x)^2+100\,(y-x^2)^2",
    evaluate=rosenbrock,
    code="return (1 - x) ** 2 + 100 * (y - x**2) ** 2",
    window=Window((-2.0, 2.0), (-1.0, 3.0)),
    start=(-1.2, 1.0),
    points=(Point(1.0, 1.0, 0.0),),
    known=((0.0, 0.0, 1.0), (-1.2, 1.0, 24.2), (2.0, 2.0, 401.0), (1.0, 2.0, 100.0)),
    source=library("Rosenbrock function", "rosen"),
    log=True,
)

BEALE = Surface(
    id="beale",
    formula=r"f(x,y)=(1.5-x+xy)^2\quad+(2.25-x+xy^2)^2+(2.625-x+xy^3)^2",
    evaluate=beale,
    code="return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2",
    window=Window((-4.5, 4.5), (-4.5, 4.5)),
    start=(1.0, 1.5),
    points=(
        Point(3.0, 0.5, 0.0),
        Point(0.0, 1.0, 14.203125, "saddle"),
        Point(0.10053793732415836, -2.644513585023125, 9.86451228475556, "saddle"),
    ),
    known=((0.0, 0.0, 14.203125), (2.0, 0.0, 0.703125), (1.0, 2.0, 126.453125)),
    source=library("Beale function", "beale"),
    log=True,
)

MCCORMICK = Surface(
    id="mccormick",
    formula=r"f(x,y)=\sin(x+y)+(x-y)^2\quad-1.5\,x+2.5\,y+1",
    evaluate=mccormick,
    code="return torch.sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1",
    window=Window((-1.5, 4.0), (-3.0, 4.0)),
    start=(3.5, -2.0),
    points=(
        Point(-0.54719755119659775, -1.5471975511965977, -1.9132229549810364),
        Point(2.5943951023931955, 1.5943951023931955, 1.2283696986087569, "local"),
        Point(1.5471975511965977, 0.54719755119659775, 1.9132229549810364, "saddle"),
    ),
    known=((0.0, 0.0, 1.0), (1.0, -1.0, 1.0), (1.0, 1.0, 2.9092974268256817), (-1.0, -1.0, -0.9092974268256817)),
    source=library("McCormick function", "mccorm"),
)
