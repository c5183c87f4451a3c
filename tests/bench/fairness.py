"""How much longer a slider's answer takes beside another client that asks for as much as it can."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from websockets.sync.client import connect

from tests.bench.report import Figure, Part, ratio
from tests.engine.races import EIGHT
from tests.server import ROOT, Server
from tests.web.serving import race

OTHER_CLIENT = "127.0.0.2"
"""An address of this machine too."""

MOVES, RUNS, READERS = 40, 40, 30
SETTLED = 3.0  # s; until the other client has all that it can get


def measure() -> list[Figure]:
    """The middle answer of many moves, alone and beside each load, in one server."""
    server = Server()
    try:
        _answers(server.port, 8)
        alone = _answers(server.port, MOVES)
        beside = {load: _beside(server.port, load) for load in LOADS}
    finally:
        server.stop()
    return [_figure(words, alone, beside[load]) for load, (words, _) in LOADS.items()]


def _figure(words: str, alone: list[float], beside: list[float]) -> Figure:
    return ratio(f"a slider beside {words}", Part("beside", beside), Part("alone", alone), most=2)


def _beside(port: int, load: str) -> list[float]:
    with _other_client(port, load):
        time.sleep(SETTLED)
        return _answers(port, MOVES)


@contextmanager
def _other_client(port: int, load: str) -> Iterator[None]:
    """A process that asks for `load` all the time."""
    process = subprocess.Popen([sys.executable, "-m", "tests.bench.fairness", load, str(port)], cwd=ROOT)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _answers(port: int, moves: int) -> list[float]:
    """How long each of so many moves of a slider took to be answered to the last step, ms."""
    took = []
    with connect(f"ws://127.0.0.1:{port}/ws/run", max_size=None, compression=None, proxy=None) as socket:
        socket.recv()
        for move in range(moves):
            rows = [EIGHT[0] | {"lr": 1e-3 * (1 + (move + time.time() % 1) / 1000)}, *EIGHT[1:]]
            begun = time.perf_counter()
            experiment = {"objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": rows, "steps": 300}
            socket.send(json.dumps({"type": "run", "id": f"m{move}", "experiment": experiment}))
            while not isinstance(message := socket.recv(), str) or '"finished"' not in message:
                pass
            took.append(1000 * (time.perf_counter() - begun))
            time.sleep(0.05)
    return took


async def _runs(port: int) -> None:
    """So many whole runs at a time, without end."""
    await asyncio.gather(*(_run_on(port, number) for number in range(RUNS)))


async def _run_on(port: int, number: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(OTHER_CLIENT, 0))
    for turn in range(10**9):
        body = json.dumps(race(300, 8, seed=1000 * turn + number, noise=1e-3)).encode()
        head = f"POST /api/run HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await _skip_answer(reader)


async def _skip_answer(reader: asyncio.StreamReader) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"content-length: " in head:
        await reader.readexactly(int(head.split(b"content-length: ")[1].split(b"\r\n")[0]))
        await asyncio.sleep(0.5)
        return
    while size := int(await reader.readuntil(b"\r\n"), 16):
        await reader.readexactly(size + 2)
    await reader.readuntil(b"\r\n")


async def _readers(port: int) -> None:
    """So many websockets that ask for long runs and read nothing of them."""
    sockets = [await _silent(port, number) for number in range(READERS)]
    await asyncio.sleep(10**9)
    del sockets


async def _silent(port: int, number: int) -> Any:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(OTHER_CLIENT, 0))
    head = (
        "GET /ws/run HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
    )
    writer.write(head.encode())
    await reader.readuntil(b"\r\n\r\n")
    writer.transport.pause_reading()  # type: ignore[attr-defined]
    experiment = race(100_000, 16, seed=number)
    for message in ({"type": "run", "id": "r", "experiment": experiment}, {"type": "more", "id": "r", "steps": 10**5}):
        data = json.dumps(message).encode()
        size = bytes([128 + 126]) + len(data).to_bytes(2, "big") if len(data) > 125 else bytes([128 + len(data)])
        writer.write(b"\x81" + size + bytes(4) + data)
    return writer


LOADS = {
    "runs": (f"{RUNS} runs at a time of another client", _runs),
    "readers": (f"{READERS} silent readers of another client", _readers),
}

if __name__ == "__main__":
    asyncio.run(LOADS[sys.argv[1]][1](int(sys.argv[2])))
