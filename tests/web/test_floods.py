"""What one client sends as fast as it can neither keeps another waiting nor fills the memory."""

import json
import socket
from contextlib import ExitStack

import psutil
import pytest
from websockets.exceptions import InvalidStatus

from tests.patience import PATIENCE, eventually
from tests.web.flooding import (
    BYTES_AT_ONCE,
    FLOODS,
    FRAMES,
    FRAMES_AT_ONCE,
    HELLO,
    MOST_SOCKETS,
    REQUESTS,
    UNREAD,
    all_said,
    flooding,
    frame,
)
from tests.web.serving import Backend, race

ROOM = 20 * 2**20  # bytes
STATUS = {"an endless body that nobody asked for": 200, "an endless body": 413}
"""How requests without end are answered, if not as heads that are too large."""


@pytest.fixture(scope="module")
def before(flooded: Backend) -> int:
    """The memory of the server before all floods, in bytes."""
    with flooded.http as http:
        for _ in range(20):
            assert http.get("/healthz").status_code == 200
    return int(psutil.Process(flooded.process.pid).memory_info().rss)


def answers_beside(server: Backend, name: str) -> tuple[int, int, bytes]:
    """How often another client was answered while the flood went on, the most memory then, and what it was told."""
    process = psutil.Process(server.process.pid)
    source = f"127.0.1.{list(FLOODS).index(name) + 1}"
    with server.http as http:
        answers = most = 0
        with flooding(server.port, source, name) as flood:
            while not (flood.ended and answers):
                assert http.get("/healthz").status_code == 200
                answers += 1
                most = max(most, process.memory_info().rss)
    assert not flood.kept
    return answers, most, flood.read


@pytest.mark.parametrize("name", FRAMES)
def test_who_floods_a_websocket_is_told_so_and_let_go_and_others_are_served(
    flooded: Backend, before: int, name: str
) -> None:
    answers, memory, told = answers_beside(flooded, name)
    assert b"\x03\xf0It sends too much: 300 frames and 100000 bytes a second are read of one client." in told
    # The flood lasts for two seconds.
    assert answers >= 10
    assert memory - before < ROOM


@pytest.mark.parametrize("name", REQUESTS)
def test_who_floods_a_request_is_told_so_and_let_go_and_others_are_served(
    flooded: Backend, before: int, name: str
) -> None:
    _, memory, told = answers_beside(flooded, name)
    told = told.lower()
    assert told.startswith(b"http/1.1 %d " % STATUS.get(name, 431))
    assert b"\r\nconnection: close\r\n" in told
    assert told.count(b"http/1.1") == 1
    assert memory - before < ROOM


@pytest.mark.parametrize("name", UNREAD)
def test_who_floods_and_reads_nothing_is_let_go_and_others_are_served(flooded: Backend, before: int, name: str) -> None:
    answers, memory, _ = answers_beside(flooded, name)
    assert answers >= 10
    assert memory - before < ROOM


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
        answer = all_said(client)
    # The last frame: its code and reason are what is left.
    assert answer[:1] == b"\x88"
    assert (int.from_bytes(answer[2:4], "big") if answer[1] else 1005) == code
