"""Rows of the database that are whole and hold no experiment of this version."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import httpx
import pytest

from tests.web.serving import Backend, race
from tests.web.test_links import alter

NO_EXPERIMENTS = ('{"objective":{"kind":"surface","name":"gone"},"optimizers":[{"name":"sgd"}]}', "{", "[]")


@pytest.fixture
def http(server: Backend) -> Iterator[httpx.Client]:
    with server.http as client:
        yield client


@pytest.mark.parametrize("text", NO_EXPERIMENTS)
def test_a_whole_row_that_is_no_experiment_is_not_believed(http: httpx.Client, server: Backend, text: str) -> None:
    put(server.database, "fhrgedrw", text)
    answer = http.get("/api/experiments/fhrgedrw")
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/damaged-experiment")


NEWER = (
    json.dumps(race(50) | {"version": 2}),
    '{"version":2,"worlds":["none that is known here"]}',
    f'{{"version":{10**30}}}',
)
WAYS = (
    "/api/experiments/newerver", "/e/newerver", "/embed/newerver", "/e/newerver/preview.png",
    "/api/experiments/newerver/export/csv", "/api/experiments/newerver/export/png?width=300",
    "/oembed?url={}/e/newerver", "/oembed?url={}/embed/newerver",
)  # fmt: skip


@pytest.mark.parametrize("text", NEWER)
def test_what_a_newer_playground_saved_is_told_as_newer_in_every_way(
    http: httpx.Client, server: Backend, text: str
) -> None:
    put(server.database, "newerver", text, view='{"also":{"new":1}}')
    for way in WAYS:
        answer = http.get(way.format(server.url))
        assert (answer.status_code, answer.json()["type"]) == (501, "/problems/newer-experiment"), way
        assert "newer" in answer.json()["detail"], way
        assert "damaged" not in answer.text, way
    page = http.get("/e/newerver", headers={"accept": "text/html"})
    assert (page.status_code, "newer playground" in page.text) == (501, True)


def put(path: Path, id: str, experiment: str, view: str = "{}") -> None:
    """What another version might have saved, whole."""
    digest = sha256(f'{{"experiment":{experiment},"title":"","view":{view}}}'.encode()).hexdigest()
    alter(path, "DELETE FROM experiments WHERE id = ?", id)
    row = (id, digest, experiment, view, "", "2026-01-01T00:00:00+00:00")
    statement = "INSERT INTO experiments (id, sha256, experiment, view, title, created) VALUES (?,?,?,?,?,?)"
    alter(path, statement, *row)
