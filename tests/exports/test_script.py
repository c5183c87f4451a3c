"""Exported scripts of races on surfaces, run where there is only torch: the engine's numbers, step by step."""

import math
import re

import numpy as np
import pytest
import torch

from app.exports.script import script
from app.objectives.surfaces.base import Surface
from app.objectives.surfaces.catalog import SURFACES
from tests.engine.races import race
from tests.exports.cases import NOT_USUAL, RACES
from tests.exports.running import EQUAL, Ran, apart, compare, engine, entries, presets, run_clean
from tests.objectives.cases import default_params, random_points

CHAOTIC = {"levy-13": 0.2, "ackley": 0.5, "rastrigin": 0.6}
"""Where a difference in the last place grows so quickly that only so much of the paths can be judged."""

AT_KINKS = {
    "ackley": [(0.0, 0.0)],
    "bukin-6": [(-10.0, 1.0), (-12.0, 1.44), (0.0, 0.0)],
    "eggholder": [(0.0, -47.0), (10.0, -37.0), (10.0, -52.0)],
}

ENDS = {
    "flat": ([{"name": "sgd", "lr": 0.05}], "quadratic", 2000),
    "diverged": ([{"name": "sgd", "lr": 1.0}], "rosenbrock", 50),
    "made all": ([{"name": "sgd", "lr": 1e-4}], "rosenbrock", 50),
}

LOW = {
    f"{surface} {dtype}": race(presets(models=False), surface, steps=20, dtype=dtype, noise=noise, clip_norm=2.0)
    for surface, noise in (("rosenbrock", 0.0), ("bukin-6", 0.1))
    for dtype in ("float32", "bfloat16")
}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """Every script of this file, run."""
    kinks = {f"{name} {at}": race([{"name": "sgd", "lr": 1e-3}], name, steps=3, start=list(at))
             for name, points in AT_KINKS.items() for at in points}  # fmt: skip
    ends = {kind: race(rows, surface, steps=steps) for kind, (rows, surface, steps) in ENDS.items()}
    every = {**RACES, **kinks, **ends, **LOW}
    done = run_clean([script(experiment) for experiment in every.values()], tmp_path_factory.mktemp("scripts"))
    return dict(zip(every, done, strict=True))


@pytest.mark.parametrize("name", RACES)
def test_every_step_is_the_engines(ran: dict[str, Ran], name: str) -> None:
    judged = compare(RACES[name], ran[name])
    assert max(one.off for one in judged.values()) < EQUAL, judged
    assert np.mean([one.calm for one in judged.values()]) > CHAOTIC.get(name, 0.8)


def test_a_wrong_rate_would_be_seen(ran: dict[str, Ran]) -> None:
    """The comparison is no formality: a rate that is wrong by one part in a million is seen."""
    wrong = race([{**row, "lr": row["lr"] * (1 + 1e-6)} for row in NOT_USUAL], steps=30)
    judged = compare(wrong, ran["arguments"])
    assert min(one.off for one in judged.values()) > EQUAL


@pytest.mark.parametrize("name", [f"{name} {at}" for name, points in AT_KINKS.items() for at in points])
def test_a_start_on_a_kink_has_the_slope_of_the_engine(ran: dict[str, Ran], name: str) -> None:
    surface, at = name.split(" ", 1)
    start = [float(part) for part in re.findall(r"-?[\d.]+", at)]
    experiment = race([{"name": "sgd", "lr": 1e-3}], surface, steps=3, start=start)
    path, (theirs,) = entries(experiment, engine(experiment)[1], 0), ran[name].paths.values()
    assert np.isfinite(theirs).all()
    assert len(theirs) == experiment.steps + 1
    assert apart(path[:2], theirs[:2]).max() < EQUAL


@pytest.mark.parametrize("kind", ENDS)
def test_how_a_trajectory_ended_is_told(ran: dict[str, Ran], kind: str) -> None:
    rows, surface, steps = ENDS[kind]
    experiment, one = race(rows, surface, steps=steps), ran[kind]
    compare(experiment, one)
    ((label, theirs),) = one.paths.items()
    assert f"{len(theirs) - 1} " in one.printed
    assert one.endings[label] in one.printed
    end = engine(experiment)[0].rows[0].end
    step = end.step if end else None
    # What carries nothing is at rest as soon as there is no slope.
    assert (
        one.endings[label]
        == {
            "flat": f"made all {steps} steps, flat from step {step} on",
            "diverged": f"diverged at step {step}",
            "made all": f"made all {steps} steps",
        }[kind]
    )


@pytest.mark.parametrize("name", LOW)
def test_fewer_bits_round_as_torch_does(ran: dict[str, Ran], name: str) -> None:
    """Gradients are the same to the bit, so rules without memory are; others may differ by a rounding now and then."""
    experiment, place = LOW[name], {"float32": 2.0**-23, "bfloat16": 2.0**-8}[LOW[name].dtype]
    chunk = engine(experiment)[1]
    for index, (label, theirs) in enumerate(ran[name].paths.items()):
        path = entries(experiment, chunk, index)
        if label == "gradient-descent" and not experiment.noise:
            np.testing.assert_allclose(theirs, path, rtol=place)
        both = min(len(path), len(theirs), 4)
        np.testing.assert_allclose(theirs[:both, :2], path[:both, :2], rtol=16 * place, atol=16 * place, err_msg=label)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)
def test_the_code_of_a_surface_is_its_function_and_has_its_slopes(surface: Surface) -> None:
    lines = "".join(f"    {line}\n" for line in surface.code.strip().split("\n"))
    space: dict[str, object] = {"torch": torch, "math": math}
    exec(f"def code({', '.join(['x', 'y', *default_params(surface)])}):\n{lines}", space)
    x, y = torch.tensor(random_points(surface, 200), dtype=torch.float64).T.clone().requires_grad_().unbind(0)
    value = space["code"](x, y, **default_params(surface))
    slopes = torch.autograd.grad(value.sum(), (x, y))
    wanted = surface.evaluate(x.detach(), y.detach(), **default_params(surface))
    for one, other in zip((value.detach(), *slopes), wanted, strict=True):
        torch.testing.assert_close(one, other, rtol=1e-9, atol=1e-9)
