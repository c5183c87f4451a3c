"""One page's conversation as a state machine: messages and results go in, actions come out. Knows no socket.

A socket carries one page. A `run` that is accepted replaces the run before it, of which nothing more is sent; one that
is refused leaves it alone. At most one slice is wanted at a time: a `Compute` replaces the one before it.
`more` and `stop` for a run that has ended or was replaced are ignored, as they cross on the wire; for an id that this
socket has not had they are a problem.
"""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.problems import FieldError, Problem, invalid
from app.experiment import Experiment, parse
from app.protocol import messages
from app.protocol.messages import ClientMessage, MoreMessage, RunMessage, StopMessage
from app.protocol.run import Compute, Run
from app.protocol.slices import Slice

REMEMBERED_IDS = 256


@dataclass(frozen=True, slots=True)
class Send:
    """Send `data`: text or binary, as its type says."""

    data: str | bytes


Action = Send | Compute


class Session:
    """limits: told to the client; admit(experiment): raises the Problem of one that costs too much."""

    def __init__(self, limits: Mapping[str, Any], admit: Callable[[Experiment], None]) -> None:
        self._limits, self._admit = limits, admit
        self._run: Run | None = None
        self._ids: deque[str] = deque(maxlen=REMEMBERED_IDS)
        self._serial = 0

    def open(self) -> list[Action]:
        """What to do first."""
        return [Send(messages.hello(self._limits))]

    def receive(self, data: str | bytes) -> list[Action]:
        """What to do about a message of the client; whatever is wrong with it becomes a problem that is sent."""
        id = None
        try:
            if isinstance(data, bytes):
                raise messages.malformed("a binary message came: send text")
            document = messages.read_json(data)
            id = messages.identity(document)
            return self._handle(messages.parse(document))
        except Problem as problem:
            return [Send(messages.problem(id, problem))]

    def computed(self, serial: int, result: Slice) -> list[Action]:
        """What to do with the result of `Compute` number `serial`; nothing when it is not wanted any more."""
        run = self._run
        if run is None or serial != self._serial:
            return []
        run.take(result)
        return self._proceed(run)

    def failed(self, serial: int, problem: Problem) -> list[Action]:
        """What to do when `Compute` number `serial` failed."""
        run = self._run
        if run is None or serial != self._serial:
            return []
        self._run = None
        return [Send(messages.problem(run.id, problem))]

    def _handle(self, message: ClientMessage) -> list[Action]:
        if isinstance(message, RunMessage):
            return self._start(message)
        run = self._run
        if run is None or run.id != message.id:
            self._check_known(message.id)
            return []
        return self._grant(run, message) if isinstance(message, MoreMessage) else self._stop(run, message)

    def _start(self, message: RunMessage) -> list[Action]:
        experiment = parse(message.experiment)
        self._admit(experiment)
        end = experiment.steps + 1
        if message.first > end:
            raise invalid(
                [FieldError(("from",), f"must be at most {end}, one past the last step; got {message.first}")]
            )
        run = self._run = Run(message.id, experiment, message.first)
        if message.id not in self._ids:
            self._ids.append(message.id)
        self._serial += 1
        text = messages.started(run.id, experiment.canonical(), experiment.columns, experiment.steps)
        return [Send(text), *self._proceed(run)]

    def _grant(self, run: Run, message: MoreMessage) -> list[Action]:
        run.credit += message.steps
        return [] if run.waits else self._proceed(run)

    def _stop(self, run: Run, message: StopMessage) -> list[Action]:
        self._serial += 1
        return [run.stop(self._serial)]

    def _proceed(self, run: Run) -> list[Action]:
        """Send what is there and allowed; then finish, or want the next slice, or wait for credit."""
        actions: list[Action] = [Send(chunk) for chunk in run.chunks()]
        if run.is_over:
            self._run = None
            return [*actions, Send(messages.finished(run.id, run.outcomes or []))]
        if run.wants_more:
            self._serial += 1
            actions.append(run.next(self._serial))
        return actions

    def _check_known(self, id: str) -> None:
        if id not in self._ids:
            text = "is no run of this connection: send run first"
            raise Problem("unknown-run", "There is no such run", f"id: {text}.", errors=[FieldError(("id",), text)])
