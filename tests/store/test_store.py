"""What a store promises, on each database."""

import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from app.store import questions, rows
from app.store.errors import StoreError
from app.store.records import Record, Saved, name_of
from app.store.store import Store
from tests.patience import PATIENCE
from tests.store.cases import change, load, record, save

ODD = (
    Record("{}", title="<img src=x onerror=alert(1)> </script> ${7*7} \"'; DROP TABLE experiments; --"),
    Record("{}", title="\u202egnp.exe \u200f🙂 e\u0301 é \ufeff"),
    Record('{"label":"%s %(id)s :id ? \\\\"}', view='{"hide":["a","b"]}'),
    Record('{"long":"' + "x" * 60_000 + '"}'),
)


@pytest.mark.parametrize("odd", range(len(ODD)))
def test_what_was_saved_is_loaded_as_it_was(store: Store, odd: int) -> None:
    assert load(store, save(store, ODD[odd])) == ODD[odd]


def test_the_id_begins_the_name_of_the_content_and_the_time_is_told(store: Store) -> None:
    saved = store.save(record(1)).result(PATIENCE)
    assert saved == Saved(name_of(record(1).digest())[:8], created=True)
    kept = store.load(saved.id).result(PATIENCE)
    assert kept
    assert timedelta() <= datetime.now(UTC) - kept.created < timedelta(seconds=PATIENCE)


def test_the_same_content_has_the_same_id_and_stays_as_it_is(store: Store) -> None:
    first = store.save(record(1, title="a")).result(PATIENCE)
    before = store.load(first.id).result(PATIENCE)
    assert store.save(record(1, title="a")).result(PATIENCE) == Saved(first.id, created=False)
    assert store.load(first.id).result(PATIENCE) == before
    assert save(store, record(1, title="b")) != first.id


def test_what_is_not_there_is_none(store: Store) -> None:
    assert load(store, "abcdefgh") is None
    assert load(store, "' OR 1=1 --") is None


def test_it_is_still_there_when_opened_again(store: Store, url: str) -> None:
    id = save(store, record(1))
    store.close()
    again = Store.open(url)
    assert load(again, id) == record(1)
    again.close()


def test_many_at_once_are_each_answered_with_their_own(store: Store) -> None:
    numbers = [number % 150 for number in range(600)]
    with ThreadPoolExecutor(50) as callers:
        ids = list(callers.map(lambda number: save(store, record(number)), numbers))
        loaded = list(callers.map(lambda id: load(store, id), ids))
    assert loaded == [record(number) for number in numbers]
    assert len(set(ids)) == 150


def test_two_servers_share_a_database(store: Store, url: str) -> None:
    other = Store.open(url)
    with ThreadPoolExecutor(16) as callers:
        saves = [callers.submit(save, (store, other)[number % 2], record(number // 4)) for number in range(400)]
        ids = [one.result(PATIENCE) for one in saves]
    assert len(set(ids)) == 100
    assert [load(store, id) for id in ids] == [load(other, id) for id in ids]
    assert [load(other, id) for id in ids] == [record(number // 4) for number in range(400)]
    other.close()


def test_other_content_with_the_same_beginning_gets_a_longer_id(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    alike = {record(number).digest(): "a" * (7 + number) + "bcdefgh" * 7 for number in range(4)}
    monkeypatch.setattr(rows, "name_of", alike.__getitem__)
    one_by_one = [save(store, record(number)) for number in (3, 1)]
    assert one_by_one == ["a" * 8, "a" * 8 + "b"]
    together = [future.result(PATIENCE).id for future in [store.save(record(number)) for number in (0, 1, 2, 3)]]
    assert together == ["aaaaaaab", "a" * 8 + "b", "a" * 9, "a" * 8]
    assert [load(store, id) for id in together] == [record(number) for number in range(4)]
    assert [save(store, record(number)) for number in range(4)] == together


@pytest.mark.parametrize(
    ("column", "value"),
    [("experiment", '{"seed":2}'), ("experiment", ""), ("view", "{"), ("title", "x"), ("sha256", "0"), ("created", "")],
)
def test_a_damaged_row_is_told_and_leaves_the_others_alone(store: Store, url: str, column: str, value: str) -> None:
    damaged, sound = save(store, record(1)), save(store, record(2))
    change(url, f"UPDATE experiments SET {column} = :value WHERE id = :id", value=value, id=damaged)
    futures = [store.load(id) for id in (damaged, sound)]
    with pytest.raises(StoreError) as refused:
        futures[0].result(PATIENCE)
    assert refused.value.kind == "damaged"
    kept = futures[1].result(PATIENCE)
    assert kept
    assert kept.record == record(2)


@pytest.mark.parametrize(("column", "value"), [("experiment", '{"seed":2}'), ("sha256", "0"), ("title", "x")])
def test_a_damaged_row_that_is_saved_again_can_be_opened_again(store: Store, url: str, column: str, value: str) -> None:
    damaged = save(store, record(1))
    change(url, f"UPDATE experiments SET {column} = :value WHERE id = :id", value=value, id=damaged)
    assert load(store, save(store, record(1))) == record(1)


def test_nothing_is_taken_after_the_end_and_what_waited_was_saved(store: Store, url: str) -> None:
    waiting = [store.save(record(number)) for number in range(500)]
    store.close()
    assert all(future.done() for future in waiting)
    for ask in (lambda: store.save(record(1)), lambda: store.load("abcdefgh")):
        with pytest.raises(StoreError) as refused:
            ask()
        assert refused.value.kind == "unavailable"
    again = Store.open(url)
    assert [load(again, future.result().id) for future in waiting] == [record(number) for number in range(500)]
    again.close()


def test_what_nobody_waits_for_is_not_done_and_too_many_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "MOST_WAITING", 3)
    gate, done = threading.Event(), []

    def answer(questions: list[int]) -> list[int]:
        gate.wait(PATIENCE)
        done.append(list(questions))
        return questions

    waiting = questions.QuestionQueue("test", answer)
    first = waiting.ask(0)
    while not first.running():
        time.sleep(0.001)
    later = [waiting.ask(number) for number in (1, 2, 3)]
    with pytest.raises(StoreError) as refused:
        waiting.ask(4)
    assert refused.value.kind == "timeout"
    assert later[1].cancel()
    gate.set()
    assert [first.result(PATIENCE), later[0].result(PATIENCE), later[2].result(PATIENCE)] == [0, 1, 3]
    with pytest.raises(CancelledError):
        later[1].result(PATIENCE)
    assert done == [[0], [1, 3]]
    assert waiting.close(PATIENCE)


@pytest.mark.parametrize(
    "address", ["", "playground.db", "sqlite://", "sqlite:///", "mysql://a/b", "postgresql", "postgresql://a:port/b"]
)
def test_what_is_no_address_of_a_database_is_refused(address: str) -> None:
    with pytest.raises(ValueError):
        Store.open(address)
