"""HTTP connections: what a request may have beside its body, and how its connection ends."""

import asyncio
import json
from http import HTTPStatus
from typing import Any

from httptools import HttpRequestParser
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.core.problems import Problem
from app.core.words import Message, message
from app.web.patient import Patient
from app.web.problems import MEDIA_TYPE

LONGEST_HEAD = 65_536
"""Bytes that the request line and all headers may have together, and so many whatever else is no body."""

MOST_HEADERS = 256


class HttpConnection(Patient, HttpToolsProtocol):
    """HTTP whose request heads must be short and come within `patience` seconds.

    What stands between the parts of a body, and behind it, is counted as a head is. Where an answer is given before the
    request has all come, the connection ends with it.
    """

    _count = 0  # bytes that came since the request began, or since the last of its body
    _headers = 0
    _in_body = False
    _refused = False
    _stays = False  # whether the connection is to be kept when the request has come
    _deadline: asyncio.TimerHandle | None = None

    def portion(self, data: bytes) -> tuple[int, float]:
        # Requests that came together are answered before more of them are read.
        return 0 if self.pipeline else len(data), 0.0

    def unfinished(self) -> bool:
        return self._in_body or self._count > 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._end_wait()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        room = LONGEST_HEAD - self._count
        self._count += len(data[:room])
        if not self._in_body:
            self._await_head()
        if room and not self._refused:
            super().data_received(data[:room])
        rest = data[room:]
        if not rest or self._refused or self.transport.is_closing():
            return
        if self._count == LONGEST_HEAD:
            self._refuse_head(message("problems.head-too-large.bytes", n=LONGEST_HEAD))
        else:
            self.data_received(rest)

    def on_header(self, name: bytes, value: bytes) -> None:
        # Nothing is read in what stands behind a body.
        if not self._in_body:
            self._headers += 1
            if self._headers <= MOST_HEADERS:
                super().on_header(name, value)
            else:
                self._refuse_head(message("problems.head-too-large.headers", n=MOST_HEADERS))

    def on_headers_complete(self) -> None:
        self._end_wait()
        if not self._refused and self.parser.should_upgrade() and self._should_upgrade():
            self._check_upgrade()
        if self._refused:
            return
        super().on_headers_complete()
        self._in_body = True
        if self.cycle:
            self._stays, self.cycle.keep_alive = self.cycle.keep_alive, False

    def on_body(self, body: bytes) -> None:
        self._count = 0
        if not self._refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        self._count = self._headers = 0
        self._in_body = False
        if self._refused:
            return
        if self.cycle and not self.cycle.response_started:
            self.cycle.keep_alive = self._stays
        super().on_message_complete()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if not self.pipeline:
            self.transport.resume_reading()

    def handle_websocket_upgrade(self) -> None:
        if not self._refused:
            super().handle_websocket_upgrade()

    def shutdown(self) -> None:
        self._stays = False
        super().shutdown()

    def send_400_response(self, msg: str) -> None:
        self._refuse(Problem("bad-request", message("problems.bad-request.http"), status=400))

    def _check_upgrade(self) -> None:
        fields = dict(self.headers)
        if b"transfer-encoding" in fields or fields.get(b"content-length", b"0") != b"0":
            self._refuse(Problem("bad-request", message("problems.bad-request.body"), status=400))
        elif self.cycle and not (self.cycle.response_complete and self.transport.get_write_buffer_size() == 0):
            self._refuse(Problem("bad-request", message("problems.bad-request.early"), status=400))

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

    def _refuse_head(self, detail: Message) -> None:
        self._refuse(Problem("head-too-large", detail, status=431))

    def _refuse(self, problem: Problem) -> None:
        """Read nothing more; say why where no other answer is under way, and else end the connection with that one."""
        if self._refused:
            return
        self._refused = True
        self._end_wait()
        cycle = self.cycle
        if cycle and not cycle.response_complete:
            if self.pipeline or cycle.response_started or not self._in_body:
                cycle.keep_alive = False
                return
            cycle.disconnected = True
            cycle.message_event.set()
        self.transport.write(refusal(problem))
        self.transport.close()
        # What was read stays no longer than this, however long the client takes to stop.
        self.parser, self.url = HttpRequestParser(self), b""
        self.headers = []


def refusal(problem: Problem) -> bytes:
    """The whole answer that tells the problem, with which a connection ends."""
    body = json.dumps(problem.document())
    head = (
        f"HTTP/1.1 {problem.status} {HTTPStatus(problem.status).phrase}\r\ncontent-type: {MEDIA_TYPE}\r\n"
        f"content-length: {len(body)}\r\nconnection: close\r\n\r\n"
    )
    return (head + body).encode()
