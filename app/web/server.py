"""How the application is served."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from socket import socket
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from app.settings import Settings
from app.web.connections import HttpConnection
from app.web.frames import Allowances
from app.web.intake import Endings, Intake
from app.web.listening import listen
from app.web.problems import log
from app.web.receipts import ReceiptedConnection

SHUTDOWN = 5  # s
FAILED = 3
"""The exit status of a server that could not start."""


def serve(app: ASGIApp, settings: Settings, sockets: Sequence[socket] = ()) -> None:
    """Serve `app` at `sockets`, or else where the settings say, until the process is told to end."""

    class Http(HttpConnection):
        patience = settings.send_timeout

    class WebSocket(ReceiptedConnection):
        patience = settings.send_timeout
        allowances = Allowances(settings)

    read: Any = partial(Intake, Http, Endings())
    config = uvicorn.Config(
        app,
        http=read,
        ws=WebSocket,
        ws_max_size=settings.message_bytes,
        ws_per_message_deflate=False,
        ws_ping_interval=settings.ping_interval,
        ws_ping_timeout=settings.ping_interval,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        server_header=False,
        access_log=False,
        log_level=settings.log_level,
        timeout_graceful_shutdown=SHUTDOWN,
    )
    server = Server(config)
    with suppress(KeyboardInterrupt):
        server.run(list(sockets) or listen(settings.host, settings.port))
    if not server.started:
        sys.exit(FAILED)


class Server(uvicorn.Server):
    """A server that says where it is found."""

    async def startup(self, sockets: list[socket] | None = None) -> None:
        await super().startup(sockets)
        for one in sockets or []:
            host, port = one.getsockname()[:2]
            log.info("Serving http://%s:%d (Ctrl+C ends it)", f"[{host}]" if ":" in host else host, port)
