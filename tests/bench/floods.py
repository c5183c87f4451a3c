"""How much longer /healthz takes beside a client that sends as fast as it can, and the memory that this takes.

Alone means beside a process that is as busy and talks to nobody, as a flood's own process takes a processor too.
"""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection

import psutil

from tests.bench.report import Figure, Part, percentile, ratio
from tests.patience import PATIENCE
from tests.server import ROOT, Server
from tests.web.flooding import FLOODS

CALLS = 300
SETTLED = 0.5  # s
LONGER, ROOM = 10.0, 20.0
"""How many times as long it may take, and the MB that may be needed."""


def measure() -> list[Figure]:
    """The 99th percentile of many calls, alone and beside each flood of one server."""
    server = Server()
    process = psutil.Process(server.process.pid)
    try:
        _calls(server.port, process)
        with _process("-c", "while True: pass"):
            alone, _ = _calls(server.port, process)
        figures, before = list[Figure](), process.memory_info().rss / 1e6
        for number, name in enumerate(FLOODS):
            # It floods, and begins again when it is let go.
            with _process("-m", "tests.web.flooding", str(server.port), f"127.0.1.{number + 1}", name):
                time.sleep(SETTLED)
                beside, memory = _calls(server.port, process)
            figures += [
                ratio(f"/healthz beside {name}", _worst(beside), _worst(alone, "alone"), most=LONGER),
                ratio(
                    f"memory beside {name}",
                    Part("at most", memory, "MB", max),
                    Part("before all floods", [before], "MB"),
                    most=(before + ROOM) / before,
                ),
            ]
    finally:
        server.stop()
    return figures


def _worst(values: Sequence[float], when: str = "beside") -> Part:
    return Part(f"99 of 100 {when} within", values, statistic=lambda drawn: percentile(drawn, 0.99))


@contextmanager
def _process(*arguments: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _calls(port: int, process: psutil.Process) -> tuple[list[float], list[float]]:
    """How long each of so many calls took, each by a connection of its own, ms; and the server's memory then, MB."""
    took, memory = [], []
    for _ in range(CALLS):
        begun = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        connection.close()
        took.append(1000 * (time.perf_counter() - begun))
        memory.append(process.memory_info().rss / 1e6)
        time.sleep(0.005)
    return took, memory
