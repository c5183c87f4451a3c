"""The cache of rows: it changes how long a race takes, and nothing else."""

from typing import Any

import numpy as np
import pytest
from numpy.testing import assert_array_equal

from app.engine.cache import RowCache
from app.engine.run import advance
from app.experiment import Experiment
from tests.engine.races import EIGHT, race, values


def test_the_cache_changes_no_bit() -> None:
    cache = RowCache(capacity=40_000)
    base = [*EIGHT, {"name": "lbfgs"}]
    for lr in (0.01, 0.02, 0.03, 0.01):
        experiment = race([{"name": "adam", "lr": lr}, *base, base[0]], steps=150)
        carry, first = cache.advance(experiment, None, 100)
        _, second = cache.advance(experiment, carry, 100)
        assert_array_equal(np.concatenate((first.values, second.values)), values(experiment))


def test_the_cache_computes_only_the_row_that_changed(monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[int] = []

    def counting(experiment: Experiment, carry: Any, count: int) -> Any:
        computed.append(len(experiment.optimizers))
        return advance(experiment, carry, count)

    monkeypatch.setattr("app.engine.cache.advance", counting)
    cache = RowCache()
    cache.advance(race(EIGHT, steps=30), None, 31)
    cache.advance(race([{"name": "sgd", "lr": 1e-5}, *EIGHT[1:]], steps=30), None, 31)
    cache.advance(race(EIGHT, steps=30), None, 31)
    assert computed == [8, 1]
