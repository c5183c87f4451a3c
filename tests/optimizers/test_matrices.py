"""Weights in their own shapes: the driver against plain modules with torch.optim on their parameters."""

import pickle
from collections.abc import Callable, Mapping
from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.optimizers.base import Optimizer
from app.optimizers.torch_adapter import TorchDriver
from app.optimizers.torch_driven import ADAFACTOR, LBFGS, MUON

STEPS = 200
INPUTS = torch.randn(24, 36, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
TARGETS = INPUTS[:, :3].sin().sum(1, keepdim=True)


def perceptron() -> nn.Module:
    return nn.Sequential(nn.Linear(36, 8), nn.Tanh(), nn.Linear(8, 5), nn.Tanh(), nn.Linear(5, 1)).double()


def filters() -> nn.Module:
    return nn.Sequential(
        nn.Unflatten(1, (1, 6, 6)), nn.Conv2d(1, 4, 3), nn.Tanh(), nn.Flatten(), nn.Linear(64, 1)
    ).double()


each_module = pytest.mark.parametrize("build", [perceptron, filters], ids=lambda build: build.__name__)


def seeded(build: Callable[[], nn.Module]) -> nn.Module:
    with torch.random.fork_rng():
        torch.manual_seed(3)
        return build()


def loss_of(module: nn.Module) -> Tensor:
    module.zero_grad()
    loss = (module(INPUTS) - TARGETS).square().mean()
    loss.backward()
    return loss.detach()


def flat(module: nn.Module) -> Tensor:
    return nn.utils.parameters_to_vector(module.parameters()).detach().clone()


def rate(lr: float, step: int) -> float:
    return lr / (1 + 0.01 * step)


def muon_and_adamw(module: nn.Module, hyper: Mapping[str, Any]) -> list[torch.optim.Optimizer]:
    """As the documentation of torch.optim.Muon has it."""
    matrices = [p for p in module.parameters() if p.ndim == 2]
    others = [p for p in module.parameters() if p.ndim != 2]
    return [torch.optim.Muon(matrices, **hyper), torch.optim.AdamW(others, lr=hyper["lr"])]


def adafactor(module: nn.Module, hyper: Mapping[str, Any]) -> list[torch.optim.Optimizer]:
    return [torch.optim.Adafactor(module.parameters(), **hyper)]


def lbfgs(module: nn.Module, hyper: Mapping[str, Any]) -> list[torch.optim.Optimizer]:
    return [torch.optim.LBFGS(module.parameters(), **hyper)]


def plain_path(module: nn.Module, optimizers: list[torch.optim.Optimizer], lr: float, steps: int) -> Tensor:
    """Weights `(steps + 1, P)` by plain torch."""
    path = [flat(module)]
    for step in range(steps):
        for part in optimizers:
            part.param_groups[0]["lr"] = rate(lr, step)
        optimizers[0].step(lambda: loss_of(module))
        for part in optimizers[1:]:
            part.step()
        path.append(flat(module))
    return torch.stack(path)


class Run:
    """The driver on the weights of a module, with autograd's gradients."""

    def __init__(self, entry: Optimizer, hyper: Mapping[str, Any], module: nn.Module, lr: float) -> None:
        self.entry, self.hyper, self.module, self.lr = entry, hyper, module, lr
        self.shapes = {name: tuple(weight.shape) for name, weight in module.named_parameters()}

    def observe(self, theta: Tensor) -> tuple[Tensor, Tensor]:
        nn.utils.vector_to_parameters(theta, self.module.parameters())
        loss = loss_of(self.module)
        return loss, torch.cat([p.grad.flatten() for p in self.module.parameters() if p.grad is not None])

    def drive(self, theta: Tensor, first: int, last: int, state: Any = None) -> tuple[Tensor, Any]:
        """The weights after each of the steps from `first` to `last`, and the state to go on with."""
        driver, path = TorchDriver(self.entry, self.hyper, theta, state, self.shapes), [theta]
        for step in range(first, last):
            path.append(driver.step(self.observe, {"lr": rate(self.lr, step)}, self.observe(path[-1])))
        return torch.stack(path), driver.state()


PLAIN = {MUON.id: muon_and_adamw, ADAFACTOR.id: adafactor, LBFGS.id: lbfgs}
CASES: list[tuple[Optimizer, dict[str, Any], float]] = [
    (MUON, {}, 0.02),
    (MUON, {"adjust_lr_fn": "match_rms_adamw", "nesterov": False, "momentum": 0.8}, 0.02),
    (MUON, {"ns_steps": 3, "ns_coefficients": (2.0, -1.5, 0.5), "eps": 0.5, "weight_decay": 1.0}, 0.01),
    (ADAFACTOR, {"weight_decay": 0.1, "d": 1.5}, 0.05),
    (LBFGS, {"max_iter": 3, "history_size": 5}, 0.2),
]
each_case = pytest.mark.parametrize(("entry", "changes", "lr"), CASES)


def settings_of(entry: Optimizer, changes: dict[str, Any], lr: float) -> dict[str, Any]:
    return {param.id: param.default for param in entry.params if param.id != "maximize"} | changes | {"lr": lr}


@each_module
@each_case
def test_it_moves_as_torch_does_on_the_module(entry: Optimizer, changes: dict[str, Any], lr: float, build: Any) -> None:
    hyper, module = settings_of(entry, changes, lr), seeded(build)
    wanted = plain_path(module, PLAIN[entry.id](module, hyper), lr, STEPS)
    path, _ = Run(entry, hyper, seeded(build), lr).drive(wanted[0], 0, STEPS)
    torch.testing.assert_close(path, wanted, rtol=1e-9, atol=1e-12)
    assert not torch.isclose(wanted[-1], wanted[0]).any()


@each_case
def test_a_run_that_went_through_a_file_has_the_bits_of_an_unbroken_one(
    entry: Optimizer, changes: dict[str, Any], lr: float
) -> None:
    run = Run(entry, settings_of(entry, changes, lr), seeded(perceptron), lr)
    start = flat(seeded(perceptron))
    unbroken, _ = run.drive(start, 0, 60)
    path, state = run.drive(start, 0, 25)
    rest, _ = run.drive(path[-1], 25, 60, pickle.loads(pickle.dumps(state)))
    assert torch.equal(path, unbroken[:26])
    assert torch.equal(rest, unbroken[25:])


def test_the_shapes_decide_what_moves_a_weight() -> None:
    """The first step of AdamW goes `lr` along each sign, and that of Muon in proportion to the whole matrix."""
    hyper = settings_of(MUON, {"weight_decay": 0.0, "ns_steps": 0, "momentum": 0.0, "nesterov": False}, 0.1)
    theta, grad = torch.zeros(6, dtype=torch.float64), torch.tensor([3.0, 0, 0, -4.0, 5.0, -6.0], dtype=torch.float64)
    driver = TorchDriver(MUON, hyper, theta, None, {"weight": (2, 2), "bias": (2,)})
    moved = driver.step(lambda _: (grad[0], grad), {"lr": 0.1}, (grad[0], grad))
    wanted = torch.tensor([-0.06, 0.0, 0.0, 0.08, -0.1, 0.1], dtype=torch.float64)
    # Muon rounds to bfloat16, which has 8 bits.
    torch.testing.assert_close(moved, wanted, rtol=2**-8, atol=0.0)


def test_without_a_matrix_all_is_left_to_adamw() -> None:
    theta = torch.tensor([1.0, -2.0], dtype=torch.float64)
    driver, grad = TorchDriver(MUON, settings_of(MUON, {}, 0.1), theta), torch.tensor([2.0, 6.0], dtype=torch.float64)
    judge = torch.optim.AdamW([theta], lr=0.1)
    theta.grad = grad.clone()
    for _ in range(5):
        judge.step()
        assert torch.equal(driver.step(lambda _: (grad[0], grad), {"lr": 0.1}, (grad[0], grad)), theta)
