"""Colours, dashes and markers of pictures: those of the page (static/css/tokens.css and static/js/core/palette.js)."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

SLOTS = 8

DASHES: tuple[tuple[float, ...], ...] = (
    (), (10, 4), (2, 3), (12, 3, 2, 3), (6, 3), (16, 4, 4, 4), (8, 3, 2, 3, 2, 3), (4, 2),
)  # fmt: skip
"""Of the slots, in px: on, off, on ...; nothing for a solid line."""

Corners = tuple[tuple[float, float], ...]
"""Of a shape around the origin, y upwards, for a radius of 1."""


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of a picture, each as #rrggbb or #rrggbbaa.

    panel: the ground of everything; ink, ink_2: words; line: grids; mark, halo: signs on a field and the light around
    them; contour, relief: lines of equal loss, on a plane and on a hill; paths: of the slots; field: from the lowest
    loss to the highest; classes, base: of data, and of not knowing a class; negative, zero, positive: of weights.
    """

    bg: str
    panel: str
    ink: str
    ink_2: str
    line: str
    accent: str
    mark: str
    halo: str
    contour: str
    relief: str
    paths: tuple[str, ...]
    field: tuple[str, ...]
    classes: tuple[str, ...]
    base: str
    negative: str
    zero: str
    positive: str


LIGHT = Theme(
    bg="#f3f5f6", panel="#ffffff", ink="#15191e", ink_2="#515a65", line="#dde2e6", accent="#1a56c4",
    mark="#15191e", halo="#ffffffd9", contour="#152d463d", relief="#86a9c0",
    paths=("#1c0087", "#b50886", "#005c4e", "#846304", "#8a0dfc", "#0568b4", "#612400", "#181b1f"),
    field=(
        "#92c6eb", "#9ecded", "#aad4ef", "#b6dbf1", "#c2e1f4", "#cee8f6", "#dbeff9", "#e8f5fb", "#f5fbfe",
    ),
    classes=("#2f86c9", "#e0701a", "#96475b", "#a197fb", "#19b8b0", "#855094", "#b65d9b", "#ec837a"),
    base="#fbfbf9", negative="#7a3695", zero="#f2f3f5", positive="#157a43",
)  # fmt: skip
DARK = Theme(
    bg="#0f1216", panel="#161a1f", ink="#eceff3", ink_2="#a6b0bc", line="#2a313a", accent="#82b2ff",
    mark="#f3f5fc", halo="#090c10cc", contour="#eceff326", relief="#46606f",
    paths=("#41a5fe", "#fe899e", "#2cf0a6", "#f5d508", "#c67bc7", "#28d0e9", "#f66b18", "#f3f5fc"),
    field=(
        "#101620", "#141c27", "#18232e", "#1c2936", "#20303d", "#243644", "#283d4c", "#2c4453", "#304c5b",
    ),
    classes=("#5b9bd0", "#e2915a", "#8c7d20", "#ebaef3", "#7566a6", "#bd6b97", "#75d878", "#74a62a"),
    base="#1b2026", negative="#cf97e6", zero="#20262d", positive="#63c98a",
)  # fmt: skip
THEMES: Mapping[str, Theme] = {"light": LIGHT, "dark": DARK}


def regular(count: int, turn: float = 0.0, radii: tuple[float, ...] = (1.0,)) -> Corners:
    """`count` corners at `radii` in turn, the first upwards or by `turn` of a full turn to the right of that."""
    angles = [2 * math.pi * (index / count + turn) for index in range(count)]
    reach = [radii[index % len(radii)] for index in range(count)]
    return tuple((r * math.sin(angle), r * math.cos(angle)) for r, angle in zip(reach, angles, strict=True))


CIRCLE = regular(24)
STAR = regular(10, 0, (1.35, 0.62))
SHAPES: tuple[Corners, ...] = (
    CIRCLE,
    regular(4, 1 / 8, (1.2,)),
    regular(4, 0, (1.25,)),
    regular(3, 0, (1.3,)),
    (
        (-0.38, 1.05), (0.38, 1.05), (0.38, 0.38), (1.05, 0.38), (1.05, -0.38), (0.38, -0.38),
        (0.38, -1.05), (-0.38, -1.05), (-0.38, -0.38), (-1.05, -0.38), (-1.05, 0.38), (-0.38, 0.38),
    ),
    regular(3, 1 / 2, (1.3,)),
    STAR,
    regular(6, 0, (1.12,)),
)  # fmt: skip
"""Markers of the slots."""

CLASS_SHAPES = tuple(SHAPES[index] for index in (0, 3, 1, 2, 4, 6, 5, 7))
"""Markers of the classes of data."""


def dash_of(slot: int) -> tuple[float, ...]:
    """The dashes of a slot; the second round of colours has other dashes than the first."""
    return DASHES[_second(slot)]


def shape_of(slot: int) -> Corners:
    """The marker of a slot."""
    return SHAPES[_second(slot)]


def _second(slot: int) -> int:
    return (slot + slot // SLOTS) % SLOTS
