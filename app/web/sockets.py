"""How many websockets each client has open."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from app.core.problems import Problem
from app.core.words import message


class Sockets:
    """most: how many one client may have."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._open: Counter[str] = Counter()

    @contextmanager
    def one(self, client: str) -> Iterator[None]:
        """One more while it is served; raises Problem "too-many-sockets" where that is too many."""
        if self._open[client] >= self._most:
            raise Problem("too-many-sockets", message("problems.too-many-sockets.detail", n=self._most), status=429)
        self._open[client] += 1
        try:
            yield
        finally:
            self._open[client] -= 1
            if not self._open[client]:
                del self._open[client]
