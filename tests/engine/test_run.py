"""The loop: held against plain torch loops, and against itself cut and mixed in every way that must not matter."""

import pickle
from typing import Any

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from app.engine.outcomes import outcomes
from app.engine.run import advance
from app.engine.seeds import BLOCK, gradient_noise
from tests.engine.races import EIGHT, race, values


def rosenbrock(theta: torch.Tensor) -> torch.Tensor:
    return (1 - theta[0]) ** 2 + 100 * (theta[1] - theta[0] ** 2) ** 2


def torch_race(make: Any, start: list[float], steps: int, *, scheduler: Any = None, clip: Any = None) -> np.ndarray:
    """Position, loss, gradient norm and learning rate of a plain torch loop on Rosenbrock, entry by entry."""
    theta = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    optimizer = make([theta])
    schedule = scheduler(optimizer) if scheduler else None
    entries = []
    for _ in range(steps + 1):
        optimizer.zero_grad()
        loss = rosenbrock(theta)
        loss.backward()
        lr = optimizer.param_groups[0]["lr"]
        entries.append([*theta.tolist(), loss.item(), theta.grad.norm().item(), lr])
        if clip:
            clip([theta])
        optimizer.step()
        if schedule:
            schedule.step()
    return np.array(entries)


TWINS = [
    ({"name": "sgd", "lr": 0.0005}, lambda p: torch.optim.SGD(p, lr=0.0005)),
    (
        {"name": "sgd", "lr": 0.0005, "momentum": 0.9, "nesterov": True},
        lambda p: torch.optim.SGD(p, lr=0.0005, momentum=0.9, nesterov=True),
    ),
    ({"name": "adam", "lr": 0.05}, lambda p: torch.optim.Adam(p, lr=0.05)),
    ({"name": "rmsprop", "lr": 0.005}, lambda p: torch.optim.RMSprop(p, lr=0.005)),
    ({"name": "adafactor", "lr": 0.05}, lambda p: torch.optim.Adafactor(p, lr=0.05)),
    ({"name": "sgd", "lr": 1e-5, "maximize": True}, lambda p: torch.optim.SGD(p, lr=1e-5, maximize=True)),
]


@pytest.mark.parametrize(("document", "make"), TWINS, ids=[str(document) for document, _ in TWINS])
def test_every_column_equals_a_plain_torch_loop(document: dict[str, Any], make: Any) -> None:
    ours = values(race([document], start=[-1.2, 1.0], steps=300))[:, 0]
    kept = np.isfinite(ours).all(1)
    theirs = torch_race(make, [-1.2, 1.0], 300)
    assert kept.sum() > 10
    np.testing.assert_allclose(ours[kept], theirs[kept], rtol=1e-9, atol=1e-12)


def test_a_schedule_moves_the_rate_as_torch_does() -> None:
    document = {"name": "adam", "lr": 0.05, "schedule": {"name": "cosine", "T_max": 80, "eta_min": 0.001}}
    ours = values(race([document], start=[-1.2, 1.0], steps=200))[:, 0]
    theirs = torch_race(
        lambda p: torch.optim.Adam(p, lr=0.05),
        [-1.2, 1.0],
        200,
        scheduler=lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, 80, 0.001),
    )
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


CLIPS = [
    ({"clip_norm": 0.5}, lambda p: torch.nn.utils.clip_grad_norm_(p, 0.5)),
    ({"clip_value": 0.3}, lambda p: torch.nn.utils.clip_grad_value_(p, 0.3)),
]


@pytest.mark.parametrize(("field", "clip"), CLIPS, ids=["norm", "value"])
def test_clipping_equals_torch_and_leaves_the_shown_norm_alone(field: dict[str, float], clip: Any) -> None:
    ours = values(race([{"name": "sgd", "lr": 0.0005, "momentum": 0.5}], start=[-1.2, 1.0], steps=200, **field))[:, 0]
    theirs = torch_race(lambda p: torch.optim.SGD(p, lr=0.0005, momentum=0.5), [-1.2, 1.0], 200, clip=clip)
    np.testing.assert_allclose(ours, theirs, rtol=1e-9)


@pytest.mark.parametrize(
    "fields", [{}, {"noise": 0.3}, {"clip_norm": 1.0}, {"dtype": "float32"}, {"dtype": "bfloat16"}]
)
def test_a_row_has_the_same_bits_alone_and_in_any_company(fields: dict[str, Any]) -> None:
    company = [
        *EIGHT,
        {"name": "lbfgs", "lr": 0.5},
        {"name": "lbfgs", "lr": 1.0, "line_search_fn": "strong_wolfe"},
        {"name": "lbfgs", "lr": 0.3, "line_search_fn": "strong_wolfe", "max_iter": 3},
        {"name": "adam", "lr": 0.01, "betas": [0.8, 0.99]},
        {"name": "lion"},
    ]
    together = values(race(company, steps=120, **fields))
    for index, document in enumerate(company):
        assert_array_equal(
            values(race([document], steps=120, **fields))[:, 0], together[:, index], err_msg=str(document)
        )


@settings(max_examples=8, deadline=None, derandomize=True)
@given(cuts=st.lists(st.integers(1, 60), min_size=1, max_size=12), noise=st.sampled_from([0.0, 0.2]))
def test_a_run_has_the_same_bits_however_it_is_cut(cuts: list[int], noise: float) -> None:
    experiment = race(
        [*EIGHT, {"name": "lbfgs", "line_search_fn": "strong_wolfe"}, {"name": "adafactor"}], steps=90, noise=noise
    )
    carry, pieces = None, []
    for count in [*cuts, 1000]:
        carry, chunk = advance(experiment, carry, count)
        carry = pickle.loads(pickle.dumps(carry))
        pieces.append(chunk.values)
    assert_array_equal(np.concatenate(pieces), values(experiment))
    assert carry
    assert outcomes(experiment, carry) == outcomes(experiment, advance(experiment, None, 91)[0])


def test_noise_is_the_same_draw_for_every_optimizer() -> None:
    plain = values(race([{"name": "sgd", "lr": 0.0}], steps=1))
    noisy = values(
        race([{"name": "sgd", "lr": 0.1}, {"name": "sgd", "lr": 0.05}], "booth", steps=600, noise=1.0, seed=3)
    )
    assert plain.shape == (2, 1, 5)
    x, y = noisy[:-1, :, 0], noisy[:-1, :, 1]
    slope = np.stack((10 * x + 8 * y - 34, 8 * x + 10 * y - 38), 2)
    draws = (noisy[:-1, :, :2] - noisy[1:, :, :2]) / noisy[:-1, :, 4:] - slope
    np.testing.assert_allclose(draws[:, 0], draws[:, 1], atol=1e-6)
    assert abs(draws.mean()) < 0.15
    assert 0.9 < draws.std() < 1.1
    other = values(race([{"name": "sgd", "lr": 0.1}], "booth", steps=600, noise=1.0, seed=4))
    assert not np.allclose(other[:, 0], noisy[:, 0])


def test_extra_evaluations_of_lbfgs_are_counted() -> None:
    experiment = race([{"name": "lbfgs", "lr": 1.0, "line_search_fn": "strong_wolfe"}], start=[-1.2, 1.0], steps=4)
    theta = torch.tensor([-1.2, 1.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([theta], lr=1.0, line_search_fn="strong_wolfe")
    calls, path = 0, [theta.tolist()]

    def closure() -> torch.Tensor:
        nonlocal calls
        calls += 1
        optimizer.zero_grad()
        loss = rosenbrock(theta)
        loss.backward()
        return loss

    for _ in range(4):
        optimizer.step(closure)
        path.append(theta.tolist())
    carry, chunk = advance(experiment, None, 5)
    kept = np.isfinite(chunk.values[:, 0, 0])
    np.testing.assert_allclose(chunk.values[kept, 0, :2], np.array(path)[kept], rtol=1e-9)
    # Each step's first evaluation is the one that all optimizers share; the last entry has one of its own.
    if kept.all():
        assert carry.rows[0].evaluations == calls + 1
    assert calls > 5


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_low_precision_equals_torch_in_that_precision(dtype: str) -> None:
    kind = getattr(torch, dtype)
    start, steps = [2.5, 1.5], 60
    theta = torch.tensor(start, dtype=kind, requires_grad=True)
    optimizer = torch.optim.Adam([theta], lr=0.05)
    path = [theta.tolist()]
    for _ in range(steps):
        optimizer.zero_grad()
        ((theta[0] + 2 * theta[1] - 7) ** 2 + (2 * theta[0] + theta[1] - 5) ** 2).backward()
        optimizer.step()
        path.append(theta.tolist())
    ours = values(race([{"name": "adam", "lr": 0.05}], "booth", start=start, steps=steps, dtype=dtype))[:, 0, :2]
    kept = np.isfinite(ours).all(1)
    assert kept.sum() > 30
    np.testing.assert_allclose(ours[kept], np.array(path)[kept], rtol=1e-4 if dtype == "float32" else 0.05)


def test_every_seed_has_noise_of_its_own() -> None:
    # torch's generator takes in 32 bits of its seed: seeds that differ above them must still differ.
    draws = [gradient_noise(seed, 0, 4, 2) for seed in (0, 1, 2**8, 2**16, 2**24, 2**31, 2**32 - 1)]
    draws.append(gradient_noise(0, BLOCK, 4, 2))
    assert len({tuple(draw.flatten().tolist()) for draw in draws}) == len(draws)
    torch.testing.assert_close(gradient_noise(7, BLOCK - 3, 6, 2)[3:], gradient_noise(7, BLOCK, 3, 2), rtol=0, atol=0)
