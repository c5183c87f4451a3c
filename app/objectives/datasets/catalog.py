"""The datasets, in the order of the menu."""

from app.objectives.datasets.base import Dataset
from app.objectives.datasets.bundled import DIGITS, IRIS
from app.objectives.datasets.curves import LINE, SINE, STEP
from app.objectives.datasets.planar import BLOBS, CHECKERBOARD, CIRCLES, MOONS, SPIRALS, XOR

DATASETS: tuple[Dataset, ...] = (
    MOONS,
    CIRCLES,
    BLOBS,
    XOR,
    SPIRALS,
    CHECKERBOARD,
    LINE,
    SINE,
    STEP,
    IRIS,
    DIGITS,
)
