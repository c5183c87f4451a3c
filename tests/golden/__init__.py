"""What is kept, to be held to: links of every version so far, each with the trajectories that it has to open to for
ever, and the order of the menus.

`links.json` is only ever added to: `python -m scripts.regenerate` adds the links of `corpus.py` that are not there yet,
with what they compute now, and changes none that is. `menu.json` it writes anew: a menu in another order is seen there.
"""

import json
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from app.engine.run import advance
from app.experiment import Experiment
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS, PRESETS

FILE = Path(__file__).parent / "links.json"
MENU = Path(__file__).parent / "menu.json"
DIGITS = 1e-9
"""How far a value may be from the one that was kept, as a share of it."""

NOTHING = 1e-12
"""What is smaller than this is as good as 0."""


def read_links() -> list[dict[str, Any]]:
    """Each with `name`, `address`, `experiment`, `view`, and `values` at the entries `at`."""
    links: list[dict[str, Any]] = json.loads(FILE.read_text())
    return links


def cases_of(name: str) -> Any:
    """The cases of `both/<name>.json`, of what Python and JavaScript both know: each language runs them."""
    return json.loads((FILE.parent / "both" / f"{name}.json").read_text())


def menu() -> dict[str, list[str]]:
    """The ids of what can be chosen, in the order of each menu."""
    entries = {"surfaces": SURFACES, "optimizers": OPTIMIZERS, "presets": PRESETS}
    return {name: [entry.id for entry in known] for name, known in entries.items()}


def read_menu() -> dict[str, list[str]]:
    """The order that is kept."""
    kept: dict[str, list[str]] = json.loads(MENU.read_text())
    return kept


def entries_of(experiment: Experiment) -> list[int]:
    """The entries whose values are kept: the first step, the middle, the end."""
    return sorted({1, experiment.steps // 2, experiment.steps})


def values_of(experiment: Experiment, at: list[int]) -> np.ndarray:
    """The values at the entries `at`, (entries, optimizers, columns): NaN after the end of a trajectory."""
    _, chunk = advance(experiment, None, experiment.steps + 1)
    return chunk.values[at]


def written(values: np.ndarray) -> Any:
    """`values` as JSON holds them; null for what is no number."""
    return [[[value if isfinite(value) else None for value in row] for row in entry] for entry in values.tolist()]


def assert_same(values: np.ndarray, kept: Any) -> None:
    np.testing.assert_allclose(values, np.array(kept, dtype=float), rtol=DIGITS, atol=NOTHING)
