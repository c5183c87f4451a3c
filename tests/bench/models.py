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
from tests.bench.engine import in_turn
from tests.bench.report import Figure, Part, ratio
from tests.objectives.twins import Twin

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


def plain_training(experiment: Experiment, network: nn.Module, make: Callable[[Any], torch.optim.Optimizer]) -> None:
    """One optimizer on a network as everybody writes it, without any measures."""
    inputs, targets = experiment.objective.build().split.train
    digits = experiment.objective.loss.id == "cross_entropy"
    loss_of = nn.CrossEntropyLoss() if digits else nn.BCEWithLogitsLoss()
    targets = targets if digits else targets.double()[:, None]
    optimizer, draw = make(network.parameters()), torch.Generator().manual_seed(0)
    size = experiment.objective.batch_size or len(inputs)
    for _ in range(experiment.steps):
        seen = torch.randperm(len(inputs), generator=draw)[:size] if size < len(inputs) else slice(None)
        optimizer.zero_grad()
        loss_of(network(inputs[seen]), targets[seen]).backward()
        optimizer.step()


def measure_race() -> Figure:
    experiment = race(PERCEPTRON, STEPS, len(OPTIMIZERS))
    ours, plain = in_turn(
        5,
        lambda: advance(experiment, None, STEPS + 1),
        lambda: [plain_training(experiment, module(experiment.begin()), make) for _, make in OPTIMIZERS],
    )
    name = "8 optimizers x 300 steps on a perceptron, quicker than torch loops"
    return ratio(name, Part("torch loops without measures", plain), Part("engine with all", ours), least=3)


def plain_field(plane: Plane, samples: Any, points: Tensor) -> None:
    """The loss at `points (N, 2)`, in float32, weights set and run forward one point after the other."""
    origin, u, v = (part.float() for part in (plane.origin, plane.u, plane.v))
    network, loss_of = module(origin), nn.BCEWithLogitsLoss()
    inputs, targets = samples.inputs.float(), samples.targets.float()[:, None]
    with torch.no_grad():
        for a, b in points.tolist():
            nn.utils.vector_to_parameters(origin + a * u + b * v, network.parameters())
            loss_of(network(inputs), targets).item()


def measure_field() -> Figure:
    choice = race(PERCEPTRON, STEPS, 1).objective
    objective, start = choice.build(), choice.initial(None, 0)
    kind = PlaneChoice(RANDOM, {param.id: param.default for param in RANDOM.params})
    plane = kind.make(start[None, None], objective.shapes)
    points = torch.rand(LOOP_POINTS, 2, generator=torch.Generator().manual_seed(0)) * 2 - 1
    scale = SIDE * SIDE / LOOP_POINTS
    ours, plain = in_turn(
        9,
        lambda: field(objective, plane, SHOWN, SIDE),
        lambda: plain_field(plane, objective.split.train, points),
    )
    loop = Part("loop by vector_to_parameters", [scale * time for time in plain])
    return ratio("loss field 64 x 64 of it, quicker than a loop", loop, Part("one thread", ours), least=30)


def measure_digits() -> Figure:
    experiment = race(DIGITS, DIGITS_STEPS, 4)
    ours, plain = in_turn(
        3,
        lambda: advance(experiment, None, DIGITS_STEPS + 1),
        lambda: [plain_training(experiment, Twin(experiment.objective).module, make) for _, make in OPTIMIZERS[-4:]],
    )
    every = experiment.objective.build().every
    measured = Part(f"engine, all {experiment.objective.data().size} measured at every {every}th step", ours)
    name = f"digits, 4 optimizers x {DIGITS_STEPS} steps of 64, against torch loops"
    return ratio(name, measured, Part("torch loops without measures", plain), most=2)
