"""The HTTP calls of a real server."""

import gzip
import json
import math
import time
from typing import Any

import httpx
import numpy as np
import pytest
import zstandard

from app import __version__
from app.engine.run import advance
from app.experiment import parse
from tests.patience import PATIENCE, eventually
from tests.web.serving import ROSENBROCK, Backend, race, slow_race

DIVERGING = race(steps=50) | {"optimizers": [{"name": "sgd", "lr": 1.0, "label": "hot"}, {"name": "adam", "lr": 0.01}]}
DOCUMENT = {
    **race(steps=10, optimizers=1, seed=1, noise=0.5, clip_norm=1.0, clip_value=2.0),
    "version": 1,
    "start": [0.5, 0.5],
    "optimizers": [{"name": "adam", "lr": 0.1, "betas": [0.9, 0.99], "eps": 1e-8, "weight_decay": 0.0}],
}
NUMBERS = [
    ("steps",), ("seed",), ("noise",), ("clip_norm",), ("clip_value",), ("version",), ("start", 0), ("start", 1),
    ("optimizers", 0, "lr"), ("optimizers", 0, "betas", 0), ("optimizers", 0, "betas", 1), ("optimizers", 0, "eps"),
    ("optimizers", 0, "weight_decay"),
]  # fmt: skip
NO_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999", '"0.1"', "true", "[]", "{}", "-1e300", "1" + 400 * "0"]


def post(server: Backend, path: str, body: Any) -> httpx.Response:
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    with server.http as http:
        return http.post(path, content=content)


def refused(response: httpx.Response, status: int = 422) -> dict[str, Any]:
    """The problem that the response is."""
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert set(problem) == {"type", "title", "status", "detail", "key", "errors"}
    assert "Traceback" not in response.text
    return problem


def test_health(server: Backend) -> None:
    with server.http as http:
        assert http.get("/healthz").json() == {"status": "ok", "version": __version__}


def test_a_run_has_an_entry_for_the_start_and_for_each_step(server: Backend) -> None:
    answer = post(server, "/api/run", race(steps=1000)).json()
    values = advance(parse(race(steps=1000)), None, 1001)[1].values
    assert answer["experiment"] == parse(race(steps=1000)).canonical()
    for index, trajectory in enumerate(answer["trajectories"]):
        assert np.array_equal(trajectory["points"], values[:, index, :2])
        assert np.array_equal(trajectory["loss"], values[:, index, 2])
        assert np.array_equal(trajectory["grad_norm"], values[:, index, 3])
        assert np.array_equal(trajectory["lr"], values[:, index, 4])
        assert (trajectory["outcome"]["kind"], trajectory["outcome"]["step"]) == ("step-limit", 1000)
        assert trajectory["outcome"]["key"] == "outcomes.step-limit"


def test_a_trajectory_that_diverges_ends_at_its_last_finite_entry(server: Backend) -> None:
    hot, calm = post(server, "/api/run", DIVERGING).json()["trajectories"]
    assert (hot["label"], hot["outcome"]["kind"]) == ("hot", "diverged")
    assert 0 < len(hot["points"]) == len(hot["loss"]) == len(hot["grad_norm"]) == len(hot["lr"]) < 51
    assert all(map(math.isfinite, hot["loss"]))
    assert len(calm["loss"]) == 51


@pytest.mark.parametrize("path", NUMBERS, ids=lambda path: ".".join(map(str, path)))
def test_what_is_no_number_in_range_is_refused_with_its_path(server: Backend, path: tuple[str | int, ...]) -> None:
    name = path[0] + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path[1:])
    for value in NO_NUMBERS + ([] if "clip" in name else ["null"]):
        document = json.loads(json.dumps(DOCUMENT))
        inner = document
        for part in path[:-1]:
            inner = inner[part]
        inner[path[-1]] = "@"
        problem = refused(post(server, "/api/run", json.dumps(document).replace('"@"', value)))
        assert [error["path"] for error in problem["errors"]] == [name], value


@pytest.mark.parametrize(
    "body",
    [
        b"", b"{", b"[", b"\xff\xfe", b'{"a": 1, "a": 2}', b"[" * 65_000, b'{"a":' * 13_000, b"1" * 5000,
        b'{"objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": [{"name": "sgd", "name": "adam"}]}',
    ],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/api/run", "/api/field"])
def test_what_is_no_json_is_refused(server: Backend, path: str, body: bytes) -> None:
    status = post(server, path, body).status_code
    # A number alone is JSON, but no document.
    refused(post(server, path, body), status)
    assert status in {400, 422}


@pytest.mark.parametrize("body", [None, 1, True, [], [1], {}, {"objective": None}, {"objective": []}, {"x": "\ud800"}])
@pytest.mark.parametrize("path", ["/api/run", "/api/field"])
def test_what_is_no_document_is_refused_with_paths(server: Backend, path: str, body: Any) -> None:
    assert refused(post(server, path, body))["errors"]


def test_thousands_of_faults_are_told_shortly_and_soon(server: Backend) -> None:
    unknown = {f"b{number}": 1 for number in range(64)}
    many = race() | {"optimizers": [{"name": "adam", **unknown} for _ in range(64)]}
    twice = "{" + ",".join(f'"{number}":1' for number in range(6000)) + ',"z":1,"z":2}'
    begun = time.monotonic()
    assert len(refused(post(server, "/api/run", race() | {"steps": -1}))["errors"]) == 1
    one, begun = time.monotonic() - begun, time.monotonic()
    assert 64 <= len(refused(post(server, "/api/run", many))["errors"]) < 200
    assert "stands twice" in refused(post(server, "/api/run", twice), 400)["detail"]
    assert time.monotonic() - begun < 0.5 + 50 * one


@pytest.mark.parametrize("streamed", [False, True])
def test_a_body_over_64_kib_is_refused(server: Backend, streamed: bool) -> None:
    body = b" " * 70_000
    with server.http as http:
        response = http.post("/api/run", content=iter([body]) if streamed else body)
    refused(response, 413)


def test_a_run_too_large_for_one_answer_is_refused_with_what_fits(server: Backend) -> None:
    problem = refused(post(server, "/api/run", race(steps=100_000, optimizers=16)))
    assert problem["type"] == "/problems/too-large"
    assert "500000" in problem["detail"]
    assert "31249 steps" in problem["detail"]


def test_nothing_is_computed_for_a_client_that_has_gone(server: Backend) -> None:
    before = server.busy_time()
    assert post(server, "/api/run", slow_race(steps=20)).status_code == 200
    part, before = server.busy_time() - before, server.busy_time()
    with pytest.raises(httpx.ReadTimeout), server.http as http:
        http.post("/api/run", json=slow_race(steps=2000), timeout=httpx.Timeout(PATIENCE, read=0.3))
    assert eventually(server.rests)
    # All of it is a hundred times the part.
    assert server.busy_time() - before < 50 * part


def test_a_field_is_the_loss_on_a_grid(server: Backend) -> None:
    body = {"objective": ROSENBROCK, "window": [[-2, 2], [-1, 3]], "resolution": 5}
    answer = post(server, "/api/field", body).json()
    assert answer["x"] == [-2, -1, 0, 1, 2]
    assert answer["y"] == [-1, 0, 1, 2, 3]
    for y, row in zip(answer["y"], answer["z"], strict=True):
        assert row == pytest.approx([(1 - x) ** 2 + 100 * (y - x * x) ** 2 for x in answer["x"]])


def test_a_field_takes_a_whole_experiment_and_has_defaults(server: Backend) -> None:
    answer = post(server, "/api/field", race()).json()
    assert (len(answer["x"]), len(answer["y"]), len(answer["z"])) == (100, 100, 100)
    assert (answer["x"][0], answer["x"][-1]) == (-2, 2)


@pytest.mark.parametrize(
    ("extra", "path"),
    [
        ('"resolution": 1', "resolution"), ('"resolution": 401', "resolution"), ('"resolution": 2.5', "resolution"),
        ('"resolution": NaN', "resolution"), ('"resolution": true', "resolution"), ('"resolution": "9"', "resolution"),
        ('"window": [[1, 1], [0, 1]]', "window[0]"), ('"window": [[0, 1], [2, 1]]', "window[1]"),
        ('"window": [[0, NaN], [0, 1]]', "window[0][1]"), ('"window": [[0, 1e999], [0, 1]]', "window[0][1]"),
        ('"window": [[0, 1]]', "window"), ('"window": [[0, 1], [0]]', "window[1]"), ('"window": "all"', "window"),
        ('"window": [[0, 1], null]', "window[1]"), ('"colour": 1', "colour"), ('"optimizers": []', "optimizers"),
    ],
)  # fmt: skip
def test_a_wrong_window_or_resolution_is_refused(server: Backend, extra: str, path: str) -> None:
    body = f'{{"objective": {json.dumps(ROSENBROCK)}, {extra}}}'
    assert [error["path"] for error in refused(post(server, "/api/field", body))["errors"]] == [path]


def test_the_catalogue_is_compressed_and_revalidated(server: Backend) -> None:
    with server.http as http:
        plain = http.get("/api/catalog", headers={"accept-encoding": "identity"})
        assert {"surfaces", "optimizers", "schedules", "limits"} <= set(plain.json())
        for encoding, unpack in (("gzip", gzip.decompress), ("zstd", zstandard.ZstdDecompressor().decompress)):
            with http.stream("GET", "/api/catalog", headers={"accept-encoding": encoding}) as packed:
                assert packed.headers["content-encoding"] == encoding
                assert unpack(b"".join(packed.iter_raw())) == plain.content
        again = http.get("/api/catalog", headers={"if-none-match": plain.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_there_is_a_thumbnail_for_every_surface(server: Backend) -> None:
    with server.http as http:
        surfaces = http.get("/api/catalog").json()["surfaces"]
        thumbnails = http.get("/api/thumbnails").json()
    assert set(thumbnails) == {surface["id"] for surface in surfaces}
    for thumbnail in thumbnails.values():
        assert len(thumbnail["levels"]) == thumbnail["width"] * thumbnail["height"]


def test_the_description_has_every_call_with_an_example_that_works(server: Backend) -> None:
    with server.http as http:
        paths = http.get("/api/openapi.json").json()["paths"]
        calls = {path for path, methods in paths.items() if "post" in methods}
        assert {"/api/run", "/api/field", "/api/plane", "/api/snapshot", "/api/data"} < calls
        assert {"/api/experiments", "/api/export/{format}", "/api/qr"} < calls
        assert {"/healthz", "/api/catalog", "/api/thumbnails"} <= set(paths) - calls
        for path in calls:
            example = paths[path]["post"]["requestBody"]["content"]["application/json"]["example"]
            assert http.post(path.replace("{format}", "csv"), json=example).is_success, path
