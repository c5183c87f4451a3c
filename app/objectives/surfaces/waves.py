"""Surfaces with very many hollows, and one with a single hole in a plain."""

import math

from torch import Tensor

from app.objectives.surfaces.base import Point, Surface, Window
from app.objectives.surfaces.points import mirrored
from app.objectives.surfaces.references import library

PI = math.pi


def _ripple(x: Tensor) -> tuple[Tensor, Tensor]:
    """`10 + x^2 - 10 cos(2 pi x)` and its derivative; by half angles, so that nothing cancels near 0."""
    sine, cosine = (x * PI).sin(), (x * PI).cos()
    return x * x + sine * sine * 20, x * 2 + sine * cosine * (40 * PI)


def rastrigin(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = 20 + x^2 - 10 cos(2 pi x) + y^2 - 10 cos(2 pi y)`. Source: Surjanovic and Bingham, Rastrigin function."""
    value_x, along_x = _ripple(x)
    value_y, along_y = _ripple(y)
    return value_x + value_y, along_x, along_y


def ackley(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = -20 exp(-0.2 sqrt((x^2 + y^2) / 2)) - exp((cos(2 pi x) + cos(2 pi y)) / 2) + e + 20`.

    Evaluated with `expm1` and half angles, so that nothing cancels near 0. The tip at the origin has no derivative;
    it is taken as 0 there. Source: Surjanovic and Bingham, Ackley function.
    """
    at_x, at_y = x * PI, y * PI
    sine_x, sine_y = at_x.sin(), at_y.sin()
    radius = ((x * x + y * y) * 0.5).sqrt()
    cone = (radius * -0.2).expm1()
    waves = (sine_x * sine_x + sine_y * sine_y).neg().expm1() * math.e
    pull = (cone + 1) * 2 / radius.masked_fill(radius == 0, 1.0)
    swing = (waves + math.e) * (2 * PI)
    return (
        cone * -20 - waves,
        x * pull + sine_x * at_x.cos() * swing,
        y * pull + sine_y * at_y.cos() * swing,
    )


def levy_13(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = sin^2(3 pi x) + (x - 1)^2 (1 + sin^2(3 pi y)) + (y - 1)^2 (1 + sin^2(2 pi y))`.

    Source: Surjanovic and Bingham, Levy function N. 13.
    """
    a, b = x - 1, y - 1
    at_x, fast_y, slow_y = x * (3 * PI), y * (3 * PI), y * (2 * PI)
    sine_x, fast, slow = at_x.sin(), fast_y.sin(), slow_y.sin()
    square_a, square_b = a * a, b * b
    lift_x, lift_y = fast * fast + 1, slow * slow + 1
    return (
        sine_x * sine_x + square_a * lift_x + square_b * lift_y,
        sine_x * at_x.cos() * (6 * PI) + a * lift_x * 2,
        square_a * fast * fast_y.cos() * (6 * PI) + square_b * slow * slow_y.cos() * (4 * PI) + b * lift_y * 2,
    )


def easom(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """`f = -cos(x) cos(y) exp(-(x - pi)^2 - (y - pi)^2)`. Source: Surjanovic and Bingham, Easom function."""
    a, b = x - PI, y - PI
    cosine_x, cosine_y = x.cos(), y.cos()
    height = (a * a + b * b).neg().exp()
    across_x, across_y = cosine_x * height, cosine_y * height
    return (
        -(cosine_y * across_x),
        (x.sin() + a * cosine_x * 2) * across_y,
        (y.sin() + b * cosine_y * 2) * across_x,
    )


_DIPS = (
    (0.0, 0.0),
    (0.9949586376523348, 0.9949590570932914),
    (1.9899122337085496, 3.9798311905540875),
    (2.9848557010394812, 8.95460124148701),
    (3.9797838603007538, 15.91924379246153),
    (4.9746913908950513, 24.873722934542226),
)
"""Minima of `_ripple` with their values; those of Rastrigin are all pairs of them."""

RASTRIGIN = Surface(
    id="rastrigin",
    formula=r"f(x,y)=20+x^2-10\cos(2\pi x)\quad+y^2-10\cos(2\pi y)",
    evaluate=rastrigin,
    code="return 20 + x**2 - 10 * torch.cos(2 * math.pi * x) + y**2 - 10 * torch.cos(2 * math.pi * y)",
    window=Window((-5.12, 5.12), (-5.12, 5.12)),
    start=(-2.0, 3.5),
    points=(
        Point(0.0, 0.0, 0.0),
        *(
            point
            for index, (x, at_x) in enumerate(_DIPS)
            for y, at_y in _DIPS[: index + 1]
            if x > 0
            for point in mirrored(x, y, at_x + at_y)
        ),
    ),
    known=((0.5, 0.0, 20.25), (0.25, -0.25, 20.125), (2.5, 0.5, 46.5)),
    source=library("Rastrigin function", "rastr"),
)

ACKLEY = Surface(
    id="ackley",
    formula=r"f(x,y)=-20\,e^{-0.2\sqrt{\frac{x^2+y^2}{2}}}\quad-e^{\frac{\cos(2\pi x)+\cos(2\pi y)}{2}}+e+20",
    evaluate=ackley,
    code="""
def root(u):  # scripts.surface.tip
    return u.masked_fill(u == 0, 1).sqrt().masked_fill(u == 0, 0)

cone = -20 * torch.exp(-0.2 * root((x**2 + y**2) / 2))
waves = -torch.exp((torch.cos(2 * math.pi * x) + torch.cos(2 * math.pi * y)) / 2)
return cone + waves + math.e + 20
""",
    window=Window((-5.0, 5.0), (-5.0, 5.0)),
    start=(2.5, 3.0),
    points=(
        Point(0.0, 0.0, 0.0),
        *mirrored(0.95216654595017167, 0.0, 2.5799275570298725),
        *mirrored(0.96847765870772438, 0.96847765870772438, 3.57445187725768),
        *mirrored(1.9589197181217173, 0.0, 4.884065258091154),
        *mirrored(1.9646166628629863, 0.98241603507913928, 5.381864187490192),
        *mirrored(1.9744519864841166, 1.9744519864841166, 6.559645375627878),
        *mirrored(2.9646194431120519, 0.0, 6.882582646801294),
        *mirrored(2.9672595287625643, 0.9891541864816626, 7.180951647715366),
        *mirrored(2.9731394199243831, 1.9821399503814776, 7.961711274689828),
        *mirrored(2.9792239546911444, 2.9792239546911444, 9.001093478292008),
        *mirrored(3.9694667433517576, 0.0, 8.6162500440488),
        *mirrored(3.9709183150642834, 0.99276720617004466, 8.813151774046892),
        *mirrored(3.974540178468205, 1.9873106146274967, 9.353039239137805),
        *mirrored(3.9789247507681947, 2.9842137381272386, 10.120350743632672),
        *mirrored(3.9830676996897631, 3.9830676996897631, 10.998262102599446),
        *mirrored(4.9736112579969855, 0.0, 10.120331273799984),
        *mirrored(4.9744977221769818, 0.99492037382183924, 10.257974372149421),
        *mirrored(4.9768438493301022, 1.9907648757355257, 10.645027483714344),
        *mirrored(4.9799579394868195, 2.9879950588528369, 11.217549480016737),
        *mirrored(4.9831988967608825, 3.9865680979539452, 11.901256635114166),
        *mirrored(4.9861804569978759, 4.9861804569978759, 12.632268991516002),
    ),
    known=((0.5, 0.0, 3.0836533599911533), (0.5, 0.5, 4.253654026568412), (0.25, 0.75, 3.8338809307265684)),
    source=library("Ackley function", "ackley"),
)

LEVY_13 = Surface(
    id="levy-13",
    formula=(
        r"f(x,y)=\sin^2(3\pi x)\quad+(x-1)^2\left(1+\sin^2(3\pi y)\right)"
        r"\quad+(y-1)^2\left(1+\sin^2(2\pi y)\right)"
    ),
    evaluate=levy_13,
    code="""
along_x = (x - 1) ** 2 * (1 + torch.sin(3 * math.pi * y) ** 2)
along_y = (y - 1) ** 2 * (1 + torch.sin(2 * math.pi * y) ** 2)
return torch.sin(3 * math.pi * x) ** 2 + along_x + along_y
""",
    window=Window((-10.0, 10.0), (-10.0, 10.0)),
    start=(-4.0, 5.0),
    points=(
        Point(1.0, 1.0, 0.0),
        Point(0.67038052545168634, 1.0, 0.10987365835883794, "local"),
        Point(1.3296194745483137, 1.0, 0.10987365835883794, "local"),
        Point(0.67166605656317245, 0.73389320054618233, 0.28871152655530896, "local"),
        Point(0.67166605656317245, 1.2661067994538177, 0.28871152655530896, "local"),
        Point(1.3283339434368276, 0.73389320054618233, 0.28871152655530896, "local"),
        Point(1.3283339434368276, 1.2661067994538177, 0.28871152655530896, "local"),
    ),
    known=((0.0, 0.0, 2.0), (0.5, 1.0, 1.25), (1.0, 0.5, 0.25), (2.0, 0.25, 2.625)),
    detail=400,
    source=library("Levy function N. 13", "levy13"),
)

EASOM = Surface(
    id="easom",
    formula=r"f(x,y)=-\cos x\,\cos y\;e^{-(x-\pi)^2-(y-\pi)^2}",
    evaluate=easom,
    code="return -torch.cos(x) * torch.cos(y) * torch.exp(-((x - math.pi) ** 2) - (y - math.pi) ** 2)",
    window=Window((0.0, 2 * PI), (0.0, 2 * PI)),
    start=(2.2, 2.2),
    points=(
        Point(PI, PI, -1.0),
        Point(1.3049954504376675, 1.3049954504376675, -8.110223891570066e-05, "local"),
        Point(1.3049954504376675, 4.978189856741919, -8.110223891570066e-05, "local"),
        Point(4.978189856741919, 1.3049954504376675, -8.110223891570066e-05, "local"),
        Point(4.978189856741919, 4.978189856741919, -8.110223891570066e-05, "local"),
    ),
    known=(
        (0.0, 0.0, -2.675287991074243e-09),
        (PI, 0.0, 5.172318620381234e-05),
        (3.0, 3.0, -0.9415641575364946),
        (2.0, 2.0, -0.012779642669914994),
    ),
    source=library("Easom function", "easom"),
)
