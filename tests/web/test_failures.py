"""What a server survives: lost workers, restarts, viewers that stop reading, and its own end."""

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import psutil
import pytest

from tests.patience import PATIENCE, eventually
from tests.web.serving import Backend, Page, race, serving, slow_race


@pytest.fixture
def server_of_own() -> Iterator[Backend]:
    with serving(workers=1) as running:
        yield running


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


def test_a_server_told_to_end_leaves_no_process_and_its_successor_goes_on(server_of_own: Backend) -> None:
    server = server_of_own
    with server.page() as page:
        whole, _ = page.all("r1", race(steps=400))
        page.run("long", slow_race(steps=10_000))
        family = server.descendants()
        assert len(family) >= 3
        server.stop()
        assert server.process.returncode == 0
    assert eventually(lambda: not any(process.is_running() for process in family))
    server.restart()
    with server.page() as page:
        rest, _ = page.all("r1", race(steps=400), 123)
    assert rest.tobytes() == whole[123:].tobytes()


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_server_that_is_interrupted_or_killed_leaves_no_process(server_of_own: Backend, how: int) -> None:
    server = server_of_own
    with server.page() as page:
        page.run("long", slow_race(steps=10_000))
        family = server.descendants()
        assert len(family) >= 3
        # Ctrl-C reaches every process of the group.
        os.killpg(server.process.pid, how) if how == signal.SIGINT else server.process.kill()
        assert eventually(lambda: server.process.poll() is not None)
    assert eventually(lambda: not any(process.is_running() for process in family))


@pytest.mark.parametrize(("path", "wrapped"), [("/api/run", False), ("/api/export/json", True)])
def test_a_server_told_to_end_says_so_to_who_waits_for_a_long_answer(path: str, wrapped: bool) -> None:
    experiment = slow_race(steps=100_000)
    with serving(workers=1, max_run_cost=10**9) as server, ThreadPoolExecutor(1) as others, server.http as http:
        idle = processor_time(server)
        asked = others.submit(http.post, path, json={"experiment": experiment} if wrapped else experiment)
        assert eventually(lambda: processor_time(server) > idle + 1)
        server.stop()
        answer = asked.result()
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.json()["type"] == "/problems/stopping"


def test_a_viewer_that_stops_reading_is_let_go(strict: Backend) -> None:
    server = strict
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", server.port))
        deaf.sendall(
            b"GET /ws/run HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
        )
        received = b""
        while b"hello" not in received:
            received += deaf.recv(100)
        # Trajectories that ended cost nothing to go on with, so the pipe is full soon.
        ended = race(steps=100_000) | {"optimizers": [{"name": "sgd", "lr": 1e6}] * 32}
        deaf.sendall(frame(json.dumps({"type": "run", "id": "a", "experiment": ended})))
        deaf.sendall(frame('{"type": "more", "id": "a", "steps": 100000}' + 100 * " "))
        assert eventually(lambda: connections(server) == 1)
        assert eventually(lambda: connections(server) == 0)
        with server.page() as page:
            assert len(page.all("r1", race(steps=5))[0]) == 6


def test_a_client_that_stops_reading_a_long_answer_is_let_go(strict: Backend) -> None:
    body = json.dumps(race(steps=7800, optimizers=64)).encode()
    with socket.socket() as deaf:
        deaf.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        deaf.connect(("127.0.0.1", strict.port))
        head = f"POST /api/run HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
        deaf.sendall(head.encode() + body)
        assert deaf.recv(12) == b"HTTP/1.1 200"
        assert connections(strict) == 1
        assert eventually(lambda: connections(strict) == 0)


def test_a_client_that_reads_slowly_gets_all_of_a_long_answer(strict: Backend) -> None:
    with strict.http as http, http.stream("POST", "/api/run", json=race(steps=4000, optimizers=64)) as response:
        received = b""
        for part in response.iter_raw(2**21):
            received += part
            time.sleep(0.4)
    assert len(json.loads(received)["trajectories"][-1]["points"]) == 4001


@pytest.mark.parametrize("beginning", [b"", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", b"\r\n"])
def test_a_client_that_never_says_what_it_wants_is_let_go(strict: Backend, beginning: bytes) -> None:
    with socket.create_connection(("127.0.0.1", strict.port), timeout=PATIENCE) as slow:
        slow.sendall(beginning)
        assert slow.recv(1000) == b""


@pytest.mark.parametrize(
    "head",
    [
        b"GET / HTTP/1.1\r\nX: " + b"x" * 66_000,
        b"GET /e/" + b"a" * 66_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
        b"GET /e/" + b"a" * 33_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"x" * 33_000 + b"\r\n\r\n",
    ],
    ids=["endless", "address", "altogether"],
)
def test_a_head_that_is_too_long_is_refused(strict: Backend, head: bytes) -> None:
    answer = said_to(strict, head)
    assert answer.startswith(b"HTTP/1.1 431 ")
    assert json.loads(answer.split(b"\r\n\r\n")[1])["type"] == "/problems/head-too-large"


def test_a_head_of_64_kib_is_read_and_many_short_ones_at_once(strict: Backend) -> None:
    begin, end = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"Connection: close\r\n\r\n"
    longest = begin + b"X: " + b"x" * (65_536 - len(begin) - 5 - len(end)) + b"\r\n" + end
    assert len(longest) == 65_536
    assert said_to(strict, longest).startswith(b"HTTP/1.1 200 ")
    assert said_to(strict, (begin + b"\r\n") * 2000 + begin + end).count(b"HTTP/1.1 200 ") == 2001


def said_to(server: Backend, request: bytes) -> bytes:
    """All that the server answers to `request` until it closes the connection."""
    answer = b""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        while part := connection.recv(65_536):
            answer += part
    return answer


def frame(text: str) -> bytes:
    """A text frame of 126 to 65535 bytes as a client sends it, masked with zeros."""
    data = text.encode()
    return b"\x81\xfe" + len(data).to_bytes(2, "big") + bytes(4) + data


def connections(server: Backend) -> int:
    """How many websockets the server holds: established connections that nobody's HTTP client made."""
    return sum(c.status == psutil.CONN_ESTABLISHED for c in psutil.Process(server.process.pid).net_connections("tcp"))


def processor_time(server: Backend) -> float:
    """Processor seconds that all processes of the server but itself have used."""
    return sum(sum(process.cpu_times()[:2]) for process in server.descendants())
