"""What one client sends as fast as it can neither keeps another waiting nor fills the memory."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress

import psutil
import pytest
from websockets.exceptions import InvalidStatus

from tests.patience import PATIENCE
from tests.web.flooding import CHUNKED, FRAMES, GET, HELLO, POST, REQUESTS, UNREAD, flooding, frame
from tests.web.serving import Backend, eventually, race, serving

FRAMES_AT_ONCE, BYTES_AT_ONCE, MOST_SOCKETS = 600, 400_000, 60
ROOM = 20 * 2**20  # bytes
NAMES = [*FRAMES, *REQUESTS, *UNREAD]


@pytest.fixture(scope="module")
def flooded() -> Iterator[Backend]:
    # So little that a slow machine too reads more.
    limits = {"message_rate": 300, "message_burst": FRAMES_AT_ONCE}
    sizes = {"byte_rate": 100_000, "byte_burst": BYTES_AT_ONCE}
    with serving(workers=1, send_timeout=2, max_sockets=MOST_SOCKETS, **limits, **sizes) as running:
        yield running


def answers_beside(server: Backend, name: str) -> tuple[int, int, bytes]:
    """How often another client was answered while the flood went on, the most memory it took, and what it was told."""
    process = psutil.Process(server.process.pid)
    source = f"127.0.1.{NAMES.index(name) + 1}"
    with server.http as http:
        assert http.get("/healthz").status_code == 200
        before = most = process.memory_info().rss
        answers = 0
        with flooding(server.port, source, name) as flood:
            while not flood.ended:
                assert http.get("/healthz").status_code == 200
                answers += 1
                most = max(most, process.memory_info().rss)
    return answers, most - before, flood.read


@pytest.mark.parametrize("name", FRAMES)
def test_who_floods_a_websocket_is_told_so_and_let_go_and_others_are_served(flooded: Backend, name: str) -> None:
    answers, memory, told = answers_beside(flooded, name)
    assert b"\x03\xf0It sends too much: 300 frames and 100000 bytes a second are read of one client." in told
    # The flood lasts for two seconds.
    assert answers >= 10
    assert memory < ROOM


@pytest.mark.parametrize("name", REQUESTS)
def test_who_floods_a_request_is_told_so_and_let_go_and_others_are_served(flooded: Backend, name: str) -> None:
    _, memory, told = answers_beside(flooded, name)
    told = told.lower()
    assert told.startswith((b"http/1.1 431 ", b"http/1.1 413 ", b"http/1.1 200 "))
    assert b"\r\nconnection: close\r\n" in told
    assert told.count(b"http/1.1") == 1
    assert memory < ROOM


@pytest.mark.parametrize("name", UNREAD)
def test_who_floods_and_reads_nothing_is_let_go_and_others_are_served(flooded: Backend, name: str) -> None:
    answers, memory, _ = answers_beside(flooded, name)
    assert answers >= 10
    assert memory < ROOM


def test_what_may_come_at_once_is_read_to_the_end(flooded: Backend) -> None:
    with flooded.page(source_address=("127.0.2.1", 0)) as page:
        for _ in range(FRAMES_AT_ONCE):
            page.send(type="nonsense")
        for _ in range(FRAMES_AT_ONCE):
            assert page.text()["type"] == "problem"
        for _ in range(BYTES_AT_ONCE // 65_536):
            page.socket.send(b" " * 65_536)
        for _ in range(BYTES_AT_ONCE // 65_536):
            assert page.text()["type"] == "problem"
        assert len(page.all("r", race(steps=5))[0]) == 6


def test_a_message_may_come_in_any_number_of_pieces(flooded: Backend) -> None:
    with flooded.page(source_address=("127.0.2.2", 0)) as page:
        text = json.dumps({"type": "run", "id": "r", "experiment": race(steps=5)})
        page.socket.send(part for letter in text for part in (letter, ""))
        assert page.text()["type"] == "started"
        page.rest("r", 0)


def test_fifty_pages_of_one_client_are_served_and_beyond_the_limit_only_others(flooded: Backend) -> None:
    with ExitStack() as stack:
        pages = [stack.enter_context(flooded.page(source_address=("127.0.2.3", 0))) for _ in range(MOST_SOCKETS)]
        for number, page in enumerate(pages[:50]):
            page.run("r", race(steps=5, seed=number))
        for page in pages[:50]:
            page.rest("r", 0)
        with pytest.raises(InvalidStatus) as refused, flooded.page(source_address=("127.0.2.3", 0)):
            pass
        assert refused.value.response.status_code == 429
        problem = json.loads(refused.value.response.body)
        assert problem["type"] == "/problems/too-many-sockets"
        assert str(MOST_SOCKETS) in problem["detail"]
        with flooded.page(source_address=("127.0.2.4", 0)) as other:
            assert other.hello["type"] == "hello"
        pages[0].socket.close()
        assert eventually(lambda: opens(flooded, "127.0.2.3"))


def opens(server: Backend, source: str) -> bool:
    try:
        with server.page(source_address=(source, 0)) as page:
            return bool(page.hello["type"] == "hello")
    except InvalidStatus:
        return False


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
        answer = all_of(client, drips)
        assert answer.startswith(b"HTTP/1.1 " + status)
        assert b"\r\nconnection: close\r\n" in answer
        mine = client.getsockname()[1]
        assert eventually(lambda: drip(client, drips) and not held(flooded, mine))


def all_of(client: socket.socket, drips: bool) -> bytes:
    """What the server says until it stops speaking, while the client drips on or is silent."""
    answer = b""
    while True:
        try:
            part = client.recv(65_536)
        except TimeoutError:
            drip(client, drips)
            continue
        if not part:
            return answer
        answer += part


def drip(client: socket.socket, drips: bool) -> bool:
    """Send a byte, where the server lets it come."""
    with suppress(OSError):
        client.send(b"0" * drips)
    return True


def held(server: Backend, port: int) -> bool:
    """Whether the server holds the connection with the client's `port` in any state."""
    connections = psutil.Process(server.process.pid).net_connections("tcp")
    return any(connection.raddr and connection.raddr[1] == port for connection in connections)


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
        answer = all_of(client, False)
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
        answer = all_of(client, False)
    problem = json.loads(answer.split(b"\r\n\r\n", 1)[1])
    return problem["status"], problem["type"].removeprefix("/problems/")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x81\x02hi", 1002), (frame(0x00, b"x"), 1002), (frame(0x01) * 2, 1002), (frame(0x09), 1002),
        (frame(0x81, b"\xff"), 1007), (frame(0x88) * 1000, 1005), (frame(0x88, b"\x03\xe8bye") + b"x" * 9000, 1000),
        (b"\x81\xff" + bytes(4) + b"\xff" * 4 + bytes(4), 1009), (frame(0x01, b"x" * 60_000) * 2, 1009),
    ],
    ids=["unmasked", "continued", "begun twice", "control in pieces", "no text", "close", "closed", "huge", "pieces"],
)  # fmt: skip
def test_frames_that_make_no_sense_end_their_connection(flooded: Backend, data: bytes, code: int) -> None:
    with socket.create_connection(("127.0.0.1", flooded.port), timeout=PATIENCE) as client:
        client.sendall(HELLO)
        assert b"hello" in client.recv(65_536) or b"hello" in client.recv(65_536)
        client.sendall(data)
        answer = all_of(client, False)
    # The last frame: its code and reason are what is left.
    assert answer[:1] == b"\x88"
    assert (int.from_bytes(answer[2:4], "big") if answer[1] else 1005) == code
