"""Connections that are given up where the client takes nothing of what waits for it, or never says what it wants."""

import asyncio
import json
from http import HTTPStatus

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.core.problems import Problem
from app.web.problems import MEDIA_TYPE

LONGEST_HEAD = 65_536
"""Bytes that the request line and all headers may have together."""

PIECE = 4096
"""Bytes of websocket messages that are read at once."""


class Patient(asyncio.Protocol):
    """A connection that is cut when for `patience` seconds its client took nothing of what waits for it."""

    patience: float
    transport: asyncio.Transport
    loop: asyncio.AbstractEventLoop
    _watch: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        # Writing is paused as soon as a single byte has to wait, so what is left when an answer ends is watched too.
        self.transport.set_write_buffer_limits(high=0)

    def pause_writing(self) -> None:
        super().pause_writing()
        self._begin_watch()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._end_watch()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_watch()
        super().connection_lost(exc)

    def _begin_watch(self) -> None:
        waits = self.transport.get_write_buffer_size()
        self._watch = self.loop.call_later(self.patience, self._judge, waits)

    def _end_watch(self) -> None:
        if self._watch:
            self._watch.cancel()
            self._watch = None

    def _judge(self, waited: int) -> None:
        if self.transport.get_write_buffer_size() < waited:
            self._begin_watch()
        else:
            self.transport.abort()


class HttpConnection(Patient, HttpToolsProtocol):
    """HTTP whose request heads must be short and come within `patience` seconds."""

    _head: int | None = 0  # bytes that came of a head; None while a body comes
    _deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_wait()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._head is None:
            super().data_received(data)
            return
        room = LONGEST_HEAD - self._head
        self._head += len(data[:room])
        self._await_head()
        if room:
            super().data_received(data[:room])
        rest = data[room:]
        if not rest or self.transport.is_closing():
            return
        if self._head == LONGEST_HEAD:
            detail = f"The address and headers may have {LONGEST_HEAD} bytes at most."
            self._refuse(Problem("head-too-large", "The request is too large", detail, status=431))
        else:
            self.data_received(rest)

    def on_headers_complete(self) -> None:
        self._head = None
        self._end_wait()
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._head = 0
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(Problem("bad-request", "Bad request", "This could not be read as an HTTP request.", status=400))

    def _await_head(self) -> None:
        if self._deadline is None:
            self._deadline = self.loop.call_later(self.patience, self._late)

    def _end_wait(self) -> None:
        if self._deadline:
            self._deadline.cancel()
            self._deadline = None

    def _late(self) -> None:
        self._deadline = None
        if self.cycle and not self.cycle.response_complete:
            self._await_head()
        else:
            self.transport.close()

    def _refuse(self, problem: Problem) -> None:
        body = json.dumps(problem.document())
        head = (
            f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
            f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write((head + body).encode())
        self.transport.close()


class WebSocketConnection(Patient, WebSocketsSansIOProtocol):
    """A websocket. What comes at once is read piece by piece: a thousand messages must not keep others waiting."""

    _unread = b""

    def data_received(self, data: bytes) -> None:
        waits, self._unread = bool(self._unread), self._unread + data
        if not waits:
            self._feed()

    async def send(self, message: ASGISendEvent) -> None:
        await super().send(message)
        if message["type"] == "websocket.http.response.body":
            # A handshake that was refused with an answer is complete: otherwise that is logged as a fault.
            self.handshake_complete = True

    def _feed(self) -> None:
        if self.transport.is_closing():
            return
        piece, self._unread = self._unread[:PIECE], self._unread[PIECE:]
        super().data_received(piece)
        if self._unread:
            self.loop.call_soon(self._feed)
