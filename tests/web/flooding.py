"""Clients that send as fast as they can, each from an address of its own."""

import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.patience import PATIENCE

FRAMES_AT_ONCE, BYTES_AT_ONCE, MOST_SOCKETS = 600, 400_000, 60
"""What the server of these tests allows."""

HELLO = (
    b"GET /ws/run HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
POST = b"POST /api/run HTTP/1.1\r\nHost: 127.0.0.1\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
GET = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"


def frame(code: int, data: bytes = b"") -> bytes:
    """A frame as a client sends it, masked with zeros; code: its first byte."""
    if len(data) < 126:
        return bytes([code, 128 + len(data)]) + bytes(4) + data
    return bytes([code, 128 + 126]) + len(data).to_bytes(2, "big") + bytes(4) + data


FRAMES = {
    "empty pongs": (HELLO, frame(0x8A) * 5000),
    "pings": (HELLO, frame(0x89, b"x" * 100) * 300),
    "binary frames of 60 kB": (HELLO, frame(0x82, b"x" * 60_000)),
    "text frames of 60 kB": (HELLO, frame(0x81, b"[" + b"1," * 29_999 + b"1]")),
    "small text frames": (HELLO, frame(0x81, b"{}") * 4000),
    "pieces of a message without end": (HELLO + frame(0x01), frame(0x00) * 5000),
}
"""Over a websocket: what is sent first, and then without end."""

REQUESTS = {
    "one endless trailer line": (CHUNKED + b"0\r\nX: ", b"x" * 65_536),
    "endless trailers": (CHUNKED + b"0\r\n", b"X: y\r\n" * 10_000),
    "an endless extension of a chunk": (CHUNKED + b"2;", b"x" * 65_536),
    "one endless header line": (GET + b"X: ", b"x" * 65_536),
    "endless headers": (GET, b"X: y\r\n" * 10_000),
    "an endless address": (b"GET /", b"x" * 65_536),
    "an endless body that nobody asked for": (GET + b"Content-Length: 1000000000000\r\n\r\n", b"x" * 65_536),
    "an endless body": (CHUNKED, b"ffff\r\n" + b" " * 0xFFFF + b"\r\n"),
}
"""The same over HTTP."""

UNREAD = {
    "pings, the answers unread": (HELLO, frame(0x89, b"x" * 100) * 300),
    "requests that came together, the answers unread": (b"", (GET + b"\r\n") * 1000),
}
"""The same, of clients that read nothing."""

FLOODS = FRAMES | REQUESTS | UNREAD


class Flood:
    """Sends `first`, and then `data` again and again from the address `source`, until the connection ends."""

    def __init__(self, port: int, source: str, first: bytes, data: bytes, *, reads: bool) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE, source_address=(source, 0))
        if first.startswith(HELLO):
            # Frames mean nothing before the websocket is there.
            self._socket.sendall(HELLO)
            self._socket.recv(1000)
        self._socket.sendall(first.removeprefix(HELLO))
        self._socket.setblocking(False)
        self._data, self._reads = data, reads
        self.sent, self.read = 0, b""
        self.ended = self.kept = False  # whether it was let go, or still was not when patience was over

    def run(self) -> None:
        rest, deadline = self._data, time.monotonic() + PATIENCE
        with self._socket:
            while not self.ended:
                if time.monotonic() > deadline:
                    self.ended = self.kept = True
                    return
                readable, writable, _ = select.select([self._socket] * self._reads, [self._socket], [], 1)
                try:
                    if readable:
                        self._receive()
                    if writable and not self.ended:
                        size = self._socket.send(rest)
                        self.sent += size
                        rest = rest[size:] or self._data
                except OSError:
                    self.ended = True

    def _receive(self) -> None:
        part = self._socket.recv(65_536)
        self.read = (self.read + part)[-5000:]
        self.ended = not part


@contextmanager
def flooding(port: int, source: str, name: str) -> Iterator[Flood]:
    """The flood called `name`, while it lasts; who reads does so until the server ends the connection."""
    flood = Flood(port, source, *FLOODS[name], reads=name not in UNREAD)
    thread = threading.Thread(target=flood.run)
    thread.start()
    try:
        yield flood
    finally:
        thread.join(PATIENCE)


def all_said(client: socket.socket, meanwhile: Callable[[], object] = lambda: None) -> bytes:
    """What the server says until it stops speaking; `meanwhile` is done whenever it is silent for a while."""
    said, deadline = b"", time.monotonic() + PATIENCE
    while True:
        try:
            part = client.recv(65_536)
        except TimeoutError:
            assert time.monotonic() < deadline, said
            meanwhile()
            continue
        if not part:
            return said
        said += part


if __name__ == "__main__":
    place, address, kind = int(sys.argv[1]), sys.argv[2], sys.argv[3]
    while True:
        Flood(place, address, *FLOODS[kind], reads=kind not in UNREAD).run()
