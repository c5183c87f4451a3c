"""Receipts: what the reader of a websocket has taken. That it was sent says little, as networks hold megabytes."""

import asyncio
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any

from websockets.frames import Frame
from websockets.http11 import Request

from app.web.frames import WebSocketConnection

RECEIPT = "receipt"
"""In the extensions of a websocket's scope: gives a future that is done when all that was sent before was taken."""

MOST_UNTAKEN, MANY_UNTAKEN = 4, 2
"""Pieces that may be on their way to a reader, and so many that a receipt is asked for."""


class ReceiptedConnection(WebSocketConnection):
    """A websocket that gives receipts. They are pongs: whoever reads answers pings in their place, by itself."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._numbers = count()
        self._asked: dict[bytes, asyncio.Future[None]] = {}

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.handshake_initiated and not self.handshake_complete:
            scope: Any = self.scope
            scope["extensions"][RECEIPT] = self._ask

    def handle_pong(self, event: Frame) -> None:
        super().handle_pong(event)
        mark = bytes(event.data)
        # One pong may stand for all pings before it.
        while mark in self._asked:
            self._settle(next(iter(self._asked)))

    def connection_lost(self, exc: Exception | None) -> None:
        for mark in list(self._asked):
            self._settle(mark)
        super().connection_lost(exc)

    def _ask(self) -> "asyncio.Future[None]":
        # Longer than the server's own pings, so that none is taken for another.
        mark = next(self._numbers).to_bytes(8, "big")
        asked = self._asked[mark] = self.loop.create_future()
        if self.transport.is_closing():
            self._settle(mark)
        else:
            self._expected += 1
            self.conn.send_ping(mark)
            self.transport.write(b"".join(self.conn.data_to_send()))
        return asked

    def _settle(self, mark: bytes) -> None:
        asked = self._asked.pop(mark)
        if not asked.done():
            asked.set_result(None)


class Untaken:
    """Counts the pieces that were sent to a reader and not taken yet.

    Where there are no receipts, in the `extensions` of a scope, what was sent counts as taken.
    """

    def __init__(self, extensions: Mapping[str, Any]) -> None:
        self._ask: Callable[[], asyncio.Future[None]] | None = extensions.get(RECEIPT)
        self._asked: asyncio.Future[None] | None = None
        self._sent = self._taken = 0

    def add(self) -> None:
        """One more piece was sent."""
        self._sent += 1
        if self._ask and self._asked is None and self._sent - self._taken >= MANY_UNTAKEN:
            sent, self._asked = self._sent, self._ask()
            self._asked.add_done_callback(lambda _: self._take(sent))

    async def room(self) -> None:
        """Return when one more may be sent."""
        while self._asked and self._sent - self._taken >= MOST_UNTAKEN:
            await asyncio.wait([self._asked])

    def _take(self, sent: int) -> None:
        self._taken, self._asked = sent, None
