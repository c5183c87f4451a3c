"""What one client asks for does not keep another's hand waiting. Counted in answers: each machine has its own pace."""

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import httpx
import pytest

from tests.patience import PATIENCE, eventually
from tests.web.serving import Backend, Page, race, serving

OTHER_CLIENT = "127.0.0.2"
"""An address of this machine too."""

RUNS, READERS = 40, 12


@pytest.fixture(scope="module")
def shared() -> Iterator[Backend]:
    with serving(workers=2) as running:
        yield running


def move(page: Page, number: int) -> None:
    """One move of a slider, answered to its end."""
    assert len(page.all(f"r{number}", race(steps=300, optimizers=8, seed=number))[0]) == 301


def test_a_slider_does_not_wait_for_the_runs_of_another_client(shared: Backend) -> None:
    done = list[int]()

    def ask(number: int) -> None:
        with httpx.Client(transport=httpx.HTTPTransport(local_address=OTHER_CLIENT), timeout=PATIENCE) as http:
            answer = http.post(f"{shared.url}/api/run", json=race(steps=1500, optimizers=8, noise=1.0, seed=number))
        assert answer.status_code == 200
        done.append(number)

    with shared.page() as page, ThreadPoolExecutor(RUNS) as others:
        move(page, 0)
        asked = [others.submit(ask, number) for number in range(RUNS)]
        assert eventually(lambda: len(done) > 0)
        before = len(done)
        for number in range(1, 6):
            move(page, number)
        # In order of arrival all of them would have had their turns before each slice of each move.
        assert len(done) - before < RUNS // 2
        for future in asked:
            future.result()
    assert len(done) == RUNS


def test_for_viewers_that_read_nothing_nothing_is_computed(shared: Backend) -> None:
    with ExitStack() as stack, shared.page() as page:
        readers = [stack.enter_context(silent(shared, number)) for number in range(READERS)]
        move(page, 100)
        assert len(readers) == READERS
        assert eventually(shared.rests)
        move(page, 101)


def test_a_viewer_that_begins_to_read_late_gets_all_of_it(shared: Backend) -> None:
    experiment = race(steps=20_000, optimizers=8, seed=5)
    with shared.page() as page:
        assert page.run("late", experiment)["type"] == "started"
        page.send(type="more", id="late", steps=20_000)
        assert eventually(shared.rests)
        values, outcomes = page.rest("late", 0)
    assert (len(values), len(outcomes)) == (20_001, 8)


def silent(server: Backend, number: int) -> socket.socket:
    """A websocket that asks for a long run and never reads."""
    deaf = socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE, source_address=(OTHER_CLIENT, 0))
    deaf.sendall(
        b"GET /ws/run HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    # Columns that take long for each byte of them, so that no pipe is full soon.
    experiment = race(steps=100_000, optimizers=2, seed=number, noise=1.0)
    for message in (
        {"type": "run", "id": "r", "experiment": experiment},
        {"type": "more", "id": "r", "steps": 100_000},
    ):
        data = json.dumps(message).encode().ljust(126)
        deaf.sendall(b"\x81\xfe" + len(data).to_bytes(2, "big") + bytes(4) + data)
    return deaf
