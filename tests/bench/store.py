"""Fifty people who save links at once, and a database that has many."""

import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from app.store.records import Record, Saved
from app.store.store import Store
from tests.bench.report import Figure, Part, high, ratio
from tests.engine.races import EIGHT
from tests.patience import PATIENCE
from tests.server import Server

WRITERS, EACH, TURNS = 50, 40, 5
PACE = 0.5  # s, between two links of one page
MANY, AT_ONCE = 100_000, 5000
READS, COMMITS = 2000, 500
SAVE, LOAD = 40.0, 20.0
"""So many bare operations: a batch of all who wait, and the way through threads."""
FREELY = {f"PLAYGROUND_{name}_{kind}": "100000" for name in ("REQUEST", "LINK") for kind in ("RATE", "BURST")}


def measure() -> list[Figure]:
    """Saving and loading with little and with much that is kept, and over HTTP, beside SQLite alone."""
    with tempfile.TemporaryDirectory() as folder:
        commits, selects = _bare(folder)
        store = Store.open(f"sqlite:///{folder}/playground.db")
        save, load = _saving(store, "little"), _loading(store)
        _fill(store)
        save_more, load_more = _saving(store, "much"), _loading(store)
        store.close()
    server = Server(**FREELY)
    try:
        http = asyncio.run(_over_http(server.url))
    finally:
        server.stop()
    commit, select = Part("a bare commit", commits), Part("a bare select", selects)
    saved, loaded = Part("save", save, statistic=high), Part("load", load, statistic=high)
    saved_more, loaded_more = Part("save", save_more, statistic=high), Part("load", load_more, statistic=high)
    linked = Part("link", http, statistic=high)
    return [
        ratio("50 threads save without a pause: 95th percentile", saved, commit, most=SAVE),
        ratio(f"the same with {MANY} more kept, against without", saved_more, saved, most=1.5),
        ratio("load, one after the other: 95th percentile", loaded, select, most=LOAD),
        ratio(f"the same with {MANY} more kept, against without", loaded_more, loaded, most=1.5),
        ratio("50 pages make two links a second each: 95th percentile", linked, commit, most=SAVE),
    ]


def _bare(folder: str) -> tuple[list[float], list[float]]:
    """How long commits of one row each take, and looks at one row in another thread, in ms, by `sqlite3` alone, as
    durable as ours.
    """
    connection = sqlite3.connect(f"{folder}/bare.db", isolation_level=None, check_same_thread=False)
    connection.executescript(
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE kept (id TEXT PRIMARY KEY, text TEXT)"
    )
    commits, selects = list[float](), list[float]()
    for number in range(COMMITS):
        text = json.dumps(_experiment(number))
        begin = time.perf_counter()
        connection.execute("INSERT INTO kept VALUES (?, ?)", (str(number), text))
        commits.append(1000 * (time.perf_counter() - begin))
    with ThreadPoolExecutor(1) as reader:
        for number in range(COMMITS):
            begin = time.perf_counter()
            look = reader.submit(connection.execute, "SELECT text FROM kept WHERE id = ?", (str(number),))
            look.result().fetchone()
            selects.append(1000 * (time.perf_counter() - begin))
    connection.close()
    return commits, selects


def _experiment(seed: int) -> dict[str, object]:
    return {"objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": EIGHT, "steps": 300, "seed": seed}


def _record(seed: int, title: str) -> Record:
    return Record(json.dumps(_experiment(seed), sort_keys=True, separators=(",", ":")), title=title)


def _saving(store: Store, title: str) -> list[float]:
    """The times until a save is acknowledged, in ms, of some turns: a checkpoint falls into one and not the next."""
    return [one for turn in range(TURNS) for one in _turn(store, f"{title} {turn}")]


def _turn(store: Store, title: str) -> list[float]:
    def save(writer: int) -> list[float]:
        taken = []
        for number in range(EACH):
            begin = time.perf_counter()
            store.save(_record(writer * EACH + number, title)).result(PATIENCE)
            taken.append(time.perf_counter() - begin)
        return taken

    with ThreadPoolExecutor(WRITERS) as writers:
        return [1000 * one for taken in writers.map(save, range(WRITERS)) for one in taken]


def _loading(store: Store) -> list[float]:
    """The times until a record is there, in ms."""
    ids = [saved.id for saved in _save_all(store, range(READS))]
    taken = []
    for id in ids:
        begin = time.perf_counter()
        store.load(id).result(PATIENCE)
        taken.append(1000 * (time.perf_counter() - begin))
    return taken


def _fill(store: Store) -> None:
    for first in range(0, MANY, AT_ONCE):
        _save_all(store, range(first, first + AT_ONCE))


def _save_all(store: Store, numbers: Sequence[int]) -> list[Saved]:
    return [future.result(PATIENCE) for future in [store.save(_record(number, "kept")) for number in numbers]]


async def _over_http(url: str) -> list[float]:
    """The times until a link is answered, in ms."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=PATIENCE) as http:
        pages = await asyncio.gather(*(_page(http, number) for number in range(WRITERS)))
    return [1000 * one for taken in pages for one in taken]


async def _page(http: httpx.AsyncClient, number: int) -> list[float]:
    await asyncio.sleep(PACE * number / WRITERS)
    taken = []
    for turn in range(EACH // 2):
        begin = time.perf_counter()
        answer = await http.post("/api/experiments", json={"experiment": _experiment(number * EACH + turn)})
        taken.append(time.perf_counter() - begin)
        answer.raise_for_status()
        await asyncio.sleep(max(0.0, PACE - taken[-1]))
    return taken
