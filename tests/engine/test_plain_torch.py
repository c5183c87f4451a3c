"""Every surface x every preset at its suggested rate, against torch.optim and autograd on the printed formulas.

Many of these paths are chaotic: a difference in the last place of one number grows until nothing agrees. So torch runs
three times, twice with every gradient and position disturbed in the last place. As long as those three agree, the
engine has to agree with them.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor

from app.core.registry import by_id
from app.engine.records import Values
from app.experiment import Experiment
from app.objectives.surfaces.base import Surface
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from tests.engine.races import race, values
from tests.objectives.cases import default_params, each_surface, printed

STEPS = 120
RUNS = 3
LAST_PLACE = 2.0**-52
SAME, EQUAL = 1e-12, 1e-9
ENTRIES = {preset.id: by_id(OPTIMIZERS, preset.optimizer) for preset in PRESETS}
JUDGED = [preset for preset in PRESETS if ENTRIES[preset.id].torch and ENTRIES[preset.id].surfaces]


class Row:
    """One of torch's optimizers on its own parameters; run 0 is left alone, the others are disturbed."""

    def __init__(self, experiment: Experiment, index: int, run: int) -> None:
        choice = experiment.optimizers[index]
        self.theta = torch.tensor(experiment.start, dtype=torch.float64)
        self.optimizer = getattr(torch.optim, str(choice.optimizer.torch))([self.theta], **choice.hyper)
        self.generator = torch.Generator().manual_seed(run) if run else None

    def disturbed(self, values: Tensor) -> Tensor:
        """`values`, each off by at most one in its last place."""
        if self.generator is None:
            return values.clone()
        places = torch.randint(-1, 2, values.shape, generator=self.generator)
        return values * (1 + places.double() * LAST_PLACE)

    def step(self, loss: Tensor, grad: Tensor, observe: Callable[[Tensor], tuple[Tensor, Tensor]]) -> None:
        """Moves on; the closure's first call, which L-BFGS alone repeats, is given `loss` and `grad`."""
        ready = [(loss, grad)]

        def closure() -> Tensor:
            value, slope = ready.pop() if ready else observe(self.theta)
            self.theta.grad = self.disturbed(slope)
            return value

        try:
            self.optimizer.step(closure)
        except IndexError:
            # Far out on a surface without a floor, torch's line search meets what is not a number.
            self.theta.fill_(math.nan)
        self.theta.copy_(self.disturbed(self.theta))


def autograd(surface: Surface, theta: Tensor) -> tuple[Tensor, Tensor]:
    """The printed formula `(B,)` and its gradient `(B, 2)` at `theta (B, 2)`; or of one row without the B."""
    leaf = theta.detach().clone().requires_grad_()
    loss = printed(surface)(leaf[..., 0], leaf[..., 1], **default_params(surface))
    (grad,) = torch.autograd.grad(loss.sum(), leaf)
    return loss.detach(), grad


def torch_race(surface: Surface, experiment: Experiment) -> Values:
    """x, y, loss and gradient norm of every entry: `(entries, runs, optimizers, 4)`."""
    rows = [Row(experiment, index, run) for run in range(RUNS) for index in range(len(experiment.optimizers))]
    entries = []
    for _ in range(STEPS + 1):
        theta = torch.stack([row.theta for row in rows])
        loss, grad = autograd(surface, theta)
        entries.append(torch.cat((theta, loss[:, None], grad.norm(dim=1, keepdim=True)), 1))
        for row, own_loss, own_grad in zip(rows, loss, grad, strict=True):
            row.step(own_loss, own_grad, lambda at: autograd(surface, at))
    return torch.stack(entries).reshape(STEPS + 1, RUNS, -1, 4).numpy()


def apart(one: Values, other: Values, size: Values) -> Values:
    """How far two paths `(entries, 4)` are apart, as a part of `size`; infinite where one is not a number."""
    return np.nan_to_num(np.abs(one - other) / size, nan=np.inf).max(1)


def documents() -> list[dict[str, Any]]:
    return [
        {
            "name": preset.optimizer,
            **{name: list(value) if isinstance(value, tuple) else value for name, value in preset.settings.items()},
        }
        for preset in JUDGED
    ]


@each_surface
def test_paths_at_the_suggested_rates_are_those_of_plain_torch(surface: Surface) -> None:
    experiment = race(documents(), surface.id, steps=STEPS)
    ours, theirs = values(experiment)[:, :, :4], torch_race(surface, experiment)
    judged = []
    for index, preset in enumerate(JUDGED):
        kept = int(np.isfinite(ours[:, index]).all(1).sum())
        plain, *others = (theirs[:kept, run, index] for run in range(RUNS))
        size = np.maximum(np.abs(plain), np.maximum(1e-3, np.abs(plain[:1])))
        spread = np.max([apart(other, plain, size) for other in others], 0)
        assert spread.max() > 0
        calm = int(np.argmax(spread > SAME)) if (spread > SAME).any() else kept
        assert apart(ours[:calm, index], plain[:calm], size[:calm]).max() < EQUAL, preset.id
        judged.append(calm / kept)
    # On the ripples of Levy N. 13 a disturbance grows a hundredfold with every step; elsewhere most entries are judged.
    assert np.mean(judged) > 0.05


@pytest.mark.parametrize("name", ["sgd", "adam"])
def test_the_judge_would_see_a_wrong_rate(name: str) -> None:
    """The comparison is no formality: a rate that is wrong by one part in a million is seen."""
    (surface,) = (surface for surface in SURFACES if surface.id == "rosenbrock")
    right = race([{"name": name, "lr": 0.001}], steps=STEPS)
    wrong = race([{"name": name, "lr": 0.001 * (1 + 1e-6)}], steps=STEPS)
    plain = torch_race(surface, right)[:, 0, 0]
    assert apart(values(right)[:, 0, :4], plain, np.maximum(1, np.abs(plain))).max() < EQUAL
    assert apart(values(wrong)[:, 0, :4], plain, np.maximum(1, np.abs(plain))).max() > EQUAL
