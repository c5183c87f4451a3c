"""How the application is served."""

import uvicorn
from starlette.types import ASGIApp

from app.settings import Settings
from app.web.connections import HttpConnection
from app.web.receipts import ReceiptedConnection

SHUTDOWN = 5  # s


def serve(app: ASGIApp, settings: Settings) -> None:
    """Serve `app` until the process is told to end."""

    class Http(HttpConnection):
        patience = settings.send_timeout

    class WebSocket(ReceiptedConnection):
        patience = settings.send_timeout

    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        http=Http,
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
