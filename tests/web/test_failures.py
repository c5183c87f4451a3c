"""What a server survives: lost workers, restarts, viewers that stop reading, and its own end."""

import json
import os
import signal
import socket
import time

import numpy as np
import psutil
import pytest

from tests.web.serving import Backend, Page, eventually, race, serving

HEAVY = race(steps=3000, optimizers=16)


def test_a_run_whose_workers_are_killed_has_the_same_bits(server: Backend, viewer: Page) -> None:
    whole, _ = viewer.all("calm", HEAVY | {"seed": 1})
    viewer.run("r1", HEAVY | {"seed": 2})
    parts = []
    while sum(map(len, parts)) < 513:
        parts.append(viewer.chunk()[1])
    viewer.send(type="more", id="r1", steps=3000)
    killed = server.workers()
    for worker in killed:
        worker.kill()
    rest, outcomes = viewer.rest("r1", 513)
    assert np.concatenate([*parts, rest]).tobytes() == whole.tobytes()
    assert [outcome["kind"] for outcome in outcomes] == ["step-limit"] * 16
    assert eventually(lambda: len(server.workers()) == 2)
    assert not set(killed) & set(server.workers())


def test_a_restarted_server_goes_on_where_the_page_was() -> None:
    with serving(workers=1) as server:
        with server.page() as page:
            whole, _ = page.all("r1", race(steps=400))
        server.restart()
        with server.page() as page:
            rest, _ = page.all("r1", race(steps=400), 123)
    assert rest.tobytes() == whole[123:].tobytes()


def test_a_viewer_that_stops_reading_is_let_go() -> None:
    with serving(workers=1, send_timeout=1) as server, socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", server.port))
        deaf.sendall(
            b"GET /ws/run HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        # Trajectories that ended cost nothing to go on with, so the pipe is full soon.
        ended = race(steps=100_000) | {"optimizers": [{"name": "sgd", "lr": 1e6}] * 32}
        deaf.sendall(frame(json.dumps({"type": "run", "id": "a", "experiment": ended})))
        deaf.sendall(frame('{"type": "more", "id": "a", "steps": 100000}' + 100 * " "))
        assert eventually(lambda: connections(server) == 1)
        assert eventually(lambda: connections(server) == 0)
        with server.page() as page:
            assert len(page.all("r1", race(steps=5))[0]) == 6


def frame(text: str) -> bytes:
    """A text frame of 126 to 65535 bytes as a client sends it, masked with zeros."""
    data = text.encode()
    return b"\x81\xfe" + len(data).to_bytes(2, "big") + bytes(4) + data


def connections(server: Backend) -> int:
    """How many websockets the server holds: established connections that nobody's HTTP client made."""
    return sum(c.status == psutil.CONN_ESTABLISHED for c in psutil.Process(server.process.pid).net_connections("tcp"))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_server_that_ends_leaves_no_process_behind(how: int) -> None:
    with serving(workers=2) as server:
        with server.page() as page:
            page.run("r1", race(steps=100_000, optimizers=16))
            page.send(type="more", id="r1", steps=100_000)
            page.chunk()
            family = server.descendants()
            assert len(family) >= 4
            begun = time.monotonic()
            os.kill(server.process.pid, how)
            assert eventually(lambda: server.process.poll() is not None)
        assert time.monotonic() - begun < 10
        assert eventually(lambda: not any(process.is_running() for process in family))


def test_a_client_that_asks_too_often_is_told_when_to_come_back() -> None:
    with serving(workers=1, request_rate=0.01, request_burst=3) as server, server.http as http:
        statuses = [http.post("/api/field", content="{}").status_code for _ in range(4)]
        assert statuses == [422, 422, 422, 429]
        refused = http.post("/api/field", content="{}")
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert int(refused.headers["retry-after"]) >= 1
        assert http.get("/healthz").status_code == 200


def test_a_page_over_its_rate_is_read_later_not_refused() -> None:
    with serving(workers=1, message_rate=20, message_burst=1) as server, server.page() as page:
        begun = time.monotonic()
        for _ in range(11):
            page.send(type="nonsense")
        for _ in range(11):
            assert page.text()["type"] == "problem"
        assert time.monotonic() - begun > 0.4
