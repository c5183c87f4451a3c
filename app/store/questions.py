"""Questions that wait in line, and one thread that answers all that wait at once."""

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Generic, TypeVar

from app.store.errors import StoreError

Q = TypeVar("Q")
A = TypeVar("A")

MOST_WAITING = 10_000
MOST_AT_ONCE = 200


class QuestionQueue(Generic[Q, A]):
    """One thread that calls `answer` with the questions that came since it did so last.

    answer: gives one answer for each question, or an exception in its place; what it raises goes to all of them.
    begin: called first, in that thread.
    """

    def __init__(
        self,
        name: str,
        answer: Callable[[Sequence[Q]], Sequence[A | Exception]],
        begin: Callable[[], None] | None = None,
    ) -> None:
        self._answer, self._begin = answer, begin
        self._waiting: SimpleQueue[tuple[Q, Future[A]] | None] = SimpleQueue()
        self._closing = threading.Lock()
        self._closed = False
        # A database that does not answer must not keep the process from ending.
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._thread.start()

    def ask(self, question: Q) -> Future[A]:
        """The answer to come. One that is cancelled while it waits is not worked on."""
        future: Future[A] = Future()
        with self._closing:
            if self._closed:
                raise StoreError("unavailable", "the store is closed")
            if self._waiting.qsize() >= MOST_WAITING:
                raise StoreError("timeout", "too many wait already")
            self._waiting.put((question, future))
        return future

    def close(self, seconds: float) -> bool:
        """Answer what waits, for as long as `seconds`, and nothing more. Whether the thread has ended."""
        with self._closing:
            self._closed = True
            self._waiting.put(None)
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._begin:
            self._begin()
        while batch := self._take():
            asked = [(question, future) for question, future in batch if future.set_running_or_notify_cancel()]
            try:
                answers = self._answer([question for question, _ in asked]) if asked else ()
            except Exception as error:
                answers = [error] * len(asked)
            for (_, future), answer in zip(asked, answers, strict=True):
                if isinstance(answer, Exception):
                    future.set_exception(answer)
                else:
                    future.set_result(answer)

    def _take(self) -> list[tuple[Q, Future[A]]]:
        """What waits, at least one; empty when there will be no more."""
        batch, item = [], self._waiting.get()
        try:
            while item is not None:
                batch.append(item)
                if len(batch) == MOST_AT_ONCE:
                    return batch
                item = self._waiting.get_nowait()
            self._waiting.put(None)  # for the next call
        except Empty:
            pass
        return batch
