"""How connections end over which a request did not come as it should."""

import json
import socket
import time
from contextlib import ExitStack, suppress

import psutil
import pytest

from app.web.intake import MOST_ENDING
from tests.patience import PATIENCE, eventually
from tests.web.flooding import CHUNKED, GET, HELLO, POST, all_said
from tests.web.serving import Backend, race

FOREIGN = POST + b"Origin: http://evil.example\r\n"
BODIES = {
    "a GET with a body": (GET + b"Content-Length: 1000\r\n\r\n", b"200"),
    "a GET with a chunked one": (GET + b"Transfer-Encoding: chunked\r\n\r\n400\r\n", b"200"),
    "from a foreign page": (FOREIGN + b"Content-Length: 1000\r\n\r\n", b"403"),
    "from a foreign page, chunked": (FOREIGN + b"Transfer-Encoding: chunked\r\n\r\n400\r\n", b"403"),
    "from a foreign page, trailers": (FOREIGN + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: ", b"403"),
    "to no address": (b"POST /nix HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n", b"404"),
    "too slow": (POST + b"Content-Length: 1000\r\n\r\n", b"408"),
    "too slow, chunked": (CHUNKED, b"408"),
    "too slow, trailers": (CHUNKED + b"0\r\nX: ", b"408"),
    "too large": (POST + b"Content-Length: 1000000\r\n\r\n", b"413"),
    "too large, chunked": (POST + b"Transfer-Encoding: chunked\r\n\r\n11170\r\n" + b" " * 70_000, b"413"),
}


@pytest.mark.parametrize("drips", [False, True], ids=["silent", "dripping"])
@pytest.mark.parametrize(("request_", "status"), BODIES.values(), ids=BODIES)
def test_a_connection_ends_with_an_answer_that_came_before_the_whole_body(
    flooded: Backend, request_: bytes, status: bytes, drips: bool
) -> None:
    with socket.create_connection(("127.0.0.1", flooded.port), timeout=PATIENCE) as client:
        client.sendall(request_)
        if drips:
            client.settimeout(0.05)
        answer = all_said(client, lambda: drip(client, drips))
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert b"\r\nconnection: close\r\n" in answer
        mine = client.getsockname()[1]
        assert eventually(lambda: drip(client, drips) and not held(flooded, mine))


def test_of_one_address_only_so_many_connections_end_at_a_time(flooded: Backend) -> None:
    """Each has its answer."""
    request, status = BODIES["from a foreign page"]
    with ExitStack() as stack:

        def refused_once() -> int:
            client = stack.enter_context(socket.create_connection(("127.0.0.1", flooded.port), timeout=PATIENCE))
            client.sendall(request)
            assert all_said(client, lambda: True).startswith(b"HTTP/1.1 " + status)
            return int(client.getsockname()[1])

        ports = {refused_once() for _ in range(MOST_ENDING + 10)}
        # The last one's place may be made in the server's next turn.
        assert len(ports & held_ports(flooded)) <= MOST_ENDING + 1
    assert eventually(lambda: not ports & held_ports(flooded))


def drip(client: socket.socket, drips: bool) -> bool:
    """Send a byte, where the server lets it come."""
    with suppress(OSError):
        client.send(b"0" * drips)
    return True


def held(server: Backend, port: int) -> bool:
    """Whether the server holds the connection with the client's `port` in any state."""
    return port in held_ports(server)


def held_ports(server: Backend) -> set[int]:
    """The clients' ports of all connections that the server holds."""
    connections = psutil.Process(server.process.pid).net_connections("tcp")
    return {connection.raddr[1] for connection in connections if connection.raddr}


def test_a_request_whose_body_comes_whole_keeps_its_connection(flooded: Backend) -> None:
    body = json.dumps(race(steps=5)).encode()
    with socket.create_connection(("127.0.0.1", flooded.port), timeout=PATIENCE) as client:
        for _ in range(3):
            client.sendall(POST + b"Content-Length: %d\r\n\r\n" % len(body))
            time.sleep(0.05)
            client.sendall(body)
            answer = client.recv(65_536)
            assert answer.startswith(b"HTTP/1.1 200 ")
            assert b"connection: close" not in answer
            while not answer.endswith((b"0\r\n\r\n", b"}")):
                answer += client.recv(65_536)


@pytest.mark.parametrize(
    "behind", [b"\0\r\n\r\n", HELLO, GET + b"X: y\r\n" * 300], ids=["nonsense", "upgrade", "headers"]
)
def test_what_cannot_be_read_behind_a_request_does_not_spoil_its_answer(flooded: Backend, behind: bytes) -> None:
    with socket.create_connection(("127.0.0.1", flooded.port), timeout=PATIENCE) as client:
        client.sendall(GET + b"\r\n" + behind)
        answer = all_said(client)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1") == 1
    assert answer.endswith(b"}")


@pytest.mark.parametrize("extra", [b"Content-Length: 10\r\n", b"Transfer-Encoding: chunked\r\n"])
def test_a_websocket_that_begins_with_a_body_is_refused_before_it_comes(flooded: Backend, extra: bytes) -> None:
    assert refused(flooded, HELLO[:-2] + extra + b"\r\n") == (400, "bad-request")


@pytest.mark.parametrize(
    "head",
    [
        HELLO[:-2] + b"X: " + b"x" * 9000 + b"\r\n\r\n",
        HELLO[:-2] + b"X: y\r\n" * 200 + b"\r\n",
        HELLO.replace(b"/ws/run", b"/ws/run?" + b"x" * 9000),
        GET + b"X: y\r\n" * 300 + b"\r\n",
    ],
    ids=["line", "lines", "address", "headers"],
)
def test_a_head_with_too_much_in_it_is_refused(flooded: Backend, head: bytes) -> None:
    assert refused(flooded, head) == (431, "head-too-large")


def refused(server: Backend, head: bytes) -> tuple[int, str]:
    """Status and type of the problem that answers `head`, after which the connection ends."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as client:
        client.sendall(head)
        answer = all_said(client)
    problem = json.loads(answer.split(b"\r\n\r\n", 1)[1])
    return problem["status"], problem["type"].removeprefix("/problems/")
