"""One connection's conversation as a state machine: messages and results go in, actions come out. Knows no socket.

A connection carries the shows of one page. One show is always there, and messages that name no show are of it; others
are opened and closed by name. Each is a conversation of its own, see `Show`: what happens in one changes no other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from app.core.problems import FieldError, Problem
from app.core.strictjson import malformed, read_json
from app.core.words import Message, message
from app.experiment import Experiment
from app.protocol import messages
from app.protocol.messages import ClientMessage, CloseMessage, OpenMessage
from app.protocol.run import Compute
from app.protocol.show import Send, Show, refused
from app.protocol.slices import Slice


@dataclass(frozen=True, slots=True)
class Drop:
    """What was to be computed for `show` is not wanted any more."""

    show: str


Action = Send | Compute | Drop


class Session:
    """limits: told to the client; admit(experiment): raises the Problem of one that costs too much; most_shows: how
    many may be open at once, beside the one that is always there.
    """

    def __init__(self, limits: Mapping[str, Any], admit: Callable[[Experiment], None], most_shows: int) -> None:
        self._limits, self._admit, self._most_shows = limits, admit, most_shows
        self._serials = count()
        self._shows: dict[str | None, Show] = {None: self._make(None)}

    def open(self) -> list[Action]:
        """What to do first."""
        return [Send(messages.hello(self._limits))]

    def receive(self, data: str | bytes) -> list[Action]:
        """What to do about a message of the client; whatever is wrong with it becomes a problem that is sent."""
        show = id = None
        try:
            if isinstance(data, bytes):
                raise malformed(message("problems.malformed.binary"))
            document = read_json(data)
            show, id = messages.identity(document, "show"), messages.identity(document, "id")
            return self._handle(messages.parse(document))
        except Problem as problem:
            return [Send(messages.problem(show, id, problem))]

    def computed(self, work: Compute, result: Slice) -> list[Action]:
        """What to do with the result of `work`; nothing when it is not wanted any more."""
        show = self._shows.get(work.show)
        return [*show.computed(work.serial, result)] if show else []

    def failed(self, work: Compute, problem: Problem) -> list[Action]:
        """What to do when `work` failed."""
        show = self._shows.get(work.show)
        return [*show.failed(work.serial, problem)] if show else []

    def _handle(self, asked: ClientMessage) -> list[Action]:
        if isinstance(asked, OpenMessage):
            return self._open(asked.show)
        show = self._shows.get(asked.show)
        if show is None:
            raise _refused("unknown-show", message("problems.unknown-show.field"))
        if isinstance(asked, CloseMessage):
            del self._shows[asked.show]
            return [Drop(asked.show)]
        return [*show.handle(asked)]

    def _open(self, name: str) -> list[Action]:
        if name in self._shows:
            raise _refused("show-taken", message("problems.show-taken.field"))
        most = self._most_shows
        if len(self._shows) > most:
            raise _refused("too-many-shows", message("problems.too-many-shows.field", n=most))
        self._shows[name] = self._make(name)
        return []

    def _make(self, name: str | None) -> Show:
        return Show(name, self._admit, self._serials)


def _refused(kind: str, told: Message) -> Problem:
    return refused(kind, FieldError(("show",), told))
