"""Small models: the engine and the loss field, beside plain torch loops in the same run."""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from app.engine.run import advance
from app.experiment import Experiment, parse
from app.objectives.planes.base import Plane
from app.objectives.planes.choice import PlaneChoice
from app.objectives.planes.field import field
from app.objectives.planes.kinds import RANDOM
from app.objectives.surfaces.base import Window
from tests.bench.engine import seconds
from tests.bench.report import Figure

STEPS = 300
SIDE, LOOP_POINTS = 64, 512
SHOWN = Window((-1.0, 1.0), (-1.0, 1.0))
PERCEPTRON = {"kind": "model", "model": {"name": "mlp"}, "dataset": {"name": "moons"}}
DIGITS = {"kind": "model", "model": {"name": "convolution"}, "dataset": {"name": "digits"}, "batch_size": 64}
DIGITS_STEPS = 100

OPTIMIZERS: list[tuple[dict[str, Any], Callable[[Any], torch.optim.Optimizer]]] = [
    ({"name": "sgd", "lr": 0.3}, lambda p: torch.optim.SGD(p, lr=0.3)),
    ({"name": "sgd", "lr": 0.1, "momentum": 0.9}, lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9)),
    (
        {"name": "sgd", "lr": 0.1, "momentum": 0.9, "nesterov": True},
        lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True),
    ),
    ({"name": "adagrad", "lr": 0.05}, lambda p: torch.optim.Adagrad(p, lr=0.05)),
    ({"name": "rmsprop", "lr": 0.005}, lambda p: torch.optim.RMSprop(p, lr=0.005)),
    ({"name": "adam", "lr": 0.02}, lambda p: torch.optim.Adam(p, lr=0.02)),
    ({"name": "adamw", "lr": 0.02}, lambda p: torch.optim.AdamW(p, lr=0.02)),
    ({"name": "nadam", "lr": 0.02}, lambda p: torch.optim.NAdam(p, lr=0.02)),
]


def measure() -> list[Figure]:
    """The race, the field and the digits, on one thread."""
    torch.set_num_threads(1)
    return [measure_race(), measure_field(), measure_digits()]


def race(objective: dict[str, Any], steps: int, optimizers: int) -> Experiment:
    """The first so many optimizers on `objective`."""
    documents = [document for document, _ in OPTIMIZERS[-optimizers:]]
    return parse({"objective": objective, "optimizers": documents, "steps": steps})


def module(theta: Tensor) -> nn.Sequential:
    """The perceptron as everybody writes it, with the weights `theta (P,)`."""
    layers = nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 16), nn.Tanh(), nn.Linear(16, 1)
    network = nn.Sequential(*layers).to(theta.dtype)
    nn.utils.vector_to_parameters(theta, network.parameters())
    return network


def plain_training(experiment: Experiment, make: Callable[[Any], torch.optim.Optimizer]) -> None:
    """One optimizer on the perceptron as everybody writes it, without any measures."""
    network, loss_of = module(experiment.begin()), nn.BCEWithLogitsLoss()
    inputs, targets = experiment.objective.build().split.train
    targets = targets.double()[:, None]
    optimizer = make(network.parameters())
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss_of(network(inputs), targets).backward()
        optimizer.step()


def measure_race() -> Figure:
    experiment = race(PERCEPTRON, STEPS, len(OPTIMIZERS))
    ours = seconds(lambda: advance(experiment, None, STEPS + 1), 7)
    plain = seconds(lambda: [plain_training(experiment, make) for _, make in OPTIMIZERS], 3)
    note = f"{1000 * ours:.0f} ms with all measures against {1000 * plain:.0f} ms without"
    return Figure(
        "8 optimizers x 300 steps on a perceptron against torch loops", plain / ours, "x", ">= 3 x", plain / ours >= 3,
        note,
    )  # fmt: skip


def plain_field(plane: Plane, samples: Any, points: Tensor, *, load: bool) -> None:
    """The loss at `points (N, 2)`, in float32, weights set and run forward one point after the other.

    load: by `load_state_dict`, otherwise by `vector_to_parameters`.
    """
    origin, u, v = (part.float() for part in (plane.origin, plane.u, plane.v))
    network, loss_of = module(origin), nn.BCEWithLogitsLoss()
    inputs, targets = samples.inputs.float(), samples.targets.float()[:, None]
    shapes = {name: weight.shape for name, weight in network.state_dict().items()}
    with torch.no_grad():
        for a, b in points.tolist():
            theta = origin + a * u + b * v
            if load:
                parts = theta.split([shape.numel() for shape in shapes.values()])
                network.load_state_dict(
                    {name: part.view(shapes[name]) for name, part in zip(shapes, parts, strict=True)}
                )
            else:
                nn.utils.vector_to_parameters(theta, network.parameters())
            loss_of(network(inputs), targets).item()


def measure_field() -> Figure:
    choice = race(PERCEPTRON, STEPS, 1).objective
    objective, start = choice.build(), choice.initial(None, 0)
    kind = PlaneChoice(RANDOM, {param.id: param.default for param in RANDOM.params})
    plane = kind.make(start[None, None], objective.shapes)
    points = torch.rand(LOOP_POINTS, 2, generator=torch.Generator().manual_seed(0)) * 2 - 1
    scale = SIDE * SIDE / LOOP_POINTS
    ours = seconds(lambda: field(objective, plane, SHOWN, SIDE), 15)
    plain, loaded = (
        scale * seconds(lambda way=way: plain_field(plane, objective.split.train, points, load=way), 5)
        for way in (False, True)
    )
    note = (
        f"{1000 * ours:.0f} ms against {1000 * plain:.0f} ms by vector_to_parameters; "
        f"by load_state_dict {1000 * loaded:.0f} ms, {loaded / ours:.0f} x; one thread each"
    )
    return Figure("loss field 64 x 64 of it against a loop", plain / ours, "x", ">= 30 x", plain / ours >= 30, note)


def measure_digits() -> Figure:
    experiment = race(DIGITS, DIGITS_STEPS, 4)
    speed = DIGITS_STEPS / seconds(lambda: advance(experiment, None, DIGITS_STEPS + 1), 5)
    every = experiment.objective.build().every
    note = f"all {experiment.objective.data().size} digits measured at every {every}th step"
    return Figure("digits, 4 optimizers, steps of 64", speed, "steps/s", ">= 50 steps/s", speed >= 50, note)
