"""Fifty pages that stream at 60 steps a second each."""

import asyncio
import json
import time

from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin

from tests.bench.report import Figure, Part, high, ratio
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
    gaps = [1000 * gap for gaps, _ in results for gap in gaps]
    behind = [1000 * late for _, late in results]
    middle = Part("median gap", gaps)
    name = "50 pages at 60 steps/s: "
    return [
        ratio(f"{name}95th percentile gap between chunks", Part("gap", gaps, statistic=high), middle, most=2),
        ratio(f"{name}the most that one is behind", Part("behind", behind, statistic=max), middle, most=4),
    ]


async def _all(port: int) -> list[tuple[list[float], float]]:
    return await asyncio.gather(*(_page(port, number) for number in range(PAGES)))


async def _page(port: int, number: int) -> tuple[list[float], float]:
    """One page's gaps, and how far behind its clock it was at the end, in seconds."""
    await asyncio.sleep(number / PAGES)
    optimizers = [{**one, "lr": one["lr"] * (1 + number / 1000)} for one in EIGHT]
    experiment = {
        "objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": optimizers, "steps": 10000,
    }  # fmt: skip
    async with connect(f"ws://127.0.0.1:{port}/ws/run", origin=Origin(f"http://127.0.0.1:{port}")) as socket:
        await socket.recv()
        await socket.send(json.dumps({"type": "run", "id": "r", "experiment": experiment, "from": 0}))
        last = await _receive_until(socket, 512)
        return await _paced(socket, last)


async def _paced(socket: ClientConnection, last: int) -> tuple[list[float], float]:
    """The gaps, and how late the last chunk came beside the clock that the steps are asked for by."""
    gaps: list[float] = []
    per_chunk = STEPS_PER_SECOND // CHUNKS_PER_SECOND
    begin = before = time.perf_counter()
    goal, late = last, 0.0
    for tick in range(SECONDS * CHUNKS_PER_SECOND):
        await socket.send(json.dumps({"type": "more", "id": "r", "steps": per_chunk}))
        goal += per_chunk
        last = await _receive_until(socket, goal)
        now = time.perf_counter()
        gaps.append(now - before)
        late = now - (begin + tick / CHUNKS_PER_SECOND)
        before = now
        await asyncio.sleep(max(0.0, begin + (tick + 1) / CHUNKS_PER_SECOND - time.perf_counter()))
    return gaps, late


async def _receive_until(socket: ClientConnection, entry: int) -> int:
    """Reads until `entry` has come."""
    while True:
        message = await socket.recv()
        if isinstance(message, bytes):
            length = int.from_bytes(message[:4], "little")
            header = json.loads(message[4 : 4 + length])
            if header["first"] + header["count"] - 1 >= entry:
                return int(header["first"] + header["count"] - 1)
