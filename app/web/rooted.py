"""The server under a path of another host, as a proxy shows it."""

from starlette.types import ASGIApp, Receive, Scope, Send


class Rooted:
    """ASGI middleware that takes `root`, such as "/playground", from the front of paths. A proxy may as well have taken
    it away already: no path of the server's own begins so.
    """

    def __init__(self, app: ASGIApp, root: str) -> None:
        self._app, self._root = app, root

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in {"http", "websocket"}:
            scope = {**scope, "path": bare_path(scope["path"], self._root)}
        await self._app(scope, receive, send)


def bare_path(path: str, root: str) -> str:
    """`path` without `root` in front of it, if it is there as whole segments."""
    return path[len(root) :] or "/" if path == root or path.startswith(f"{root}/") else path
