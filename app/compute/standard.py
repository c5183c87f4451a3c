"""Executors of the standard library's kind in the place of our own."""

from collections.abc import Callable, Hashable, Sequence
from concurrent import futures
from pkgutil import resolve_name
from typing import ParamSpec, TypeVar

from app.core.urgency import Urgency

P = ParamSpec("P")
T = TypeVar("T")


class Standard:
    """Any executor of `concurrent.futures`' kind, for everything. It takes what comes in its own order, whoever asks
    and however urgently, and what it has begun it does to its end, also where nobody wants it any more.
    """

    def __init__(self, workers: futures.Executor) -> None:
        self._workers = workers

    @property
    def most_apart(self) -> int:
        """One, as a process remembers one long piece of work."""
        return 1

    def on_behalf_of(self, client: Hashable, connection: Hashable, urgency: Urgency) -> futures.Executor:
        """The executor."""
        return Lent(self._workers)

    def apart(self) -> futures.Executor:
        """The executor: what is long has its turn with all the rest, call by call."""
        return Lent(self._workers)

    def shutdown(self) -> None:
        """Drop what waits, and wait for what was begun."""
        self._workers.shutdown(cancel_futures=True)


class Lent(futures.Executor):
    """An executor as it is lent to somebody: shutting this down leaves it to the others."""

    def __init__(self, workers: futures.Executor) -> None:
        self._workers = workers

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "futures.Future[T]":
        """As the executor's own."""
        return self._workers.submit(fn, *args, **kwargs)


def in_thread(
    _workers: int,
    /,
    *,
    preload: Sequence[str] = (),
    warm: Callable[[], object] | None = None,
    ready: Callable[[], object] | None = None,
) -> Standard:
    """One thread of this process, however many processes are wanted, as what draws pictures is not made for several.

    Raises RuntimeError where it cannot be made ready.
    """

    def begin() -> None:
        for name in preload:
            resolve_name(name)
        for prepare in (warm, ready):
            if prepare:
                prepare()

    thread = futures.ThreadPoolExecutor(1, "compute", begin)
    thread.submit(len, "").result()
    return Standard(thread)
