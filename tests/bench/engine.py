"""The engine alone, beside plain `torch.optim` loops in the same run."""

import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import psutil
import torch

from app.engine.batch import Batch, sweep
from app.engine.run import advance, move
from app.engine.tape import NOTHING
from tests.bench.report import Figure, Part, ratio
from tests.engine.races import EIGHT, race

STEPS = 300
MAP_ROWS, LOOP_ROWS = 65_536, 16

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


def in_turn(rounds: int, *works: Callable[[], object]) -> list[list[float]]:
    """The times of each of `works`, in ms, taken in turn, so that a machine that slows down slows all alike; a first
    round is not counted.
    """
    times: list[list[float]] = [[] for _ in works]
    for turn in range(rounds + 1):
        for work, taken in zip(works, times, strict=True):
            begin = time.perf_counter()
            work()
            if turn:
                taken.append(1000 * (time.perf_counter() - begin))
    return times


def measure() -> list[Figure]:
    """Time and memory of the engine."""
    torch.set_num_threads(1)
    return [measure_race(), measure_map(), measure_memory()]


def measure_race() -> Figure:
    experiment = race(EIGHT, start=[-1.2, 1.0], steps=STEPS)
    ours, plain = in_turn(
        7, lambda: advance(experiment, None, STEPS + 1), lambda: [plain_loop(make) for make in OPTIMIZERS]
    )
    name = "8 optimizers x 300 steps, quicker than torch loops"
    return ratio(name, Part("torch loops", plain), Part("engine", ours), least=10)


def adams() -> Batch:
    """Rows of Adam that differ in their learning rate."""
    one = race([{"name": "adam", "lr": 0.01}], start=[-1.2, 1.0], steps=STEPS)
    return sweep(one, {"lr": torch.logspace(-4, 0, MAP_ROWS, dtype=torch.float64)})


def measure_map() -> Figure:
    batch = adams()
    sample = torch.logspace(-4, 0, LOOP_ROWS).tolist()
    ours, loops = in_turn(
        5,
        lambda: move(batch, None, STEPS + 1, NOTHING),
        lambda: [plain_loop(partial(torch.optim.Adam, lr=rate)) for rate in sample],
    )
    plain = Part(f"torch loops, from {LOOP_ROWS} of them", [time * MAP_ROWS / LOOP_ROWS for time in loops])
    name = f"{MAP_ROWS} Adam rows x {STEPS} steps, only their ends, quicker than torch loops"
    return ratio(name, plain, Part("engine", ours), least=15_000)


def measure_memory() -> Figure:
    """In a process of its own, as the highest that was ever taken is asked for."""
    with ProcessPoolExecutor(1, get_context("spawn")) as fresh:
        needed = fresh.submit(memory_of_map).result()
    most = Part("at most", [300.0], "MB")
    return ratio("the same: memory above an idle process", Part("needed", [needed], "MB"), most, most=1)


def memory_of_map() -> float:
    """What the map takes beyond what this process had before, MB."""
    batch = adams()
    move(batch, None, 2, NOTHING)
    before = psutil.Process().memory_info().rss
    move(batch, None, STEPS + 1, NOTHING)
    return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before) / 1e6
