"""That every scenario shows what its sentence says, by running it."""

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from app.core.registry import by_id
from app.engine.records import Carry, End, Film, Values
from app.engine.run import advance
from app.experiment import Experiment, parse
from app.limits import admit_stream
from app.objectives.models.choice import ModelChoice
from app.scenarios import SCENARIOS, Scenario
from app.settings import Settings
from tests.objectives.twins import Twin

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)


class Run:
    """A scenario, run: `steps` of it, or all; replaced: fields of its document in place of its own."""

    def __init__(self, scenario: str, steps: int | None = None, **replaced: Any) -> None:
        document = {**by_id(SCENARIOS, scenario).document, **replaced}
        self.experiment: Experiment = parse(document)
        count = (self.experiment.steps if steps is None else steps) + 1
        carry, chunk = advance(self.experiment, None, count)
        assert chunk.film
        self.carry: Carry = carry
        self.film: Film = chunk.film
        self._values: Values = chunk.values

    def known(self, column: str, row: int) -> Values:
        """All that is known of a column of trajectory `row`."""
        values = self._values[:, row, self.experiment.columns.index(column)]
        return values[np.isfinite(values)]

    def steps_to(self, column: str, row: int, bound: float, *, above: bool = False) -> int:
        """The first entry at which a column is below, or above, a bound."""
        values = self._values[:, row, self.experiment.columns.index(column)]
        reached = values > bound if above else values < bound
        assert reached.any()
        return int(reached.argmax())

    def last(self, column: str) -> list[float]:
        """What is last known of a column, for each trajectory."""
        return [float(self.known(column, row)[-1]) for row in range(len(self.experiment.optimizers))]

    def twin(self) -> Twin:
        """The model as a plain module."""
        assert isinstance(self.experiment.objective, ModelChoice)
        return Twin(self.experiment.objective)

    def weights(self, entry: int, row: int) -> Tensor:
        """The weights `(P,)` of a trajectory at one entry."""
        return self.film.theta[self.film.entries.index(entry), row]


run = cache(Run)


def end(done: Run, row: int) -> End:
    """How a trajectory ended before the last step."""
    found = done.carry.rows[row].end
    assert found
    return found


def sgd(*rates: float, **settings: Any) -> list[dict[str, Any]]:
    return [{"name": "sgd", "lr": rate, **settings} for rate in rates]


@each_scenario
def test_a_scenario_is_a_document_that_this_server_would_run(scenario: Scenario) -> None:
    experiment = scenario.experiment()
    admit_stream(experiment, Settings())
    assert parse(experiment.canonical()).text() == experiment.text()
    assert 2 <= len(experiment.optimizers) <= 4
    labels = [choice.label for choice in experiment.optimizers]
    assert len(set(labels)) == len(labels)


@each_scenario
def test_a_scenario_says_what_to_look_for_in_one_sentence(scenario: Scenario) -> None:
    assert scenario.line.endswith(".")
    assert ". " not in scenario.line
    assert len(scenario.line) <= 160
    assert set(scenario.view) <= {"tab", "plane"}
    assert scenario.view.get("tab", "data") in {"2d", "3d", "both", "data", "weights", "confusion"}


def test_the_line_that_all_find_is_that_of_the_normal_equations() -> None:
    done = run("line")
    inputs, targets = done.twin().inputs, done.twin().targets
    columns = torch.cat((inputs, torch.ones_like(inputs)), 1)
    solution = torch.linalg.lstsq(columns, targets).solution[:, 0]
    assert done.film.theta.shape[2] == 2
    for row in done.carry.rows:
        torch.testing.assert_close(row.theta, solution, rtol=1e-3, atol=0)
    descent, momentum, _, newton = (torch.diff(path, dim=0).norm(dim=1).nansum() for path in done.film.theta.unbind(1))
    assert momentum > 3 * descent
    assert newton == pytest.approx(float(descent), rel=0.01)
    assert (np.diff(done.known("full_loss", 0)) <= 0).all()
    assert end(done, 3) == End("converged", 4)


def test_plain_descent_stays_on_the_plateau_of_xor_at_any_rate() -> None:
    done = run("xor")
    descent, momentum, adam = range(3)
    plateau = 0.25  # of squares, where every answer is one half and the classes are as many
    for row in (descent, momentum, adam):
        assert done.known("full_loss", row)[25] == pytest.approx(plateau, abs=0.01)
    assert 0.248 < done.known("full_loss", descent)[-1] < plateau
    assert done.known("full_loss", adam)[-1] < 0.03
    assert 30 < done.steps_to("full_loss", adam, 0.2) < 70
    assert 200 < done.steps_to("full_loss", momentum, 0.2) < 400
    slower_and_faster = Run("xor", optimizers=sgd(0.05, 0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.0, 1.5))
    assert min(slower_and_faster.last("full_loss")) > 0.23
    assert {end(Run("xor", optimizers=sgd(rate)), 0).kind for rate in (2.0, 5.0, 20.0)} == {"diverged"}


def test_adam_wins_on_the_spirals_whatever_the_rates_of_the_others() -> None:
    done = run("spirals")
    descent, momentum, _, adam = range(4)
    assert done.last("full_loss").index(min(done.last("full_loss"))) == adam
    assert done.steps_to("train_score", adam, 0.999, above=True) < 200
    assert done.steps_to("train_score", momentum, 0.999, above=True) > 250
    assert done.known("train_score", descent)[-1] < 0.8
    others = [
        *sgd(0.03, 0.1, 0.3, 0.6, 2.0, 3.0, 6.0),
        *sgd(0.1, 0.2, 1.0, momentum=0.9),
        {"name": "rmsprop", "lr": 0.003},
    ]
    rivals = Run("spirals", optimizers=others)
    assert min(rivals.last("full_loss")) > 2 * done.known("full_loss", adam)[-1]
    assert min(rivals.last("full_loss")[:7]) > 0.3


def test_a_falling_rate_smooths_the_noise_of_small_batches() -> None:
    done = run("batches")
    rattling, crawling, falling = range(3)
    ends = [done.known("full_loss", row)[-len(done.known("full_loss", row)) // 4 :] for row in range(3)]
    assert ends[rattling].std() > 20 * ends[falling].std()
    assert ends[falling].mean() < 0.85 * ends[crawling].mean() < 0.85 * ends[rattling].mean()
    pace = torch.diff(done.film.theta, dim=0).norm(dim=2)
    assert pace[-20:, falling].mean() < 1e-2 * pace[-20:, crawling].mean() < 5e-3 * pace[-20:, rattling].mean()


def test_the_test_loss_turns_up_while_the_training_loss_falls() -> None:
    done = run("over-fitting")
    adam, decayed, descent = range(3)
    train, test = done.known("train_loss", adam), done.known("test_loss", adam)
    assert 115 < test.argmin() < 145
    assert train[-1] < 0.6 * train[test.argmin()]
    rises = np.diff(train)[np.diff(train) > 0]
    assert 0 < len(rises) < len(train) / 5
    assert rises.max() < 0.02 * train[0]
    assert (np.diff(train[100::20]) < 0).all()
    assert test[-1] > 5 * test.min()
    assert min(done.known("train_loss", row)[-1] for row in (decayed, descent)) > 2 * train[-1]
    for row in (decayed, descent):
        assert done.known("test_loss", row)[-1] < 0.3 * test[-1]
    assert len(done.weights(0, adam)) > 1000
    assert len(done.twin().targets) == 20


def test_adam_gets_more_right_here_and_fewer_there() -> None:
    done = run("generalising")
    adam, _, descent = range(3)
    here, there = done.last("train_score"), done.last("test_score")
    assert here[adam] == 1.0
    assert 0.45 < there[adam] < 0.55
    assert here[descent] < 0.95
    assert there[descent] >= 0.8
    assert border(done, descent) < 0.7 * border(done, adam)


def border(done: Run, row: int) -> int:
    """How long the border between the classes is at the end, in cells of a grid over the samples."""
    twin = done.twin().set(done.carry.rows[row].theta.clone())
    low, high = (twin.inputs.quantile(part, dim=0) for part in (0.0, 1.0))
    places = torch.cartesian_prod(*(torch.linspace(*ends, 81) for ends in zip(low, high, strict=True)))
    with torch.no_grad():
        side = (twin.module(places.to(twin.inputs.dtype)) > 0).reshape(81, 81)
    return int((side[1:] != side[:-1]).sum() + (side[:, 1:] != side[:, :-1]).sum())


def test_every_unit_dies_where_the_rate_is_too_high_and_lives_where_it_is_not() -> None:
    done = run("dying-relu")
    survivor, dead, adam = range(3)
    rest = end(done, dead)
    assert rest.kind == "converged"
    loss = done.known("loss", dead)
    assert loss.max() > 1.5 * loss[0]
    twin = done.twin().set(done.weights(rest.step, dead))
    hidden = list(twin.module.children())[:3]
    assert not nn.Sequential(*hidden)(twin.inputs).any()
    nn.functional.mse_loss(twin.module(twin.inputs), twin.targets).backward()
    assert not any(part.grad.any() for layer in hidden for part in layer.parameters() if part.grad is not None)
    assert loss[-1] == pytest.approx(float(twin.targets.var(correction=0)), rel=1e-6)
    assert done.known("train_score", survivor)[-1] > 0.85
    assert done.known("train_score", adam)[-1] > 0.9


def test_the_valley_gets_steeper_than_the_rate_can_bear() -> None:
    done = run("edge")
    smooth, edge, thrown = range(3)
    assert (np.diff(done.known("full_loss", smooth)) < 0).all()
    loss = done.known("full_loss", edge)
    leap = int(loss[100:].argmax()) + 100
    assert 150 < leap < 220
    assert loss[leap] > 10 * loss[leap - 30]
    assert loss[-1] < loss[leap - 30]
    steepness = [0.25 * curvature(done, done.weights(entry, edge)) / 2 for entry in (0, leap - 30, leap + 10)]
    assert steepness[0] < 0.9
    assert steepness[1] > 1.05
    assert steepness[2] < 1
    assert end(done, thrown).kind == "diverged"
    assert end(done, thrown).step < 30
    assert 0.15 * curvature(done, done.weights(300, smooth)) / 2 < 0.8


def curvature(done: Run, theta: Tensor) -> float:
    """The largest eigenvalue of the loss's second derivatives, by autograd through the plain module."""
    twin = done.twin()
    shapes = [(name, part.shape) for name, part in twin.module.named_parameters()]

    def loss(flat: Tensor) -> Tensor:
        parts: Iterator[Tensor] = iter(flat.split([shape.numel() for _, shape in shapes]))
        weights = {name: next(parts).view(shape) for name, shape in shapes}
        outputs = torch.func.functional_call(twin.module, weights, (twin.inputs,))
        return nn.functional.mse_loss(outputs, twin.targets)

    return float(torch.linalg.eigvalsh(torch.autograd.functional.hessian(loss, theta))[-1])


def test_the_digits_are_read_within_a_hundred_steps() -> None:
    done = Run("digits", 100)
    assert max(done.known("test_score", row)[0] for row in range(4)) < 0.15
    for row in (1, 2, 3):
        done.steps_to("test_score", row, 0.95, above=True)
    descent = Run("digits", optimizers=sgd(0.1))
    assert descent.steps_to("test_score", 0, 0.95, above=True) > 350
