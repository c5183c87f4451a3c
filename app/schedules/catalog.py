"""Every schedule, in the order of the menu."""

from app.schedules.cyclic import COSINE_RESTARTS, ONE_CYCLE, TRIANGULAR
from app.schedules.shapes import CONSTANT, COSINE, EXPONENTIAL, MULTI_STEP, POLYNOMIAL, STEP

SCHEDULES = (
    CONSTANT,
    STEP,
    MULTI_STEP,
    EXPONENTIAL,
    POLYNOMIAL,
    COSINE,
    COSINE_RESTARTS,
    ONE_CYCLE,
    TRIANGULAR,
)
