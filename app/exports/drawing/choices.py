"""What a view says of a picture. A view is only held to its form, so what makes no sense here is passed over."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.experiment import Experiment
from app.objectives.planes.choice import PlaneChoice, default_plane, fitting_plane
from app.objectives.surfaces.base import Window
from app.view import View

SCALES = ("", "x", "y", "xy")
MOST_SLOTS = 64
NEAREST, FARTHEST = 0.01, 100.0
"""How far an eye is from the middle of the scene."""

SHORTEST, OUTERMOST = 1e-9, 1e9
"""The sides of a window are longer, as else numbers have no digits for its ticks; its ends are not farther out."""


@dataclass(frozen=True, slots=True)
class Choices:
    """tab: of the page; curve: the measure that is drawn by step; log_x, log_y: the scales of its axes; step: up to
    which paths are bright, None for the end; slots: the colour of each optimizer; hidden: which are not shown, from 0;
    eye: from where a hill is seen, None for the usual place; plane: through weight space, None for a surface; window:
    what is seen from above, None for all of the ground.
    """

    tab: str
    curve: str
    log_x: bool
    log_y: bool
    step: int | None
    slots: Sequence[int]
    hidden: frozenset[int]
    eye: tuple[float, float, float] | None
    plane: PlaneChoice | None
    window: Window | None = None


def choices_of(experiment: Experiment, view: View) -> Choices:
    """What `view` says of `experiment`: tab, curve, log ("x", "y", "xy" or ""), step, colours, hide,
    camera, plane, plane.* and range (the ends of x, then those of y).
    """
    said, tabs, rows = view.choices, experiment.objective.profile().tabs, len(experiment.optimizers)
    tab, curve, log = said.get("tab"), said.get("curve"), said.get("log")
    log = log if log in SCALES else "y"
    return Choices(
        tab if tab in tabs else tabs[0],
        curve if isinstance(curve, str) else "loss",
        "x" in log,
        "y" in log,
        _step(said.get("step")),
        _slots(said.get("colours"), rows),
        _hidden(said.get("hide"), rows),
        _eye(said.get("camera")),
        _plane(experiment, said),
        _window(said.get("range")),
    )


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _numbers(value: Any) -> list[float]:
    return value if isinstance(value, list) and all(map(_is_number, value)) else []


def _whole(value: Any) -> list[int]:
    """The whole numbers of a list."""
    return [int(part) for part in value if _is_number(part) and part == int(part)] if isinstance(value, list) else []


def _step(value: Any) -> int | None:
    return next((step for step in _whole([value]) if step >= 0), None)


def _slots(value: Any, rows: int) -> tuple[int, ...]:
    """A colour for each row: those given, then the lowest free ones."""
    given = [slot for slot in _whole(value) if 0 <= slot < MOST_SLOTS][:rows]
    free = iter(slot for slot in range(len(given) + rows) if slot not in given)
    return (*given, *(next(free) for _ in range(rows - len(given))))


def _hidden(value: Any, rows: int) -> frozenset[int]:
    """The rows that are not shown, told from 1 on; none where that would be all."""
    found = frozenset(number - 1 for number in _whole(value) if 1 <= number <= rows)
    return frozenset() if len(found) == rows else found


def _eye(value: Any) -> tuple[float, float, float] | None:
    found = _numbers(value)
    if len(found) != 3 or not NEAREST < math.hypot(*found) < FARTHEST:
        return None
    return found[0], found[1], found[2]


def _window(value: Any) -> Window | None:
    found = _numbers(value)
    if len(found) != 4 or max(map(abs, found)) > OUTERMOST:
        return None
    if any(high - low <= SHORTEST for low, high in (found[:2], found[2:])):
        return None
    return Window((found[0], found[1]), (found[2], found[3]))


def _plane(experiment: Experiment, said: Mapping[str, Any]) -> PlaneChoice | None:
    if experiment.model is None:
        return None
    shapes = experiment.model.shapes()
    own = {name[6:]: value for name, value in said.items() if name.startswith("plane.")}
    document = {**own, "name": said.get("plane")}
    return fitting_plane(document, len(experiment.optimizers), shapes) or default_plane(shapes)
