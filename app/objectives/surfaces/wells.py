"""Smooth surfaces with a few hollows: which one a path ends in depends on start, speed and noise."""

from torch import Tensor

from app.core.references import Reference
from app.objectives.surfaces.base import Point, Surface, Window
from app.objectives.surfaces.references import library, survey


def himmelblau(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = (x^2 + y - 11)^2 + (x + y^2 - 7)^2`. Source: Jamil and Yang (2013), Himmelblau function."""
    u = x * x + y - 11
    v = y * y + x - 7
    return u * u + v * v, (x * u * 2 + v) * 2, (y * v * 2 + u) * 2


def styblinski_tang(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = (x^4 - 16 x^2 + 5x + y^4 - 16 y^2 + 5y) / 2`. Source: Surjanovic and Bingham, Styblinski-Tang function."""
    a, b = x * x, y * y
    return (
        ((a - 16) * a + (b - 16) * b + (x + y) * 5) * 0.5,
        (a * 2 - 16) * x + 2.5,
        (b * 2 - 16) * y + 2.5,
    )


def goldstein_price(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = a b`, a product of one polynomial in s = x + y and one in d = 2x - 3y.

    `a = 1 + (x + y + 1)^2 (19 - 14x + 3x^2 - 14y + 6xy + 3y^2) = 1 + (s + 1)^2 (19 - 14s + 3s^2)`
    `b = 30 + (2x - 3y)^2 (18 - 32x + 12x^2 + 48y - 36xy + 27y^2) = 30 + d^2 (18 - 16d + 3d^2)`
    with `da/ds = 12 (s + 1)(s - 1)(s - 2)` and `db/dd = 12 d (d - 1)(d - 3)`.
    Source: Surjanovic and Bingham, Goldstein-Price function.
    """
    s, d = x + y, x * 2 - y * 3
    p, q = s + 1, d * d
    a = p * p * ((s * 3 - 14) * s + 19) + 1
    b = q * ((d * 3 - 16) * d + 18) + 30
    by_sum = p * (s - 1) * (s - 2) * b * 12
    by_difference = d * (d - 1) * (d - 3) * a * 12
    return a * b, by_sum + by_difference * 2, by_sum - by_difference * 3


def two_wells(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = x^2 + y^2 - 2 exp(-((x - 1)^2 + y^2) / 0.2) - 3 exp(-((x + 1)^2 + y^2) / 0.2)`.

    Source: Dupont, Optimization Algorithms Visualization.
    """
    left, right = x + 1, x - 1
    square = y * y
    deep = ((left * left + square) * -5).exp() * 3
    shallow = ((right * right + square) * -5).exp() * 2
    return (
        x * x + square - deep - shallow,
        (x + (left * deep + right * shallow) * 5) * 2,
        ((deep + shallow) * 10 + 2) * y,
    )


HIMMELBLAU = Surface(
    id="himmelblau",
    formula=r"f(x,y)=(x^2+y-11)^2+(x+y^2-7)^2",
    evaluate=himmelblau,
    code="return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2",
    window=Window((-6.0, 6.0), (-6.0, 6.0)),
    start=(-0.15, 0.67),
    points=(
        Point(3.0, 2.0, 0.0),
        Point(-2.8051180869527449, 3.131312518250573, 0.0),
        Point(-3.7793102533777469, -3.2831859912861694, 0.0),
        Point(3.5844283403304917, -1.8481265269644036, 0.0),
        Point(3.3851541836070209, 0.073851879837749288, 13.31192627040559, "saddle"),
        Point(0.086677504555396352, 2.8842547011747761, 67.71915008752615, "saddle"),
        Point(-3.0730257507643896, -0.081353044287967512, 104.0151629175581, "saddle"),
        Point(-0.12796134673068007, -1.9537149802445764, 178.33723920192747, "saddle"),
    ),
    known=((0.0, 0.0, 170.0), (1.0, 1.0, 106.0), (-1.0, 2.0, 80.0)),
    source=survey("Himmelblau function"),
    log=True,
)

STYBLINSKI_TANG = Surface(
    id="styblinski-tang",
    formula=r"f(x,y)=\tfrac{1}{2}(x^4-16x^2+5x \quad+y^4-16y^2+5y)",
    evaluate=styblinski_tang,
    code="return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2",
    window=Window((-5.0, 5.0), (-5.0, 5.0)),
    start=(0.5, 1.0),
    points=(
        Point(-2.9035340277711771, -2.9035340277711771, -78.33233140754282),
        Point(-2.9035340277711771, 2.746802770990837, -64.19561235905536, "local"),
        Point(2.746802770990837, -2.9035340277711771, -64.19561235905536, "local"),
        Point(2.746802770990837, 2.746802770990837, -50.05889331056788, "local"),
        Point(-2.9035340277711771, 0.1567312567803401, -38.97055334471606, "saddle"),
        Point(0.1567312567803401, -2.9035340277711771, -38.97055334471606, "saddle"),
        Point(0.1567312567803401, 2.746802770990837, -24.833834296228584, "saddle"),
        Point(2.746802770990837, 0.1567312567803401, -24.833834296228584, "saddle"),
    ),
    known=((0.0, 0.0, 0.0), (1.0, 1.0, -10.0), (2.0, -1.0, -29.0)),
    source=library("Styblinski-Tang function", "stybtang"),
)

GOLDSTEIN_PRICE = Surface(
    id="goldstein-price",
    formula=(
        r"f(x,y)=\left[1+(s+1)^2(19-14s+3s^2)\right]"
        r"\quad\cdot\left[30+d^2(18-16d+3d^2)\right],\quad s=x+y,\quad d=2x-3y"
    ),
    evaluate=goldstein_price,
    code="""
s, d = x + y, 2 * x - 3 * y
a = 1 + (s + 1) ** 2 * (19 - 14 * s + 3 * s**2)
b = 30 + d**2 * (18 - 16 * d + 3 * d**2)
return a * b
""",
    window=Window((-2.0, 2.0), (-2.0, 2.0)),
    start=(0.2, -0.5),
    points=(
        Point(0.0, -1.0, 3.0),
        Point(-0.6, -0.4, 30.0, "local"),
        Point(1.8, 0.2, 84.0, "local"),
        Point(1.2, 0.8, 840.0, "local"),
        Point(-0.4, -0.6, 35.0, "saddle"),
        Point(1.2, -0.2, 99.0, "saddle"),
        Point(1.4, 0.6, 980.0, "saddle"),
        Point(0.6, 0.4, 990.0, "saddle"),
    ),
    known=((0.0, 0.0, 600.0), (1.0, 1.0, 1876.0), (-1.0, 0.0, 278.0), (0.0, 1.0, 28611.0)),
    source=library("Goldstein-Price function", "goldpr"),
    log=True,
)

TWO_WELLS = Surface(
    id="two-wells",
    formula=(r"f(x,y)=x^2+y^2-2\,e^{-\frac{(x-1)^2+y^2}{0.2}}\quad-3\,e^{-\frac{(x+1)^2+y^2}{0.2}}"),
    evaluate=two_wells,
    code="""
shallow = 2 * torch.exp(-((x - 1) ** 2 + y**2) / 0.2)
deep = 3 * torch.exp(-((x + 1) ** 2 + y**2) / 0.2)
return x**2 + y**2 - shallow - deep
""",
    window=Window((-2.0, 2.0), (-2.0, 2.0)),
    start=(0.7, 1.5),
    points=(
        Point(-0.93630063401091863, 0.0, -2.063090251768194),
        Point(0.90531789916011499, 0.0, -1.092731999201741, "local"),
        Point(0.06860243670809655, 0.0, -0.03137427327004573, "saddle"),
    ),
    known=((0.0, 0.0, -0.03368973499542734), (-0.5, 0.5, 0.2537375508219594), (0.0, 1.0, 0.9997730003511876)),
    source=Reference(
        "Dupont (2018), Optimization Algorithms Visualization",
        "https://emiliendupont.github.io/2018/01/24/optimization-visualization/",
    ),
)
