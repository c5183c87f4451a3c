"""What was acknowledged outlives every process that dies."""

import random
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.store.errors import StoreError
from app.store.store import Store
from tests.patience import eventually
from tests.store.cases import load, record, save
from tests.store.postgres import Postgres
from tests.store.saving import saver

KILLS = 50
EACH_TIME = 20  # of 1,000
WRITERS = 8


class Writers:
    """Threads that save record after record, each until it is acknowledged."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._end = threading.Event()
        self.acknowledged: dict[int, str] = {}
        self.refused: set[str] = set()
        self._pool = ThreadPoolExecutor(WRITERS)
        self._done = [self._pool.submit(self._save_on, writer) for writer in range(WRITERS)]

    def end(self) -> None:
        self._end.set()
        self._pool.shutdown()
        for one in self._done:
            one.result()

    def _save_on(self, number: int) -> None:
        while not self._end.is_set():
            try:
                self.acknowledged[number] = save(self._store, record(number))
                number += WRITERS
            except StoreError as error:
                self.refused.add(error.kind)
                time.sleep(0.01)


def check(url: str, acknowledged: dict[int, str]) -> None:
    """Every acknowledged record is there, whole."""
    assert len(acknowledged) >= KILLS * EACH_TIME
    store = Store.open(url)
    lost = [number for number, id in acknowledged.items() if load(store, id) != record(number)]
    store.close()
    assert lost == []


def test_a_thousand_outlive_fifty_kills_of_the_server_with_sqlite(tmp_path: Path) -> None:
    path, chance = tmp_path / "playground.db", random.Random(1)
    with saver(f"sqlite:///{path}") as one:
        for kill in range(1, KILLS + 1):
            one.begin()
            one.follow(lambda most=kill * EACH_TIME: len(one.acknowledged) >= most)
            time.sleep(chance.uniform(0, 0.03))
            one.kill()
    assert one.refused == ""
    check(f"sqlite:///{path}", one.acknowledged)
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()


def test_a_thousand_outlive_fifty_kills_of_postgresql(server: Postgres, postgres_url: str) -> None:
    store, chance = Store.open(postgres_url), random.Random(2)
    writers = Writers(store)
    for kill in range(1, KILLS + 1):
        assert eventually(lambda most=kill * EACH_TIME: len(writers.acknowledged) >= most, pause=0.002)
        time.sleep(chance.uniform(0, 0.03))
        server.kill()
        server.start()
    writers.end()
    store.close()
    check(postgres_url, writers.acknowledged)
    assert writers.refused <= {"unavailable"}
