"""In which language a request is answered."""

from babel import negotiate_locale
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.words import ENGLISH, languages, speaking


class Languages:
    """ASGI middleware: what it holds is said in the language that the address names as `lang`, or else in the one of
    those there are that the browser likes best, or else in English.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        language = language_of(HTTPConnection(scope))

        async def reply(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-language", language)
                headers.add_vary_header("accept-language")
            await send(message)

        with speaking(language):
            await self._app(scope, receive, send if scope["path"].startswith("/static/") else reply)


def language_of(connection: HTTPConnection) -> str:
    """One of `languages()`."""
    wanted = [connection.query_params.get("lang", ""), *_liked(connection)]
    return negotiate_locale([name.lower() for name in wanted], languages(), sep="-") or ENGLISH


def _liked(connection: HTTPConnection) -> list[str]:
    """The languages of the browser, best first (RFC 9110, 12.5.4)."""
    weighed = []
    for part in connection.headers.get("accept-language", "").split(","):
        name, _, weight = part.strip().partition(";q=")
        if weight.strip() not in {"0", "0.0", "0.00", "0.000"}:
            weighed.append((_number(weight), name.strip()))
    return [name for _, name in sorted(weighed, key=lambda one: -one[0])]


def _number(weight: str) -> float:
    try:
        return float(weight or 1)
    except ValueError:
        return 0.0
