"""Experiments as files over HTTP, and QR codes."""

import base64
import json
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.patience import PATIENCE, eventually
from tests.web.qrreader import modules, text_of
from tests.web.serving import Backend, race, slow_race

SMALL = {"width": 320, "height": 240}
OPTIONS = {"png": SMALL | {"scale": 1}, "svg": SMALL, "gif": SMALL | {"frames": 4}}
BEGINNINGS = {
    "script.py": b'"""', "notebook.ipynb": b"{", "csv": b"", "json": b"{", "html": b"<!doctype html>",
    "png": b"\x89PNG\r\n\x1a\n", "svg": b"<?xml", "gif": b"GIF89a",
}  # fmt: skip
SPITEFUL = ("<img onerror=alert(1)>", '"; filename="../../evil.exe', "a\u202egnp.exe", "🙂 ü\\/:*?", "../..", "...")
WORKERS = 2
"""Of the server that all share; a job is one more."""

LINES = {"accept": "application/x-ndjson"}


@pytest.fixture
def http(server: Backend) -> Iterator[httpx.Client]:
    with server.http as client:
        yield client


@pytest.fixture(scope="module")
def saved(server: Backend) -> str:
    with server.http as client:
        document = {"experiment": race(20), "view": {"theme": "system"}, "title": "A race"}
        return str(client.post("/api/experiments", json=document).json()["id"])


def export(http: httpx.Client, form: str, **fields: Any) -> httpx.Response:
    return http.post(f"/api/export/{form}", json={"experiment": race(20), **fields})


def errors(answer: httpx.Response) -> dict[str, str]:
    assert answer.status_code == 422
    return {error["path"]: error["message"] for error in answer.json()["errors"]}


def test_the_catalogue_tells_every_format(http: httpx.Client) -> None:
    formats = {form["id"]: form for form in http.get("/api/catalog").json()["formats"]}
    assert set(formats) == set(BEGINNINGS)
    assert all(form["title"] and form["line"] for form in formats.values())
    assert {param["id"] for param in formats["png"]["params"]} >= {"width", "height", "theme"}


@pytest.mark.parametrize("form", BEGINNINGS)
def test_every_format_is_a_file_to_save(http: httpx.Client, form: str) -> None:
    answer = export(http, form, options=OPTIONS.get(form, {}), view={"tab": "2d", "theme": "system", "step": 7})
    assert answer.status_code == 200, answer.text
    assert answer.content.startswith(BEGINNINGS[form])
    assert len(answer.content) > 500
    described = next(one for one in http.get("/api/catalog").json()["formats"] if one["id"] == form)
    assert answer.headers["content-type"].split(";")[0] == described["media_type"].split(";")[0]
    name = f"rosenbrock{described['suffix']}"
    assert answer.headers["content-disposition"].startswith(f"attachment; filename=\"{name}\"; filename*=UTF-8''")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_file_has_the_numbers_of_the_run(http: httpx.Client) -> None:
    (first, _) = http.post("/api/run", json=race(20)).json()["trajectories"]
    (found, _) = json.loads(export(http, "json").content)["trajectories"]
    assert found["loss"] == first["loss"]


def test_the_view_and_the_options_shape_a_picture(http: httpx.Client) -> None:
    pictures = [
        export(http, "png", view=view, options=OPTIONS["png"] | options).content
        for view, options in [
            ({"tab": "2d"}, {}),
            ({"tab": "3d"}, {}),
            ({"tab": "2d", "step": 3}, {}),
            ({"tab": "2d"}, {"theme": "dark"}),
        ]
    ]
    assert len(set(pictures)) == len(pictures)
    assert export(http, "png", view={"tab": "2d", "theme": "dark"}, options=OPTIONS["png"]).content == pictures[3]


def test_a_picture_is_of_what_is_seen_where_the_page_was_zoomed(http: httpx.Client) -> None:
    ranges: list[Any] = [None, [0, 1, 0, 1], [1, 0, 0, 1], [0, 1], ["a"] * 4, [0, 1e-12, 0, 1]]
    views = [{"tab": "2d"} | ({"range": part} if part else {}) for part in ranges]
    whole, zoomed, *senseless = (export(http, "png", view=view, options=OPTIONS["png"]).content for view in views)
    assert zoomed != whole
    assert set(senseless) == {whole}


@pytest.mark.parametrize("title", SPITEFUL)
def test_a_title_cannot_leave_its_header_or_the_folder(http: httpx.Client, title: str) -> None:
    answer = export(http, "csv", title=title)
    plain, full = answer.headers["content-disposition"].removeprefix("attachment; ").split("; ")
    assert plain.removeprefix("filename=").strip('"').removesuffix(".csv").replace("-", "").isalnum()
    name = full.removeprefix("filename*=UTF-8''")
    assert name.isascii()
    assert set('/\\";<>\u202e').isdisjoint(httpx.URL(f"http://x/?{name}").query.decode() + name)
    assert "%2F" not in name
    assert "%5C" not in name
    assert not name.startswith(".")


@pytest.mark.parametrize(
    ("form", "options", "path"),
    [
        ("png", {"width": 1_000_000}, "options.width"),
        ("png", {"width": 4000, "height": 4000, "scale": 4}, "options.scale"),
        ("png", {"scale": 1e300}, "options.scale"),
        ("png", {"widht": 300}, "options.widht"),
        ("svg", {"theme": "<svg>"}, "options.theme"),
        ("gif", {"frames": 10**9}, "options.frames"),
        ("gif", {"width": 1600, "height": 1600}, "options.height"),
        ("csv", {"width": 300}, "options.width"),
        ("csv", [], "options"),
    ],
)
def test_options_that_are_too_large_or_unknown_are_refused_with_their_path(
    http: httpx.Client, form: str, options: Any, path: str
) -> None:
    assert set(errors(export(http, form, options=options))) == {path}


def test_every_other_fault_is_told_with_its_path(http: httpx.Client) -> None:
    assert set(errors(export(http, "csv", view={"a": None}, title=3, more=1))) == {"view.a", "title", "more"}
    assert "experiment.optimizers" in errors(http.post("/api/export/csv", json={"experiment": {}}))
    assert set(errors(http.post("/api/export/csv", json=3))) == {""}


@pytest.mark.parametrize("form", ["pdf", "CSV", "x" * 5000, "%00", "'%20OR"])
def test_an_unknown_format_is_told_with_the_known_ones(http: httpx.Client, form: str) -> None:
    answer = http.post(f"/api/export/{form}", json={"experiment": race(20)})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/unknown-format")
    assert all(known in answer.json()["detail"] for known in BEGINNINGS)
    assert len(answer.content) < 1000


def test_what_costs_too_much_is_refused_where_the_run_is_computed(http: httpx.Client) -> None:
    large = race(100_000, 8)
    refused = http.post("/api/export/csv", json={"experiment": large})
    assert (refused.status_code, refused.json()["type"]) == (422, "/problems/too-large")
    assert http.post("/api/export/script.py", json={"experiment": large}).status_code == 200


def test_a_page_of_another_site_gets_nothing(http: httpx.Client) -> None:
    foreign = {"origin": "https://elsewhere.example"}
    assert http.post("/api/export/csv", json={"experiment": race(20)}, headers=foreign).status_code == 403
    assert http.post("/api/qr", json={"text": "x"}, headers=foreign).status_code == 403


def test_a_saved_experiment_is_the_same_file(http: httpx.Client, saved: str) -> None:
    found = http.get(f"/api/experiments/{saved.upper()}/export/csv")
    assert found.content == export(http, "csv").content
    assert 'filename="a-race.csv"' in found.headers["content-disposition"]
    head = http.head(f"/api/experiments/{saved}/export/csv")
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-disposition"] == found.headers["content-disposition"]


def test_options_of_a_saved_one_stand_in_the_address(http: httpx.Client, saved: str) -> None:
    address = f"/api/experiments/{saved}/export/png?width=300&height=200&scale=1&heading=false"
    light, dark = http.get(address), http.get(f"{address}&theme=dark")
    assert light.status_code == dark.status_code == 200
    assert light.content != dark.content
    assert light.content[16:24] == (300).to_bytes(4, "big") + (200).to_bytes(4, "big")
    assert set(errors(http.get(f"{address}&width=x"))) == {"options.width"}
    assert http.get("/api/experiments/abcdefgh/export/csv").status_code == 404
    assert http.get(f"/api/experiments/{saved}/export/pdf").status_code == 404


def test_who_asks_for_saved_files_too_often_is_told_when_to_come_back(strict: Backend) -> None:
    transport = httpx.HTTPTransport(local_address="127.0.0.5")
    with httpx.Client(base_url=strict.url, transport=transport) as http:
        statuses = [http.get("/api/experiments/abcdefgh/export/csv").status_code for _ in range(21)]
    assert statuses == [404] * 20 + [429]


@pytest.mark.parametrize("form", ["gif", "html"])
def test_lines_tell_how_far_it_is(http: httpx.Client, form: str) -> None:
    document = {"experiment": race(20), "options": OPTIONS.get(form, {})}
    whole = http.post(f"/api/export/{form}", json=document)
    with http.stream("POST", f"/api/export/{form}", json=document, headers=LINES) as answer:
        assert answer.headers["content-type"] == "application/x-ndjson"
        lines = [json.loads(line) for line in answer.iter_lines()]
    assert [line["done"] for line in lines] == list(range(1, lines[0]["total"] + 1))
    assert len(lines) > 3
    assert b"".join(base64.b64decode(line["data"]) for line in lines) == whole.content


def test_a_fault_that_comes_late_is_a_line_of_its_own(http: httpx.Client) -> None:
    document = {"experiment": race(20), "options": {"width": 4000, "height": 4000, "scale": 4}}
    (line,) = http.post("/api/export/png", json=document, headers=LINES).text.splitlines()
    assert json.loads(line)["problem"]["errors"][0]["path"] == "options.scale"


def test_nothing_is_made_for_who_has_gone_and_nobody_waits_meanwhile(http: httpx.Client, server: Backend) -> None:
    assert eventually(lambda: len(server.workers()) == WORKERS)
    alone = took(http)
    begun = time.monotonic()
    assert http.post("/api/export/csv", json={"experiment": slow_race(20)}).status_code == 200
    part = time.monotonic() - begun
    long, impatient = slow_race(2000), httpx.Timeout(PATIENCE, read=2)
    for headers in ({}, LINES):
        begun = time.monotonic()
        with pytest.raises(httpx.ReadTimeout), server.http as other:
            other.post("/api/export/csv", json={"experiment": long}, headers=headers, timeout=impatient)
        assert took(http) < 1 + 20 * alone
        assert eventually(lambda: len(server.workers()) == WORKERS)
        # All of it would take a hundred times the part.
        assert time.monotonic() - begun < 2 + 50 * part


def took(http: httpx.Client) -> float:
    """How long the server takes to say that it is well, s."""
    begun = time.monotonic()
    assert http.get("/healthz").status_code == 200
    return time.monotonic() - begun


@pytest.mark.parametrize(("text", "size"), [("https://playground.example/e/k3m9p2xw", 29), ("short", 21)])
def test_a_qr_code_is_read_as_its_text(http: httpx.Client, text: str, size: int) -> None:
    answer = http.post("/api/qr", json={"text": text})
    assert answer.headers["content-type"] == "image/svg+xml"
    code = modules(answer.content)
    assert len(code) == size
    ring = [[1] * 7, [1, 0, 0, 0, 0, 0, 1], *[[1, 0, 1, 1, 1, 0, 1]] * 3, [1, 0, 0, 0, 0, 0, 1], [1] * 7]
    for top, left in ((0, 0), (0, size - 7), (size - 7, 0)):
        assert [row[left : left + 7] for row in code[top : top + 7]] == ring
    assert [code[6][column] for column in range(8, size - 8)] == [1, 0] * ((size - 17) // 2) + [1]
    assert text_of(code) == text


@pytest.mark.parametrize("text", [None, "", 3, ["x"], "x" * 2001, "ü" * 1001, "a\ud800"])
def test_what_no_camera_reads_is_refused(http: httpx.Client, text: Any) -> None:
    assert set(errors(http.post("/api/qr", content=json.dumps({"text": text})))) == {"text"}


def test_a_qr_code_takes_all_that_is_text(http: httpx.Client) -> None:
    for text in ("</svg><script>alert(1)</script>", "🙂\u202e\x00", "x" * 2000):
        answer = http.post("/api/qr", content=json.dumps({"text": text}))
        assert answer.status_code == 200
        assert b"<script" not in answer.content
