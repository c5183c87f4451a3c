"""The calls about models of a real server, judged by plain torch."""

import json
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
import torch
from torch import nn

from app.experiment import parse
from tests.engine.trainings import document, film_of
from tests.web.serving import Backend, serving
from tests.web.test_calls import post, refused

LINEAR = document("linear", "line", rows=[{"name": "sgd", "lr": 0.1}], steps=40)
MOONS = document(steps=40)


def answered(response: httpx.Response) -> Any:
    assert response.status_code == 200, response.text
    return response.json()


def split_of(experiment: dict[str, Any]) -> Any:
    return parse(experiment).objective.build().split


def test_a_run_of_a_line_is_the_path_of_slope_and_intercept(server: Backend) -> None:
    answer = answered(post(server, "/api/run", LINEAR))
    (trajectory,) = answer["trajectories"]
    assert answer["plane"]["exact"] is True
    assert "trajectories" not in answer["plane"]
    (x, y), (slope, intercept) = split_of(LINEAR).train, trajectory["points"][0]
    module = nn.Linear(1, 1, dtype=torch.float64)
    nn.utils.vector_to_parameters(torch.tensor([slope, intercept], dtype=torch.float64), module.parameters())
    optimizer = torch.optim.SGD(module.parameters(), lr=0.1)
    for place, point in enumerate(trajectory["points"]):
        assert point == pytest.approx([float(p.detach()) for p in module.parameters()], rel=1e-9)
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(module(x)[:, 0], y)
        assert trajectory["loss"][place] == pytest.approx(float(loss.detach()), rel=1e-9)
        assert trajectory["full_loss"][place] == trajectory["train_loss"][place] == trajectory["loss"][place]
        loss.backward()
        optimizer.step()


def test_a_run_has_a_number_of_every_list_for_every_entry_or_null(server: Backend) -> None:
    answer = answered(post(server, "/api/run", document(steps=40, batch_size=2)))
    names = ["loss", "grad_norm", "lr", "full_loss", "train_loss", "train_score", "test_loss", "test_score"]
    for trajectory in answer["trajectories"]:
        assert list(trajectory) == ["label", "points", *names, "outcome"]
        assert {len(trajectory[name]) for name in (*names, "points")} == {41}
        assert None not in trajectory["loss"]
        unknown = [place for place, loss in enumerate(trajectory["full_loss"]) if loss is None]
        assert unknown
        assert not {0, 40} & set(unknown)
        for name in names[3:]:
            assert [place for place, value in enumerate(trajectory[name]) if value is None] == unknown
    assert answer["plane"]["entries"] == list(range(41))


def test_a_diverging_trajectory_ends_and_the_answer_is_whole(server: Backend) -> None:
    hot = document(dataset="sine", rows=[{"name": "sgd", "lr": 1e5}, {"name": "adam", "lr": 0.01}])
    lost, calm = answered(post(server, "/api/run", hot))["trajectories"]
    assert lost["outcome"]["kind"] == "diverged"
    assert len(lost["points"]) == len(lost["loss"]) < 31 == len(calm["loss"])
    plane = answered(post(server, "/api/plane", {"experiment": hot}))
    assert len(plane["trajectories"][0]["shown"]) == len(lost["loss"])


def test_a_plane_has_the_paths_with_what_is_true_and_what_it_shows(server: Backend) -> None:
    plane = answered(post(server, "/api/plane", {"experiment": MOONS}))
    assert plane["plane"] == {"name": "principal"}
    assert plane["exact"] is False
    assert 0.5 < plane["share"] < 1
    assert plane["entries"] == list(range(41))
    film = film_of(parse(MOONS))
    run = answered(post(server, "/api/run", MOONS))
    assert run["plane"] == {name: value for name, value in plane.items() if name != "trajectories"}
    for row, path in enumerate(plane["trajectories"]):
        assert path["points"] == run["trajectories"][row]["points"]
        assert path["loss"] == pytest.approx(run["trajectories"][row]["full_loss"], rel=1e-9)
        apart = np.hypot(*(np.array(path["points"][3]) - path["points"][30]))
        true = float((film.theta[3, row] - film.theta[30, row]).norm())
        assert apart < true <= apart + path["distance"][3] + path["distance"][30] + 1e-9


def test_the_plane_is_the_one_that_was_asked_for(server: Backend) -> None:
    asked = {"name": "random", "row": 1, "seed": 3}
    plane = answered(post(server, "/api/plane", {"experiment": MOONS, "plane": asked}))
    assert plane["plane"] == asked
    assert plane["trajectories"][1]["points"][-1] == pytest.approx([0, 0], abs=1e-12)
    assert plane["trajectories"][1]["distance"][-1] == pytest.approx(0, abs=1e-12)
    assert plane["trajectories"][1]["shown"][-1] == pytest.approx(plane["trajectories"][1]["loss"][-1], rel=1e-9)


@pytest.mark.parametrize(("experiment", "exact"), [(LINEAR, True), (MOONS, False)])
def test_the_field_under_a_point_is_what_the_plane_shows_there(
    server: Backend, experiment: dict[str, Any], exact: bool
) -> None:
    plane = answered(post(server, "/api/plane", {"experiment": experiment}))
    path = plane["trajectories"][0]
    for place in (0, 10, 40):
        x, y = path["points"][place]
        asked = {"experiment": experiment, "window": [[x, x + 1], [y - 2, y]], "resolution": 3}
        field = answered(post(server, "/api/field", asked))
        assert field["x"] == pytest.approx([x, x + 0.5, x + 1], rel=1e-12, abs=1e-12)
        assert field["y"] == pytest.approx([y - 2, y - 1, y], rel=1e-12, abs=1e-12)
        assert field["z"][2][0] == pytest.approx(path["shown"][place], rel=1e-5)
        assert {field[name] == plane[name] for name in ("exact", "share", "sentence", "axes")} == {True}
        assert field["exact"] is exact
        if exact:
            assert field["z"][2][0] == pytest.approx(path["loss"][place], rel=1e-5)


def test_a_field_without_wishes_is_the_planes_window_as_fine_as_it_suggests(server: Backend) -> None:
    plane = answered(post(server, "/api/plane", {"experiment": MOONS}))
    field = answered(post(server, "/api/field", MOONS))
    assert [field["x"][0], field["x"][-1]] == plane["window"]["x"]
    assert [field["y"][0], field["y"][-1]] == plane["window"]["y"]
    assert len(field["x"]) == len(field["y"]) == len(field["z"]) == plane["resolution"]


def test_a_snapshot_is_what_a_plain_module_says(server: Backend) -> None:
    asked = {"experiment": MOONS, "step": 17, "parts": ["weights", "grid", "confusion"], "resolution": 6}
    found = answered(post(server, "/api/snapshot", asked))
    assert list(found) == ["step", "grid", "curve", "confusion", "weights"]
    assert (found["step"], found["curve"]) == (17, None)
    film = film_of(parse(MOONS))
    for row in range(2):
        module = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 1)).double().requires_grad_(False)
        for part, parameter in zip(found["weights"], module.parameters(), strict=True):
            parameter.copy_(torch.tensor(part["values"][row], dtype=torch.float64).view(part["shape"]))
        np.testing.assert_allclose(nn.utils.parameters_to_vector(module.parameters()), film.theta[17, row], rtol=1e-12)
        grid = found["grid"]
        x, y = (torch.linspace(*grid[name], 6, dtype=torch.float64) for name in "xy")
        inputs = torch.stack((x.repeat(6), y.repeat_interleave(6)), 1)
        share = module(inputs).sigmoid()[:, 0]
        assert (torch.tensor(grid["levels"][row]) - 255 * share).abs().max() <= 0.51
        inputs, targets = split_of(MOONS).test
        right = int(((module(inputs)[:, 0] > 0) == targets).sum())
        matrix = found["confusion"]["test"][row]
        assert matrix[0][0] + matrix[1][1] == right


def test_a_snapshot_has_what_was_asked_for(server: Backend) -> None:
    found = answered(post(server, "/api/snapshot", {"experiment": MOONS, "step": 0, "parts": ["confusion"]}))
    assert set(found) == {"step", "confusion"}
    curve = document(dataset="sine")
    found = answered(post(server, "/api/snapshot", {"experiment": curve, "step": 30, "parts": ["grid"]}))
    assert found["grid"] is None
    assert [len(values) for values in found["curve"]["y"]] == [48, 48]


def test_the_data_of_a_model(server: Backend) -> None:
    told = answered(post(server, "/api/data", {"objective": MOONS["objective"]}))
    assert (told["task"], told["weights"], len(told["train"]["inputs"])) == ("binary", 21, 42)
    assert told["train"]["inputs"] == split_of(MOONS).train.inputs.tolist()


def test_what_is_streamed_can_be_looked_at_at_once() -> None:
    # Nothing may be computed for pictures here, so what they show must have been kept.
    with serving(workers=2, max_run_cost=1) as server, server.page() as page:
        page.all("r1", MOONS)
        answered(post(server, "/api/snapshot", {"experiment": MOONS, "step": 40}))
        answered(post(server, "/api/plane", {"experiment": MOONS}))
        problem = refused(post(server, "/api/plane", {"experiment": document(steps=41)}))
        assert [error["path"] for error in problem["errors"]] == ["steps"]
        problem = refused(post(server, "/api/field", MOONS | {"resolution": 50}))
        assert [error["path"] for error in problem["errors"]] == ["resolution"]


def test_a_run_that_is_not_kept_any_more_is_computed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with serving(workers=2) as server:
        asked = {"experiment": MOONS, "step": 33}
        before = answered(post(server, "/api/snapshot", asked))
        (directory,) = tmp_path.glob("optimizer-playground-*")
        files = list(directory.glob("*/*.npz"))
        assert files
        for file in files:
            file.write_bytes(b"damaged")
        assert answered(post(server, "/api/snapshot", asked)) == before
        for file in directory.glob("*/*"):
            file.unlink()
        for folder in directory.iterdir():
            folder.rmdir()
        directory.rmdir()
        assert answered(post(server, "/api/snapshot", asked)) == before
        for file in directory.glob("*/*"):
            file.unlink()
        answered(post(server, "/api/plane", {"experiment": MOONS}))
        # Where nothing can be written, as on a full disk, runs go on, and pictures say why there are none.
        for file in directory.glob("*/*"):
            file.unlink()
        for folder in directory.iterdir():
            folder.rmdir()
        directory.rmdir()
        directory.write_text("in the way")
        problem = refused(post(server, "/api/snapshot", asked), 503)
        assert problem["type"] == "/problems/no-room"
        with server.page() as page:
            assert len(page.all("r1", MOONS)[0]) == 41
        directory.unlink()
        assert answered(post(server, "/api/snapshot", asked)) == before
    assert not list(tmp_path.glob("optimizer-playground-*"))


MODEL = MOONS["objective"]


def test_every_answer_is_compressed_where_that_is_taken(server: Backend) -> None:
    bodies = {
        "/api/plane": {"experiment": MOONS},
        "/api/field": MOONS,
        "/api/snapshot": {"experiment": MOONS, "step": 3},
        "/api/data": {"objective": MODEL},
    }
    with server.http as http:
        for path, body in bodies.items():
            plain = http.post(path, json=body, headers={"accept-encoding": "identity"})
            packed = http.post(path, json=body, headers={"accept-encoding": "gzip"})
            assert packed.headers["content-encoding"] == "gzip"
            assert "content-encoding" not in plain.headers
            assert json.loads(plain.content) == packed.json()
