"""What waits for workers, and which of it a free one takes."""

import threading
import time
from collections.abc import Hashable
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from typing import Any

from app.compute.turns import Owner, Turns
from app.core.urgency import Urgency

STAYS = 30.0  # s; so long who wanted something for a hand is taken to be there


@dataclass(slots=True, eq=False)
class Task:
    """A pickled call, who waits for its result, for whom it is, and how often it was lost."""

    data: bytes
    future: "Future[Any]"
    owner: Owner
    tries: int = 0


class Backlog:
    """Tasks that wait for one of `slots` workers. Whose turn it is, `Turns` says.

    A task that was begun holds its worker to its end, so the last free worker is kept for who may come: while somebody
    is there who waits or watches, tasks for which nobody does never hold all workers, and nor do those of one client
    while there is another.
    """

    def __init__(self, slots: int) -> None:
        self._slots = slots
        self._turns = Turns[Task]()
        self._running = list[Task]()
        self._seen = dict[Hashable, float]()
        self._changed = threading.Condition()
        self._closed = False

    def __len__(self) -> int:
        return len(self._turns)

    def add(self, task: Task) -> None:
        with self._changed:
            if self._closed:
                raise RuntimeError("the pool was shut down: no new work")
            self._turns.add(task.owner, task)
            if task.owner.urgency < Urgency.PATIENT:
                self._seen[task.owner.client] = time.monotonic()
            self._changed.notify()

    def put_back(self, task: Task) -> None:
        """Before what else waits for its owner: it has waited already."""
        with self._changed:
            self._turns.add(task.owner, task, first=True)
            self._changed.notify()

    def take(self, timeout: float) -> Task | None:
        """The next task, or None when there was none to take in `timeout` seconds. Its end must be told."""
        with self._changed:
            owner = self._changed.wait_for(lambda: self._turns.find(self._may) or self._closed, timeout)
            if not isinstance(owner, Owner):
                return None
            task = self._turns.take(owner)
            self._running.append(task)
            return task

    def end(self, task: Task, seconds: float) -> None:
        """`task` holds its worker no more; it did for so long."""
        with self._changed:
            self._running.remove(task)
            self._turns.end(task.owner, seconds)
            self._changed.notify()

    def close(self, *, drop: bool) -> None:
        """Take no more tasks; drop: nor do those that wait."""
        with self._changed:
            self._closed = True
            dropped = self._turns.clear() if drop else []
            self._changed.notify_all()
        for task in dropped:
            if not task.future.cancel():
                # It was begun once, by a worker that was lost.
                task.future.set_exception(CancelledError())

    @property
    def done(self) -> bool:
        return self._closed and not self._turns

    def _may(self, client: Hashable, urgency: Urgency) -> bool:
        """Whether a task of `client` may take the worker that asks."""
        if self._closed or self._slots == 1 or len(self._running) + 1 < self._slots:
            return True
        here = self._here()
        if here and urgency == Urgency.PATIENT and all(task.owner.urgency == urgency for task in self._running):
            return False
        return here <= {client} or any(task.owner.client != client for task in self._running)

    def _here(self) -> set[Hashable]:
        """The clients that somebody sits at."""
        now = time.monotonic()
        self._seen = {client: seen for client, seen in self._seen.items() if now - seen < STAYS}
        return set(self._seen)
