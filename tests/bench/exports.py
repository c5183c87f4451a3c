"""Pictures for links and for people, beside the engine's run in them and beside bare pictures of the size."""

import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

from app.compute.pool import WorkerPool
from app.compute.process import import_ahead
from app.engine.run import advance
from app.experiment import Experiment, parse
from app.exports.animation import gif
from app.exports.picture import png
from app.exports.preview import preview
from app.scenarios import SCENARIOS
from app.view import View
from app.work import tasks
from app.work.preload import PRELOAD
from tests.bench.report import Figure, Part, ratio

RACE = {
    "objective": {"kind": "surface", "name": "rosenbrock"},
    "optimizers": [
        {"name": "sgd", "lr": 1e-3}, {"name": "sgd", "lr": 1e-3, "momentum": 0.9}, {"name": "adagrad", "lr": 0.5},
        {"name": "rmsprop", "lr": 0.01}, {"name": "adam", "lr": 0.1}, {"name": "adamw", "lr": 0.1},
        {"name": "nadam", "lr": 0.05}, {"name": "lion", "lr": 0.01},
    ],
    "steps": 300,
}  # fmt: skip


ROUNDS = 5
GIF_FRAMES, GIF_SIZE, PNG_SIZE = 90, (800, 600), (2400, 1800)


def measure() -> list[Figure]:
    """Each preview is the first of its experiment; the first of all is the first of its worker."""
    race, long = parse(RACE), parse(RACE | {"steps": 100_000})
    firsts = list[float]()
    import_ahead(PRELOAD)
    for _ in range(ROUNDS):
        with WorkerPool(1, warm=tasks.warm) as pool:
            pool.submit(len, "").result()  # it is ready
            firsts += _times(pool, drawn, race)
    with WorkerPool(1, warm=tasks.warm) as pool:
        pool.submit(drawn, race).result()
        engines = _times(pool, computed, race, rounds=ROUNDS)
        again = _times(pool, drawn, race, rounds=ROUNDS)
        cut = _times(pool, drawn, long, rounds=ROUNDS)
        trainings = {one.id: _times(pool, drawn, one.experiment(), rounds=3) for one in SCENARIOS}
        films = _times(pool, filmed, race, rounds=3)
        frames = _times(pool, bare_film, rounds=3)
        prints = _times(pool, printed, race, rounds=3)
        flat = _times(pool, bare_print, rounds=3)
    slowest = max(trainings, key=lambda name: min(trainings[name]))
    engine, preview_again = Part("the engine's run in it", engines), Part("preview", again)
    return [
        ratio("preview of 8 optimizers x 300 steps, first of a worker", Part("preview", firsts), engine, most=2),
        ratio("the same again", preview_again, engine, most=2),
        ratio("of 100,000 steps, against 300", Part("preview", cut), preview_again, most=1.2),
        ratio(f"of a training ({slowest}), against it", Part("preview", trainings[slowest]), preview_again, most=2),
        ratio("GIF of 90 frames, 800 x 600", Part("film", films), Part("as many bare frames", frames), most=2),
        ratio("PNG of 2400 x 1800, plane and hill", Part("picture", prints), Part("a bare one", flat), most=8),
    ]


def _times(pool: WorkerPool, work: Callable[..., object], *given: object, rounds: int = 1) -> list[float]:
    """How long `work` took in a worker, each time, ms."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        pool.submit(work, *given).result()
        found.append(1000 * (time.perf_counter() - begun))
    return found


def drawn(experiment: Experiment) -> None:
    """The preview."""
    preview(experiment, View(), "A name")


def computed(experiment: Experiment) -> None:
    """The run that a preview shows."""
    advance(experiment, None, experiment.steps + 1)


def filmed(experiment: Experiment) -> None:
    """The film."""
    gif(experiment, View(), {})


def printed(experiment: Experiment) -> None:
    """The picture for print."""
    png(experiment, View({"tab": "both"}), {})


def bare_film() -> None:
    """A GIF of as many frames, each with eight lines on a smooth ground, by Pillow alone."""
    frames = [_bare(GIF_SIZE, at).quantize(256) for at in range(GIF_FRAMES)]
    frames[0].save(BytesIO(), "GIF", save_all=True, append_images=frames[1:])


def bare_print() -> None:
    """A PNG of that size, by Pillow alone."""
    _bare(PNG_SIZE, 0).save(BytesIO(), "PNG")


def _bare(size: tuple[int, int], at: int) -> Image.Image:
    picture = Image.radial_gradient("L").resize(size).convert("RGB")
    pen = ImageDraw.Draw(picture)
    for line in range(8):
        pen.line(
            [(step * size[0] / 300, at + 40 * line + step) for step in range(300)], fill=(40 * line, 80, 120), width=2
        )
    return picture
