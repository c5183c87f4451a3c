"""A server with narrow settings."""

import time

import httpx
import pytest
from websockets.exceptions import ConnectionClosed

from tests.web.conftest import PROXY
from tests.web.serving import Backend, Page

OTHER_CLIENT = "127.0.0.2"
"""An address of this machine too, so that what it uses up is nobody else's."""


def test_it_answers_to_its_own_names_alone(strict: Backend) -> None:
    with strict.http as http:
        assert http.get("/healthz", headers={"host": "play.example:8000"}).status_code == 200
        assert http.get("/healthz", headers={"host": "evil.example"}).status_code == 421


def test_pages_of_a_friend_may_use_it(strict: Backend) -> None:
    friend = {"origin": "https://friend.example"}
    with strict.http as http:
        assert http.post("/api/run", content="{}", headers=friend).status_code == 422
        assert http.post("/api/run", content="{}", headers={"origin": "http://friend.example"}).status_code == 403
    with strict.page(additional_headers=friend) as page:
        assert page.hello["type"] == "hello"


def test_a_client_that_asks_too_often_is_told_when_to_come_back(strict: Backend) -> None:
    transport = httpx.HTTPTransport(local_address=OTHER_CLIENT)
    with httpx.Client(base_url=strict.url, transport=transport) as http, strict.http as calm:
        statuses = [http.post("/api/field", content="{}").status_code for _ in range(21)]
        assert statuses == [422] * 20 + [429]
        refused = http.post("/api/field", content="{}")
        assert refused.json()["type"] == "/problems/too-many-requests"
        assert int(refused.headers["retry-after"]) > 1
        assert http.get("/healthz").status_code == 200
        assert calm.post("/api/field", content="{}").status_code == 422


def test_a_page_over_its_rate_is_read_later_not_refused(strict: Backend) -> None:
    # Frames of other tests would count too: even the one that closed the page before.
    with strict.page(source_address=("127.0.0.5", 0)) as page:
        begun = time.monotonic()
        for _ in range(18):
            page.send(type="nonsense")
        for _ in range(18):
            assert page.text()["type"] == "problem"
        assert time.monotonic() - begun > 0.3


@pytest.mark.parametrize("forwarded", ["10.1.2.3", "10.4.5.6"])
def test_who_is_behind_a_proxy_is_not_believed_unless_the_proxy_is_trusted(strict: Backend, forwarded: str) -> None:
    transport = httpx.HTTPTransport(local_address="127.0.0.3")
    with httpx.Client(base_url=strict.url, transport=transport, headers={"x-forwarded-for": forwarded}) as http:
        assert [http.post("/api/field", content="{}").status_code for _ in range(21)][-1] == 429


def test_clients_behind_a_trusted_proxy_are_told_apart(strict: Backend) -> None:
    transport = httpx.HTTPTransport(local_address=PROXY)
    with httpx.Client(base_url=strict.url, transport=transport) as http:
        one, other = ([http.post("/api/field", content="{}", headers=_via(name)) for _ in range(21)] for name in "12")
    for answers in (one, other):
        assert [answer.status_code for answer in answers] == [422] * 20 + [429]


def test_of_clients_behind_a_trusted_proxy_the_one_that_floods_is_let_go(strict: Backend) -> None:
    options = {"source_address": (PROXY, 0)}
    with (
        strict.page(additional_headers=_via("3"), **options) as wild,
        strict.page(additional_headers=_via("4"), **options) as calm,
    ):
        closed = _flooded(wild).rcvd
        for _ in range(10):
            calm.send(type="nonsense")
        assert [calm.text()["type"] for _ in range(10)] == ["problem"] * 10
    assert closed is not None
    assert (closed.code, "20 frames" in closed.reason) == (1008, True)


def _flooded(page: Page) -> ConnectionClosed:
    """How the connection of a page ends that sends more than is read."""
    try:
        for _ in range(50):
            page.send(type="nonsense")
        while True:
            page.text()
    except ConnectionClosed as closed:
        return closed


def _via(name: str) -> dict[str, str]:
    return {"x-forwarded-for": f"10.9.8.{name}"}
