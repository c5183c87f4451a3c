"""Films that are kept for a while, so that pictures of a run need not compute it again.

A store is a cache: what it holds may be gone at any time, and nothing is wrong where it has no room.
"""

import hashlib
import itertools
import os
import shutil
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

import numpy as np
import torch

from app.engine.objectives import objective_of
from app.engine.records import Film
from app.engine.tape import kept_weights
from app.experiment import Experiment

CAPACITY = 256 * 2**20
"""Bytes of all films together."""

MOST_RUNS = 256
"""So many runs are kept at most, however small they are."""

MOST_UNSEEN = 32
"""Parts that one process writes between two looks at how much is kept."""


def kept_entries(experiment: Experiment) -> Sequence[int]:
    """The entries whose weights are in the film of the whole run."""
    rows, dim = len(experiment.optimizers), objective_of(experiment).dim
    return kept_weights(experiment.steps, rows, dim, range(experiment.steps + 1))


class Films(Protocol):
    """Where films are kept by the canonical text of their run."""

    def write(self, text: str, film: Film) -> bool:
        """Keep this part of the film of the run `text`: whether there was room for it."""

    def read(self, text: str, entries: Sequence[int]) -> Film | None:
        """The film of the run `text` at just these `entries`, which rise; None where one of them is not there."""


class MemoryFilms:
    """The film of one run, in this process: that of the run which was written last."""

    def __init__(self) -> None:
        self._text, self._parts = "", dict[tuple[int, ...], Film]()

    def write(self, text: str, film: Film) -> bool:
        if text != self._text:
            self._text, self._parts = text, {}
        self._parts[film.entries] = film
        return True

    def read(self, text: str, entries: Sequence[int]) -> Film | None:
        return joined(self._parts.values(), entries) if text == self._text else None


class FilmStore:
    """Films in files below `directory`, for several processes at once. Nothing that a file system does is an error.

    Each run has a folder named by a hash of its text, each part a file named by its first and last entry. Where the
    files have more than `capacity` bytes, or the runs are more than `MOST_RUNS`, those go that were used least
    recently; each process looks now and then, so there may be a little more for a while.
    """

    def __init__(self, directory: Path, capacity: int = CAPACITY) -> None:
        self._directory, self._capacity = directory, capacity
        self._unseen = itertools.cycle(range(MOST_UNSEEN))
        self._written = 0

    def write(self, text: str, film: Film) -> bool:
        if not film.entries:
            return True
        folder = self._folder(text)
        path = folder / f"{film.entries[0]}-{film.entries[-1]}.npz"
        waiting = folder / f"{os.getpid()}-{time.monotonic_ns()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with waiting.open("wb") as file:
                np.savez(file, entries=np.array(film.entries), theta=film.theta.numpy())
            waiting.replace(path)
        except OSError:
            with suppress(OSError):
                waiting.unlink()
            return False
        self._written += film.theta.nbytes
        if self._written > self._capacity // 16 or next(self._unseen) == 0:
            self._written = 0
            self._make_room(folder)
        return True

    def read(self, text: str, entries: Sequence[int]) -> Film | None:
        folder = self._folder(text)
        with suppress(OSError):
            os.utime(folder)
        if not entries:
            return None
        wanted = [path for path in _parts(folder) if _overlap(path, entries[0], entries[-1])]
        return joined((part for part in map(_load, wanted) if part), entries)

    def _folder(self, text: str) -> Path:
        return self._directory / hashlib.sha256(text.encode()).hexdigest()

    def _make_room(self, kept: Path) -> None:
        """Let runs go until there is room, all but the one in the folder `kept`."""
        runs = [(_used(folder), _size(folder), folder) for folder in _folders(self._directory)]
        held, number = sum(size for _, size, _ in runs), len(runs)
        for _, size, folder in sorted(runs):
            if held <= self._capacity and number <= MOST_RUNS:
                return
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)
                held, number = held - size, number - 1


def joined(parts: Iterable[Film], entries: Sequence[int]) -> Film | None:
    """The film at just these `entries`, of `parts` that may overlap; None where one of the entries is in none."""
    found = {entry: weights for part in parts for entry, weights in zip(part.entries, part.theta, strict=True)}
    if not entries or any(entry not in found for entry in entries):
        return None
    return Film(tuple(entries), torch.stack([found[entry] for entry in entries]))


def _load(path: Path) -> Film | None:
    """The part in the file `path`; a file that is damaged is removed, as if it had not been there."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return Film(tuple(file["entries"].tolist()), torch.from_numpy(file["theta"]))
    except FileNotFoundError:
        return None
    except Exception:  # there is no end to what numpy and zipfile raise for a file that is none of theirs
        with suppress(OSError):
            path.unlink()
        return None


def _parts(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.suffix == ".npz"]
    except OSError:
        return []


def _overlap(path: Path, first: int, last: int) -> bool:
    """Whether the part in the file `path` has entries between `first` and `last`."""
    begins, ends = map(int, path.stem.split("-"))
    return begins <= last and ends >= first


def _folders(directory: Path) -> list[Path]:
    try:
        return list(directory.iterdir())
    except OSError:
        return []


def _used(folder: Path) -> int:
    """When the run was last used, in ns; long ago where it is gone."""
    try:
        return folder.stat().st_mtime_ns
    except OSError:
        return 0


def _size(folder: Path) -> int:
    with suppress(OSError), os.scandir(folder) as files:
        return sum(file.stat().st_size for file in files)
    return 0
