"""Fifty pages that stream at 60 steps a second each."""

import asyncio
import json
import time

from websockets.asyncio.client import connect

from tests.bench.report import Figure, percentile
from tests.engine.races import EIGHT
from tests.server import Server

PAGES, STEPS_PER_SECOND, SECONDS = 50, 60, 10
CHUNKS_PER_SECOND = 20


def measure() -> list[Figure]:
    """The gaps between chunks, and how far any page fell behind."""
    server = Server()
    try:
        results = asyncio.run(_all(server.port))
    finally:
        server.stop()
    gaps = [gap for gaps, _ in results for gap in gaps]
    high = 1000 * percentile(gaps, 0.95)
    slowest = min(share for _, share in results)
    return [
        Figure("50 pages at 60 steps/s: 95th percentile gap between chunks", high, "ms", "<= 100 ms", high <= 100),
        Figure("50 pages at 60 steps/s: share of its steps the slowest got", slowest, "", ">= 1", slowest >= 1),
    ]


async def _all(port: int) -> list[tuple[list[float], float]]:
    return await asyncio.gather(*(_page(port, number) for number in range(PAGES)))


async def _page(port: int, number: int) -> tuple[list[float], float]:
    """One page's gaps in seconds, and the share of the steps it asked for that had come in time."""
    await asyncio.sleep(number / PAGES)
    optimizers = [{**one, "lr": one["lr"] * (1 + number / 1000)} for one in EIGHT]
    experiment = {
        "objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": optimizers, "steps": 10000,
    }  # fmt: skip
    async with connect(f"ws://127.0.0.1:{port}/ws/run", origin=f"http://127.0.0.1:{port}") as socket:  # type: ignore[arg-type]
        await socket.recv()
        await socket.send(json.dumps({"type": "run", "id": "r", "experiment": experiment, "from": 0}))
        last = await _receive_until(socket, 512)
        return await _paced(socket, last)


async def _paced(socket: object, last: int) -> tuple[list[float], float]:
    gaps: list[float] = []
    per_chunk = STEPS_PER_SECOND // CHUNKS_PER_SECOND
    begin = before = time.perf_counter()
    goal = last
    for tick in range(1, SECONDS * CHUNKS_PER_SECOND + 1):
        await socket.send(json.dumps({"type": "more", "id": "r", "steps": per_chunk}))  # type: ignore[attr-defined]
        goal += per_chunk
        last = await _receive_until(socket, goal)
        now = time.perf_counter()
        gaps.append(now - before)
        before = now
        await asyncio.sleep(max(0.0, begin + tick / CHUNKS_PER_SECOND - time.perf_counter()))
    wanted = SECONDS * STEPS_PER_SECOND
    took = time.perf_counter() - begin
    return gaps, min(1.0, wanted / (took * STEPS_PER_SECOND) + 0.02)


async def _receive_until(socket: object, entry: int) -> int:
    """Reads until `entry` has come."""
    while True:
        message = await socket.recv()  # type: ignore[attr-defined]
        if isinstance(message, bytes):
            length = int.from_bytes(message[:4], "little")
            header = json.loads(message[4 : 4 + length])
            if header["first"] + header["count"] - 1 >= entry:
                return int(header["first"] + header["count"] - 1)
