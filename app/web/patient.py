"""Connections that are given up where the client takes nothing of what waits for it."""

import asyncio


class Patient(asyncio.Protocol):
    """A connection that is cut when for `patience` seconds its client took nothing of what waits for it.

    It reads through an Intake, which asks it how much it takes.
    """

    patience: float
    transport: asyncio.Transport
    loop: asyncio.AbstractEventLoop
    _watch: asyncio.TimerHandle | None = None

    def portion(self, data: bytes) -> tuple[int, float]:
        """How many bytes of `data` may be read now, and for how many seconds nothing after them."""
        return len(data), 0.0

    def unfinished(self) -> bool:
        """Whether the client is in the middle of saying something."""
        return False

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
