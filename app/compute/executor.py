"""What the server asks of whatever runs its work."""

from collections.abc import Callable, Hashable, Sequence
from concurrent import futures
from typing import Protocol

from app.core.urgency import Urgency


class Executor(Protocol):
    """Where everything is done that the server does not do: as executors of `concurrent.futures`, one for each purpose.

    Work is a function of a module, with arguments and a result that can be pickled. Each call is a function of its
    arguments alone: what a process remembers from one call to the next saves time and decides nothing. So any call may
    go to any process, and may be made again.
    """

    @property
    def most_apart(self) -> int:
        """For how many long pieces of work there is room at a time."""

    def on_behalf_of(self, client: Hashable, connection: Hashable, urgency: Urgency) -> futures.Executor:
        """What to submit short work to, which is `urgent` for a `connection` of `client`. Work that has not begun can
        be cancelled. Its future has the Problem "worker-lost" where the work took the process down again and again.
        """

    def apart(self) -> futures.Executor:
        """What to submit one long piece of work to, in as many calls as it takes, one at a time: a place where it keeps
        nobody else waiting, and where what it remembers from one call to the next is at hand.

        `shutdown(wait=False, cancel_futures=True)` says that nobody wants it any more: it is ended in the middle where
        that can be done. Its future has the Problem "worker-lost" where its process is gone.
        """

    def shutdown(self) -> None:
        """Take no more work, drop what waits, finish what is short and was begun, end what is long; leave nothing."""


class MakeExecutor(Protocol):
    """How an executor is made. workers: processes to use; preload: modules whose import takes long; warm: called before
    short work begins, wherever it runs; ready: the same for long work. Raises RuntimeError where it cannot be started.
    """

    def __call__(
        self,
        workers: int,
        /,
        *,
        preload: Sequence[str] = (),
        warm: Callable[[], object] | None = None,
        ready: Callable[[], object] | None = None,
    ) -> Executor: ...
