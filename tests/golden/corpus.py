"""The links of document version 1 that are kept: every surface, preset and schedule, every kind of model and plane."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import PRESETS
from app.schedules.catalog import SCHEDULES

STEPS = 30
MODEL_STEPS = 12
RACERS = [{"name": "sgd"}, {"name": "adam"}]


class Golden(NamedTuple):
    """A link before it is kept."""

    name: str
    experiment: dict[str, Any]
    view: dict[str, Any]


def corpus() -> Iterator[Golden]:
    """All of them."""
    for surface in SURFACES:
        yield race(f"surface {surface.id}", surface.id, RACERS)
    for preset in PRESETS:
        chosen = {"name": preset.optimizer, **preset.settings}
        if preset.id == "muon":
            yield training(f"preset {preset.id}", "mlp", "moons", [chosen])
        else:
            yield race(f"preset {preset.id}", "beale", [chosen, {"name": "sgd"}])
    for index, schedule in enumerate(SCHEDULES):
        chosen = {"name": schedule.id, "warmup": 4 * (index % 2)}
        yield race(f"schedule {schedule.id}", "quadratic", [{"name": "sgd", "lr": 0.02, "schedule": chosen}])
    yield from settings()
    yield from functions()
    yield from trainings()
    yield from views()


def race(
    name: str, surface: str, rows: list[dict[str, Any]], view: dict[str, Any] | None = None, **more: Any
) -> Golden:
    objective = {"kind": "surface", "name": surface, "params": more.pop("params", {})}
    return Golden(name, {"objective": objective, "optimizers": rows, "steps": STEPS, **more}, view or {})


def training(
    name: str, kind: str, data: str, rows: list[dict[str, Any]], view: dict[str, Any] | None = None, **more: Any
) -> Golden:
    own = {key: more.pop(key) for key in ("loss", "batch_size", "test_fraction", "init", "l2") if key in more}
    model, dataset = {"name": kind, **more.pop("model", {})}, {"name": data, **more.pop("dataset", {})}
    objective = {"kind": "model", "model": model, "dataset": dataset, **own}
    return Golden(name, {"objective": objective, "optimizers": rows, "steps": MODEL_STEPS, **more}, view or {})


def settings() -> Iterator[Golden]:
    """What stands beside objective and optimizers."""
    bowl = {"condition": 40, "angle": 20}
    yield race("surface with params", "quadratic", RACERS, params=bowl, start=[-2.6, 1.4])
    yield race("noise and seed", "booth", [{"name": "sgd", "lr": 0.02}], noise=0.5, seed=4294967295)
    yield race("clipping", "rosenbrock", [{"name": "sgd", "lr": 0.01}], clip_norm=1.5, clip_value=0.75)
    yield race("float32", "rosenbrock", [{"name": "sgd", "lr": 0.0005, "momentum": 0.9}], dtype="float32")
    yield race("bfloat16", "booth", [{"name": "sgd", "lr": 0.0078125}], dtype="bfloat16")
    yield race("diverges", "rosenbrock", [{"name": "sgd", "lr": 0.5}])
    yield race("many steps of a few", "matyas", RACERS, steps=2)
    tuned = {"name": "adamw", "lr": 1e-3, "betas": [0.5, 0.75], "eps": 1e-4, "weight_decay": 0.1, "amsgrad": True}
    yield race("tuned", "himmelblau", [tuned, {"name": "sgd", "lr": 0.001, "momentum": 0.5, "nesterov": True}])
    labels = ["a;b=c&d, e+f %41", "</script><img src=x onerror=alert(1)>", "\u202eltr 🙂 é", "${7*7}", "null", "0.1"]
    yield race("labels", "booth", [{"name": "sgd", "lr": 0.01, "label": label} for label in labels])
    drops = {"name": "multi-step", "milestones": [5], "gamma": 0.5, "warmup": 2, "warmup_start": 0.25}
    yield race("schedule with params", "booth", [{"name": "sgd", "lr": 0.02, "schedule": drops}])


def functions() -> Iterator[Golden]:
    """Functions that somebody typed."""
    for name, objective in {
        "typed valley": {"expression": "(a - x)^2 + b (y - x^2)^2", "params": {"b": 20}, "ranges": {"b": [1, 100]}},
        "typed cases": {"expression": "where(x > 0, x^2, -x/2) + max(abs(y), y^2)", "window": [[-2, 2], [-1, 3]]},
        "typed waves": {"expression": "sin(3x) cosh(y/2) + 2^y exp(-x^2) - atan(x y)"},
    }.items():
        document = {"objective": {"kind": "surface", **objective}, "start": [-1.5, 1.25], "optimizers": RACERS}
        yield Golden(name, {**document, "steps": STEPS}, {})


def trainings() -> Iterator[Golden]:
    """Models, data, and how they learn."""
    rate = {"name": "sgd", "lr": 0.05}
    yield training("linear on a line", "linear", "line", [rate])
    yield training("neuron on a sine", "neuron", "sine", [rate], test_fraction=0.5)
    yield training("logistic on moons", "logistic", "moons", RACERS, dataset={"noise": 0.3}, l2=0.01)
    yield training("softmax on iris", "softmax", "iris", RACERS)
    yield training("perceptron on spirals", "mlp", "spirals", RACERS, model={"hidden": [8, 4]}, batch_size=32, seed=3)
    yield training("perceptron on a step", "mlp", "step", [rate], model={"hidden": [6]}, loss="mse")
    yield training("perceptron on digits", "mlp", "digits", [rate], model={"hidden": [8]}, batch_size=16, steps=4)
    yield training("convolution on digits", "convolution", "digits", [rate], batch_size=16, steps=3)
    for data in ("circles", "blobs", "xor", "checkerboard"):
        yield training(f"perceptron on {data}", "mlp", data, [rate], model={"hidden": [4]}, batch_size=16)


def views() -> Iterator[Golden]:
    """What travels beside an experiment."""
    solid = {"tab": "3d", "camera": [1.2, 0.6, 0.8], "step": 12}
    yield race("view in 3-D", "booth", RACERS, solid)
    yield race("view of curves", "booth", RACERS, {"tab": "both", "curve": "distance", "log": "x"})
    yield race("view without logarithms", "booth", RACERS, {"log": "", "curve": "gradient"})
    yield race("view in other colours", "booth", [*RACERS, {"name": "rprop"}], {"colours": [4, 0, 2], "hide": [1, 3]})
    yield race("view from near", "booth", RACERS, {"tab": "both", "range": [-9.5, -6.25, 4, 7.125]})
    yield race("view at half speed", "booth", RACERS, {"measure": "steps", "speed": 0.5, "step": 0})
    zoomed = {"tab": "2d", "plane": "random", "plane.seed": 3, "range": [-0.5, 0.25, -0.125, 0.5], "measure": "test"}
    yield training("view of a plane from near", "logistic", "blobs", RACERS, zoomed)
    planes = (
        {"plane": "principal"},
        {"plane": "random", "plane.seed": 3},
        {"plane": "three-points"},
        {"plane": "two-weights"},
    )
    for plane in planes:
        view = {"tab": "2d", **plane}
        yield training(f"plane {plane['plane']}", "logistic", "blobs", RACERS, view)
    yield training(
        "view of weights", "mlp", "xor", [{"name": "sgd", "lr": 0.1}], {"tab": "weights", "curve": "accuracy"}
    )
    yield training("view of confusion", "softmax", "iris", [{"name": "sgd", "lr": 0.1}], {"tab": "confusion"})
