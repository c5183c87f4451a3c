"""How long the server's event loop is kept from others by long runs, a long answer, and a page that cannot decide."""

import asyncio
import json
from functools import partial
from typing import Any

import httpx
import torch
from websockets.asyncio.client import ClientConnection, connect

from tests.bench.engine import in_turn, plain_loop
from tests.bench.report import Figure, Part, ratio
from tests.server import Server
from tests.web.serving import race

LONG_RUNS, STARTS, ROUNDS = 6, 2000, 3
LONG_ANSWER = race(steps=7800, optimizers=64)


class WatchedServer(Server):
    """A server that answers `GET /pauses`."""

    COMMAND = ("-m", "tests.bench.watched")


def measure() -> list[Figure]:
    """The longest pause under all of it at once."""
    server = WatchedServer()
    (loop,) = in_turn(ROUNDS, lambda: plain_loop(partial(torch.optim.Adam, lr=0.05)))
    try:
        found = [asyncio.run(_load(server)) for _ in range(ROUNDS)]
    finally:
        server.stop()
    kept = [1000 * pauses["kept"] for _, pauses in found]
    name = f"event loop kept, {LONG_RUNS} long runs + {found[0][0] / 1e6:.0f} MB answer + {STARTS} starts"
    yardstick = Part("a plain torch loop of 300 steps of Adam", loop)
    return [ratio(name, Part("the longest pause", kept, statistic=max), yardstick, most=0.7)]


async def _load(server: Server) -> tuple[int, dict[str, float]]:
    async with httpx.AsyncClient(base_url=server.url, timeout=120, trust_env=False) as http:
        await http.get("/pauses")
        runs = [asyncio.create_task(_long_run(server.port, number)) for number in range(LONG_RUNS)]
        size, _ = await asyncio.gather(_answer(http), _starts(server.port))
        for run in runs:
            run.cancel()
        return size, (await http.get("/pauses")).json()


def _page(port: int) -> Any:
    return connect(f"ws://127.0.0.1:{port}/ws/run", max_size=None, compression=None, proxy=None)


async def _send(socket: ClientConnection, **message: Any) -> None:
    await socket.send(json.dumps(message))


async def _long_run(port: int, seed: int) -> None:
    async with _page(port) as socket:
        experiment = race(steps=100_000, optimizers=16, seed=seed)
        await _send(socket, type="run", id="long", experiment=experiment)
        await _send(socket, type="more", id="long", steps=100_000)
        async for _ in socket:
            pass


async def _answer(http: httpx.AsyncClient) -> int:
    size = 0
    async with http.stream("POST", "/api/run", json=LONG_ANSWER, headers={"accept-encoding": "identity"}) as response:
        async for part in response.aiter_raw():
            size += len(part)
    return size


async def _starts(port: int) -> None:
    async with _page(port) as socket:
        end = asyncio.create_task(_until_finished(socket, "last"))
        for number in range(STARTS):
            await _send(socket, type="run", id=f"r{number}", experiment=race(steps=2000))
            await _send(socket, type="stop", id=f"r{number}")
        await _send(socket, type="run", id="last", experiment=race(steps=20))
        await end


async def _until_finished(socket: ClientConnection, id: str) -> None:
    async for message in socket:
        if isinstance(message, str):
            text = json.loads(message)
            if (text["type"], text.get("id")) == ("finished", id):
                return
