"""The executor of one machine: supervised processes, some shared by all, and one for each long piece of work."""

import os
from collections.abc import Callable, Hashable, Sequence
from concurrent import futures
from functools import partial
from weakref import WeakSet

from app.compute.pool import WorkerPool
from app.compute.process import import_ahead
from app.core.urgency import Urgency

NICENESS = 10
"""Of a process for long work: what is watched live goes first."""


class Processes:
    """`workers` processes that are there all the time for short work; for a long piece one of its own, which has the
    time that others leave, and goes with it. All processes are started, counted and ended here.

    preload: as in `import_ahead`; warm, ready: called in each new process before its first task, see `MakeExecutor`.
    Raises RuntimeError when a worker cannot be started.
    """

    def __init__(
        self,
        workers: int,
        *,
        preload: Sequence[str] = (),
        warm: Callable[[], object] | None = None,
        ready: Callable[[], object] | None = None,
    ) -> None:
        import_ahead(preload)
        self._ready = partial(_be_modest, ready)
        self._apart: WeakSet[Apart] = WeakSet()
        self._most_apart = max(1, workers // 2)
        self._shared = WorkerPool(workers, warm=warm)

    @property
    def most_apart(self) -> int:
        """Half as many as there are workers."""
        return self._most_apart

    @property
    def pids(self) -> list[int]:
        """The ids of all processes that compute."""
        return [pid for pool in (self._shared, *self._apart) for pid in pool.pids]

    def on_behalf_of(self, client: Hashable, connection: Hashable, urgency: Urgency) -> futures.Executor:
        """The shared workers, see `Backlog`."""
        return self._shared.on_behalf_of(client, connection, urgency)

    def apart(self) -> futures.Executor:
        """A process that is started now, and killed when it is shut down."""
        made = Apart(self._ready)
        self._apart.add(made)
        return made

    def shutdown(self) -> None:
        """As every executor's."""
        for one in list(self._apart):
            one.shutdown()
        self._shared.shutdown(cancel_futures=True)


class Apart(WorkerPool):
    """One process. What takes it down is not tried again, as a long piece of work may be too large for the machine."""

    def __init__(self, warm: Callable[[], object]) -> None:
        super().__init__(1, warm=warm, tries=1, waits=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End it now, whatever it does."""
        self.end()
        super().shutdown(wait, cancel_futures=True)


def _be_modest(ready: Callable[[], object] | None) -> None:
    os.nice(NICENESS)
    if ready:
        ready()
