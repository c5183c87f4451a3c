"""Short links over HTTP."""

import os
import signal
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.experiment import parse
from tests.patience import PATIENCE, eventually
from tests.web.serving import Backend, race, serving

SPITEFUL = (
    "<img src=x onerror=alert(1)>",
    "</script><script>",
    "${7*7}{{7*7}}",
    "\u202egnp.exe",
    "🙂 e\u0301",
    "'; DROP TABLE",
)
NO_IDS = ("abcdefgh", "a", "x" * 10_000, "'%20OR%201=1--", "abcdefg%00", "%F0%9F%99%82" * 8, "null", "abcd%2Fefgh")


@pytest.fixture
def http(server: Backend) -> Iterator[httpx.Client]:
    with server.http as client:
        yield client


def errors(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 422
    return {error["path"]: error["message"] for error in answer.json()["errors"]}


def test_a_saved_experiment_is_given_back_in_its_canonical_form(http: httpx.Client) -> None:
    document, view = race(50), {"tab": "3d", "camera": [1.5, 2, 0.25], "log": True}
    saved = http.post("/api/experiments", json={"experiment": document, "view": view, "title": "A race"})
    id = saved.json()["id"]
    assert saved.status_code == 201
    assert saved.json() == {"id": id, "url": f"{http.base_url}/e/{id}", "embed_url": f"{http.base_url}/embed/{id}"}
    found = http.get(f"/api/experiments/{id}").json()
    assert found.pop("created").endswith("+00:00")
    assert found == {"id": id, "experiment": parse(document).canonical(), "view": view, "title": "A race"}
    assert http.head(f"/api/experiments/{id}").status_code == 200


def test_the_same_experiment_has_the_same_link_however_it_is_written(http: httpx.Client) -> None:
    short, whole = race(51, noise=0, start=[0, 1]), parse(race(51)).canonical() | {"noise": -0.0, "start": [-0.0, 1]}
    first = http.post("/api/experiments", json={"experiment": short, "view": {"a": 1, "b": 2}})
    again = http.post("/api/experiments", json={"title": "", "view": {"b": 2.0, "a": 1}, "experiment": whole})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    other = http.post("/api/experiments", json={"experiment": race(52), "view": {"a": 1, "b": 2}})
    assert other.json()["id"] != first.json()["id"]


@pytest.mark.parametrize("text", SPITEFUL)
def test_text_comes_back_as_it_was_and_as_data(http: httpx.Client, text: str) -> None:
    document = race(50) | {"optimizers": [{"name": "sgd", "lr": 1e-4, "label": text}]}
    saved = http.post("/api/experiments", json={"experiment": document, "view": {"note": text}, "title": text})
    found = http.get(f"/api/experiments/{saved.json()['id']}")
    assert found.headers["content-type"] == "application/json"
    body = found.json()
    assert [body["title"], body["view"]["note"], body["experiment"]["optimizers"][0]["label"]] == [text] * 3


def test_an_id_is_found_in_whatever_case(http: httpx.Client) -> None:
    id = http.post("/api/experiments", json={"experiment": race(50)}).json()["id"]
    assert http.get(f"/api/experiments/{id.upper()}").json()["id"] == id


@pytest.mark.parametrize(
    "id",
    ["abcdefgh", "a", "x" * 10_000, "'%20OR%201=1--", "abcdefg%00", "%F0%9F%99%82" * 8, "..", "null", "abcd%2Fefgh"],
)
def test_an_id_that_does_not_exist_is_told(http: httpx.Client, id: str) -> None:
    answer = http.get(f"/api/experiments/{id}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(answer.content) < 1000


def test_every_fault_is_told_with_its_path(http: httpx.Client) -> None:
    experiment = race(50) | {"steps": "many", "version": 99}
    document = {"experiment": experiment, "view": {"a": {"b": 1}, "c": None}, "title": "x" * 121, "more": 1}
    found = errors(http.post("/api/experiments", json=document))
    assert set(found) == {"experiment.steps", "experiment.version", "view.a", "view.c", "title", "more"}
    assert set(errors(http.post("/api/experiments", json={}))) == {"experiment"}
    assert set(errors(http.post("/api/experiments", json=[1]))) == {""}


@pytest.mark.parametrize(
    ("view", "path"),
    [
        ({str(index): 1 for index in range(33)}, "view"),
        ({"a b": 1}, "view"),
        ({f"a{index}": "x" * 200 for index in range(12)}, "view"),
        ({"a": "x" * 201}, "view.a"),
        ({"a": "\x07"}, "view.a"),
        ({"a": [[1]]}, "view.a"),
        ({"a": [0] * 65}, "view.a"),
        ([], "view"),
        (None, "view"),
    ],
)
def test_a_view_that_is_none_is_refused(http: httpx.Client, view: Any, path: str) -> None:
    assert set(errors(http.post("/api/experiments", json={"experiment": race(50), "view": view}))) == {path}


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999"])
def test_a_number_that_is_none_is_refused(http: httpx.Client, number: str) -> None:
    body = f'{{"experiment": {{}}, "view": {{"a": {number}}}}}'
    assert "view.a" in errors(http.post("/api/experiments", content=body))


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        (b"[]", "The document must be an object with an experiment; got [] (a list)"),
        (b'{"title": ' + b"1" * 5000 + b"}", "JSON was expected, but a number has more than 1000 digits."),
        (b'{"title": "\xff"}', "JSON was expected, but byte 12 is no text in UTF-8."),
    ],
)
def test_what_is_no_document_at_all_is_refused_in_a_sentence(http: httpx.Client, body: bytes, detail: str) -> None:
    assert http.post("/api/experiments", content=body).json()["detail"] == detail


def test_a_page_of_another_site_cannot_save(http: httpx.Client) -> None:
    foreign = {"origin": "https://elsewhere.example"}
    assert http.post("/api/experiments", json={"experiment": race(50)}, headers=foreign).status_code == 403


def test_a_damaged_row_is_refused_and_mended_when_it_is_saved_again(http: httpx.Client, server: Backend) -> None:
    id = http.post("/api/experiments", json={"experiment": race(60)}).json()["id"]
    alter(server.database, "UPDATE experiments SET experiment = replace(experiment, '60', '61') WHERE id = ?", id)
    answer = http.get(f"/api/experiments/{id}")
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/damaged-experiment")
    assert http.post("/api/experiments", json={"experiment": race(60)}).json()["id"] == id
    assert http.get(f"/api/experiments/{id}").json()["experiment"]["steps"] == 60


def alter(path: Path, statement: str, *values: str) -> None:
    """What a fault does to the database."""
    connection = sqlite3.connect(path, timeout=PATIENCE)
    with connection:
        connection.execute(statement, values)
    connection.close()


@pytest.fixture(scope="module")
def poor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """A server whose database is garbage, and which lets nobody make many links."""
    path = tmp_path_factory.mktemp("poor") / "playground.db"
    path.write_bytes(b"garbage " * 1000)
    with serving(workers=1, database_url=f"sqlite:///{path}", link_burst=3, link_rate=0.01) as running:
        yield running


def test_without_its_database_the_playground_works_on(poor: Backend) -> None:
    with poor.http as http:
        answers = [http.post("/api/experiments", json={"experiment": race(50)}), http.get("/api/experiments/abcdefgh")]
        for answer in answers:
            assert (answer.status_code, answer.json()["type"]) == (503, "/problems/store-corrupt")
            assert "works on" in answer.json()["detail"]
        assert http.get("/").status_code == 200
        assert len(http.post("/api/run", json=race(50)).json()["trajectories"]) == 2


def test_who_makes_too_many_links_is_told_when_to_come_back(poor: Backend) -> None:
    with poor.http as http:
        answers = [http.post("/api/experiments", json={"experiment": race(50)}) for _ in range(4)]
        assert answers[-1].status_code == 429
        assert 0 < int(answers[-1].headers["retry-after"]) <= 100
        assert http.get("/api/experiments/a").status_code == 404


def test_what_was_acknowledged_outlives_a_server_that_is_killed_while_it_saves() -> None:
    with serving(workers=1) as server:
        acknowledged: dict[int, str] = {}
        savers = [threading.Thread(target=save_on, args=(server.url, first, acknowledged)) for first in range(1, 9)]
        for one in savers:
            one.start()
        assert eventually(lambda: len(acknowledged) > 100)
        os.killpg(server.process.pid, signal.SIGKILL)
        for one in savers:
            one.join()
        server.process.wait()
        server.start()
        with server.http as http:
            found = {steps: http.get(f"/api/experiments/{id}").json() for steps, id in acknowledged.items()}
    assert {steps: body["experiment"]["steps"] for steps, body in found.items()} == {steps: steps for steps in found}


def save_on(url: str, steps: int, acknowledged: dict[int, str]) -> None:
    """Saves races of so many steps, and then of more, until nobody answers."""
    with httpx.Client(base_url=url, trust_env=False) as http:
        while True:
            try:
                answer = http.post("/api/experiments", json={"experiment": race(steps)})
            except httpx.HTTPError:
                return
            acknowledged[steps] = answer.json()["id"]
            steps += 8
