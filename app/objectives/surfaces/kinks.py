"""Surfaces with a square root of an absolute value: the slope is infinite on one side of a line and on the other."""

from torch import Tensor

from app.objectives.surfaces.base import Point, Surface, Window
from app.objectives.surfaces.references import library


def root_abs(u: Tensor) -> tuple[Tensor, Tensor]:
    """`sqrt|u|` and its derivative `sign(u) / (2 sqrt|u|)`, which is defined as 0 at the kink u = 0."""
    root = u.abs().sqrt()
    return root, u.sign() * 0.5 / root.masked_fill(root == 0, 1.0)


def bukin_6(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = 100 sqrt|y - 0.01 x^2| + 0.01 |x + 10|`.

    Both terms have a kink, where their derivative is taken as 0: on the ridge y = 0.01 x^2, and at x = -10.
    Source: Surjanovic and Bingham, Bukin function N. 6.
    """
    root, slope = root_abs(y - x * x * 0.01)
    along_y = slope * 100
    shift = x + 10
    return root * 100 + shift.abs() * 0.01, shift.sign() * 0.01 - x * along_y * 0.02, along_y


def eggholder(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = -(y + 47) sin sqrt|y + x/2 + 47| - x sin sqrt|x - (y + 47)|`.

    Each root has a kink where its argument is 0; the root's derivative is taken as 0 there.
    Source: Surjanovic and Bingham, Eggholder function.
    """
    w = y + 47
    outer, outer_slope = root_abs(x * 0.5 + w)
    inner, inner_slope = root_abs(x - w)
    outer_sine, inner_sine = outer.sin(), inner.sin()
    by_outer = w * outer.cos() * outer_slope
    by_inner = x * inner.cos() * inner_slope
    return (
        -(w * outer_sine + x * inner_sine),
        -(by_outer * 0.5 + inner_sine + by_inner),
        by_inner - by_outer - outer_sine,
    )


BUKIN_6 = Surface(
    id="bukin-6",
    formula=r"f(x,y)=100\sqrt{\left|y-0.01\,x^2\right|}+0.01\left|x+10\right|",
    evaluate=bukin_6,
    code="""
def root(u):  # scripts.surface.root
    return u.masked_fill(u == 0, 1).abs().sqrt().masked_fill(u == 0, 0)

return 100 * root(y - 0.01 * x**2) + 0.01 * abs(x + 10)
""",
    window=Window((-15.0, -5.0), (-3.0, 3.0)),
    start=(-13.0, -2.0),
    points=(Point(-10.0, 1.0, 0.0),),
    known=((-10.0, 0.0, 100.0), (-5.0, 0.0, 50.05), (-15.0, -1.75, 200.05), (-8.0, 1.0, 60.02)),
    source=library("Bukin function N. 6", "bukin6"),
)

EGGHOLDER = Surface(
    id="eggholder",
    formula=(r"f(x,y)=-(y+47)\sin\sqrt{\left|y+\frac{x}{2}+47\right|}\quad-x\sin\sqrt{\left|x-(y+47)\right|}"),
    evaluate=eggholder,
    code="""
def root(u):  # scripts.surface.root
    return u.masked_fill(u == 0, 1).abs().sqrt().masked_fill(u == 0, 0)

return -(y + 47) * torch.sin(root(y + x / 2 + 47)) - x * torch.sin(root(x - (y + 47)))
""",
    window=Window((-512.0, 512.0), (-512.0, 512.0)),
    start=(-333.0, -333.0),
    points=(
        Point(512.0, 404.23180511375781, -959.6406627208509),
        Point(482.35331046478844, 432.87899894548345, -956.9182316246655, "local"),
        Point(479.04540378435184, 434.50587646790113, -955.2551521443154, "local"),
        Point(439.48099726945346, 453.97743475400256, -935.3379515605802, "local"),
        Point(-465.69415154513569, 385.71669978348038, -894.5789003905999, "local"),
        Point(347.3269729738487, 499.41539845004283, -888.9491252698917, "local"),
    ),
    known=((0.0, 0.0, -25.460337185286313), (100.0, 3.0, -43.68507363933567), (2.0, -48.0, -1.9740532899807075)),
    source=library("Eggholder function", "egg"),
)
