"""Every refusal and failure as RFC 9457 for programs, and as a page for people."""

import http
import json
import logging
from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from app.core.problems import Problem
from app.core.words import message
from app.web.templating import Templates

MEDIA_TYPE = "application/problem+json"
KNOWN = {
    404: Problem("not-found", message("problems.not-found.detail"), status=404),
    405: Problem("method-not-allowed", message("problems.method-not-allowed.detail"), status=405),
}

log = logging.getLogger("app.web")


def problem_response(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """The answer that a program gets."""
    body = json.dumps(problem.document()).encode()
    return Response(body, problem.status, {"cache-control": "no-store", **(headers or {})}, MEDIA_TYPE)


def internal() -> Problem:
    """The problem of a fault of ours; what it was stands in the log, not in the answer."""
    return Problem("internal", message("problems.internal.detail"), status=500)


def _by_status(status: int) -> Problem:
    if status in KNOWN:
        return KNOWN[status]
    phrase = http.HTTPStatus(status).phrase
    title, detail = message("problems.status.title", phrase=phrase), message("problems.status.detail", phrase=phrase)
    return Problem(phrase.lower().replace(" ", "-"), detail, status=status, title=title)


class ProblemHandlers:
    """Answers what was raised while a request was handled."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    async def on_problem(self, request: Request, error: Exception) -> Response:
        """A refusal of ours."""
        return self.answer(request, error if isinstance(error, Problem) else internal())

    async def on_http(self, request: Request, error: Exception) -> Response:
        """A refusal of the framework's, such as an unknown address."""
        if not isinstance(error, HTTPException):
            return self.answer(request, internal())
        headers = dict(error.headers or {})
        # Each method has a route of its own, and the framework tells the first route's, in any order.
        if allowed := set(filter(None, headers.get("Allow", "").split(", "))):
            headers["Allow"] = ", ".join(sorted(allowed | ({"HEAD"} if "GET" in allowed else set())))
        return self.answer(request, _by_status(error.status_code), headers)

    async def refuse_socket(self, socket: WebSocket) -> None:
        """A websocket to an unknown address."""
        await socket.send_denial_response(self.answer(socket, _by_status(404)))

    def answer(
        self, connection: HTTPConnection, problem: Problem, headers: Mapping[str, str] | None = None
    ) -> Response:
        """A page where a browser asked for one, else the problem itself."""
        wants_page = "text/html" in connection.headers.get("accept", "")
        if connection.url.path.startswith("/api/") or not wants_page:
            return problem_response(problem, headers)
        page = self._templates.render("error.html", title=str(problem.title), detail=str(problem.detail))
        return Response(page, problem.status, {"cache-control": "no-store", **(headers or {})}, "text/html")
