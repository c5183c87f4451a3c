"""Making files for clients: a few at a time, each apart from all other work, until the client goes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import count

from app.compute.executor import Executor
from app.core.problems import Problem
from app.core.words import message
from app.exports.catalog import Piece
from app.web.problems import internal, log
from app.work.files import FileKey, piece

SECONDS = 180.0
"""What one file may take."""

MOST_WAITING = 32
LOOK = 0.25  # s; between two looks at whether a client is still there

Here = Callable[[], Awaitable[bool]]


class Order:
    """A file that is being made. Pieces are kept until they are taken: who reads slowly keeps nobody waiting."""

    def __init__(self) -> None:
        self._found: asyncio.Queue[Piece | Problem | None] = asyncio.Queue()

    def put(self, found: Piece | Problem | None) -> None:
        """The next piece; None behind the last; or the problem that ended it."""
        self._found.put_nowait(found)

    async def next(self) -> Piece | None:
        """The next piece, None behind the last; raises the Problem that came up."""
        found = await self._found.get()
        if isinstance(found, Problem):
            raise found
        return found

    async def patient(self, here: Here) -> Piece | None:
        """The next piece, for as long as somebody is `here`; raises Gone where nobody is."""
        waiting = asyncio.ensure_future(self.next())
        try:
            while not (await asyncio.wait({waiting}, timeout=LOOK))[0]:
                if not await here():
                    raise Gone
            return waiting.result()
        finally:
            waiting.cancel()


class Gone(Exception):
    """The client is not there any more."""


class Desk:
    """Where files are ordered. As many are made at a time as the executor has room for, the others wait in order."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor
        self._room = asyncio.Semaphore(executor.most_apart)
        self._waiting = 0

    @asynccontextmanager
    async def order(self, key: FileKey) -> AsyncIterator[Order]:
        """The file `key`. Making it ends with the context."""
        if self._waiting >= MOST_WAITING:
            raise Problem("busy", message("problems.busy.detail"), status=503)
        order = Order()
        work = asyncio.create_task(self._make(key, order))
        try:
            yield order
        finally:
            work.cancel()

    async def _make(self, key: FileKey, order: Order) -> None:
        self._waiting += 1
        try:
            await self._room.acquire()
        finally:
            self._waiting -= 1
        try:
            async with asyncio.timeout(SECONDS):
                await self._fill(key, order)
        except TimeoutError:
            order.put(Problem("took-too-long", message("problems.took-too-long.detail"), status=503))
        except Problem as problem:
            order.put(problem)
        except Exception:
            log.exception("an export failed")
            order.put(internal())
        finally:
            self._room.release()

    async def _fill(self, key: FileKey, order: Order) -> None:
        workers = self._executor.apart()
        try:
            for number in count():
                found = await asyncio.wrap_future(workers.submit(piece, key, number))
                order.put(found)
                if found is None:
                    return
        finally:
            workers.shutdown(wait=False, cancel_futures=True)
