"""Pictures for links and for people: in a worker that has drawn nothing yet, and in one that has."""

import time
from typing import NamedTuple

from app.compute.pool import WorkerPool
from app.experiment import Experiment, parse
from app.exports.animation import gif
from app.exports.picture import png
from app.exports.preview import preview
from app.scenarios import SCENARIOS
from app.view import View
from app.web import tasks
from app.web.preload import PRELOAD
from tests.bench.report import Figure

RACE = {
    "objective": {"kind": "surface", "name": "rosenbrock"},
    "optimizers": [
        {"name": "sgd", "lr": 1e-3}, {"name": "sgd", "lr": 1e-3, "momentum": 0.9}, {"name": "adagrad", "lr": 0.5},
        {"name": "rmsprop", "lr": 0.01}, {"name": "adam", "lr": 0.1}, {"name": "adamw", "lr": 0.1},
        {"name": "nadam", "lr": 0.05}, {"name": "lion", "lr": 0.01},
    ],
    "steps": 300,
}  # fmt: skip


class Took(NamedTuple):
    """How long something took, and for how long of that it was at work, ms."""

    whole: float
    busy: float


PREVIEW_MS, GIF_S, GIF_MB = 300.0, 15.0, 3.0


def measure() -> list[Figure]:
    """Each preview is the first of its experiment; the first of all is the first of its worker."""
    race, long = parse(RACE), parse(RACE | {"steps": 100_000})
    with WorkerPool(1, preload=PRELOAD, warm=tasks.warm) as pool:
        first = _milliseconds(pool, race)
        later = [_milliseconds(pool, race) for _ in range(5)]
        cut = _milliseconds(pool, long)
        models = {scenario.id: _milliseconds(pool, scenario.experiment()) for scenario in SCENARIOS}
        worst = max(models, key=lambda name: models[name])
        begun = time.perf_counter()
        film = pool.submit(gif, race, View(), {}).result()
        filmed = time.perf_counter() - begun
        begun = time.perf_counter()
        pool.submit(png, race, View({"tab": "both"}), {}).result()
        printed = time.perf_counter() - begun
    note = f"{len(film) / 2**20:.2f} MiB, to be under {GIF_MB:g}"
    return [
        _preview("preview of 8 optimizers x 300 steps, the first of a worker", first),
        _preview("the same again, the middle of 5", sorted(later)[2]),
        _preview("preview of 8 optimizers x 100,000 steps", cut),
        _preview(f"preview of a training, the slowest scenario: {worst}", models[worst]),
        _below("GIF of 90 frames, 800 x 600", filmed, unit="s", most=GIF_S, note=note),
        _below("PNG of 2400 x 1800, plane and hill", printed, unit="s", most=5.0),
    ]


def _milliseconds(pool: WorkerPool, experiment: Experiment) -> Took:
    begun = time.perf_counter()
    busy = pool.submit(drawn, experiment).result()
    return Took(1000 * (time.perf_counter() - begun), 1000 * busy)


def drawn(experiment: Experiment) -> float:
    """Draw the preview; for how long that kept the processor busy, s."""
    begun = time.process_time()
    preview(experiment, View(), "A name")
    return time.process_time() - begun


def _preview(name: str, took: Took) -> Figure:
    note = f"{took.busy:.0f} ms of them at work, the rest waiting for a processor"
    return _below(name, took.whole, unit="ms", most=PREVIEW_MS, note=note)


def _below(name: str, value: float, *, unit: str, most: float, note: str = "") -> Figure:
    return Figure(name, value, unit, f"< {most:g} {unit}", value < most, note)
