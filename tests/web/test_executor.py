"""A server with another executor: whatever it is asked, its answers are the same to the bit."""

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import numpy as np
import psutil
import pytest

from tests.engine.trainings import document
from tests.patience import eventually
from tests.web.serving import Backend, race, serving, slow_race

LINES = {"accept": "application/x-ndjson"}
SMALL = {"width": 320, "height": 240}
EXPORTS = {"script.py": {}, "csv": {}, "png": SMALL | {"scale": 1}, "svg": SMALL, "gif": SMALL | {"frames": 4}}


@pytest.fixture(scope="module")
def other() -> Iterator[Backend]:
    """All of it runs in a thread of the server's own."""
    with serving(workers=2, executor="thread") as running:
        yield running


def test_no_other_process_is_needed(other: Backend) -> None:
    with other.page() as page, other.http as http:
        assert len(page.all("r1", race(50))[0]) == 51
        assert export(http, "csv", {}).status_code == 200
    assert other.descendants() == []


@pytest.mark.parametrize("experiment", [race(300, 3, noise=0.5), document(steps=30)], ids=["surface", "model"])
def test_a_run_is_the_same(server: Backend, other: Backend, experiment: dict[str, Any]) -> None:
    def answered(backend: Backend) -> tuple[np.ndarray, list[dict[str, Any]], bytes]:
        with backend.page() as page, backend.http as http:
            values, outcomes = page.all("r1", experiment)
            return values, outcomes, http.post("/api/run", json=experiment).content

    (values, outcomes, whole), (others, told, copy) = answered(server), answered(other)
    assert values.tobytes() == others.tobytes()
    assert (outcomes, whole) == (told, copy)


@pytest.mark.parametrize("path", ["plane", "field", "snapshot", "data"])
def test_what_is_told_of_a_model_is_the_same(server: Backend, other: Backend, path: str) -> None:
    wanted: dict[str, Any] = {"experiment": document(steps=30)} | ({"step": 20} if path == "snapshot" else {})
    answers = []
    for backend in (server, other):
        with backend.http as http:
            answers.append(http.post(f"/api/{path}", json=wanted))
    assert [answer.status_code for answer in answers] == [200, 200], answers[1].text
    assert answers[0].content == answers[1].content


@pytest.mark.parametrize("form", EXPORTS)
def test_a_file_is_the_same(server: Backend, other: Backend, form: str) -> None:
    with server.http as http, other.http as elsewhere:
        assert export(elsewhere, form, EXPORTS[form]).content == export(http, form, EXPORTS[form]).content


def test_a_file_comes_in_pieces(other: Backend) -> None:
    with other.http as http:
        lines = [json.loads(line) for line in export(http, "gif", EXPORTS["gif"], LINES).iter_lines()]
        whole = export(http, "gif", EXPORTS["gif"]).content
    assert [line["done"] for line in lines] == [1, 2, 3, 4, 5]
    assert b"".join(base64.b64decode(line["data"]) for line in lines) == whole


def test_a_picture_of_a_link_is_the_same(server: Backend, other: Backend) -> None:
    pictures = []
    for backend in (server, other):
        with backend.http as http:
            id = http.post("/api/experiments", json={"experiment": race(20), "title": "A race"}).json()["id"]
            pictures.append(http.get(f"/e/{id}/preview.png").content)
    assert pictures[0].startswith(b"\x89PNG\r\n\x1a\n")
    assert pictures[0] == pictures[1]


def test_a_viewer_that_goes_leaves_nothing_running(other: Backend) -> None:
    with other.page() as page:
        page.run("long", slow_race(100_000))
        page.chunk()
    with other.page() as page:
        assert len(page.all("r1", race(50))[0]) == 51
    assert eventually(lambda: rests(other))


def rests(backend: Backend) -> bool:
    """Whether the server uses next to nothing of a processor for a moment."""
    process = psutil.Process(backend.process.pid)
    begun, used = time.monotonic(), sum(process.cpu_times()[:2])
    time.sleep(0.2)
    return sum(process.cpu_times()[:2]) - used < (time.monotonic() - begun) / 4


def export(http: httpx.Client, form: str, options: Any, headers: Any = None) -> httpx.Response:
    document = {"experiment": race(20), "options": options}
    return http.post(f"/api/export/{form}", json=document, headers=headers)
