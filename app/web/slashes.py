"""Addresses with a slash too many at their end, as people type them, lead to those without."""

from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match, Route, Router

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
SAFE = "/!$&'()*+,;=:@~"


def route(router: Router, root: str) -> Route:
    """The route of all addresses that end with a slash; it stands behind those of `router` that do so on purpose.
    root: the path before every address of the server.
    """

    async def lead(request: Request) -> Response:
        path = str(request.scope["path"]).rstrip("/")
        bare = {**request.scope, "path": path}
        if not any(one is not itself and one.matches(bare)[0] != Match.NONE for one in router.routes):
            raise HTTPException(404)
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{root}{quote(path, safe=SAFE)}{query}", 308)

    itself = Route("/{path:path}/", lead, methods=METHODS, include_in_schema=False)
    return itself
