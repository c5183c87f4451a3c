"""How much longer /healthz takes beside a client that sends as fast as it can, and the memory that this takes.

Alone means beside a process that is as busy and talks to nobody, as a flood's own process takes a processor too.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection

import psutil

from tests.bench.report import Figure, percentile
from tests.server import ROOT, Server
from tests.web.flooding import FLOODS

CALLS = 400
SETTLED = 0.5  # s
LONGER, ROOM = 10.0, 20.0
"""How many times as long it may take, and the MB that may be needed."""


def measure() -> list[Figure]:
    """The 99th percentile of many calls, alone and beside each flood of one server."""
    server = Server()
    memory = psutil.Process(server.process.pid).memory_info
    try:
        _calls(server.port)
        with _process("-c", "while True: pass"):
            alone = percentile(_calls(server.port), 0.99)
        figures = list[Figure]()
        for number, name in enumerate(FLOODS):
            before = memory().rss
            # It floods, and begins again when it is let go.
            with _process("-m", "tests.web.flooding", str(server.port), f"127.0.1.{number + 1}", name):
                time.sleep(SETTLED)
                beside = percentile(_calls(server.port), 0.99)
                grown = (memory().rss - before) / 1e6
            figures += [_slower(name, beside, alone), _larger(name, grown)]
    finally:
        server.stop()
    return figures


def _slower(name: str, beside: float, alone: float) -> Figure:
    ratio = beside / alone
    note = f"{1000 * beside:.1f} ms against {1000 * alone:.1f} ms alone, 99 of 100"
    return Figure(f"/healthz beside {name}, against alone", ratio, "", f"<= {LONGER:g}", ratio <= LONGER, note)


def _larger(name: str, grown: float) -> Figure:
    return Figure(f"memory beside {name}", grown, "MB", f"<= {ROOM:g} MB", grown <= ROOM)


@contextmanager
def _process(*arguments: str) -> Iterator[None]:
    process = subprocess.Popen([sys.executable, *arguments], cwd=ROOT)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _calls(port: int) -> list[float]:
    """How long each of so many calls took, each by a connection of its own, s."""
    took = []
    for _ in range(CALLS):
        begun = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", "/healthz")
        assert connection.getresponse().read()
        connection.close()
        took.append(time.perf_counter() - begun)
        time.sleep(0.005)
    return took
