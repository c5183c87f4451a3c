"""Writes app/objectives/models/rates.json: the learning rate that suits each preset on each pair of model and dataset.

Every rate 1, 2 or 5 times a power of ten races from several first weights, so that none is chosen for a lucky start.
The suggested one has a low loss soon and seldom climbs: a steady descent teaches more than one that jumps about, even
where the jumps end lower. Of rates that are as good it is the lowest, which bears other settings best. The entry
"default" holds the middle rate over all pairs, for those that the table lacks.
"""

import sys
from collections.abc import Sequence
from dataclasses import replace
from statistics import median_low

import numpy as np
import torch

from app.core.registry import by_id
from app.engine.records import Row, Values
from app.experiment import Experiment, parse
from app.objectives.datasets.base import Dataset
from app.objectives.datasets.catalog import DATASETS
from app.objectives.models.base import Model
from app.objectives.models.catalog import MODELS
from app.objectives.models.choice import suits
from app.objectives.models.rates import ANY, RATES, TABLE, Rates
from app.optimizers.base import Preset
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from scripts.races import CUSTOMARY, GRID, WORST, at_each_rate, race, rounded, write

STEPS, BATCH_STEPS = 200, 100
SEEDS = range(3)
SOUND = [rate for rate in GRID if rate >= 1e-4]
"""Below, nothing that is measured here would move in time."""

MOST_SAMPLES, BATCH = 1000, 64
"""Of more samples, `BATCH` a step and fewer steps: all at once would take too long to find a rate by."""

LOWEST = 1e-2
"""As a part of the way down: what is left below counts as this."""

CLIMBING = 0.2
"""How bad it is to climb, beside being high: of log10 of the height, all that it rose in all, against its mean."""

NEARLY = 0.1
"""A score that is worse by no more than this is as good."""


def main() -> None:
    """Races the pairs that the command line names as "<model>/<dataset>", or all of them, and writes the table."""
    torch.set_num_threads(1)
    presets, pairs = able(), known_pairs()
    table = {key: RATES[key] for key in pairs if key in RATES}
    for key in sys.argv[1:] or pairs:
        table[key] = {preset.id: suggest(*pairs[key], preset) for preset in presets}
        # After each pair, for all of them take an hour.
        write(TABLE, ordered(table, presets))


def fill() -> None:
    """Races what the table does not have, and writes the table with that; the other rates of pairs stay."""
    torch.set_num_threads(1)
    presets, pairs = able(), known_pairs()
    table = {key: dict(RATES.get(key, {})) for key in pairs}
    for key, rates in table.items():
        for preset in presets:
            if preset.id not in rates:
                rates[preset.id] = suggest(*pairs[key], preset)
    RATES.update(ordered(table, presets))
    write(TABLE, ordered(table, presets))


def able() -> list[Preset]:
    """The presets that can train models."""
    return [preset for preset in PRESETS if by_id(OPTIMIZERS, preset.optimizer).models]


def known_pairs() -> dict[str, tuple[Model, Dataset]]:
    """Every pair that suits each other, by its key."""
    return {f"{model.id}/{data.id}": (model, data) for model in MODELS for data in DATASETS if suits(model, data)}


def ordered(table: Rates, presets: Sequence[Preset]) -> Rates:
    """The table in the order of the menus, with the middle of all pairs for what it does not have."""
    middle = {preset.id: median_low(rates[preset.id] for rates in table.values()) for preset in presets}
    pairs = {key: {preset.id: table[key][preset.id] for preset in presets} for key in known_pairs() if key in table}
    return {ANY: middle, **pairs}


def suggest(model: Model, dataset: Dataset, preset: Preset) -> float:
    """The rate of `SOUND` with the lowest mean score over all first weights."""
    if preset.id in CUSTOMARY:
        return CUSTOMARY[preset.id]
    experiment = experiment_of(model, dataset, preset)
    starts = [experiment.objective.initial(None, seed) for seed in SEEDS]
    carry, values = race(experiment, torch.stack(starts).repeat_interleave(len(SOUND), 0))
    losses = values[:, :, experiment.columns.index("full_loss")]
    lowest = min(np.nanmin(path) for path, row in zip(losses, carry.rows, strict=True) if not lost(row))
    scores = [WORST if lost(row) else score(path, lowest) for path, row in zip(losses, carry.rows, strict=True)]
    means = np.array(scores).reshape(len(SEEDS), len(SOUND)).mean(0)
    return rounded(SOUND[int((means <= means.min() + NEARLY).argmax())])


def experiment_of(model: Model, dataset: Dataset, preset: Preset) -> Experiment:
    """`preset` at each rate, as often as there are first weights."""
    samples = dataset.build({param.id: param.default for param in dataset.params}).size
    objective = {"kind": "model", "model": {"name": model.id}, "dataset": {"name": dataset.id}}
    batch, steps = (BATCH, BATCH_STEPS) if samples > MOST_SAMPLES else (None, STEPS)
    rows = at_each_rate(preset, SOUND)
    one = parse({"objective": {**objective, "batch_size": batch}, "optimizers": rows, "steps": steps})
    return replace(one, optimizers=one.optimizers * len(SEEDS))


def lost(row: Row) -> bool:
    """Whether a trajectory left the numbers."""
    return row.end is not None and row.end.kind == "diverged"


def score(losses: Values, lowest: float) -> float:
    """Lower is better: how high the loss on all training samples is over all steps, and how much it climbs.

    Heights are parts of that of the start, above the `lowest` loss that any path reached.
    """
    entries = np.flatnonzero(np.isfinite(losses))
    heights = (losses[entries] - lowest) / max(losses[0] - lowest, np.finfo(float).tiny)
    logs = np.log10(np.maximum(heights, LOWEST))
    # Where a path converged before the last step, its end holds on.
    held = np.interp(np.arange(len(losses)), entries, logs)
    return float(held.mean() + CLIMBING * np.maximum(np.diff(logs), 0).sum())


if __name__ == "__main__":
    main()
