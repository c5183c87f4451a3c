"""A server that watches its own event loop: `GET /pauses` tells the longest it was kept since the last time."""

import asyncio
import sys
import time

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.main import create_app
from app.settings import Settings
from app.web.server import serve

TICK = 0.002  # s


class Watched:
    """`app`, with the watch begun at its first call."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._task: asyncio.Task[None] | None = None
        self._late = self._kept = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._task = self._task or asyncio.create_task(self._watch())
        if scope["type"] == "http" and scope["path"] == "/pauses":
            found = {"late": self._late, "kept": self._kept}
            self._late = self._kept = 0.0
            await JSONResponse(found)(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _watch(self) -> None:
        """late: how much later than asked the loop came back; kept: the part of it in which this process computed, in
        whatever thread. The rest is time that the machine gave to other processes.
        """
        while True:
            begin, work = time.perf_counter(), time.process_time()
            await asyncio.sleep(TICK)
            late = time.perf_counter() - begin - TICK
            self._late = max(self._late, late)
            self._kept = max(self._kept, min(late, time.process_time() - work))


if __name__ == "__main__":
    settings = Settings(port=int(sys.argv[1]), log_level="warning", request_burst=10_000)
    serve(Watched(create_app(settings)), settings)
