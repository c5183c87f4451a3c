"""The learning rates that models suggest, by training with them."""

import numpy as np

from app.engine.run import advance
from app.experiment import parse
from app.optimizers.catalog import PRESETS
from tests.objectives.twins import each_pair

STEPS = 40


@each_pair
def test_every_suggested_rate_trains(model: str, dataset: str) -> None:
    documents = [{"name": preset.optimizer, **preset.settings} for preset in PRESETS]
    objective = {"kind": "model", "model": {"name": model}, "dataset": {"name": dataset}, "batch_size": 64}
    experiment = parse({"objective": objective, "optimizers": documents, "steps": STEPS, "seed": 11})
    carry, chunk = advance(experiment, None, STEPS + 1)
    assert not [row.end for row in carry.rows if row.end and row.end.kind == "diverged"]
    losses = chunk.values[:, :, experiment.columns.index("train_loss")]
    for preset, path in zip(PRESETS, losses.T, strict=True):
        known = path[np.isfinite(path)]
        assert known[-1] < known[0], preset.id
