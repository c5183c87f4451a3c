"""Films that are kept: what comes back, what goes, and that nothing on the disk is an error."""

import hashlib
import multiprocessing
import os
import time
from pathlib import Path

import pytest
import torch
from torch import Tensor

from app.engine import films
from app.engine.films import FilmStore, MemoryFilms
from app.engine.records import Film
from tests.patience import PATIENCE

WHOLE = torch.arange(10 * 2 * 3, dtype=torch.float64).view(10, 2, 3) / 7


def part(*entries: int, theta: Tensor = WHOLE) -> Film:
    return Film(entries, theta[list(entries)])


@pytest.fixture(params=["memory", "files"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryFilms | FilmStore:
    return MemoryFilms() if request.param == "memory" else FilmStore(tmp_path / "films")


def test_parts_in_any_order_that_overlap_are_one_film(store: MemoryFilms | FilmStore) -> None:
    for entries in ((4, 5, 6), (0, 1, 2), (6, 7, 8, 9), (2, 3, 4, 5)):
        assert store.write("run", part(*entries))
    found = store.read("run", range(10))
    assert found
    assert found.entries == tuple(range(10))
    assert found.theta.dtype == torch.float64
    assert torch.equal(found.theta, WHOLE)


def test_just_the_entries_that_are_asked_for_come_back(store: MemoryFilms | FilmStore) -> None:
    store.write("run", part(0, 2, 4))
    store.write("run", part(6, 8, 9))
    found = store.read("run", (4, 9))
    assert found
    assert found.entries == (4, 9)
    assert torch.equal(found.theta, WHOLE[[4, 9]])


@pytest.mark.parametrize("entries", [(), (3,), (0, 1, 2, 3), (5, 6), (9,)])
def test_a_gap_is_no_film(store: MemoryFilms | FilmStore, entries: tuple[int, ...]) -> None:
    store.write("run", part(0, 1, 2))
    store.write("run", part(4, 5))
    assert store.read("run", entries) is None


def test_a_run_has_its_own_film(store: MemoryFilms | FilmStore) -> None:
    store.write("one", part(0))
    assert store.read("two", [0]) is None


def test_a_part_without_entries_is_nothing(store: MemoryFilms | FilmStore) -> None:
    assert store.write("run", Film((), torch.empty(0, 2, 3, dtype=torch.float64)))
    assert store.read("run", [0]) is None


def test_what_is_no_number_comes_back(tmp_path: Path) -> None:
    theta = torch.tensor([[[torch.nan, torch.inf, -0.0]]], dtype=torch.float64)
    FilmStore(tmp_path).write("run", Film((7,), theta))
    found = FilmStore(tmp_path).read("run", [7])
    assert found
    assert found.theta.numpy().tobytes() == theta.numpy().tobytes()


@pytest.mark.parametrize("damage", [b"", b"no zip at all", None])
def test_a_damaged_part_is_missing_and_can_be_written_again(tmp_path: Path, damage: bytes | None) -> None:
    store = FilmStore(tmp_path)
    store.write("run", part(0, 1))
    store.write("run", part(2, 3))
    path = next(tmp_path.glob("*/2-3.npz"))
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data if damage is None else damage)
    assert store.read("run", range(4)) is None
    assert store.read("run", range(2))
    assert store.write("run", part(2, 3))
    assert store.read("run", range(4))


def test_a_directory_that_is_gone_is_made_again(tmp_path: Path) -> None:
    store = FilmStore(tmp_path / "films")
    assert store.read("run", [0]) is None
    assert store.write("run", part(0))
    next(tmp_path.glob("films/*/*.npz")).unlink()
    assert store.read("run", [0]) is None
    assert store.write("run", part(0))
    assert store.read("run", [0])


def test_a_disk_that_takes_nothing_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    store = FilmStore(blocked)
    assert not store.write("run", part(0))
    assert store.read("run", [0]) is None
    full = FilmStore(tmp_path / "films")
    (tmp_path / "films" / hashlib.sha256(b"run").hexdigest() / "0-0.npz" / "in the way").mkdir(parents=True)
    assert not full.write("run", part(0))
    assert not list(tmp_path.glob("films/*/*.part"))


def test_the_least_recently_used_run_goes_first(tmp_path: Path) -> None:
    size = 100_000
    store = FilmStore(tmp_path, capacity=3 * 8 * size + 10_000)
    for name in ("a", "b", "c"):
        store.write(name, Film((0,), torch.zeros(1, 1, size, dtype=torch.float64)))
        time.sleep(0.02)
    assert store.read("a", [0])
    store.write("d", Film((0,), torch.zeros(1, 1, size, dtype=torch.float64)))
    assert [bool(store.read(name, [0])) for name in "abcd"] == [True, False, True, True]
    assert sum(path.stat().st_size for path in tmp_path.rglob("*.npz")) < 3 * 8 * size + 10_000


def test_a_run_over_the_capacity_is_kept_while_it_is_written(tmp_path: Path) -> None:
    store = FilmStore(tmp_path, capacity=100)
    for entry in range(5):
        store.write("run", part(entry))
    assert store.read("run", range(5))


def test_many_small_runs_are_bounded_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(films, "MOST_RUNS", 5)
    store = FilmStore(tmp_path)
    for number in range(100):
        store.write(str(number), part(0))
    assert len(list(tmp_path.iterdir())) <= 5 + films.MOST_UNSEEN
    assert store.read("99", [0])


def test_several_processes_share_a_store(tmp_path: Path) -> None:
    context = multiprocessing.get_context("forkserver")
    jobs = [context.Process(target=_scribble, args=(tmp_path, number)) for number in range(3)]
    for job in jobs:
        job.start()
    store = FilmStore(tmp_path, capacity=20_000)
    deadline = time.monotonic() + PATIENCE
    while any(job.is_alive() for job in jobs) and time.monotonic() < deadline:
        found = store.read("run", range(10))
        assert found is None or torch.equal(found.theta, WHOLE)
    assert [job.exitcode for job in jobs] == [0] * 3


def _scribble(directory: Path, number: int) -> None:
    store = FilmStore(directory, capacity=20_000)
    for turn in range(150):
        store.write("run", part(*range(turn % 5, 10)))
        store.write(f"{os.getpid()}-{turn}", part(*range(10)))
        found = store.read("run", range(10))
        assert found is None or torch.equal(found.theta, WHOLE), number
