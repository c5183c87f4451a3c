"""The engine alone, beside plain `torch.optim` loops in the same run."""

import time
from collections.abc import Callable
from dataclasses import replace

import torch

from app.engine.run import advance
from tests.bench.report import Figure
from tests.engine.races import EIGHT, race

STEPS = 300
MAP_ROWS, LOOP_ROWS = 4096, 16

OPTIMIZERS: list[Callable[[list[torch.Tensor]], torch.optim.Optimizer]] = [
    lambda p: torch.optim.SGD(p, lr=0.0005),
    lambda p: torch.optim.SGD(p, lr=0.0005, momentum=0.9),
    lambda p: torch.optim.SGD(p, lr=0.0005, momentum=0.9, nesterov=True),
    lambda p: torch.optim.Adagrad(p, lr=0.3),
    lambda p: torch.optim.RMSprop(p, lr=0.01),
    lambda p: torch.optim.Adam(p, lr=0.05),
    lambda p: torch.optim.AdamW(p, lr=0.05),
    lambda p: torch.optim.NAdam(p, lr=0.05),
]


def plain_loop(make: Callable[[list[torch.Tensor]], torch.optim.Optimizer]) -> list[list[float]]:
    """One optimizer on Rosenbrock as everybody writes it."""
    theta = torch.tensor([-1.2, 1.0], dtype=torch.float64, requires_grad=True)
    optimizer = make([theta])
    path = [theta.tolist()]
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = (1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2
        loss.backward()
        optimizer.step()
        path.append(theta.tolist())
    return path


def seconds(work: Callable[[], object], rounds: int) -> float:
    """The median time of `work`."""
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return sorted(times)[rounds // 2]


def measure() -> list[Figure]:
    """Both ratios of the engine."""
    torch.set_num_threads(1)
    return [measure_race(), measure_map()]


def measure_race() -> Figure:
    experiment = race(EIGHT, start=[-1.2, 1.0], steps=STEPS)
    advance(experiment, None, STEPS + 1)
    ours = seconds(lambda: advance(experiment, None, STEPS + 1), 9)
    plain = seconds(lambda: [plain_loop(make) for make in OPTIMIZERS], 5)
    note = f"{1000 * ours:.0f} ms against {1000 * plain:.0f} ms"
    return Figure(
        "8 optimizers x 300 steps, engine against torch loops", plain / ours, "x", ">= 6 x", plain / ours >= 6, note
    )


def measure_map() -> Figure:
    one = race([{"name": "adam", "lr": 0.01}], start=[-1.2, 1.0], steps=STEPS)
    (choice,) = one.optimizers
    rates = torch.logspace(-4, 0, MAP_ROWS).tolist()
    rows = tuple(replace(choice, hyper={**choice.hyper, "lr": rate}) for rate in rates)
    experiment = replace(one, optimizers=rows)
    ours = seconds(lambda: advance(experiment, None, STEPS + 1), 5)
    sample = rates[:: MAP_ROWS // LOOP_ROWS]
    loops = seconds(lambda: [plain_loop(lambda p, lr=rate: torch.optim.Adam(p, lr=lr)) for rate in sample], 3)  # type: ignore[misc]
    ratio = loops * MAP_ROWS / LOOP_ROWS / ours
    note = f"{1000 * ours:.0f} ms against {loops * MAP_ROWS / LOOP_ROWS:.0f} s, extrapolated from {LOOP_ROWS}"
    return Figure("4096 Adam rows x 300 steps against torch loops", ratio, "x", ">= 1000 x", ratio >= 1000, note)
