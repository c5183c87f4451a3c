"""The websocket: a pump between the socket, the session and the workers."""

import asyncio
import time
from collections.abc import Sequence
from functools import partial

from starlette.websockets import WebSocket, WebSocketDisconnect

from app import limits
from app.core.problems import Problem
from app.protocol.run import Compute
from app.protocol.session import Action, Session
from app.protocol.slices import Slice
from app.settings import Settings
from app.web.problems import internal, log
from app.web.receipts import Untaken
from app.web.workers import workers_for
from app.work.shelf import kept_slice

MOST_WAITING = 64
"""Answers that may wait to be sent; beyond, nothing more is read from this client."""


class Stream:
    """One viewer's socket. Three tasks: one reads, one sends, one has slices computed, at most one at a time.

    A slice is asked for only when all that came before was sent and all but a few are known to be taken, so that for a
    viewer that reads slowly little is computed, and for one that does not read nothing. A viewer that takes nothing
    loses its connection, which ends all three.
    """

    def __init__(self, socket: WebSocket, settings: Settings) -> None:
        self._socket = socket
        self._session = Session(limits.public(settings), partial(limits.admit_stream, settings=settings))
        self._outbox: asyncio.Queue[str | bytes] = asyncio.Queue()
        self._wanted: Compute | None = None
        self._wakes = asyncio.Event()
        self._pending: asyncio.Future[Slice] | None = None
        self._untaken = Untaken(socket.scope.get("extensions", {}))

    async def run(self) -> None:
        """Serve until the viewer goes, or is let go."""
        await self._socket.accept()
        self._perform(self._session.open())
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read())
                tasks.create_task(self._send())
                tasks.create_task(self._compute())
        except* WebSocketDisconnect:
            pass

    def _perform(self, actions: Sequence[Action]) -> None:
        for action in actions:
            if isinstance(action, Compute):
                self._wanted = action
                self._wakes.set()
                if self._pending:
                    # Dropped if no worker has begun it; else its result will be ignored.
                    self._pending.cancel()
            else:
                self._outbox.put_nowait(action.data)

    async def _read(self) -> None:
        while True:
            message = await self._socket.receive()
            if message["type"] == "websocket.disconnect":
                raise WebSocketDisconnect(message.get("code") or 1005)
            text = message.get("text")
            begun = time.perf_counter()
            self._perform(self._session.receive(message["bytes"] if text is None else text))
            # As long as it took others have their turn, be it a moment: not one message after the other.
            await asyncio.sleep(time.perf_counter() - begun)
            if self._outbox.qsize() > MOST_WAITING:
                await self._outbox.join()

    async def _send(self) -> None:
        while True:
            data = await self._outbox.get()
            await (self._socket.send_text(data) if isinstance(data, str) else self._socket.send_bytes(data))
            self._outbox.task_done()

    async def _compute(self) -> None:
        while True:
            await self._wakes.wait()
            await self._outbox.join()
            await self._untaken.room()
            self._wakes.clear()
            if self._wanted:
                job, self._wanted = self._wanted, None
                self._perform(await self._result(job))
                await self._outbox.join()
                self._untaken.add()

    async def _result(self, job: Compute) -> Sequence[Action]:
        workers = workers_for(self._socket, job.urgency)
        work = workers.submit(kept_slice, job.text, job.carry, job.count, finish=job.finish)
        self._pending = asyncio.wrap_future(work)
        try:
            await asyncio.wait([self._pending])
            if not self._pending.cancelled():
                return self._session.computed(job.serial, self._pending.result())
        except Problem as problem:
            return self._session.failed(job.serial, problem)
        except Exception:
            log.exception("a slice failed")
            return self._session.failed(job.serial, internal())
        finally:
            self._pending.cancel()
            self._pending = None
        return []
