"""Supervised worker processes behind the standard `Executor` interface."""

import pickle
import threading
import time
from collections.abc import Callable, Hashable
from concurrent.futures import Executor, Future
from typing import ParamSpec, TypeVar

from app.compute.backlog import Backlog, Task
from app.compute.process import WorkerProcess
from app.compute.turns import Owner
from app.core.problems import Problem
from app.core.urgency import Urgency
from app.core.words import message

TRIES = 3
SUPERVISION_PERIOD = 0.5  # s

P = ParamSpec("P")
T = TypeVar("T")


class WorkerPool(Executor):
    """`slots` processes that run pure functions, shared by those on whose behalf they run, see `Backlog`.

    A task whose process dies is begun again on another, at most `tries` times in all; then its future has the Problem
    "worker-lost". A process that died is replaced at once. Whatever a task raises comes back through its future.

    warm: called in each new worker before its first task. waits: return when all are warm; raises RuntimeError when a
    worker cannot be started.
    """

    def __init__(
        self, slots: int, *, warm: Callable[[], object] | None = None, tries: int = TRIES, waits: bool = True
    ) -> None:
        self._warm, self._tries = warm, tries
        self._ended = False
        self._backlog = Backlog(slots)
        self._workers: list[WorkerProcess | None] = [*self._start(slots)] if waits else [None] * slots
        self._threads = [
            threading.Thread(target=self._serve, args=(slot,), daemon=True, name=f"compute-{slot}")
            for slot in range(slots)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def pids(self) -> list[int]:
        """The process ids of the workers that are there now."""
        return [process.pid for process in self._workers if process]

    @property
    def waiting(self) -> int:
        """How many tasks no worker has taken yet."""
        return len(self._backlog)

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """The future of `fn(*args, **kwargs)`, which is nobody's in particular; a task that no worker has taken yet can
        be cancelled.
        """
        return self.submit_for(Owner("", "", Urgency.HAND), fn, *args, **kwargs)

    def submit_for(self, owner: Owner, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """The same, for `owner`."""
        future: Future[T] = Future()
        self._backlog.add(Task(pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL), future, owner))
        return future

    def on_behalf_of(self, client: Hashable, connection: Hashable, urgency: Urgency) -> Executor:
        """What to submit that to which is `urgent` for a `connection` of `client`."""
        return OnBehalf(self, Owner(client, connection, urgency))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more work, finish what was begun (and what waits, unless `cancel_futures`), end all processes."""
        self._backlog.close(drop=cancel_futures)
        if wait:
            for thread in self._threads:
                thread.join()

    def end(self) -> None:
        """Take no more work and end all processes now, whatever they do: nobody wants it any more."""
        self._ended = True
        self._backlog.close(drop=True)
        for process in self._workers:
            if process:
                process.kill()

    def _start(self, count: int) -> list[WorkerProcess]:
        started = list[WorkerProcess]()
        try:
            started += (WorkerProcess(self._warm) for _ in range(count))
            for process in started:
                process.await_ready()
        except (EOFError, OSError) as error:
            for process in started:
                process.stop()
            raise RuntimeError("a worker process did not start") from error
        return started

    def _serve(self, slot: int) -> None:
        """What the thread of one slot does: keeps a process in it and hands it tasks."""
        while not self._backlog.done:
            process = self._workers[slot]
            if process is None or not process.alive:
                self._replace(slot)
                continue
            task = self._backlog.take(SUPERVISION_PERIOD)
            if task and (task.future.running() or task.future.set_running_or_notify_cancel()):
                self._attempt(slot, process, task)
            elif task:
                self._backlog.end(task, 0.0)
        self._clear(slot)

    def _clear(self, slot: int) -> None:
        old, self._workers[slot] = self._workers[slot], None
        if old:
            old.stop()

    def _replace(self, slot: int) -> None:
        self._clear(slot)
        if self._backlog.done:
            return
        try:
            (self._workers[slot],) = self._start(1)
        except RuntimeError:
            # The machine may be short of memory: the next try comes after a pause, other slots go on.
            threading.Event().wait(SUPERVISION_PERIOD)

    def _attempt(self, slot: int, process: WorkerProcess, task: Task) -> None:
        begun = time.monotonic()
        try:
            succeeded, value = process.call(task.data)
        except (EOFError, OSError) as error:
            self._backlog.end(task, time.monotonic() - begun)
            # A broken pipe means that the process was gone before: that was no try of this task.
            self._lost(task, counts=not isinstance(error, BrokenPipeError))
            self._replace(slot)
            return
        except Exception as error:  # the answer is of no type that this process knows
            succeeded, value = False, error
        self._backlog.end(task, time.monotonic() - begun)
        if succeeded:
            task.future.set_result(value)
        else:
            task.future.set_exception(value)

    def _lost(self, task: Task, *, counts: bool) -> None:
        task.tries += counts
        if task.tries < self._tries and not self._ended:
            self._backlog.put_back(task)
            return
        often = message("problems.worker-lost.often", n=self._tries)
        detail = often if self._tries > 1 else message("problems.worker-lost.once")
        task.future.set_exception(Problem("worker-lost", detail, status=503))


class OnBehalf(Executor):
    """A pool as one owner sees it."""

    def __init__(self, pool: WorkerPool, owner: Owner) -> None:
        self._pool, self._owner = pool, owner

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """As the pool's own."""
        return self._pool.submit_for(self._owner, fn, *args, **kwargs)
