"""Whose turn it is. Time is shared by those for whom something is done, not by the order in which they asked.

Sharing happens at three levels, at each by start-time fair queueing: between urgencies by their shares, then between
clients alike, then between the connections of a client alike; what one connection wants of one urgency comes in order.
Everybody has a clock of seconds used; whose clock shows least is next. Who comes, or comes back after a pause, begins
at the time that all together have come to: nobody saves up, nobody has to make up for a time when there was room, and
however many come anew, who has waited goes before them.
"""

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Generic, NamedTuple, TypeVar

from app.core.urgency import SHARES, Urgency

T = TypeVar("T")

EXPECTED = 0.05
"""Seconds that a turn is taken to use until it is known."""

FEW = 16
"""So many who share are not looked through for those who are not there any more."""


class Owner(NamedTuple):
    """For whom something is done, and how urgent that is."""

    client: Hashable
    connection: Hashable
    urgency: Urgency


@dataclass(slots=True, eq=False)
class Sharer(Generic[T]):
    """One who shares, with its own members or, at the lowest level, what waits.

    start: where its clock stands; now: where the clocks of its members would stand had they shared to the second;
    waiting, running: how much below it does.
    """

    share: float = 1.0
    start: float = 0.0
    now: float = 0.0
    waiting: int = 0
    running: int = 0
    members: "dict[Any, Sharer[T]]" = field(default_factory=dict)
    items: deque[T] = field(default_factory=deque)
    few: int = FEW

    def member(self, key: Hashable, share: float = 1.0) -> "Sharer[T]":
        if key not in self.members:
            self.members[key] = Sharer(share)
        return self.members[key]

    def in_turn(self) -> "list[tuple[Any, Sharer[T]]]":
        """The members for whom something waits, whose turn it is first."""
        waiting = [(key, member) for key, member in self.members.items() if member.waiting]
        return sorted(waiting, key=lambda entry: entry[1].start)

    def shares(self) -> float:
        """Of all members for whom something waits or runs."""
        return sum(member.share for member in self.members.values() if member.waiting or member.running)

    def forget(self) -> None:
        """Let those go who want nothing and owe nothing."""
        if not self.waiting and not self.running:
            self.members.clear()
        elif len(self.members) > self.few:
            self.members = {key: one for key, one in self.members.items()
                            if one.waiting or one.running or one.start > self.now}  # fmt: skip
            self.few = FEW + 2 * len(self.members)


class Turns(Generic[T]):
    """What waits for a turn, of all owners. It knows no clock and no threads: whoever uses it takes care of both."""

    def __init__(self) -> None:
        self._all: Sharer[T] = Sharer()

    def __len__(self) -> int:
        return self._all.waiting

    def add(self, owner: Owner, item: T, *, first: bool = False) -> None:
        """`item` waits for a turn of `owner`; first: before what else waits for one of its."""
        path = self._path(owner)
        for above, one in pairwise(path):
            if not one.waiting and not one.running:
                one.start = max(one.start, above.now)
        for one in path:
            one.waiting += 1
        (path[-1].items.appendleft if first else path[-1].items.append)(item)

    def find(self, may: Callable[[Hashable, Urgency], bool] = lambda _client, _urgency: True) -> Owner | None:
        """Whose turn it is, of those clients who `may` have one."""
        for urgency, clients in self._all.in_turn():
            for client, connections in clients.in_turn():
                if may(client, urgency):
                    return Owner(client, connections.in_turn()[0][0], urgency)
        return None

    def take(self, owner: Owner) -> T:
        """What waited longest for a turn of `owner`, which runs from now on until `end` is told."""
        path = self._path(owner)
        for one in path:
            one.waiting -= 1
            one.running += 1
            one.start += EXPECTED / one.share
        return path[-1].items.popleft()

    def end(self, owner: Owner, seconds: float) -> None:
        """A turn of `owner` has ended, and took so long."""
        path = self._path(owner)
        for one in path:
            if one.members:
                one.now += seconds / one.shares()
        for one in path:
            one.running -= 1
            one.start += (seconds - EXPECTED) / one.share
        for one in path:
            one.forget()

    def clear(self) -> list[T]:
        """Nothing waits any more: what did."""
        dropped: list[T] = []
        for clients in self._all.members.values():
            for connections in clients.members.values():
                for connection in connections.members.values():
                    dropped += connection.items
                    connection.items.clear()
                    connection.waiting = 0
                connections.waiting = 0
            clients.waiting = 0
        self._all.waiting = 0
        return dropped

    def _path(self, owner: Owner) -> list[Sharer[T]]:
        """From all of them down to the connection."""
        urgency = self._all.member(owner.urgency, SHARES[owner.urgency])
        client = urgency.member(owner.client)
        return [self._all, urgency, client, client.member(owner.connection)]
