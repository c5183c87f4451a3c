"""A page that holds nothing but the views, served under the content security policy of the real page."""

import functools
import http.server
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import plotly
import pytest
from playwright.sync_api import Browser, Page

from tests.browser import Visitor, wait_until

ROOT = Path(__file__).parents[2]
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "connect-src 'self'; font-src 'self'"
)
STAGE = (856, 800)
"""The size of a desktop's stage."""

READY = "() => window.scene && window.Plotly"
# plotly.min.js adds the style sheet of its maps, which nothing here draws, unless an element with this id is there.
MAP_STYLE = re.search(r'getElementById\("([0-9a-f]{64})"\)', PLOTLY.read_text(encoding="utf-8"))


class Handler(http.server.SimpleHTTPRequestHandler):
    """Static files of the project, of plotly, and of this folder's page."""

    def translate_path(self, path: str) -> str:
        name = path.partition("?")[0].lstrip("/")
        if name == "static/vendor/plotly.min.js":
            return str(PLOTLY)
        if name.startswith("static/"):
            return str(ROOT / name)
        return str(Path(__file__).parent / "page" / name.removeprefix("page/"))

    def do_GET(self) -> None:
        if self.path != "/index.html":
            return super().do_GET()
        text = Path(self.translate_path(self.path)).read_text(encoding="utf-8")
        body = text.replace("MAP_STYLE", MAP_STYLE[1] if MAP_STYLE else "plotly-map-style").encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def views_address() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler)) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/index.html"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def looker(browser: Browser, views_address: str) -> Iterator[Visitor]:
    someone = Visitor(browser, views_address)
    yield someone
    someone.close()


def open_page(page: Page, address: str, errors: list[str]) -> None:
    """Opens the bare page; errors of any kind are collected."""
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.goto(address)


@pytest.fixture
def page(looker: Visitor, views_address: str) -> Iterator[Page]:
    """A page of its own for tests that draw; it fails the test for any error on the console."""
    errors: list[str] = []
    page = looker.open(STAGE)
    open_page(page, views_address, errors)
    page.wait_for_function(READY)
    yield page
    violations = page.evaluate("scene.violations")
    looker.forget()
    assert errors == []
    assert violations == []


@pytest.fixture(scope="session")
def modules(browser: Browser, views_address: str) -> Iterator[Page]:
    """One page for everything that only calls pure functions."""
    page = browser.new_page()
    open_page(page, views_address, [])
    page.wait_for_function(READY)
    yield page
    page.close()


@pytest.fixture
def model_page(looker: Visitor, views_address: str) -> Iterator[Page]:
    """The bare page for views of models; it fails the test for any error on the console."""
    errors: list[str] = []
    page = looker.open((872, 760))
    open_page(page, views_address.replace("index.html", "models.html"), errors)
    wait_until(page, "Boolean(window.violations)")
    yield page
    violations = page.evaluate("violations")
    looker.forget()
    assert errors == []
    assert violations == []
