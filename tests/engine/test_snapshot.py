"""What models are at a step, judged by torch's own modules with the weights put in."""

from typing import Any

import pytest
import torch
from torch import Tensor, nn

from app.engine import tape
from app.engine.films import MemoryFilms, kept_entries
from app.engine.records import Film
from app.engine.samples import describe
from app.engine.snapshot import PARTS, Viewer, model_of, weights_at
from app.experiment import Experiment
from tests.engine.trainings import film_of, training
from tests.objectives.twins import build_twin


def module_of(experiment: Experiment, theta: Tensor) -> nn.Module:
    """A plain module with the weights `(P,)`."""
    choice, _ = model_of(experiment)
    module = build_twin(choice, len(choice.data().labels) if choice.loss.wide else 1)
    nn.utils.vector_to_parameters(theta, module.parameters())
    return module.requires_grad_(False)


def seen(experiment: Experiment, theta: Tensor, *parts: str, resolution: int = 7) -> dict[str, Any]:
    """The whole snapshot of `theta (B, P)`."""
    viewer = Viewer(experiment, parts or PARTS, resolution)
    return viewer.frame(0, viewer.look(theta))


def grid_points(grid: dict[str, Any]) -> Tensor:
    """The inputs that a grid stands for, in its order."""
    x, y = (torch.linspace(*grid[name], grid[side]).double() for name, side in (("x", "columns"), ("y", "rows")))
    return torch.tensor([(a, b) for b in y.tolist() for a in x.tolist()], dtype=torch.float64)


@pytest.mark.parametrize(("model", "loss"), [("mlp", "bce"), ("mlp", "cross_entropy"), ("logistic", "bce")])
def test_the_grid_of_two_classes_is_the_probability_of_class_1(model: str, loss: str) -> None:
    experiment = training(model, loss=loss)
    theta = film_of(experiment).theta[-1]
    grid = seen(experiment, theta, "grid", resolution=9)["grid"]
    assert (grid["columns"], grid["rows"], len(grid["levels"])) == (9, 9, 2)
    for row, levels in zip(theta, grid["levels"], strict=True):
        outputs = module_of(experiment, row)(grid_points(grid))
        share = outputs.softmax(1)[:, 1] if loss == "cross_entropy" else outputs[:, 0].sigmoid()
        assert (torch.tensor(levels) - share * 255).abs().max() <= 0.501
        assert max(levels) - min(levels) > 50


def test_the_grid_of_a_neuron_stays_between_its_classes() -> None:
    experiment = training("neuron", "xor", rows=[{"name": "sgd", "lr": 0.5}])
    theta = film_of(experiment).theta[-1] * 50
    grid = seen(experiment, theta, "grid")["grid"]
    share = (module_of(experiment, theta[0])(grid_points(grid))[:, 0] + 1) / 2
    assert (torch.tensor(grid["levels"][0]) - share * 255).abs().max() <= 0.501


def test_of_three_classes_the_most_probable_is_shown() -> None:
    experiment = training(dataset="blobs", own={"classes": 3})
    theta = film_of(experiment).theta[-1]
    grid = seen(experiment, theta, "grid", resolution=8)["grid"]
    for row, levels, classes in zip(theta, grid["levels"], grid["classes"], strict=True):
        best = module_of(experiment, row)(grid_points(grid)).softmax(1).max(1)
        assert (torch.tensor(levels) - best.values * 255).abs().max() <= 0.501
        assert torch.equal(torch.tensor(classes), best.indices)


def test_the_window_holds_all_samples_with_room_around() -> None:
    experiment = training()
    inputs = model_of(experiment)[0].data().samples.inputs
    grid = seen(experiment, film_of(experiment).theta[0], "grid")["grid"]
    for name, values in zip("xy", inputs.T, strict=True):
        assert grid[name][0] < values.min() < values.max() < grid[name][1]


def test_a_curve_is_what_the_module_gives() -> None:
    experiment = training(dataset="sine")
    theta = film_of(experiment).theta[-1]
    found = seen(experiment, theta, resolution=40)
    assert found["grid"] is None
    assert found["confusion"] is None
    x = torch.tensor(found["curve"]["x"], dtype=torch.float64)
    assert len(x) == 40
    for row, values in zip(theta, found["curve"]["y"], strict=True):
        expected = module_of(experiment, row)(x[:, None])[:, 0]
        torch.testing.assert_close(torch.tensor(values, dtype=torch.float64), expected, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize(
    ("model", "dataset", "loss"),
    [("mlp", "moons", "bce"), ("neuron", "xor", "mse"), ("softmax", "iris", None), ("convolution", "digits", None)],
)
def test_confusions_are_counted_one_by_one(model: str, dataset: str, loss: str | None) -> None:
    experiment = training(model, dataset, steps=3, **({"loss": loss} if loss else {"batch_size": 20}))
    choice, objective = model_of(experiment)
    theta = film_of(experiment).theta[-1]
    found = seen(experiment, theta, "confusion")["confusion"]
    assert found["labels"] == [str(label) for label in choice.data().labels]
    border = {"bce": 0.0, "mse": 0.0}.get(choice.loss.id)
    for place, row in enumerate(theta):
        module = module_of(experiment, row)
        for name, (inputs, targets) in zip(("train", "test"), objective.split, strict=True):
            expected = torch.zeros(len(found["labels"]), len(found["labels"]), dtype=torch.long)
            for output, target in zip(module(inputs), targets.tolist(), strict=True):
                taken = int(output.argmax()) if border is None else int(output[0] > border)
                expected[target, taken] += 1
            assert found[name][place] == expected.tolist()


def test_weights_come_as_torch_names_their_shapes() -> None:
    experiment = training()
    theta = film_of(experiment).theta[-1]
    weights = seen(experiment, theta, "weights")["weights"]
    for row in range(len(theta)):
        parameters = list(module_of(experiment, theta[row]).parameters())
        assert [tuple(part["shape"]) for part in weights] == [tuple(part.shape) for part in parameters]
        for part, parameter in zip(weights, parameters, strict=True):
            assert part["values"][row] == parameter.flatten().tolist()


def test_what_is_not_finite_is_nothing() -> None:
    experiment = training()
    theta = film_of(experiment).theta[-1]
    theta = torch.stack((theta[0] * 1e60, torch.full_like(theta[0], float("nan")), theta[0]))
    found = seen(experiment, theta)
    share = module_of(experiment, theta[0])(grid_points(found["grid"])).sigmoid()[:, 0]
    assert found["grid"]["levels"][0] == (share * 255).round().int().tolist()
    assert set(found["grid"]["levels"][1]) == {None}
    assert None not in found["grid"]["levels"][2]
    assert found["confusion"]["train"][1] == [[0, 0], [0, 0]]
    assert set(found["weights"][0]["values"][1]) == {None}
    assert found["weights"][0]["values"][2] == theta[2][:10].tolist()


def test_rows_can_be_looked_at_one_after_the_other() -> None:
    experiment = training()
    theta = film_of(experiment).theta[-1]
    viewer = Viewer(experiment, PARTS, 128)
    assert viewer.together() == 1
    one_by_one = [look for row in theta for look in viewer.look(row[None])]
    assert viewer.frame(3, one_by_one) == viewer.frame(3, viewer.look(theta))


def test_a_trajectory_that_ended_stands_where_it_ended() -> None:
    rows = [{"name": "sgd", "lr": 0.1}, {"name": "sgd", "lr": 1e5}]
    experiment = training(dataset="sine", rows=rows)
    film, films = film_of(experiment), MemoryFilms()
    films.write(experiment.text(), film)
    assert not film.theta[-1, 1].isfinite().any()
    ends = int(film.theta[:, 1, 0].isfinite().sum()) - 1
    found = weights_at(films, experiment, 30)
    assert found
    assert found[0] == 30
    assert torch.equal(found[1], torch.stack((film.theta[30, 0], film.theta[ends, 1])))
    before = weights_at(films, experiment, ends)
    assert before
    assert torch.equal(before[1], film.theta[ends])


def test_of_a_long_run_the_kept_entry_before_the_step_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tape, "MOST_KEPT", 300)
    experiment = training()
    film, films = film_of(experiment), MemoryFilms()
    films.write(experiment.text(), film)
    kept = kept_entries(experiment)
    assert film.entries == tuple(kept)
    assert kept[0] == 0
    assert 2 < len(kept) < 31
    assert kept[-1] == 30
    for step, entry in ((0, 0), (kept[1] - 1, 0), (kept[1], kept[1]), (29, kept[-2]), (30, 30)):
        found = weights_at(films, experiment, step)
        assert found
        assert found[0] == entry
        assert torch.equal(found[1], film.theta[kept.index(entry)])


def test_without_its_film_a_run_has_no_weights() -> None:
    experiment = training()
    film, films = film_of(experiment), MemoryFilms()
    assert weights_at(films, experiment, 0) is None
    films.write(experiment.text(), Film(film.entries[:11], film.theta[:11]))
    assert weights_at(films, experiment, 10)
    assert weights_at(films, experiment, 11) is None


def test_the_data_is_told_as_it_is_split() -> None:
    choice, objective = model_of(training())
    told = describe(choice)
    assert (told["task"], told["weights"]) == ("binary", 21)
    assert [len(told[name]["targets"]) for name in ("train", "test")] == [42, 18]
    assert told["train"] == {name: part.tolist() for name, part in objective.split.train._asdict().items()}
    assert told["test"] == {name: part.tolist() for name, part in objective.split.test._asdict().items()}
    assert told["pictures"] is None
    assert told["shapes"][0] == {"name": "layer1.weight", "shape": [5, 2]}


def test_digits_are_told_as_pictures() -> None:
    choice, objective = model_of(training("convolution", "digits", batch_size=20))
    told = describe(choice)
    assert told["window"] is None
    assert told["train"]["inputs"] == []
    first = torch.tensor(told["pictures"][0], dtype=torch.float64)
    own = objective.split.train.inputs[0].flatten()
    assert first.min() == 0
    assert (first - (own - own.min()) / (own.max() - own.min()) * first.max()).abs().max() <= 0.5
    assert max(map(max, told["pictures"])) == 255
