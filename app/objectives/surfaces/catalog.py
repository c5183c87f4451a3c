"""The surfaces, in the order of the menu."""

from app.objectives.surfaces.base import Surface
from app.objectives.surfaces.bowls import BOOTH, MATYAS, QUADRATIC
from app.objectives.surfaces.camels import SIX_HUMP_CAMEL, THREE_HUMP_CAMEL
from app.objectives.surfaces.kinks import BUKIN_6, EGGHOLDER
from app.objectives.surfaces.saddles import MONKEY_SADDLE, SADDLE
from app.objectives.surfaces.valleys import BEALE, MCCORMICK, ROSENBROCK
from app.objectives.surfaces.waves import ACKLEY, EASOM, LEVY_13, RASTRIGIN
from app.objectives.surfaces.wells import GOLDSTEIN_PRICE, HIMMELBLAU, STYBLINSKI_TANG, TWO_WELLS

SURFACES: tuple[Surface, ...] = (
    ROSENBROCK,
    HIMMELBLAU,
    BEALE,
    RASTRIGIN,
    ACKLEY,
    STYBLINSKI_TANG,
    GOLDSTEIN_PRICE,
    BOOTH,
    MATYAS,
    SIX_HUMP_CAMEL,
    THREE_HUMP_CAMEL,
    EASOM,
    LEVY_13,
    BUKIN_6,
    MCCORMICK,
    SADDLE,
    MONKEY_SADDLE,
    QUADRATIC,
    TWO_WELLS,
    EGGHOLDER,
)
