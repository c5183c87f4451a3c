"""Pages, static files, and what guards them."""

import json
import re
import socket

import pytest

from tests.patience import PATIENCE
from tests.web.serving import Backend

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
BROWSER = {"accept": "text/html,application/xhtml+xml"}


@pytest.mark.parametrize("path", ["/", "/compare", "/api/docs"])
def test_everything_that_a_page_loads_is_there_and_may_be_kept(server: Backend, path: str) -> None:
    with server.http as http:
        page = http.get(path)
        assert page.headers["content-type"] == "text/html; charset=utf-8"
        assert page.headers["cache-control"] == "no-cache"
        loaded = re.findall(r'(?:src|href)="(/static/[^"]+)"', page.text)
        assert len(loaded) > 3
        for address in loaded:
            asset = http.get(address)
            assert asset.status_code == 200, address
            assert asset.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_the_page_loads_plotly_as_its_package_ships_it(server: Backend) -> None:
    with server.http as http:
        (address,) = re.findall(r'src="(/static/\w+/vendor/plotly.min.js)"', http.get("/").text)
        assert "plotly.js v" in http.get(address).text[:200]
        older = http.get(re.sub(r"/static/\w+", "/static/0000", address))
        assert (older.status_code, older.headers["cache-control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "path", ["/static/x/../app/main.py", "/static/x/%2e%2e/app/main.py", "/static/x/js", "/static/x/"]
)
def test_only_static_files_are_given(server: Backend, path: str) -> None:
    with server.http as http:
        assert http.get(f"/static/x/{path}").status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/", 200), ("HEAD", "/", 200), ("GET", "/nix", 404), ("GET", "/api/nix", 404), ("PUT", "/api/run", 405),
     ("POST", "/api/run", 400), ("GET", "/favicon.ico", 200), ("GET", "/static/x/nix.js", 404),
     ("GET", "/ws/run", 404)],
)  # fmt: skip
def test_every_answer_has_the_security_headers(server: Backend, method: str, path: str, status: int) -> None:
    with server.http as http:
        answer = http.request(method, path)
    assert answer.status_code == status
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in answer.headers
    assert "server" not in answer.headers


def test_an_unknown_address_is_a_page_for_people_and_a_problem_for_programs(server: Backend) -> None:
    with server.http as http:
        page = http.get("/nix", headers=BROWSER)
        assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
        assert "<h1>" in page.text
        for answer in (http.get("/nix"), http.get("/api/nix", headers=BROWSER)):
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["status"] == 404


@pytest.mark.parametrize("host", ["", "a b", "evil/..", "x" * 300, "[::1", "a:b"])
def test_a_malformed_host_is_refused(server: Backend, host: str) -> None:
    with server.http as http:
        assert http.get("/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/healthz", "/api/catalog", "/api/thumbnails", "/favicon.ico"])
def test_what_can_be_read_can_be_asked_for_without_its_body(server: Backend, path: str) -> None:
    with server.http as http:
        whole, head = http.get(path), http.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize(
    ("request_text", "status"),
    [(b"GET /healthz HTTP/1.0\r\n\r\n", 200), (b"GET /healthz HTTP/1.1\r\n\r\n", 400), (b"NONSENSE\r\n\r\n", 400)],
)
def test_probes_of_old_need_no_host_and_what_is_no_http_is_a_problem(
    server: Backend, request_text: bytes, status: int
) -> None:
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as probe:
        probe.sendall(request_text)
        # An answer may come in several pieces.
        answer = b""
        while not answer.endswith(b"}"):
            answer += probe.recv(4096)
        head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(f"HTTP/1.1 {status} ".encode())
    assert json.loads(body)["status"] == ("ok" if status == 200 else status)


def test_pages_of_other_sites_may_not_have_things_computed(server: Backend) -> None:
    with server.http as http:
        for origin in ("http://evil.example", "null", server.url.replace("http", "ftp")):
            assert http.post("/api/run", content="{}", headers={"origin": origin}).status_code == 403
        assert http.post("/api/run", content="{}", headers={"origin": server.url}).status_code == 422


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_nor_does_a_browser_that_tells_only_the_site(server: Backend, site: str) -> None:
    with server.http as http:
        assert http.post("/api/run", content="{}", headers={"sec-fetch-site": site}).status_code == 403
        for own in ("same-origin", "none"):
            assert http.post("/api/run", content="{}", headers={"sec-fetch-site": own}).status_code == 422
        # Whoever follows a link comes from the page that it stands on.
        assert http.get("/", headers={"sec-fetch-site": site}).status_code == 200


@pytest.mark.parametrize("path", ["/api/catalog", "/healthz", "/e/abcdefgh", "/"])
def test_another_method_is_refused_with_those_that_are_answered(server: Backend, path: str) -> None:
    with server.http as http:
        answer = http.delete(path)
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")
