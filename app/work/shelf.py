"""What a process that computes keeps between two calls: films of runs, and what was made of them.

A worker is told where to keep films before its first task; any other process has its films to itself.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

from app.core.problems import Problem
from app.core.strictjson import read_json
from app.core.words import message
from app.engine.films import Films, FilmStore, MemoryFilms, kept_entries
from app.engine.picture import Laid, lay
from app.engine.snapshot import model_of
from app.experiment import Experiment
from app.objectives.planes.choice import PlaneChoice, parse_plane_choice
from app.protocol.slices import Slice
from app.work.experiments import experiment_of
from app.work.slices import compute_slice

P = ParamSpec("P")
T = TypeVar("T")


class Shelf:
    """films: those of all processes that share a directory."""

    films: Films = MemoryFilms()


class Missing(Exception):
    """The film that is needed is not there, or not all of it."""


def keep_in(directory: Path) -> None:
    """Keep films in `directory` from now on."""
    Shelf.films = FilmStore(directory)


def keep(text: str, done: Slice) -> Slice:
    """`done`, a slice of the run with the canonical `text`, without its film, which is on the shelf now."""
    if done.chunk.film:
        Shelf.films.write(text, done.chunk.film)
    return replace(done, chunk=replace(done.chunk, film=None))


def kept_slice(text: str, carry: bytes | None, count: int, *, finish: bool = False) -> Slice:
    """`compute_slice`, whose film stays here."""
    return keep(text, compute_slice(text, carry, count, finish=finish))


def filmed(function: Callable[P, T]) -> Callable[P, T | None]:
    """`function`, but None where it raises Missing."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> T | None:
        try:
            return function(*args, **kwargs)
        except Missing:
            return None

    return call


@lru_cache(maxsize=2)
def laid(text: str, plane: str) -> Laid:
    """The plane with the canonical text `plane`, for the whole run `text`; raises Missing without its film."""
    experiment = experiment_of(text)
    film = Shelf.films.read(text, kept_entries(experiment))
    if film is None:
        raise Missing
    return lay(experiment, film, _plane(experiment, plane))


def _plane(experiment: Experiment, plane: str) -> PlaneChoice:
    choice, _ = model_of(experiment)
    found = parse_plane_choice(read_json(plane), len(experiment.optimizers), choice.shapes(), ("plane",), [])
    if found is None:
        raise Problem("no-plane", message("problems.no-plane.detail", plane=plane))
    return found
