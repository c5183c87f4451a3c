"""What every request passes: host and origin checks, rates, security headers, and the last net for faults of ours."""

import asyncio
import logging
import math
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.problems import Problem
from app.core.words import message
from app.settings import Settings
from app.web.buckets import Buckets, client_of
from app.web.problems import ProblemHandlers, internal
from app.web.sockets import Sockets

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
EMBED_HEADERS = SECURITY_HEADERS | {
    "content-security-policy": CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors *"),
    "cross-origin-opener-policy": "unsafe-none",
    "cross-origin-resource-policy": "cross-origin",
}
"""Of what is made to stand in pages of other sites. Its own calls and sockets still come from an origin of ours."""

DEFAULT_PORTS = {"http": ":80", "https": ":443"}
EMBED = re.compile("(amp;)*embed")
EXPORT = re.compile(r"/api/experiments/[^/]*/export/.*")
"""What is computed although it is only asked for."""

_HOST = re.compile(r"([a-z0-9._-]{1,253}|\[[0-9a-f:.]{2,45}\])(:[0-9]{1,5})?", re.IGNORECASE)

log = logging.getLogger("app.web")


class Guard:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, settings: Settings, handlers: ProblemHandlers) -> None:
        self._app, self._settings, self._handlers = app, settings, handlers
        self._requests = Buckets(settings.request_rate, settings.request_burst)
        self._sockets = Sockets(settings.max_sockets)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        reply = _Reply(send, EMBED_HEADERS if _embeds(connection) else SECURITY_HEADERS)
        try:
            self._check(connection)
            wait = self._wait(connection)
            if wait:
                await self._refuse(connection, receive, reply, _too_often(wait), {"retry-after": str(wait)})
            else:
                with self._counted(connection):
                    await self._app(scope, receive, reply)
        except Problem as problem:
            await self._refuse(connection, receive, reply, problem)
        except asyncio.CancelledError:
            # Who is in the middle of an answer, or of a socket, sees the connection end.
            if reply.begun:
                raise
            await self._refuse(connection, receive, reply, _ending())
        except Exception:
            log.exception("%s failed", scope["path"])
            await self._refuse(connection, receive, reply, internal())

    def _check(self, connection: HTTPConnection) -> None:
        check_host(connection, self._settings.hosts)
        if _computes(connection):
            check_origin(connection, self._settings.origins)

    def _counted(self, connection: HTTPConnection) -> AbstractContextManager[None]:
        """While a request is served; raises Problem where it is for one websocket too many."""
        return self._sockets.one(client_of(connection)) if connection.scope["type"] == "websocket" else nullcontext()

    def _wait(self, connection: HTTPConnection) -> int:
        """The whole seconds after which this client may ask again, or 0."""
        if not _computes(connection):
            return 0
        return math.ceil(self._requests.take(client_of(connection), asyncio.get_running_loop().time()))

    async def _refuse(
        self,
        connection: HTTPConnection,
        receive: Receive,
        reply: "_Reply",
        problem: Problem,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        if reply.begun:
            return
        # Starlette turns this into the refusal of a handshake where the scope is a websocket's.
        response = self._handlers.answer(connection, problem, headers)
        await response(connection.scope, receive, reply)


def _computes(connection: HTTPConnection) -> bool:
    """Whether the request may have something computed."""
    if connection.scope["type"] == "websocket" or str(connection.scope["method"]) == "POST":
        return True
    return EXPORT.fullmatch(connection.url.path) is not None


def _embeds(connection: HTTPConnection) -> bool:
    """Whether the request is for a page that other sites may frame."""
    path = connection.url.path
    return path.startswith("/embed/") or (path == "/" and asks_embed(connection))


def asks_embed(connection: HTTPConnection) -> bool:
    """Whether the address asks for a part of another page, also where it was written as HTML on its way."""
    return any(value == "1" and EMBED.fullmatch(name) for name, value in connection.query_params.multi_items())


def _too_often(wait: int) -> Problem:
    return Problem("too-many-requests", message("problems.too-many-requests.asks", n=wait), status=429)


def _ending() -> Problem:
    return Problem("stopping", message("problems.stopping.detail"), status=503)


class _Reply:
    """`send` with the security `headers`, that knows whether the answer has begun."""

    def __init__(self, send: Send, headers: Mapping[str, str]) -> None:
        self._send, self._headers = send, headers
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] in {"http.response.start", "websocket.http.response.start"}:
            headers = MutableHeaders(scope=message)
            for name, value in self._headers.items():
                headers.setdefault(name, value)
        self.begun = True
        await self._send(message)


def check_host(connection: HTTPConnection, hosts: tuple[str, ...]) -> None:
    """Raise Problem where the Host header is missing, malformed, or none of `hosts` (empty: any).

    HTTP/1.0, which probes of proxies speak, knows no such header.
    """
    found = connection.headers.getlist("host")
    if not found and not hosts and connection.scope["http_version"] == "1.0":
        return
    match = _HOST.fullmatch(found[0]) if len(found) == 1 else None
    if match is None:
        raise Problem("bad-host", message("problems.bad-host.detail"), status=400, title="problems.bad-request.title")
    if hosts and match[1].lower() not in hosts:
        raise Problem("wrong-host", message("problems.wrong-host.detail"), status=421)


def check_origin(connection: HTTPConnection, origins: tuple[str, ...]) -> None:
    """Raise Problem where a page of another site asks, unless its origin is one of `origins`.

    Programs that are no browser send no Origin.
    """
    origin = connection.headers.get("origin")
    if origin in origins or (origin is None and not _sent_from_elsewhere(connection)):
        return
    scheme, _, place = (origin or "").partition("://")
    own = _place(scheme, connection.headers.get("host", ""))
    if scheme not in DEFAULT_PORTS or own is None or _place(scheme, place) != own:
        raise Problem("foreign-origin", message("problems.foreign-origin.detail"), status=403)


def _sent_from_elsewhere(connection: HTTPConnection) -> bool:
    """Whether a browser says that a page of another site sends this. A link to a file may stand on any page."""
    sends = connection.scope.get("method") == "POST"
    return sends and connection.headers.get("sec-fetch-site") in {"cross-site", "same-site"}


def _place(scheme: str, place: str) -> tuple[str, str] | None:
    """Host name and port, the scheme's own port where none is named."""
    match = _HOST.fullmatch(place)
    return match and (match[1].lower(), match[2] or DEFAULT_PORTS.get(scheme, ""))
