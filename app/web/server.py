"""How the application is served."""

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from app.settings import Settings

LINGER = 2.0  # s
SHUTDOWN = 5  # s


class WebSocketProtocol(WebSocketsSansIOProtocol):
    """A websocket that is given up some time after its end where the viewer does not take what is left.

    Otherwise a viewer that stopped reading would keep its connection, and what waits in it, for ever.
    """

    async def run_asgi(self) -> None:
        await super().run_asgi()
        if self.transport.get_write_buffer_size():
            self.loop.call_later(LINGER, self.transport.abort)


def serve(app: ASGIApp, settings: Settings) -> None:
    """Serve `app` until the process is told to end."""
    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        http="httptools",
        ws=WebSocketProtocol,
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
