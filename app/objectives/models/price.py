"""What it costs to train a model, told by sizes alone: before anything is computed."""

from math import prod

from app.objectives.models.base import Shapes

STEP = 10e-6
"""Seconds of one step of plain gradient descent of one row on a surface, the unit of all prices."""

CALLS = 40e-6
"""Seconds that a row costs however small it is."""

WORK = 0.2e-9
"""Seconds of one multiply-add with its way back, in float64."""

FORWARD = 0.4
"""The part of a gradient's time that the outputs alone take."""

BEND = 12
"""Multiply-adds that one unit's bias and activation are worth."""

MEASURED = 4
"""A step's share of the measures is the outputs of at most this many times its mini-batch: some two gradients."""


def every(samples: int, batch: int, training: int) -> int:
    """How many steps lie between two entries at which all `samples` are measured.

    1 where each step sees all `training` samples; otherwise `ceil(samples / (MEASURED batch))`.
    """
    return 1 if batch >= training else -(-samples // (MEASURED * batch))


def step_price(work: float, samples: int, batch: int, training: int) -> float:
    """The price of one gradient of one row with its share of the measures, in units of `STEP`.

    work: of one sample, in multiply-adds; samples: all, of which `training` to train; batch: those of one step.
    """
    measured = FORWARD * samples / every(samples, batch, training)
    return (CALLS + WORK * work * (batch + measured)) / STEP


def loss_price(work: float, samples: int) -> float:
    """The price of the loss of one row among many, on `samples`, in units of `STEP`; work: as in `step_price`."""
    return FORWARD * WORK * work * samples / STEP


def dense_work(shapes: Shapes, _shape: tuple[int, ...]) -> float:
    """One sample's way through dense layers, in multiply-adds: one for each weight, `BEND` for each bias."""
    return float(sum(prod(size) if len(size) > 1 else BEND * size[0] for size in shapes.values()))
