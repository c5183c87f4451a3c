"""Previews of links: kept, drawn once, and replaced where they cannot be drawn."""

import asyncio
from collections.abc import Awaitable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, TypeVar

import httpx
import pytest
from fastapi import FastAPI

from app.compute.standard import Standard
from app.experiment import parse
from app.view import View
from app.web import previewing, previews
from app.web.assets import make_asset
from app.web.buckets import Buckets
from app.web.previewing import MOST_KEPT, PNG, Previews
from app.web.saved import Link

T = TypeVar("T")


def run(work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives; in a thread of its own, as the driver of the browser keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


BRAND = make_asset(b"brand", PNG)
DOCUMENT = {"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd"}]}


def test_a_preview_is_drawn_once_for_all_who_wait_and_then_kept() -> None:
    drawn: list[str] = []

    async def draw() -> bytes:
        drawn.append("a")
        await asyncio.sleep(0.01)
        return b"picture"

    async def ask() -> None:
        kept = Previews(BRAND)
        assert kept.find("a") is None
        found = await asyncio.gather(*(kept.make("a", draw) for _ in range(20)))
        assert {asset.bodies["identity"] for asset in found if asset} == {b"picture"}
        assert kept.find("a") is found[0]

    run(ask())
    assert drawn == ["a"]


def test_who_goes_away_does_not_end_it_for_the_others() -> None:
    async def draw() -> bytes:
        await asyncio.sleep(0.02)
        return b"picture"

    async def ask() -> None:
        kept = Previews(BRAND)
        first, second = (asyncio.create_task(kept.make("a", draw)) for _ in range(2))
        await asyncio.sleep(0.005)
        first.cancel()
        assert await second is not None

    run(ask())


@pytest.mark.parametrize("failure", [RuntimeError("no paint"), MemoryError(), OSError(28, "full")])
def test_what_cannot_be_drawn_is_not_kept_and_tried_again(failure: Exception) -> None:
    async def draw() -> bytes:
        raise failure

    async def succeed() -> bytes:
        return b"picture"

    async def ask() -> None:
        kept = Previews(BRAND)
        assert await kept.make("a", draw) is None
        assert kept.find("a") is None
        assert await kept.make("a", succeed) is not None

    run(ask())


def test_what_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(previewing, "PATIENCE", 0.01)

    def draw() -> Awaitable[bytes]:
        return asyncio.sleep(10, b"picture")

    assert run(Previews(BRAND).make("a", draw)) is None


def test_the_memory_for_previews_is_bounded() -> None:
    async def draw() -> bytes:
        return b"picture"

    async def ask() -> None:
        kept = Previews(BRAND)
        for number in range(MOST_KEPT):
            await kept.make(str(number), draw)
        assert kept.find("0") is not None
        await kept.make("more", draw)
        assert kept.find("0") is not None
        assert kept.find("1") is None

    run(ask())


def test_a_picture_of_the_playground_stands_for_one_that_cannot_be_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    link = Link("abcdefgh", parse(DOCUMENT), View(), "", datetime.now(UTC))

    async def find(_store: object, _id: str) -> Link:
        return link

    def fail(*_: object) -> bytes:
        raise RuntimeError("no paint")

    monkeypatch.setattr(previews.saved, "find", find)
    monkeypatch.setattr(previews, "preview_png", fail)
    app = FastAPI()
    app.include_router(previews.routes)

    async def ask() -> list[httpx.Response]:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as http:
            return [await http.get("/e/abcdefgh/preview.png") for _ in range(3)]

    with ThreadPoolExecutor(1) as thread:
        parts = {"store": None, "previews": Previews(BRAND), "drawings": Buckets(1, 2)}
        app.state.services = SimpleNamespace(executor=Standard(thread), **parts)
        answers = run(ask())
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[0].content == b"brand"
    assert answers[0].headers["cache-control"] == "no-cache"
    assert int(answers[2].headers["retry-after"]) == 1
