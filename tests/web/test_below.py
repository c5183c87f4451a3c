"""The server under a path of another host."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.main import create_app
from app.settings import OWN, Settings
from tests.web.serving import Backend, race, serving
from tests.web.test_saved_pages import read


@pytest.mark.parametrize("sent", ["/play/ground", ""], ids=["as it came", "taken away"])
def test_under_a_path_every_address_has_it(below: Backend, sent: str) -> None:
    """sent: what a proxy leaves of the path."""
    with below.http as http:
        answer = http.post(f"{sent}/api/experiments", json={"experiment": race(50)}).json()
        id = answer["id"]
        whole = f"{below.url}/play/ground"
        assert answer == {"id": id, "url": f"{whole}/e/{id}", "embed_url": f"{whole}/embed/{id}"}
        page = read(http, f"{sent}/e/{id}")
        assert page.links["canonical"] == answer["url"]
        assert page.metas["og:image"] == f"{answer['url']}/preview.png"
        assert page.links["alternate"].startswith(f"{whole}/oembed?")
        for url in (f"{answer['url']}?x=1", f"{whole}/"):
            found = http.get(f"{sent}/oembed", params={"url": url}).json()
            assert f'src="{whole}/' in found["html"]
        for path, leads in ((f"/e/{id.upper()}", f"/e/{id}"), ("/compare/", "/compare")):
            assert http.get(f"{sent}{path}").headers["location"] == f"/play/ground{leads}"
        assert http.get(f"{sent}/api/openapi.json").json()["servers"] == [{"url": "/play/ground"}]
        gone = http.get(f"{sent}/nothing", headers={"accept": "text/html"})
        assert gone.status_code == 404
        for text in (
            http.get(f"{sent}/").text,
            http.get(f"{sent}/compare").text,
            http.get(f"{sent}/api/docs").text,
            gone.text,
        ):
            addresses = re.findall(r'(?:href|src)="(/[^"]*)"', text)
            assert len(addresses) > 2
            assert {address for address in addresses if not address.startswith("/play/ground/")} == set()


def test_only_whole_segments_of_the_path_are_taken_away(below: Backend) -> None:
    with below.http as http:
        assert http.get("/play/ground").status_code == 200
        assert http.get("/play/groundwork").status_code == 404
        assert http.get("/play").status_code == 404


@pytest.fixture(scope="module")
def below() -> Iterator[Backend]:
    with serving(workers=1, public_url="/play/ground") as server:
        yield server


def test_no_path_of_the_servers_own_is_taken_for_one_of_a_proxy(tmp_path: Path) -> None:
    app = create_app(Settings(database_url=f"sqlite:///{tmp_path}/x.db"))
    paths = [*app.openapi()["paths"], *(str(getattr(route, "path", "")) for route in app.routes)]
    assert {path.split("/")[1] for path in paths if "/" in path} - {"", "{path:path}"} == OWN
