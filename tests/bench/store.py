"""Fifty people who save links at once, and a database that has many."""

import asyncio
import json
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import httpx

from app.store.records import Record, Saved
from app.store.store import Store
from tests.bench.report import Figure, percentile
from tests.engine.races import EIGHT
from tests.server import Server

WRITERS, EACH, TURNS = 50, 40, 5
PACE = 0.5  # s, between two links of one page
MANY, AT_ONCE = 100_000, 5000
READS = 2000
PATIENCE = 60.0
FREELY = {f"PLAYGROUND_{name}_{kind}": "100000" for name in ("REQUEST", "LINK") for kind in ("RATE", "BURST")}


def measure() -> list[Figure]:
    """Saving and loading with little and with much that is kept, and over HTTP."""
    with tempfile.TemporaryDirectory() as folder:
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
    more = f"and with {MANY} more kept"
    return [
        Figure("50 threads save without a pause: 95th percentile", save, "ms", "<= 20 ms", save <= 20),
        Figure(more, save_more, "ms", "<= 20 ms", save_more <= 20),
        Figure("load, one after the other: 95th percentile", load, "ms", "<= 5 ms", load <= 5),
        Figure(more, load_more, "ms", "<= 5 ms", load_more <= 5),
        Figure("50 pages make two links a second each: 95th percentile", http, "ms", "<= 20 ms", http <= 20),
    ]


def _experiment(seed: int) -> dict[str, object]:
    return {"objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": EIGHT, "steps": 300, "seed": seed}


def _record(seed: int, title: str) -> Record:
    return Record(json.dumps(_experiment(seed), sort_keys=True, separators=(",", ":")), title=title)


def _saving(store: Store, title: str) -> float:
    """The 95th percentile of the time until a save is acknowledged, in ms: the middle of some turns, as a checkpoint
    falls into one and not into the next.
    """
    return percentile([_turn(store, f"{title} {turn}") for turn in range(TURNS)], 0.5)


def _turn(store: Store, title: str) -> float:
    def save(writer: int) -> list[float]:
        taken = []
        for number in range(EACH):
            begin = time.perf_counter()
            store.save(_record(writer * EACH + number, title)).result(PATIENCE)
            taken.append(time.perf_counter() - begin)
        return taken

    with ThreadPoolExecutor(WRITERS) as writers:
        return 1000 * percentile([one for taken in writers.map(save, range(WRITERS)) for one in taken], 0.95)


def _loading(store: Store) -> float:
    """The 95th percentile of the time until a record is there, in ms."""
    ids = [saved.id for saved in _save_all(store, range(READS))]
    taken = []
    for id in ids:
        begin = time.perf_counter()
        store.load(id).result(PATIENCE)
        taken.append(time.perf_counter() - begin)
    return 1000 * percentile(taken, 0.95)


def _fill(store: Store) -> None:
    for first in range(0, MANY, AT_ONCE):
        _save_all(store, range(first, first + AT_ONCE))


def _save_all(store: Store, numbers: Sequence[int]) -> list[Saved]:
    return [future.result(PATIENCE) for future in [store.save(_record(number, "kept")) for number in numbers]]


async def _over_http(url: str) -> float:
    """The 95th percentile of the time until a link is answered, in ms."""
    async with httpx.AsyncClient(base_url=url, trust_env=False, timeout=PATIENCE) as http:
        pages = await asyncio.gather(*(_page(http, number) for number in range(WRITERS)))
    return 1000 * percentile([one for taken in pages for one in taken], 0.95)


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
