"""Every model x every preset through the engine, against `nn.Module`, autograd and `torch.optim` on the same batches.

A path can be chaotic: then torch parts from itself when it is disturbed in the last place. So each is trained twice by
torch, once with every gradient disturbed, and ours has to agree for as long as those two do.
"""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from app.core.registry import by_id
from app.engine.records import Film
from app.engine.run import advance
from app.experiment import Experiment, OptimizerChoice, parse
from app.objectives.base import Draw
from app.objectives.models.batches import batch
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from tests.objectives.twins import Twin

STEPS = 200
LAST_PLACE = 2.0**-52
SAME, EQUAL = 1e-12, 1e-9
ENTRIES = {preset.id: by_id(OPTIMIZERS, preset.optimizer) for preset in PRESETS}
JUDGED = [preset for preset in PRESETS if ENTRIES[preset.id].torch and ENTRIES[preset.id].models]

OBJECTIVES: dict[str, dict[str, Any]] = {
    "linear": {"dataset": {"name": "line"}},
    "neuron": {"dataset": {"name": "moons"}, "batch_size": 32},
    "logistic": {"dataset": {"name": "blobs"}, "l2": 0.01},
    "softmax": {"dataset": {"name": "iris"}, "batch_size": 16},
    "mlp": {"dataset": {"name": "xor"}},
    "convolution": {"dataset": {"name": "digits"}, "batch_size": 8},
}


def training(model: str, optimizers: list[dict[str, Any]], **fields: Any) -> Experiment:
    objective = {"kind": "model", "model": {"name": model}, **OBJECTIVES[model]}
    return parse({"objective": objective, "optimizers": optimizers, "steps": STEPS, **fields})


def presets() -> list[dict[str, Any]]:
    """Each preset, but for rates that are high enough to move and low enough to be followed."""
    return [
        {
            "name": preset.optimizer,
            "lr": 1.0 if preset.id == "adadelta" else 0.5 if preset.id == "lbfgs" else 0.01,
            **{name: list(value) if isinstance(value, tuple) else value for name, value in preset.settings.items()},
        }
        for preset in JUDGED
    ]


def make(choice: OptimizerChoice, module: nn.Module) -> list[torch.optim.Optimizer]:
    """What moves the module's weights, as a user of torch writes it."""
    kind, weights = getattr(torch.optim, str(choice.optimizer.torch)), list(module.parameters())
    if choice.optimizer.id != "muon":
        return [kind(weights, **choice.hyper)]
    matrices, others = [w for w in weights if w.ndim == 2], [w for w in weights if w.ndim != 2]
    return [kind(matrices, **choice.hyper), torch.optim.AdamW(others, lr=choice.hyper["lr"])]


class Training:
    """One model, trained by torch; run 0 is left alone, the others have each gradient disturbed as rounding does.

    That is in the last place of the first gradient, as a small one is what is left of a sum of such numbers.
    """

    def __init__(self, experiment: Experiment, index: int, run: int) -> None:
        self.choice = experiment.objective
        self.twin = Twin(self.choice).set(experiment.begin())
        self.optimizers = make(experiment.optimizers[index], self.twin.module)
        self.generator = torch.Generator().manual_seed(run) if run else None
        self.sizes: list[Tensor] = []

    def loss(self, index: Any) -> Tensor:
        """The loss on the samples at `index`, its gradient left with the weights."""
        weights = list(self.twin.module.parameters())
        self.twin.module.zero_grad()
        loss = self.twin.loss(index) + self.choice.l2 / 2 * sum(weight.square().sum() for weight in weights)
        loss.backward()
        self.sizes = self.sizes or [weight.grad.abs().max() for weight in weights]
        for weight, size in zip(weights, self.sizes, strict=True) if self.generator else ():
            places = torch.randint(-1, 2, weight.shape, generator=self.generator)
            weight.grad += places.double() * LAST_PLACE * size
        return loss.detach()

    def step(self, index: Any) -> None:
        """Moves on; only L-BFGS asks for the loss itself."""
        if isinstance(self.optimizers[0], torch.optim.LBFGS):
            self.optimizers[0].step(lambda: self.loss(index))
            return
        for optimizer in self.optimizers:
            optimizer.step()


def train(experiment: Experiment, index: int, run: int) -> tuple[Tensor, Tensor]:
    """The weights `(entries, P)` and losses `(entries,)` of torch."""
    training = Training(experiment, index, run)
    size, samples = training.choice.batch_size, len(training.twin.inputs)
    thetas, losses = [], []
    for step in range(STEPS + 1):
        part = batch(Draw(experiment.seed, step), samples, size) if size else slice(None)
        thetas.append(training.twin.theta())
        losses.append(training.loss(part))
        training.step(part)
    return torch.stack(thetas), torch.stack(losses)


def apart(one: Tensor, other: Tensor, size: Tensor) -> np.ndarray:
    """How far two paths `(entries, P)` are apart at every entry, as a part of `size (entries,)`; infinite after NaN."""
    return ((one - other).abs().amax(1) / size).nan_to_num(math.inf).numpy()


@pytest.mark.parametrize("model", OBJECTIVES)
def test_every_optimizer_trains_every_model_as_plain_torch_does(model: str) -> None:
    experiment = training(model, presets())
    _, chunk = advance(experiment, None, STEPS + 1)
    assert chunk.film
    assert chunk.film.entries == tuple(range(STEPS + 1))
    judged = []
    for index, preset in enumerate(JUDGED):
        ours = chunk.film.theta[:, index]
        (theta, loss), (other, _) = (train(experiment, index, run) for run in range(2))
        size = theta.abs().amax(1).clamp(min=1e-3)
        spread = apart(theta, other, size)
        # Ours ends where it has come to rest or diverged; torch goes on.
        spread = spread[: int(np.isfinite(chunk.values[:, index, -3]).sum())]
        calm = int(np.argmax(spread > SAME)) if (spread > SAME).any() else len(spread)
        assert apart(ours[:calm], theta[:calm], size[:calm]).max() < EQUAL, preset.id
        np.testing.assert_allclose(chunk.values[:calm, index, -3], loss[:calm], rtol=EQUAL, atol=1e-13)
        judged.append(calm / len(spread))
    assert np.mean(judged) > 0.7, dict(zip([preset.id for preset in JUDGED], judged, strict=True))


def test_linear_regression_ends_where_the_normal_equations_say() -> None:
    optimizers = [
        {"name": "sgd", "lr": 0.2},
        {"name": "adam", "lr": 0.1},
        {"name": "lbfgs", "lr": 1.0, "tolerance_change": 0.0},
    ]
    experiment = training("linear", optimizers, steps=1500)
    _, chunk = advance(experiment, None, experiment.steps + 1)
    inputs, targets = experiment.objective.build().split.train
    design = torch.cat((inputs, torch.ones_like(inputs)), 1)
    solution = torch.linalg.solve(design.T @ design, design.T @ targets)
    assert chunk.film
    # Adam divides by ever smaller slopes, so that it leaves the solution again and again, by little.
    for row, near in enumerate((1e-7, 1e-4, 1e-7)):
        weights = chunk.film.theta[:, row]
        last = weights[weights.isfinite().all(1)][-1]
        torch.testing.assert_close(last, solution, rtol=near, atol=near / 100)


@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_no_bit_depends_on_how_a_run_is_cut_nor_on_who_has_ended(dtype: str) -> None:
    objective = {
        "kind": "model", "model": {"name": "mlp", "hidden": [5, 3], "activation": "relu"}, "dataset": {"name": "sine"},
        "batch_size": 13,
    }  # fmt: skip
    experiment = parse({
        "objective": objective, "steps": 120, "dtype": dtype,
        "optimizers": [
            {"name": "sgd", "lr": 1.5}, {"name": "muon", "lr": 0.02}, {"name": "adam", "lr": 0.03},
            {"name": "sgd", "lr": 1e6, "label": "out at once"},
        ],
    })  # fmt: skip
    carry, whole = advance(experiment, None, 121)
    assert [bool(row.end) for row in carry.rows] == [True, False, False, True]
    for cuts in ((1, 2, 1, 30, 80, 7), (50, 71)):
        carry, chunks = None, []
        for first, last in pairwise((0, *np.cumsum(cuts).tolist())):
            carry, chunk = advance(experiment, carry, last - first)
            chunks.append(chunk)
        np.testing.assert_array_equal(np.concatenate([chunk.values for chunk in chunks]), whole.values)
        films: list[Film] = [chunk.film for chunk in chunks if chunk.film]
        assert whole.film
        assert tuple(entry for film in films for entry in film.entries) == whole.film.entries
        np.testing.assert_array_equal(torch.cat([film.theta for film in films]), whole.film.theta)


def test_the_film_goes_on_where_no_trajectory_does() -> None:
    experiment = training(
        "linear", [{"name": "sgd", "lr": 0.2}, {"name": "sgd", "lr": 1e6, "label": "out"}], steps=3000
    )
    carry, films = None, []
    for _ in range(31):
        carry, chunk = advance(experiment, carry, 100)
        films.append(chunk.film)
    assert carry.ended
    assert [entry for film in films for entry in film.entries] == list(range(3001))
    assert bool(films[0].theta[0].isfinite().all())
    assert bool(films[-1].theta.isnan().all())


def test_what_is_told_of_an_entry_is_what_a_plain_module_gives() -> None:
    experiment = training("softmax", [{"name": "sgd", "lr": 0.1}])
    objective = experiment.objective.build()
    _, chunk = advance(experiment, None, STEPS + 1)
    told = dict(zip(experiment.columns, chunk.values[:, 0].T, strict=True))
    measured = ~np.isnan(told["full_loss"])
    # 104 of 150 flowers are learned from, 16 a step: all are looked at only now and then, and at the end.
    assert measured.tolist() == [step % objective.every == 0 or step == STEPS for step in range(STEPS + 1)]
    assert objective.every > 1
    assert chunk.film
    twin = Twin(experiment.objective)
    for step in (0, STEPS):
        module = twin.set(chunk.film.theta[step, 0]).module
        assert told["full_loss"][step] == pytest.approx(float(twin.loss().detach()), rel=1e-12)
        inputs, targets = objective.split.test
        right = (module(inputs).argmax(1) == targets).double().mean()
        assert told["test_score"][step] == pytest.approx(float(right))
