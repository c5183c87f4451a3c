"""Supervised worker processes behind the standard `Executor` interface."""

import pickle
import threading
import time
from collections.abc import Callable, Hashable, Sequence
from concurrent.futures import Executor, Future
from multiprocessing import current_process, forkserver, get_context
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from app.compute import worker
from app.compute.backlog import Backlog, Task
from app.compute.turns import Owner
from app.core.problems import Problem
from app.core.urgency import Urgency

TRIES = 3
SUPERVISION_PERIOD = 0.5  # s
LONGEST_FOLDER = 85
"""Characters that leave room for the name of a socket, whose path may have 103 or 107."""

P = ParamSpec("P")
T = TypeVar("T")


def import_ahead(modules: Sequence[str], folder: Path | None = None) -> None:
    """Start the process from which all workers are forked, where there is none. It imports `modules`, which must not
    start threads, while this one goes on.

    folder: where its socket is made, of at most `LONGEST_FOLDER` characters; else in a folder that a process which is
    killed leaves.
    """
    if folder:
        # There is no public way that leaves nothing of its own to be cleared at exit, when the folder is gone.
        current_process()._config.setdefault("tempdir", str(folder))  # type: ignore[attr-defined]
    forkserver.set_forkserver_preload(["app.compute.worker", *modules])
    forkserver.ensure_running()


class WorkerProcess:
    """One process and the pipe to it; raises EOFError or OSError where the process is gone."""

    _starting = threading.Lock()  # multiprocessing's list of children is not made for threads

    def __init__(self, context: Any, warm: Callable[[], object] | None) -> None:
        self._pipe, theirs = context.Pipe()
        with self._starting:
            self._process = context.Process(target=worker.main, args=(theirs, warm), daemon=True, name="compute")
            self._process.start()
        theirs.close()

    def await_ready(self) -> None:
        """Return when it is warm."""
        self._pipe.recv_bytes()

    @property
    def pid(self) -> int:
        return int(self._process.pid)

    @property
    def alive(self) -> bool:
        return bool(self._process.is_alive())

    def call(self, task: bytes) -> tuple[bool, Any]:
        self.send(task)
        return self.receive()

    def send(self, task: bytes) -> None:
        self._pipe.send_bytes(task)

    def answered(self, seconds: float) -> bool:
        """Whether there is something to receive, or the process is gone, within so many seconds."""
        return bool(self._pipe.poll(seconds))

    def receive(self) -> tuple[bool, Any]:
        return worker.read_answer(self._pipe.recv_bytes())

    def stop(self) -> None:
        """End the process now and wait until it is gone; it is idle, or nobody wants what it does."""
        self._pipe.close()
        self._process.kill()
        with self._starting:
            self._process.join()
            self._process.close()


class WorkerPool(Executor):
    """`slots` processes that run pure functions, shared by those on whose behalf they run, see `Backlog`.

    A task whose process dies is begun again on another, at most `TRIES` times in all; then its future has the Problem
    "worker-lost". A process that died is replaced at once. Whatever a task raises comes back through its future.

    preload: as in `import_ahead`. warm: called in each new worker before its first task.
    Raises RuntimeError when a worker cannot be started.
    """

    def __init__(self, slots: int, *, preload: Sequence[str] = (), warm: Callable[[], object] | None = None) -> None:
        import_ahead(preload)
        self._context = get_context("forkserver")
        self._warm = warm
        self._backlog = Backlog(slots)
        self._workers: list[WorkerProcess | None] = list(self._start(slots))
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

    def _start(self, count: int) -> list[WorkerProcess]:
        try:
            started = [WorkerProcess(self._context, self._warm) for _ in range(count)]
            for process in started:
                process.await_ready()
        except (EOFError, OSError) as error:
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
        last = self._workers[slot]
        if last:
            last.stop()
            self._workers[slot] = None

    def _replace(self, slot: int) -> None:
        old, self._workers[slot] = self._workers[slot], None
        if old:
            old.stop()
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
        if task.tries < TRIES:
            self._backlog.put_back(task)
            return
        detail = f"The process that computed this was lost {TRIES} times. Try again, or try something smaller."
        task.future.set_exception(Problem("worker-lost", "The computation was lost", detail, status=503))


class OnBehalf(Executor):
    """A pool as one owner sees it."""

    def __init__(self, pool: WorkerPool, owner: Owner) -> None:
        self._pool, self._owner = pool, owner

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> "Future[T]":
        """As the pool's own."""
        return self._pool.submit_for(self._owner, fn, *args, **kwargs)
