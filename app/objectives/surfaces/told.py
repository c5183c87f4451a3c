"""What is told of paths on a surface: curves and measures."""

from app.objectives.profile import DISTANCE, GRADIENT, RATE, Curve, Line, Measure

TABS = ("2d", "3d", "both")

ARRIVED = 1e-3
"""A path has arrived where this part of the height of its start above the lowest minimum is left."""

CURVES = (
    Curve("loss", "loss", "Loss", (Line("loss"),)),
    GRADIENT,
    Curve("distance", "distance to a minimum", "Distance", (Line(DISTANCE),)),
    RATE,
)
MEASURES = (
    Measure("final", "final loss", "Loss at the last step.", "last", "loss"),
    Measure("best", "best loss", "Lowest loss on the way.", "lowest", "loss", wherever=True),
    Measure(
        "steps", "steps to arrive", "Steps until 0.1 % of the height of the start above the minimum is left.",
        "arrival", "loss", "count", none="None has arrived at the minimum.", part=ARRIVED,
    ),
    Measure("distance", "distance to minimum", "From the last point to the nearest minimum.", "last", DISTANCE),
    Measure("length", "path length", "Sum of the lengths of all steps.", "length"),
)  # fmt: skip
