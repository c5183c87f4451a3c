"""Making files for clients: a few at a time, each in a process of its own, until the client goes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from app.compute.jobs import Job
from app.core.problems import Problem
from app.exports.catalog import Piece
from app.web.problems import internal, log
from app.work import files

SECONDS = 180.0
"""What one file may take."""

MOST_WAITING = 32
LOOK = 0.25  # s; between two looks at whether a client is still there

Begin = partial["Piece | None"]
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
    """Where files are ordered; `most` of them are made at a time, the others wait in their order."""

    def __init__(self, most: int) -> None:
        self._room = asyncio.Semaphore(most)
        self._waiting = 0

    @asynccontextmanager
    async def order(self, begin: Begin) -> AsyncIterator[Order]:
        """The file whose first piece `begin` gives, called in the process of a job. The job ends with the context."""
        if self._waiting >= MOST_WAITING:
            detail = "Many files are being made at the moment. Try again in a minute."
            raise Problem("busy", "The server is busy", detail, status=503)
        order = Order()
        work = asyncio.create_task(self._make(begin, order))
        try:
            yield order
        finally:
            work.cancel()

    async def _make(self, begin: Begin, order: Order) -> None:
        self._waiting += 1
        try:
            await self._room.acquire()
        finally:
            self._waiting -= 1
        job = Job(SECONDS, files.be_modest)
        try:
            piece = await asyncio.wrap_future(job.call(begin))
            while piece is not None:
                order.put(piece)
                piece = await asyncio.wrap_future(job.call(files.more))
            order.put(None)
        except Problem as problem:
            order.put(problem)
        except Exception:
            log.exception("an export failed")
            order.put(internal())
        finally:
            job.end()
            self._room.release()
