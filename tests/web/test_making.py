"""Files are made a few at a time, for as long as it may take and somebody wants them, on any executor."""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent import futures
from contextlib import AsyncExitStack
from typing import Any, TypeVar

import pytest

from app.compute.standard import Standard
from app.core.problems import Problem
from app.core.words import message
from app.exports.catalog import Piece
from app.web import making
from app.web.making import MOST_WAITING, Desk, Gone
from app.work.files import FileKey
from tests.patience import PATIENCE

T = TypeVar("T")
PIECES = 3


def run(work: Coroutine[Any, Any, T]) -> T:
    """What `work` gives; in a thread of its own, as the driver of the browser keeps a loop in this one."""
    with futures.ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


class Counted(Standard):
    """One thread, which tells of each long piece of work when it is begun and when nobody wants it any more."""

    def __init__(self, most: int = 1) -> None:
        super().__init__(futures.ThreadPoolExecutor(most))
        self.most, self.told = most, list[str]()

    @property
    def most_apart(self) -> int:
        return self.most

    def apart(self) -> futures.Executor:
        self.told.append("begun")
        lent = super().apart()
        lent.shutdown = lambda *_, **__: self.told.append("ended")  # type: ignore[method-assign]
        return lent


@pytest.fixture
def holds(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """What pieces wait for."""
    allowed = threading.Event()

    def piece(key: FileKey, number: int) -> Piece | None:
        assert allowed.wait(PATIENCE)
        if key.id == "refused":
            raise Problem("no-plane", message("problems.no-plane.detail", plane="x"))
        if key.id == "broken":
            raise RuntimeError("no paint")
        return (key.id.encode(), number + 1, PIECES) if number < PIECES else None

    monkeypatch.setattr(making, "piece", piece)
    return allowed


def key(id: str = "a") -> FileKey:
    return FileKey("{}", id, {}, "en")


async def here() -> bool:
    return True


async def whole(desk: Desk, id: str) -> list[Piece]:
    async with desk.order(key(id)) as order:
        found = []
        while piece := await order.patient(here):
            found.append(piece)
        return found


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.005)


def test_its_pieces_come_in_their_order_and_then_it_is_ended(holds: threading.Event) -> None:
    holds.set()
    executor = Counted()

    async def ask() -> None:
        assert await whole(Desk(executor), "a") == [(b"a", done, PIECES) for done in (1, 2, 3)]
        await until(lambda: executor.told == ["begun", "ended"])

    run(ask())


def test_only_so_many_are_made_at_a_time_and_so_many_wait(holds: threading.Event) -> None:
    executor = Counted(2)

    async def ask() -> None:
        desk = Desk(executor)
        async with AsyncExitStack() as stack:
            orders = [await stack.enter_async_context(desk.order(key())) for _ in range(2)]
            await until(lambda: len(executor.told) == 2)
            waiting = [asyncio.create_task(whole(desk, str(number))) for number in range(MOST_WAITING)]
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            with pytest.raises(Problem) as busy:
                await whole(desk, "more")
            assert (busy.value.kind, busy.value.status) == ("busy", 503)
            assert executor.told == ["begun"] * 2
            holds.set()
            assert await orders[0].next() == (b"a", 1, PIECES)
            assert [len(found) for found in await asyncio.gather(*waiting)] == [PIECES] * MOST_WAITING
        await until(lambda: executor.told.count("ended") == MOST_WAITING + 2)

    run(ask())


def test_what_takes_too_long_is_ended(holds: threading.Event, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "SECONDS", 0.05)
    executor = Counted()

    async def ask() -> None:
        with pytest.raises(Problem) as slow:
            await whole(Desk(executor), "a")
        assert (slow.value.kind, slow.value.status) == ("took-too-long", 503)
        assert executor.told == ["begun", "ended"]
        holds.set()

    run(ask())


def test_what_nobody_waits_for_is_ended_in_the_middle(holds: threading.Event) -> None:
    executor = Counted()

    async def gone() -> bool:
        return False

    async def ask() -> None:
        desk = Desk(executor)
        with pytest.raises(Gone):
            async with desk.order(key()) as order:
                await order.patient(gone)
        await until(lambda: executor.told == ["begun", "ended"])
        holds.set()
        assert len(await whole(desk, "next")) == PIECES

    run(ask())


@pytest.mark.parametrize(("id", "kind"), [("refused", "no-plane"), ("broken", "internal")])
def test_what_goes_wrong_is_told_and_makes_room(holds: threading.Event, id: str, kind: str) -> None:
    holds.set()

    async def ask() -> None:
        desk = Desk(Counted())
        with pytest.raises(Problem) as fault:
            await whole(desk, id)
        assert fault.value.kind == kind
        assert len(await whole(desk, "a")) == PIECES

    run(ask())
