"""Exported scripts under schedules at the ends of what may be set: each runs as long as the playground, and alike."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from app.exports.script import script
from tests.engine.races import race
from tests.exports.running import EQUAL, Ran, compare, engine, run_clean

LONG: dict[str, tuple[float, dict[str, Any]]] = {
    "halved for ever": (1e-6, {"name": "triangular", "step_size_up": 1, "mode": "triangular2"}),
    "fading": (1e-3, {"name": "triangular", "step_size_up": 2, "mode": "exp_range", "gamma": 0.5}),
    "from the least rate": (5e-324, {"name": "exponential", "gamma": 1.4}),
    "dropped to nothing": (0.01, {"name": "step", "step_size": 1, "gamma": 1e-3}),
    "one that only rises": (1e-3, {"name": "one-cycle", "total_steps": 2100, "pct_start": 1.0}),
    "one without an end": (1e-3, {"name": "one-cycle", "total_steps": 1, "pct_start": 1.0}),
    "a rise from nearly nothing": (1e-3, {"name": "constant", "warmup": 30, "warmup_start": 1e-310}),
    "such a rise before a fall": (1e-3, {"name": "exponential", "gamma": 0.99, "warmup": 9, "warmup_start": 1e-320}),
    "restarts further and further": (1e-3, {"name": "cosine-restarts", "T_0": 1, "T_mult": 100}),
    "a high power": (1e-2, {"name": "polynomial", "total_iters": 2000, "power": 100.0}),
    "a long cosine": (1e-3, {"name": "cosine", "T_max": 2001}),
}
GROWING: dict[str, tuple[float, dict[str, Any]]] = {
    "tenfold": (1e-300, {"name": "exponential", "gamma": 10.0}),
    "tenfold in steps": (1e-300, {"name": "step", "step_size": 2, "gamma": 10.0}),
    "tenfold from nothing": (0.0, {"name": "exponential", "gamma": 10.0}),
    "tenfold triangles": (1e-300, {"name": "triangular", "step_size_up": 1, "mode": "exp_range", "gamma": 10.0}),
    "by a list": (1e-60, {"name": "multi-step", "milestones": list(range(1, 65)), "gamma": 10.0}),
}
RACES = {
    "long": race(
        [{"name": "sgd", "lr": lr, "label": label, "schedule": own} for label, (lr, own) in LONG.items()], "booth",
        steps=2100,
    ),
    "growing": race(
        [{"name": "sgd", "lr": lr, "label": label, "schedule": own} for label, (lr, own) in GROWING.items()], "booth",
        steps=700,
    ),
    "growing on the plain": race(
        [{"name": "adam", "lr": 1e-300, "schedule": {"name": "exponential", "gamma": 10.0}}], "easom", steps=700,
        start=[0.0, 0.0],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    folder: Path = tmp_path_factory.mktemp("scripts")
    return dict(zip(RACES, run_clean([script(each) for each in RACES.values()], folder), strict=True))


@pytest.mark.parametrize("name", RACES)
def test_a_script_runs_as_long_as_the_playground(ran: dict[str, Ran], name: str) -> None:
    judged = compare(RACES[name], ran[name])
    assert max(one.off for one in judged.values()) < EQUAL, judged
    assert np.mean([one.calm for one in judged.values()]) > 0.8


def test_a_rate_that_grows_from_almost_nothing_grows_until_the_race_is_over() -> None:
    experiment = RACES["growing on the plain"]
    rates = engine(experiment)[1].values[:, 0, experiment.columns.index("lr")]
    kept = np.flatnonzero(np.isfinite(rates))
    assert kept[-1] > 300
    np.testing.assert_allclose(np.log10(rates[kept]), kept - 300.0, rtol=0, atol=1e-9)
