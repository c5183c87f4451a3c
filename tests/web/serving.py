"""A real server in a process of its own, and a client of its websocket."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
import numpy as np
import psutil
from websockets.sync.client import ClientConnection, connect

from app.protocol.codec import decode_chunk
from tests.patience import PATIENCE
from tests.server import Server

AT_WORK = (psutil.STATUS_RUNNING, psutil.STATUS_DISK_SLEEP)

ROSENBROCK = {"kind": "surface", "name": "rosenbrock"}


def race(steps: int = 300, optimizers: int = 2, **fields: Any) -> dict[str, Any]:
    """An experiment whose trajectories all use all their steps."""
    rows = [{"name": "sgd", "lr": 1e-4 * (1 + index / 100)} for index in range(optimizers)]
    return {"objective": ROSENBROCK, "optimizers": rows, "steps": steps, **fields}


def slow_race(steps: int) -> dict[str, Any]:
    """An experiment that takes milliseconds for each step."""
    return race(steps) | {"optimizers": [{"name": "lbfgs", "lr": 0.01}], "noise": 1.0}


class Backend(Server):
    """A server with these settings, and what tests look at."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{f"PLAYGROUND_{name.upper()}": str(value) for name, value in settings.items()})

    @property
    def http(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=PATIENCE, trust_env=False)

    def descendants(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children(recursive=True)

    def workers(self) -> list[psutil.Process]:
        """The processes that compute: all that the fork server made."""
        children = psutil.Process(self.process.pid).children()
        (fork_server,) = [child for child in children if "forkserver" in " ".join(child.cmdline())]
        return fork_server.children()

    def busy_time(self) -> float:
        """Processor seconds that the workers have used."""
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers())

    def rests(self) -> bool:
        """Whether for a moment no worker has anything to do: neither runs nor waits for a processor."""
        for _ in range(20):
            if any(worker.status() in AT_WORK for worker in self.workers()):
                return False
            time.sleep(0.02)
        return True

    @contextmanager
    def page(self, **options: Any) -> Iterator["Page"]:
        address = f"ws://127.0.0.1:{self.port}/ws/run"
        with connect(address, max_size=None, compression=None, proxy=None, open_timeout=PATIENCE, **options) as socket:
            yield Page(socket)


class Page:
    """What a page does: sends messages, and takes what comes."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self.hello = self.text()

    def send(self, **message: Any) -> None:
        self.socket.send(json.dumps(message))

    def receive(self) -> str | bytes:
        return self.socket.recv(timeout=PATIENCE)

    def text(self) -> dict[str, Any]:
        """The next message, which must be text."""
        message = self.receive()
        assert isinstance(message, str), message[:200]
        return json.loads(message)

    def chunk(self) -> tuple[dict[str, Any], np.ndarray]:
        """The next message, which must be a chunk."""
        message = self.receive()
        assert isinstance(message, bytes), message
        return decode_chunk(message)

    def run(self, id: str, experiment: dict[str, Any], first: int = 0) -> dict[str, Any]:
        """Start a run and give the answer."""
        self.send(**{"type": "run", "id": id, "experiment": experiment, "from": first})
        return self.text()

    def all(self, id: str, experiment: dict[str, Any], first: int = 0) -> tuple[np.ndarray, list[dict[str, Any]]]:
        """All values of a run and its outcomes, with as much credit as it takes."""
        assert self.run(id, experiment, first)["type"] == "started"
        self.send(type="more", id=id, steps=experiment["steps"])
        return self.rest(id, first)

    def rest(self, id: str, first: int) -> tuple[np.ndarray, list[dict[str, Any]]]:
        """What comes until the run is finished; chunks must follow each other without a gap."""
        parts = []
        while isinstance(message := self.receive(), bytes):
            header, values = decode_chunk(message)
            assert (header["id"], header["first"]) == (id, first)
            first += header["count"]
            parts.append(values)
        finished = json.loads(message)
        assert (finished["type"], finished["id"]) == ("finished", id), finished
        return np.concatenate(parts) if parts else np.empty((0, 0, 0)), finished["outcomes"]

    def silence(self, seconds: float) -> bool:
        """Whether nothing comes for so long."""
        try:
            self.socket.recv(timeout=seconds)
        except TimeoutError:
            return True
        return False


@contextmanager
def serving(**settings: Any) -> Iterator[Backend]:
    """A server of one's own."""
    server = Backend(**settings)
    try:
        yield server
    finally:
        server.stop()
