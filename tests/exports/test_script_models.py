"""Exported scripts of trainings, run where there is only torch: the engine's numbers, step by step."""

from typing import Any

import numpy as np
import pytest
import torch

from app.experiment import Experiment, parse
from app.exports.script import script
from app.exports.scripts.model import data_section
from app.exports.scripts.seeds import MOST_SEEDS, derived_seed
from app.exports.scripts.text import imports
from app.objectives.datasets.base import Dataset
from app.objectives.datasets.catalog import DATASETS
from app.objectives.models.inits import INITS
from tests.engine.trainings import document, training
from tests.exports.running import EQUAL, Ran, apart, compare, engine, entries, presets, run_clean

ROWS = [
    {"name": "sgd", "lr": 0.1},
    {"name": "adam", "lr": 0.01, "schedule": {"name": "cosine", "T_max": 15, "warmup": 4}},
    {"name": "lion", "lr": 0.002},
    {"name": "muon", "lr": 0.01},
    {"name": "lbfgs", "lr": 1.0, "line_search_fn": "strong_wolfe", "max_iter": 2},
]
NETWORK = {"model": "mlp", "dataset": "spirals", "rows": ROWS[:3], "steps": 12}

TRAININGS: dict[str, dict[str, Any]] = {
    "linear on line": {"model": "linear", "dataset": "line", "rows": ROWS},
    "linear on sine": {"model": "linear", "dataset": "sine", "own": {"frequency": 1.3, "noise": 0.1}, "rows": ROWS},
    "linear on step": {"model": "linear", "dataset": "step", "own": {"edge": 0.4}, "rows": ROWS},
    "neuron on moons": {"model": "neuron", "dataset": "moons", "rows": ROWS[:3]},
    "logistic on circles": {"model": "logistic", "dataset": "circles", "own": {"factor": 0.3}, "rows": ROWS[:3]},
    "logistic on blobs": {"model": "logistic", "dataset": "blobs", "rows": ROWS[:3], "l2": 0.1},
    "softmax on blobs": {"model": "softmax", "dataset": "blobs", "own": {"classes": 5, "seed": 3}, "rows": ROWS[:3]},
    "softmax on iris": {"model": "softmax", "dataset": "iris", "rows": ROWS[:3], "batch_size": 16},
    "mlp on spirals": {"model": "mlp", "dataset": "spirals", "own": {"classes": 3}, "rows": ROWS[:3]},
    "mlp on xor by squares": {"model": "mlp", "dataset": "xor", "rows": ROWS[:3], "loss": "mse"},
    "mlp on checkerboard": {"model": "mlp", "dataset": "checkerboard", "rows": ROWS[:3], "test_fraction": 0.6},
    "mlp on digits": {"model": "mlp", "dataset": "digits", "rows": ROWS[:2], "batch_size": 50, "steps": 8},
    "convolution on digits": {
        "model": "convolution", "dataset": "digits", "rows": [ROWS[0], ROWS[3]], "batch_size": 64, "steps": 20
    },
    "every optimizer": {"model": "logistic", "dataset": "moons", "rows": presets(models=True), "steps": 15},
    "more epochs than seeds": {
        "model": "linear", "dataset": "line", "rows": ROWS[:1], "steps": 2 * MOST_SEEDS + 10, "batch_size": 30
    },
    **{f"init {init.id}": {**NETWORK, "init": init.id} for init in INITS},
}  # fmt: skip
DISTURBED = {"noise": 0.05, "clip_norm": 0.3, "clip_value": 0.1, "seed": 11}
SMALL = document("mlp", "spirals", ROWS[:3], 12, batch_size=9, l2=0.02)

EVERY: dict[str, Experiment] = {
    **{name: training(**fields) for name, fields in TRAININGS.items()},
    "disturbed": parse({**SMALL, **DISTURBED}),
}
LOW = {dtype: parse({**SMALL, **DISTURBED, "dtype": dtype}) for dtype in ("float32", "bfloat16")}

MUON_CALM = 2
"""Muon rounds to bfloat16 within, so what is off in the last place may show in the third: only so many are judged."""


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """Every script of this file, run."""
    every = {**EVERY, **LOW}
    done = run_clean([script(experiment) for experiment in every.values()], tmp_path_factory.mktemp("scripts"))
    return dict(zip(every, done, strict=True))


@pytest.mark.parametrize("name", EVERY)
def test_every_step_is_the_engines(ran: dict[str, Ran], name: str) -> None:
    judged = compare(EVERY[name], ran[name])
    assert max(one.off for one in judged.values()) < EQUAL, judged
    calm = {label: one.calm for label, one in judged.items() if label.lower() != "muon"}
    assert np.mean(list(calm.values())) > 0.8, calm


def test_muon_is_the_engines(ran: dict[str, Ran]) -> None:
    experiment = EVERY["convolution on digits"]
    path, theirs = entries(experiment, engine(experiment)[1], 1), ran["convolution on digits"].paths["Muon"]
    assert apart(path[:MUON_CALM], theirs[:MUON_CALM]).max() < EQUAL
    assert np.abs(path - theirs).max() < 1e-2
    assert np.abs(path[-1] - path[0]).max() > 0.1


def test_a_wrong_seed_would_be_seen(ran: dict[str, Ran]) -> None:
    wrong = parse({**SMALL, **DISTURBED, "seed": 12})
    assert min(one.off for one in compare(wrong, ran["disturbed"]).values()) > 1e-3


@pytest.mark.parametrize(("dtype", "close"), [("float32", 1e-5), ("bfloat16", 0.02)])
def test_fewer_bits_round_as_torch_does(ran: dict[str, Ran], dtype: str, close: float) -> None:
    experiment = LOW[dtype]
    chunk = engine(experiment)[1]
    for index, (label, theirs) in enumerate(ran[dtype].paths.items()):
        path = entries(experiment, chunk, index)
        np.testing.assert_array_equal(theirs[0, :-1], path[0, :-1])
        np.testing.assert_allclose(theirs, path, rtol=close, atol=close, err_msg=label)


@pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.id)
def test_the_code_of_a_dataset_makes_its_samples(dataset: Dataset) -> None:
    own = {"samples": 60} if any(param.id == "samples" for param in dataset.params) else {}
    model = {"name": "linear" if dataset.shape == (1,) else "softmax"}
    document = {"kind": "model", "model": model, "dataset": {"name": dataset.id, "seed": 5, **own}}
    experiment = parse({"objective": document, "optimizers": [{"name": "sgd"}]})
    code = data_section(experiment, experiment.objective).code
    space: dict[str, Any] = {"DTYPE": torch.float64}
    exec(f"{imports(code)}\n{code}", space)
    wanted = experiment.objective.build().split.train
    assert torch.equal(space["inputs"], wanted.inputs)
    assert torch.equal(space["targets"], wanted.targets)


def test_seeds_are_worked_out_as_numpy_does() -> None:
    for parts in ((3, 0, 0), (5, 2**32 - 1, 390), (1, 123456789, 7)):
        assert derived_seed(*parts) == int(np.random.SeedSequence(parts).generate_state(1)[0])
