"""Yardsticks: a bare server and a bare page, with nothing of ours but the same plotly file, canvas and bytes."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from app.web.statics import read_statics
from tests.server import free_port, launch

PAGE = Path(__file__).with_suffix(".html")
PLOTLY = read_statics().assets["vendor/plotly.min.js"]


async def plotly(_: Request) -> Response:
    """The same file as the page's own, compressed alike."""
    headers = {"content-encoding": "gzip"}
    return Response(PLOTLY.bodies["gzip"], media_type=PLOTLY.media_type, headers=headers)


async def echo(socket: WebSocket) -> None:
    """Answers each message, which is a number, with so many bytes."""
    await socket.accept()
    async for text in socket.iter_text():
        await socket.send_bytes(bytes(int(text)))


def application() -> Starlette:
    """A page, plotly's script, and a socket."""
    page = Route("/", lambda _: FileResponse(PAGE))
    return Starlette(routes=[page, Route("/plotly.js", plotly), WebSocketRoute("/ws", echo)])


@contextmanager
def bare_server() -> Iterator[str]:
    """Its address, for as long as the context lasts."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    process = launch([sys.executable, "-m", "tests.bench.bare", str(port)], url)
    try:
        yield url
    finally:
        process.kill()
        process.wait()


def open_bare(browser: Browser, url: str) -> Page:
    """The bare page, once it has drawn."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(url)
    page.wait_for_function("window.drawn")
    return page


def moves(page: Page, count: int) -> list[float]:
    """How long each of so many moves of its slider took to be on the screen, ms."""
    return [page.evaluate("move()") for _ in range(count)]


def frames(page: Page, duration: float) -> list[float]:
    """The time of each frame of a canvas on which all paths are drawn anew, for so many ms; in ms."""
    found: list[float] = page.evaluate("frames", duration)
    return found


if __name__ == "__main__":
    uvicorn.run(application(), host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
