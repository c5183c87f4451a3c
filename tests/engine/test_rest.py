"""Converged is said only of what rests: `torch.optim` goes on from there, and stays."""

from typing import Any

import numpy as np
import pytest
import torch

from app.core.registry import by_id
from app.engine.outcomes import outcomes
from app.engine.rest import TOLERANCE
from app.engine.run import advance
from app.experiment import Experiment
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from tests.engine.races import race
from tests.engine.torchpaths import torch_path

STAYS = 1e-6
"""So far a resting path may still go in all its later steps together."""

JUDGED = [
    {"name": preset.optimizer, "label": preset.id, **preset.settings}
    for preset in PRESETS
    if by_id(OPTIMIZERS, preset.optimizer).torch and by_id(OPTIMIZERS, preset.optimizer).surfaces
]


def assert_true(experiment: Experiment) -> dict[str, int]:
    """That what is told of each trajectory is so; the step of each that converged, by label."""
    carry, chunk = advance(experiment, None, experiment.steps + 1)
    found = {}
    for index, outcome in enumerate(outcomes(experiment, carry)):
        choice = experiment.optimizers[index]
        kept = int(np.isfinite(chunk.values[:, index, -3]).sum())
        if outcome["kind"] == "step-limit":
            assert kept == experiment.steps + 1, choice.label
        elif outcome["kind"] == "converged":
            path, norms = torch_path(experiment, choice)
            step = found[choice.label] = outcome["step"]
            assert kept == step + 1
            where = torch.from_numpy(chunk.values[step, index, :2])
            later = torch.linalg.vector_norm(path[step:] - where, dim=1)
            assert float(later.max()) <= STAYS, choice.label
            assert float(norms[step:].max()) <= 100 * TOLERANCE, choice.label
    return found


PASSING: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("booth", {"start": [-9.0, -9.0], "dtype": "bfloat16"}, {"name": "sgd", "lr": 0.02, "momentum": 0.9}),
    ("himmelblau", {"dtype": "bfloat16", "steps": 1000}, {"name": "sgd", "lr": 0.003, "momentum": 0.95}),
    ("booth", {"start": [1.0, 3.0]}, {"name": "adamw", "lr": 0.1}),
    ("booth", {"start": [1.0, 3.0]}, {"name": "sgd", "lr": 0.02, "weight_decay": 1.0}),
    ("booth", {"start": [1.0, 3.0]}, {"name": "asgd", "lr": 0.02, "lambd": 0.1}),
    ("booth", {"start": [1.0, 3.0]}, {"name": "lion", "lr": 0.02, "weight_decay": 0.1}),
    ("easom", {"start": [2.2, 2.2]}, {"name": "sgd", "lr": 13.0, "momentum": 0.9}),
    # Near enough for the slope to be nothing, but each step leads further away.
    ("quadratic", {"start": [1e-10, 0.0]}, {"name": "sgd", "lr": 5.0}),
    ("saddle", {"start": [1e-9, 1e-9], "steps": 150}, {"name": "sgd", "lr": 0.1}),
    ("booth", {"start": [1.0 + 1e-10, 3.0]}, {"name": "adam", "lr": 0.1}),
    ("booth", {"start": [1.0 + 1e-10, 3.0]}, {"name": "lion", "lr": 0.1}),
    ("booth", {"start": [1.0 + 1e-10, 3.0]}, {"name": "rprop", "lr": 0.1}),
    (
        "booth",
        {"start": [1.0 + 1e-10, 3.0], "steps": 200},
        {"name": "sgd", "lr": 1e-3, "schedule": {"name": "exponential", "gamma": 1.05}},
    ),
]
FALSE = {0: 113, 1: 204, 2: 0, 3: 0, 6: 2}
"""Where some of these were once cut."""


@pytest.mark.parametrize("index", range(len(PASSING)), ids=lambda index: f"{index} {PASSING[index][0]}")
def test_who_only_passes_goes_on(index: int) -> None:
    surface, fields, row = PASSING[index]
    experiment = race([row], surface, **{"steps": 300, **fields})
    found = assert_true(experiment)
    _, chunk = advance(experiment, None, experiment.steps + 1)
    cut = FALSE.get(index, int(np.argmax(chunk.values[:, 0, -2] <= TOLERANCE)))
    assert chunk.values[cut, 0, -2] <= TOLERANCE
    later = chunk.values[cut:, 0, :2]
    away = np.linalg.norm(later[np.isfinite(later).all(1)] - later[0], axis=1).max()
    assert away > 1e-7
    assert all(step > cut for step in found.values())


CASES: dict[str, tuple[str, dict[str, Any]]] = {
    "at the minimum": ("booth", {"start": [1.0, 3.0], "steps": 60}),
    "at the minimum, fewer bits": ("booth", {"start": [1.0, 3.0], "steps": 60, "dtype": "bfloat16"}),
    "from afar": ("booth", {"steps": 1500}),
    "from afar, fewer bits": ("booth", {"steps": 400, "dtype": "float32"}),
    "from afar, fewest bits": ("booth", {"steps": 400, "dtype": "bfloat16"}),
    "through a valley": ("matyas", {"steps": 800}),
    "between four": ("himmelblau", {"steps": 800}),
    "on flat ground": ("easom", {"start": [-2.0, -2.0], "steps": 100}),
    "along a saddle": ("saddle", {"start": [1.0, 0.0], "steps": 200}),
    "clipped": ("booth", {"steps": 800, "clip_norm": 0.5}),
}
DECAYED = {"adamw", "asgd"}
"""Their defaults pull towards 0."""


@pytest.mark.parametrize("case", CASES)
def test_where_a_path_is_said_to_rest_torch_stays(case: str) -> None:
    surface, fields = CASES[case]
    found = assert_true(race(JUDGED, surface, **fields))
    if case.startswith("at the minimum"):
        assert set(found) == {row["label"] for row in JUDGED} - DECAYED
        assert set(found.values()) == {0}
    elif surface in {"booth", "himmelblau"} and "bits" not in case and case != "clipped":
        assert {"gradient-descent", "momentum", "nesterov"} <= set(found)


def test_a_surface_climbed_to_its_top_rests_there() -> None:
    found = assert_true(race([{"name": "sgd", "lr": 0.01, "maximize": True}], "himmelblau", steps=2000))
    assert found


@pytest.mark.parametrize("row", JUDGED, ids=lambda row: row["label"])
def test_no_rest_depends_on_the_rows_beside_it_or_on_how_a_run_is_cut(row: dict[str, Any]) -> None:
    experiment = race([row, {"name": "sgd", "lr": 0.05}], "booth", steps=400)
    carry, whole = advance(experiment, None, 401)
    alone, single = advance(race([row], "booth", steps=400), None, 401)
    np.testing.assert_array_equal(whole.values[:, :1], single.values)
    assert carry.rows[0].end == alone.rows[0].end
    part, parts = None, []
    while part is None or part.position <= 400:
        part, chunk = advance(experiment, part, 37)
        parts.append(chunk.values)
    np.testing.assert_array_equal(np.concatenate(parts), whole.values)
    assert [one.end for one in part.rows] == [one.end for one in carry.rows]
