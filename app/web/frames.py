"""Websockets whose frames and bytes are counted before they are read."""

from typing import Any

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.exceptions import InvalidMessage
from websockets.frames import Frame
from websockets.http11 import MAX_LINE_LENGTH, MAX_NUM_HEADERS

from app.core.problems import Problem
from app.core.words import message
from app.settings import Settings
from app.web.buckets import Buckets, client_of
from app.web.connections import refusal
from app.web.patient import Patient

MOST_FRAMES = 64
"""Frames that are read of a websocket before others have their turn."""

EXTENDED = {126: 2, 127: 8}
"""By the length that a frame's second byte tells: how many more bytes tell the true one."""

LONGEST_PAUSE = 1.0  # s; a client over its rate is read from this late, at most
FLOODED = 1008
"""The code by which a websocket is closed that floods."""

UNREADABLE = Problem("bad-request", message("problems.bad-request.websocket"), status=400)
TOO_LARGE = Problem(
    "head-too-large",
    message("problems.head-too-large.websocket", bytes=MAX_LINE_LENGTH, headers=MAX_NUM_HEADERS),
    status=431,
)


class Allowances:
    """What each client may send over all its websockets together: frames, and bytes."""

    def __init__(self, settings: Settings) -> None:
        self._bursts = settings.message_burst, settings.byte_burst
        self._frames = Buckets(settings.message_rate, settings.message_burst)
        self._bytes = Buckets(settings.byte_rate, settings.byte_burst)
        frames, size = (f"{rate:.9g}" for rate in (settings.message_rate, settings.byte_rate))
        self.reason = message("problems.flooded", frames=frames, bytes=size)

    def frames(self, client: str, now: float) -> int:
        """How many frames may come at once."""
        return min(MOST_FRAMES, max(1, int(self._frames.left(client, now))))

    def take(self, client: str, now: float, frames: int, size: int) -> float:
        """Count what came, and give the seconds until more may come."""
        waits = self._frames.take(client, now, frames, owe=True), self._bytes.take(client, now, size, owe=True)
        return min(LONGEST_PAUSE, max(waits))

    def rest(self, client: str, now: float) -> bool:
        """Whether half of what may come at once could come again."""
        left = self._frames.left(client, now), self._bytes.left(client, now)
        return all(there >= burst / 2 for there, burst in zip(left, self._bursts, strict=True))

    def exceeded_by(self, late: tuple[int, int]) -> bool:
        """Whether so many frames or bytes are more than may come at once."""
        return any(came > burst for came, burst in zip(late, self._bursts, strict=True))


class WebSocketConnection(Patient, WebSocketsSansIOProtocol):
    """A websocket. A client over its rate is read from later, and a connection that goes on regardless is closed."""

    allowances: Allowances

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._walk = FrameWalk()
        self._client = ""
        self._pieces = bytearray()  # of a message, but for its first
        self._expected = 0  # answers to pings of ours
        self._late: tuple[int, int] | None = None  # the frames and bytes that came since its client was over its rate

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        # Whose frames they are is known when the handshake is through.
        self.transport.pause_reading()

    def portion(self, data: bytes) -> tuple[int, float]:
        client, now = self._client, self.loop.time()
        size, frames = self._walk.on(data, self.allowances.frames(client, now))
        answers = min(frames, self._expected)
        self._expected -= answers
        wait = self.allowances.take(client, now, frames - answers, size)
        if self.allowances.rest(client, now):
            self._late = None
        elif wait or self._late:
            late = self._late or (0, 0)
            self._late = late[0] + frames - answers, late[1] + size
            if self.allowances.exceeded_by(self._late):
                self._let_go()
        return size, wait

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.conn.handshake_exc and not self.transport.is_closing():
            unreadable = isinstance(self.conn.handshake_exc, InvalidMessage)
            self.transport.write(refusal(UNREADABLE if unreadable else TOO_LARGE))
            self.transport.close()

    def handle_cont(self, event: Frame) -> None:
        # Put together as it comes: a message may be cut into any number of pieces, empty ones too.
        self._pieces += event.data
        if event.fin:
            self.frames = [self.frames[0] + self._pieces]
            self._pieces = bytearray()
            self.send_receive_event_to_app()

    def send_keepalive_ping(self) -> None:
        self._expected += 1
        super().send_keepalive_ping()

    async def send(self, message: ASGISendEvent) -> None:
        # While it waited to be written to, the connection may have been let go.
        await self.writable.wait()
        if self.close_sent and message["type"] == "websocket.send":
            raise ClientDisconnected
        await super().send(message)
        if message["type"] == "websocket.accept":
            self._client = client_of(self.scope)
            self.transport.resume_reading()
        elif message["type"] == "websocket.http.response.body":
            # A handshake that was refused with an answer is complete: otherwise that is logged as a fault.
            self.handshake_complete = True

    def _let_go(self) -> None:
        if not (self.close_sent or self.transport.is_closing()):
            self.conn.fail(FLOODED, str(self.allowances.reason))
            self.handle_parser_exception()


class FrameWalk:
    """Finds where frames begin in bytes as they come, without looking into them."""

    def __init__(self) -> None:
        self._head = bytearray()  # what came of a frame's first bytes
        self._left = 0  # bytes of its content that are still to come

    def on(self, data: bytes, most: int) -> tuple[int, int]:
        """How many bytes of `data` go by before there are more than `most` frames, and how many begin in them."""
        at = frames = 0
        while at < len(data):
            if self._left:
                step = min(self._left, len(data) - at)
                self._left -= step
            else:
                if not self._head:
                    if frames == most:
                        break
                    frames += 1
                step = self._begin(data[at : at + 14])
            at += step
        return at, frames

    def _begin(self, data: bytes) -> int:
        """Take of `data` what belongs to the first bytes of a frame."""
        known = len(self._head)
        self._head += data
        size = _head_size(self._head)
        if len(self._head) < size:
            return len(data)
        del self._head[size:]
        long = self._head[1] & 127
        extended = EXTENDED.get(long, 0)
        self._left = int.from_bytes(self._head[2 : 2 + extended], "big") if extended else long
        self._head.clear()
        return size - known


def _head_size(head: bytearray) -> int:
    """The bytes before a frame's content, as far as they can be known."""
    if len(head) < 2:
        return 2
    return 2 + EXTENDED.get(head[1] & 127, 0) + (4 if head[1] & 128 else 0)
