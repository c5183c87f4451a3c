"""What is told of paths on a surface: curves and measures."""

from app.objectives.profile import DISTANCE, GRADIENT, RATE, Curve, Line, Measure

TABS = ("2d", "3d", "both")

ARRIVED = 1e-3
"""A path has arrived where this part of the height of its start above the lowest minimum is left."""

CURVES = (
    Curve("loss", (Line("loss"),)),
    GRADIENT,
    Curve("distance", (Line(DISTANCE),)),
    RATE,
)
MEASURES = (
    Measure("final", "last", "loss"),
    Measure("best", "lowest", "loss", wherever=True),
    Measure("steps", "arrival", "loss", "count", part=ARRIVED),
    Measure("distance", "last", DISTANCE),
    Measure("length", "length"),
)
