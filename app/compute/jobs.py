"""Long work: each job has a process of its own, which remembers what it was told, and can be ended at any time."""

import pickle
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from multiprocessing import get_context
from queue import SimpleQueue
from typing import Any, TypeVar

from app.compute.pool import WorkerProcess
from app.core.problems import Problem

LOOK = 0.05  # s; between two looks at whether a job is still wanted

T = TypeVar("T")
Task = tuple["Future[Any]", Callable[[], Any]]


class Job:
    """A process that makes one call after the other, forked from the one that all workers come from.

    The futures of its calls have the Problem "took-too-long" once it has lived for `seconds`, and "worker-lost" where
    its process is gone.
    """

    def __init__(self, seconds: float, warm: Callable[[], object] | None = None) -> None:
        """warm: called in the process before all others."""
        self._tasks: SimpleQueue[Task | None] = SimpleQueue()
        self._ended = threading.Event()
        self._deadline, self._warm = time.monotonic() + seconds, warm
        threading.Thread(target=self._serve, daemon=True, name="job").start()

    def call(self, function: Callable[[], T]) -> "Future[T]":
        """The future of `function()`, made in the process after what was called before."""
        future: Future[T] = Future()
        self._tasks.put((future, function))
        return future

    def end(self) -> None:
        """Nobody waits for anything any more: the process is ended, whatever it does."""
        self._ended.set()
        self._tasks.put(None)

    def _serve(self) -> None:
        process = None
        while task := self._tasks.get():
            future, function = task
            if not future.set_running_or_notify_cancel():
                continue
            try:
                process = process or self._start()
                future.set_result(self._answer(process, function))
            except (EOFError, OSError):
                future.set_exception(_lost())
            except BaseException as error:
                future.set_exception(error)
        if process:
            process.stop()

    def _start(self) -> WorkerProcess:
        process = WorkerProcess(get_context("forkserver"), self._warm)
        process.await_ready()
        return process

    def _answer(self, process: WorkerProcess, function: Callable[[], Any]) -> Any:
        if self._ended.is_set():
            raise _lost()
        process.send(pickle.dumps((function, (), {}), pickle.HIGHEST_PROTOCOL))
        while not process.answered(LOOK):
            if self._ended.is_set():
                raise _lost()
            if time.monotonic() > self._deadline:
                self._ended.set()
                detail = "This took too long. Try fewer steps, fewer optimizers, or something smaller."
                raise Problem("took-too-long", "This takes too long", detail, status=503)
        succeeded, value = process.receive()
        if not succeeded:
            raise value
        return value


def _lost() -> Problem:
    detail = "The process that computed this was lost. Try again, or try something smaller."
    return Problem("worker-lost", "The computation was lost", detail, status=503)
