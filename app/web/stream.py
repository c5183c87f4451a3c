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
from app.protocol.show import Send
from app.protocol.slices import Slice
from app.settings import Settings
from app.web.problems import internal, log
from app.web.receipts import Untaken
from app.web.workers import workers_for
from app.work.shelf import kept_slice

MOST_WAITING = 64
"""Answers that may wait to be sent; beyond, nothing more is read from this client."""

AT_ONCE = 4
"""Slices of one connection that may be under way: so many may come to wait for a viewer that does not read."""


class Stream:
    """One viewer's socket. One task reads, one sends, one has slices computed: at most one at a time for each show, and
    `AT_ONCE` in all. Shows that want more take turns.

    A slice is asked for only when all that came before was sent and all but a few are known to be taken, so that for a
    viewer that reads slowly little is computed, and for one that does not read nothing. A viewer that takes nothing
    loses its connection, which ends all tasks.
    """

    def __init__(self, socket: WebSocket, settings: Settings) -> None:
        self._socket = socket
        admit = partial(limits.admit_stream, settings=settings)
        self._session = Session(limits.public(settings), admit, settings.max_shows)
        self._outbox: asyncio.Queue[str | bytes] = asyncio.Queue()
        self._wanted: dict[str | None, Compute] = {}
        """What is to be computed next for each show, in the order in which shows came to want something."""
        self._pending: dict[str | None, asyncio.Future[Slice]] = {}
        """What is being computed for a show."""
        self._wakes = asyncio.Event()
        self._untaken = Untaken(socket.scope.get("extensions", {}))

    async def run(self) -> None:
        """Serve until the viewer goes, or is let go."""
        await self._socket.accept()
        self._perform(self._session.open())
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._read())
                tasks.create_task(self._send())
                tasks.create_task(self._compute(tasks))
        except* WebSocketDisconnect:
            pass

    def _perform(self, actions: Sequence[Action]) -> None:
        for action in actions:
            if isinstance(action, Send):
                self._outbox.put_nowait(action.data)
                continue
            if isinstance(action, Compute):
                self._wanted[action.show] = action
                self._wakes.set()
            else:
                self._wanted.pop(action.show, None)
            if action.show in self._pending:
                # Dropped if no worker has begun it; else its result will be ignored.
                self._pending[action.show].cancel()

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

    async def _compute(self, tasks: asyncio.TaskGroup) -> None:
        while True:
            await self._wakes.wait()
            await self._outbox.join()
            await self._untaken.room()
            self._wakes.clear()
            for show in [show for show in self._wanted if show not in self._pending]:
                if len(self._pending) < AT_ONCE:
                    tasks.create_task(self._slice(self._begin(self._wanted.pop(show))))

    def _begin(self, work: Compute) -> Compute:
        workers = workers_for(self._socket, work.urgency)
        task = workers.submit(kept_slice, work.text, work.carry, work.count, finish=work.finish)
        self._pending[work.show] = asyncio.wrap_future(task)
        return work

    async def _slice(self, work: Compute) -> None:
        self._perform(await self._result(work))
        self._wakes.set()
        await self._outbox.join()
        self._untaken.add()

    async def _result(self, work: Compute) -> Sequence[Action]:
        pending = self._pending[work.show]
        try:
            await asyncio.wait([pending])
            if not pending.cancelled():
                return self._session.computed(work, pending.result())
        except Problem as problem:
            return self._session.failed(work, problem)
        except Exception:
            log.exception("a slice failed")
            return self._session.failed(work, internal())
        finally:
            pending.cancel()
            del self._pending[work.show]
        return []
