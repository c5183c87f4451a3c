"""The printed formulas once more, of Python's numbers, or of tensors for autograd: the judge of the surfaces."""

import math
from collections.abc import Callable
from typing import Any

import torch


def of_both(name: str) -> Callable[[Any], Any]:
    """The function `name` of math for a number and of torch for a tensor."""
    return lambda u: getattr(torch if isinstance(u, torch.Tensor) else math, name)(u)


sin, cos, exp, sqrt = map(of_both, ("sin", "cos", "exp", "sqrt"))


def rosenbrock(x: float, y: float) -> float:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def himmelblau(x: float, y: float) -> float:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def beale(x: float, y: float) -> float:
    return (1.5 - x + x * y) ** 2 + (2.25 - x + x * y**2) ** 2 + (2.625 - x + x * y**3) ** 2


def rastrigin(x: float, y: float) -> float:
    return 20 + x**2 - 10 * cos(2 * math.pi * x) + y**2 - 10 * cos(2 * math.pi * y)


def ackley(x: float, y: float) -> float:
    radius = sqrt((x**2 + y**2) / 2)
    waves = (cos(2 * math.pi * x) + cos(2 * math.pi * y)) / 2
    return -20 * exp(-0.2 * radius) - exp(waves) + math.e + 20


def styblinski_tang(x: float, y: float) -> float:
    return (x**4 - 16 * x**2 + 5 * x + y**4 - 16 * y**2 + 5 * y) / 2


def goldstein_price(x: float, y: float) -> float:
    left = 1 + (x + y + 1) ** 2 * (19 - 14 * x + 3 * x**2 - 14 * y + 6 * x * y + 3 * y**2)
    right = 30 + (2 * x - 3 * y) ** 2 * (18 - 32 * x + 12 * x**2 + 48 * y - 36 * x * y + 27 * y**2)
    return left * right


def booth(x: float, y: float) -> float:
    return (x + 2 * y - 7) ** 2 + (2 * x + y - 5) ** 2


def matyas(x: float, y: float) -> float:
    return 0.26 * (x**2 + y**2) - 0.48 * x * y


def six_hump_camel(x: float, y: float) -> float:
    return (4 - 2.1 * x**2 + x**4 / 3) * x**2 + x * y + (-4 + 4 * y**2) * y**2


def three_hump_camel(x: float, y: float) -> float:
    return 2 * x**2 - 1.05 * x**4 + x**6 / 6 + x * y + y**2


def easom(x: float, y: float) -> float:
    return -cos(x) * cos(y) * exp(-((x - math.pi) ** 2) - (y - math.pi) ** 2)


def levy_13(x: float, y: float) -> float:
    return (
        sin(3 * math.pi * x) ** 2
        + (x - 1) ** 2 * (1 + sin(3 * math.pi * y) ** 2)
        + (y - 1) ** 2 * (1 + sin(2 * math.pi * y) ** 2)
    )


def bukin_6(x: float, y: float) -> float:
    return 100 * sqrt(abs(y - 0.01 * x**2)) + 0.01 * abs(x + 10)


def mccormick(x: float, y: float) -> float:
    return sin(x + y) + (x - y) ** 2 - 1.5 * x + 2.5 * y + 1


def saddle(x: float, y: float) -> float:
    return x**2 - y**2


def monkey_saddle(x: float, y: float) -> float:
    return x**3 - 3 * x * y**2


def quadratic(x: float, y: float, condition: float, angle: float) -> float:
    turn = angle * math.pi / 180
    u = x * cos(turn) + y * sin(turn)
    v = y * cos(turn) - x * sin(turn)
    return (u**2 + condition * v**2) / 2


def two_wells(x: float, y: float) -> float:
    right = 2 * exp(-((x - 1) ** 2 + y**2) / 0.2)
    left = 3 * exp(-((x + 1) ** 2 + y**2) / 0.2)
    return x**2 + y**2 - right - left


def eggholder(x: float, y: float) -> float:
    outer = (y + 47) * sin(sqrt(abs(y + x / 2 + 47)))
    inner = x * sin(sqrt(abs(x - (y + 47))))
    return -outer - inner


FORMULAS: dict[str, Callable[..., float]] = {
    "rosenbrock": rosenbrock,
    "himmelblau": himmelblau,
    "beale": beale,
    "rastrigin": rastrigin,
    "ackley": ackley,
    "styblinski-tang": styblinski_tang,
    "goldstein-price": goldstein_price,
    "booth": booth,
    "matyas": matyas,
    "six-hump-camel": six_hump_camel,
    "three-hump-camel": three_hump_camel,
    "easom": easom,
    "levy-13": levy_13,
    "bukin-6": bukin_6,
    "mccormick": mccormick,
    "saddle": saddle,
    "monkey-saddle": monkey_saddle,
    "quadratic": quadratic,
    "two-wells": two_wells,
    "eggholder": eggholder,
}
