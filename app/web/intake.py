"""How connections are read: little at once and in turns, so that none holds the loop or fills the memory."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from app.web.patient import Patient

FETCHED, PIECE = 65_536, 4096
"""Bytes that are fetched of a connection at once, and that are read before others have their turn.

Where less was fetched at once, the network's windows would be so small that clients sent now and then only.
"""

BETWEEN, MOST_DISCARDED = 0.01, 2**21
"""Of a connection that was given up: the seconds from one fetching to the next, and the bytes until it is cut."""

MOST_ENDING = 32
"""Connections of one address that were given up while their clients were sending: of more, the oldest is cut, as each
takes memory until its client stops.
"""


class Endings:
    """The connections that are ending, by the address of the client, the oldest first."""

    def __init__(self) -> None:
        self._of: dict[str, dict[Intake, None]] = {}

    def add(self, address: str, intake: "Intake") -> None:
        """One more; cuts another where there are too many."""
        own = self._of.setdefault(address, {})
        own[intake] = None
        if len(own) > MOST_ENDING:
            oldest = next(iter(own))
            # It is lost in the next turn of the loop, and others may come before that.
            del own[oldest]
            oldest.transport.abort()

    def remove(self, address: str, intake: "Intake") -> None:
        """It has ended."""
        own = self._of.get(address, {})
        own.pop(intake, None)
        if not own:
            self._of.pop(address, None)


class Intake(asyncio.BufferedProtocol):
    """Reads one connection for the protocol that `make` gives, and later for what that puts in its place.

    What is not read yet waits at the client's: no more is fetched before there is a turn for it. A connection that is
    closed while its client is still sending is closed for writing first. Otherwise what comes after would have the
    network throw away the answer that says why.
    """

    def __init__(self, make: Callable[..., Patient], endings: Endings, **given: Any) -> None:
        """endings: of all connections of the server; given: to `make`."""
        self.reader, self._endings = make(**given), endings
        self.ending = False
        self._loop = asyncio.get_running_loop()
        self._buffer = bytearray()
        self._held, self._taken = b"", 0  # what was fetched and not read to its end, and how much of it has been read
        self._full = False  # whether as much came as could
        self._paused = False
        self._unwanted = False
        self._next: asyncio.TimerHandle | None = None
        self._end: asyncio.TimerHandle | None = None
        self._discarded = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._address = str((transport.get_extra_info("peername") or [""])[0])
        self.reader.connection_made(cast(asyncio.Transport, Tap(self)))

    def get_buffer(self, sizehint: int) -> bytearray:
        self._buffer = bytearray(FETCHED)
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        piece, self._buffer = self._buffer, bytearray()
        if self.ending:
            self._discard(nbytes)
        else:
            self._held, self._taken, self._full = bytes(memoryview(piece)[:nbytes]), 0, nbytes == FETCHED
            self._take()

    def eof_received(self) -> bool | None:
        return None if self.ending else self.reader.eof_received()

    def pause_writing(self) -> None:
        self.reader.pause_writing()

    def resume_writing(self) -> None:
        self.reader.resume_writing()

    def connection_lost(self, exc: Exception | None) -> None:
        self.ending, self._held, self._taken = True, b"", 0
        self._endings.remove(self._address, self)
        for handle in (self._next, self._end):
            if handle:
                handle.cancel()
        self.reader.connection_lost(exc)
        # They hold each other, so that all of a flood's would wait for the garbage collector.
        del self.reader

    def stop(self) -> None:
        """Read nothing until `go_on`."""
        self._unwanted = True
        self._hold()

    def go_on(self) -> None:
        """What waits is wanted."""
        self._unwanted = False
        self._later(0.0)

    def close(self) -> None:
        """Close when all is written, and when the client has stopped sending or had time to."""
        if self.ending or self.transport.is_closing():
            return
        if not (self._more_waits() or self._paused or self.reader.unfinished()):
            self.transport.close()
            return
        self.ending, self._held, self._taken = True, b"", 0
        self.transport.write_eof()
        self._end = self._loop.call_later(self.reader.patience, self._cut)
        self._later(0.0)
        self._endings.add(self._address, self)

    def _cut(self) -> None:
        self._hold()
        if self._end:
            self._end.cancel()
        if self.transport.get_write_buffer_size():
            # Who takes nothing of it is cut by another clock.
            self._end = self._loop.call_later(self.reader.patience, self._cut)
        else:
            self.transport.abort()

    def _take(self) -> None:
        piece = self._held[self._taken : self._taken + PIECE]
        size, wait = self.reader.portion(piece)
        self._taken += size
        if self._taken == len(self._held):
            self._held, self._taken = b"", 0
        if size and not self.ending:
            self.reader.data_received(piece[:size])
        if self._more_waits() or wait:
            self._hold()
            if size:
                self._later(wait)
        elif not self._unwanted:
            self._read()

    def _more_waits(self) -> bool:
        return bool(self._held) or self._full

    def _discard(self, size: int) -> None:
        self._discarded += size
        if self._discarded > MOST_DISCARDED:
            self._cut()
        else:
            self._hold()
            self._later(BETWEEN)

    def _later(self, seconds: float) -> None:
        if self._next is None:
            self._next = self._loop.call_later(seconds, self._turn)

    def _turn(self) -> None:
        self._next = None
        if self.ending:
            self._read()
        elif not self._unwanted:
            if self._held:
                self._take()
            else:
                self._full = False
                self._read()

    def _hold(self) -> None:
        if not (self._paused or self.transport.is_closing()):
            self._paused = True
            self.transport.pause_reading()

    def _read(self) -> None:
        if self._paused and not self.transport.is_closing():
            self._paused = False
            self.transport.resume_reading()


class Tap:
    """The transport as the reader of an `intake` sees it."""

    def __init__(self, intake: Intake) -> None:
        self._intake, self._transport = intake, intake.transport

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._intake.ending:
            self._transport.write(data)

    def pause_reading(self) -> None:
        self._intake.stop()

    def resume_reading(self) -> None:
        self._intake.go_on()

    def set_protocol(self, protocol: Patient) -> None:
        self._intake.reader = protocol

    def is_closing(self) -> bool:
        return self._intake.ending or self._transport.is_closing()

    def close(self) -> None:
        self._intake.close()
