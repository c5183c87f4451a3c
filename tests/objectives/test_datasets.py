"""Every dataset: its shape, its formula, and that it depends on its params alone."""

import math
from typing import Any

import pytest
import torch

from app.objectives.datasets.base import Data, Dataset, held_out, split
from app.objectives.datasets.catalog import DATASETS

each_dataset = pytest.mark.parametrize("dataset", DATASETS, ids=lambda dataset: dataset.id)
each_drawn = pytest.mark.parametrize(
    "dataset", [entry for entry in DATASETS if len(entry.params) > 1], ids=lambda dataset: dataset.id
)


def build(dataset: Dataset | str, **own: Any) -> Data:
    """The dataset with its defaults, except for `own`."""
    entry = next(e for e in DATASETS if dataset in (e, e.id))
    return entry.build({param.id: param.default for param in entry.params} | own)


@each_dataset
def test_data_is_what_its_entry_says(dataset: Dataset) -> None:
    data = build(dataset)
    inputs, targets = data.samples
    assert data.task in dataset.tasks
    assert data.shape == dataset.shape
    assert inputs.dtype == torch.float64
    assert inputs.isfinite().all()
    assert len(inputs) == len(targets) == data.size
    if data.task == "regression":
        assert (targets.dtype, data.classes) == (torch.float64, 0)
    else:
        assert targets.dtype == torch.int64
        assert set(targets.tolist()) == set(range(data.classes))
        assert (data.task == "binary") == (data.classes == 2)


@each_drawn
def test_samples_depend_on_the_params_alone(dataset: Dataset) -> None:
    first, again, other = build(dataset), build(dataset), build(dataset, seed=256)
    assert torch.equal(first.samples.inputs, again.samples.inputs)
    assert torch.equal(first.samples.targets, again.samples.targets)
    assert not torch.equal(first.samples.inputs, other.samples.inputs)
    assert build(dataset, samples=10).size == 10


@each_dataset
def test_split_takes_every_sample_once(dataset: Dataset) -> None:
    data = build(dataset)
    train, test = split(data, 0.3)
    assert len(test.targets) == round(data.size * 0.3)
    rows = torch.cat((train.inputs, test.inputs)).flatten(1)
    whole = torch.cat((rows, torch.cat((train.targets, test.targets))[:, None]), 1)
    known = torch.cat((data.samples.inputs.flatten(1), data.samples.targets[:, None]), 1)
    assert sorted(whole.tolist()) == sorted(known.tolist())
    assert torch.equal(split(data, 0.3).test.inputs, test.inputs)


@pytest.mark.parametrize(("fraction", "count"), [(1e-9, 1), (0.25, 25), (0.999999, 99)])
def test_both_parts_of_a_split_hold_something(fraction: float, count: int) -> None:
    assert held_out(100, fraction) == count


@pytest.mark.parametrize("dataset", ["moons", "circles", "blobs", "xor", "spirals"])
def test_classes_are_of_one_size(dataset: str) -> None:
    assert build(dataset, samples=101).samples.targets.bincount().tolist() == [51, 50]


def test_moons_without_noise_lie_on_two_half_circles() -> None:
    inputs, targets = build("moons", noise=0.0).samples
    middle = torch.where(targets[:, None] == 1, torch.tensor([1.0, 0.5]), torch.tensor([-1.0, -0.5]))
    away = inputs - middle
    assert torch.allclose(away.norm(dim=1), torch.full((256,), 2.0, dtype=torch.float64))
    assert (away[targets == 0, 1] >= 0).all()
    assert (away[targets == 1, 1] <= 0).all()


def test_circles_without_noise_have_their_radii() -> None:
    inputs, targets = build("circles", noise=0.0, factor=0.25).samples
    radius = inputs.norm(dim=1)
    assert torch.allclose(radius[targets == 0], torch.tensor(2.0, dtype=torch.float64))
    assert torch.allclose(radius[targets == 1], torch.tensor(0.5, dtype=torch.float64))


def test_blobs_stand_about_their_centres() -> None:
    inputs, targets = build("blobs", classes=4, samples=2000, noise=0.1).samples
    for number, centre in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        mean = inputs[targets == number].mean(0).tolist()
        assert mean == pytest.approx([math.sqrt(2) * part for part in centre], abs=0.02)


def test_xor_is_the_sign_of_the_product() -> None:
    inputs, targets = build("xor").samples
    assert torch.equal(targets, (inputs.prod(1) < 0).long())
    assert inputs.abs().max() <= 2


def test_checkerboard_alternates() -> None:
    inputs, targets = build("checkerboard", cells=4).samples
    assert torch.equal(targets, ((inputs[:, 0].floor() + inputs[:, 1].floor()) % 2).long())


def test_spirals_wind_at_the_rate_of_their_radius() -> None:
    inputs, targets = build("spirals", noise=0.0, turns=1.5, classes=3).samples
    radius, angle = inputs.norm(dim=1), torch.atan2(inputs[:, 1], inputs[:, 0])
    turned = radius / 2 * 1.5 + targets / 3 - angle / (2 * math.pi)
    assert torch.allclose(turned, turned.round(), atol=1e-9)


@pytest.mark.parametrize(
    ("dataset", "own", "formula"),
    [
        ("line", {"slope": 2.0, "intercept": -1.0}, lambda x: 2 * x - 1),
        ("sine", {"frequency": 0.5}, lambda x: math.sin(math.pi * x / 2)),
        ("step", {"edge": 0.5}, lambda x: float(x >= 0.5)),
    ],
)
def test_curves_without_noise_are_their_formulas(dataset: str, own: dict[str, float], formula: Any) -> None:
    inputs, targets = build(dataset, noise=0.0, **own).samples
    assert inputs.abs().max() <= 2
    assert targets.tolist() == pytest.approx([formula(x) for x in inputs[:, 0].tolist()])


@pytest.mark.parametrize("dataset", ["moons", "line"])
def test_noise_has_the_spread_that_is_asked_for(dataset: str) -> None:
    calm, wild = (build(dataset, noise=level, samples=2000).samples for level in (0.0, 0.5))
    strays = wild.inputs - calm.inputs if dataset == "moons" else wild.targets - calm.targets
    assert strays.std().item() == pytest.approx(0.5, rel=0.05)
    assert strays.mean().item() == pytest.approx(0.0, abs=0.05)


def test_measured_sets_are_whole_and_standardised() -> None:
    iris, digits = build("iris"), build("digits")
    assert (iris.size, digits.size) == (150, 1797)
    assert iris.samples.targets.bincount().tolist() == [50, 50, 50]
    assert torch.allclose(iris.samples.inputs.mean(0), torch.zeros(4, dtype=torch.float64), atol=1e-12)
    assert torch.allclose(iris.samples.inputs.square().mean(0), torch.ones(4, dtype=torch.float64))
    assert digits.samples.inputs.mean().item() == pytest.approx(0, abs=1e-12)
    assert digits.samples.inputs.square().mean().item() == pytest.approx(1)
    assert iris.labels == ("setosa", "versicolor", "virginica")
