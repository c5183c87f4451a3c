"""Pages of saved experiments: what stands in them, what they say where they are pasted, who may frame them."""

import json
import struct
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from app.experiment import parse
from tests.web.serving import Backend, race, serving
from tests.web.test_links import NO_IDS, SPITEFUL, alter

PAGE = {"accept": "text/html"}


class Reader(HTMLParser):
    """What a browser would make of a page: its title, what it says of itself, its links, its scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.title, self.metas, self.links, self.scripts = "", dict[str, str](), dict[str, str](), list[Any]()
        self._inside = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        found = dict(attrs)
        self._inside = tag if tag in {"title", "script"} else ""
        if tag == "meta":
            self.metas[found.get("property") or found.get("name", "")] = found.get("content", "")
        elif tag == "link":
            self.links[found["rel"]] = found["href"]
        elif tag == "script":
            self.scripts.append([found, ""])

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "title":
            self.title += data
        elif self._inside == "script":
            self.scripts[-1][1] += data

    def saved(self) -> Any:
        (text,) = [text for attributes, text in self.scripts if attributes.get("id") == "saved"]
        return json.loads(text)


@pytest.fixture
def http(server: Backend) -> Iterator[httpx.Client]:
    with server.http as client:
        yield client


def save(http: httpx.Client, experiment: dict[str, Any], **more: Any) -> str:
    answer = http.post("/api/experiments", json={"experiment": experiment, **more})
    assert answer.status_code in {200, 201}, answer.text
    return str(answer.json()["id"])


def read(http: httpx.Client, path: str) -> Reader:
    answer = http.get(path, headers=PAGE)
    assert answer.status_code == 200
    return Reader(answer.text)


@pytest.mark.parametrize("place", ["e", "embed"])
def test_the_experiment_and_its_view_stand_in_the_page(http: httpx.Client, place: str) -> None:
    id = save(http, race(70), view={"tab": "3d"}, title="A race")
    found = read(http, f"/{place}/{id}").saved()
    assert (found["id"], found["view"], found["title"]) == (id, {"tab": "3d"}, "A race")
    assert found["experiment"] == parse(race(70)).canonical()


@pytest.mark.parametrize("text", [*SPITEFUL, "<!--", "\"'><svg/onload=alert(1)>"])
def test_no_text_breaks_out_of_the_page(http: httpx.Client, text: str) -> None:
    rows = [{"name": "sgd", "lr": 1e-4, "label": text}]
    id = save(http, race(50) | {"optimizers": rows}, view={"note": text}, title=text)
    page, plain = read(http, f"/e/{id}"), Reader(http.get("/").text)
    found = page.saved()
    assert [found["title"], found["view"]["note"], found["experiment"]["optimizers"][0]["label"]] == [text] * 3
    assert len(page.scripts) == len(plain.scripts) + 1
    shown = text.replace("\u202e", "")
    assert page.title == f"{shown} · Optimizer Playground"
    assert [page.metas["og:title"], page.metas["twitter:title"]] == [shown] * 2
    assert page.metas["og:description"].startswith(f"{shown} on Rosenbrock")
    assert set(page.metas) >= set(plain.metas)


def test_a_link_says_what_it_is_where_it_is_pasted(http: httpx.Client, server: Backend) -> None:
    rows = [{"name": "sgd", "lr": 1e-4, "label": f"row {number}"} for number in range(1, 8)]
    id = save(http, race(1) | {"optimizers": rows})
    page = read(http, f"/e/{id}")
    url = f"{server.url}/e/{id}"
    assert page.title == "Rosenbrock · Optimizer Playground"
    line = "row 1, row 2, row 3, row 4 and 3 more on Rosenbrock, 1 step"
    for name in ("description", "og:description", "twitter:description"):
        assert page.metas[name].startswith(f"{line}: "), name
    assert (page.metas["og:url"], page.links["canonical"]) == (url, url)
    assert (page.metas["og:image"], page.metas["twitter:image"]) == (f"{url}/preview.png",) * 2
    assert page.metas["twitter:card"] == "summary_large_image"
    assert page.metas["robots"] == "noindex"
    answer = http.get(page.links["alternate"].removeprefix(server.url))
    assert answer.json()["title"] == "Rosenbrock"


def test_the_long_address_has_general_tags(http: httpx.Client) -> None:
    page = read(http, "/?v=1&on=booth&o=sgd;lr=0.02")
    assert page.metas["og:title"] == page.title == "Optimizer Playground"
    assert "og:url" not in page.metas
    assert "canonical" not in page.links


def test_whole_addresses_begin_as_they_are_set() -> None:
    with serving(workers=1, public_url="https://play.example/") as server, server.http as http:
        id = save(http, race(50))
        page, first = read(http, f"/e/{id}"), read(http, "/")
        assert page.links["canonical"] == f"https://play.example/e/{id}"
        brand = first.metas["og:image"]
        assert brand.startswith("https://play.example/static/")
        assert http.get(brand.removeprefix("https://play.example")).headers["content-type"] == "image/png"
        found = http.get("/oembed", params={"url": f"https://play.example/e/{id}"}).json()
        assert f'src="https://play.example/embed/{id}"' in found["html"]


@pytest.mark.parametrize("place", ["e", "embed"])
def test_another_case_leads_to_the_same_page(http: httpx.Client, place: str) -> None:
    id = save(http, race(50))
    answer = http.get(f"/{place}/{id.upper()}?hide=tabs")
    if id.upper() != id:
        assert (answer.status_code, answer.headers["location"]) == (308, f"/{place}/{id}?hide=tabs")


@pytest.mark.parametrize("path", ["/e/{}", "/embed/{}", "/api/experiments/{}", "/e/{}/preview.png", "/compare"])
@pytest.mark.parametrize("slash", ["/", "//"])
def test_a_slash_too_many_leads_to_the_page_without_it(http: httpx.Client, path: str, slash: str) -> None:
    path = path.format(save(http, race(50)))
    answer = http.get(f"{path}{slash}?hide=tabs&title=a%20b")
    assert (answer.status_code, answer.headers["location"]) == (308, f"{path}?hide=tabs&title=a%20b")
    assert http.get(answer.headers["location"]).status_code == 200


@pytest.mark.parametrize("path", ["/nix/", "//evil.example/", "/e/a/b/", "/e//", "//", "/static/x/"])
def test_a_slash_leads_nowhere_where_nothing_is(http: httpx.Client, path: str) -> None:
    answer = http.get(httpx.URL(str(http.base_url)).copy_with(raw_path=path.encode()))
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")


def test_a_call_with_a_slash_too_many_keeps_its_method(http: httpx.Client) -> None:
    answer = http.post("/api/run/", json=race(5))
    assert (answer.status_code, answer.headers["location"]) == (308, "/api/run")
    assert http.get("/e/%22x%e2%99%a5/").headers["location"] == "/e/%22x%E2%99%A5"


@pytest.mark.parametrize("place", ["/e/{}", "/embed/{}", "/e/{}/preview.png"])
@pytest.mark.parametrize("id", NO_IDS)
def test_an_unknown_id_has_a_page_that_says_so(http: httpx.Client, place: str, id: str) -> None:
    answer = http.get(place.format(id), headers=PAGE)
    assert answer.status_code == 404
    assert "text/html" in answer.headers["content-type"]
    assert len(answer.content) < 4000


def test_a_damaged_experiment_has_a_page_that_says_so(http: httpx.Client, server: Backend) -> None:
    id = save(http, race(61))
    alter(server.database, "UPDATE experiments SET experiment = replace(experiment, '61', '62') WHERE id = ?", id)
    for path in (f"/e/{id}", f"/embed/{id}"):
        answer = http.get(path, headers=PAGE)
        assert answer.status_code == 410
        assert "damaged" in Reader(answer.text).title


def test_only_what_is_made_for_it_may_be_framed(http: httpx.Client) -> None:
    id = save(http, race(50))
    framed = {f"/embed/{id}", "/embed/abcdefgh", "/?embed=1", "/?v=1&on=booth&embed=1", "/?v=1&amp;amp;embed=1"}
    others = {
        "/",
        "/?embed=0",
        "/?x=embed=1",
        "/?v=1&xembed=1",
        f"/e/{id}",
        f"/e/{id}?embed=1",
        "/nix?embed=1",
        "/api/docs?embed=1",
    }
    for path in framed | others:
        headers = http.get(path, headers=PAGE).headers
        policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
        assert policy["frame-ancestors"] == ("*" if path in framed else "'none'"), path
        assert policy["script-src"] == "'self'"
        opener = "unsafe-none" if path in framed else "same-origin"
        assert headers["cross-origin-opener-policy"] == opener, path


def test_the_preview_is_a_picture_that_other_sites_may_show(http: httpx.Client) -> None:
    id = save(http, race(50), title="Two rows </script>")
    first, again = http.get(f"/e/{id}/preview.png"), http.get(f"/e/{id.upper()}/preview.png")
    assert first.headers["content-type"] == "image/png"
    assert first.content[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", first.content[16:24]) == (1200, 630)
    assert first.content == again.content
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    known = http.get(f"/e/{id}/preview.png", headers={"if-none-match": first.headers["etag"]})
    assert (known.status_code, known.content) == (304, b"")
    assert http.head(f"/e/{id}/preview.png").headers["content-length"] == str(len(first.content))


def test_oembed_gives_a_frame_of_the_size_that_is_wanted(http: httpx.Client, server: Backend) -> None:
    id = save(http, race(50), title='A "race"')
    url = f"{server.url}/e/{id}"
    found = http.get("/oembed", params={"url": url, "format": "json"}).json()
    assert (found["version"], found["type"], found["title"]) == ("1.0", "rich", 'A "race"')
    assert found["thumbnail_url"] == f"{url}/preview.png"
    assert f'src="{server.url}/embed/{id}"' in found["html"]
    assert 'title="A &quot;race&quot;"' in found["html"]
    small = http.get("/oembed", params={"url": url, "maxwidth": "320", "maxheight": "240"}).json()
    assert (small["width"], small["height"]) == (320, 240)
    assert 'width="320" height="240"' in small["html"]
    assert "thumbnail_url" not in small
    long = http.get("/oembed", params={"url": f"{server.url}/?v=1&on=booth"}).json()
    assert f'src="{server.url}/?embed=1&amp;v=1&amp;on=booth"' in long["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [({"url": "https://elsewhere.example/e/abcdefgh"}, 404), ({"url": "http://[::1"}, 404), ({}, 404),
     ({"url": "{}/e/abcdefgh"}, 404), ({"url": "{}/api/docs"}, 404), ({"url": "{}/", "format": "xml"}, 501),
     ({"url": "{}/", "maxwidth": "0"}, 422), ({"url": "{}/", "maxwidth": "wide"}, 422),
     ({"url": "{}/", "maxheight": "9" * 400}, 422), ({"url": "{}/", "maxheight": "٣"}, 422)],
)  # fmt: skip
def test_oembed_refuses_what_it_cannot_show(
    http: httpx.Client, server: Backend, query: dict[str, str], status: int
) -> None:
    params = {name: value.format(server.url) if name == "url" else value for name, value in query.items()}
    answer = http.get("/oembed", params=params)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
