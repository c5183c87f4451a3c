"""One show of a connection: the place where one run at a time is computed and sent, with its own credit.

A `run` that is accepted replaces the run before it, of which nothing more is sent; one that is refused leaves it alone.
At most one slice is wanted at a time: a `Compute` replaces the one before it. `more` and `stop` for a run that has
ended or was replaced are ignored, as they cross on the wire; for an id that this show has not had they are a problem.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from app.core.problems import FieldError, Problem, invalid
from app.core.words import message
from app.experiment import Experiment, parse
from app.protocol import messages
from app.protocol.messages import MoreMessage, RunMessage, RunningMessage, StopMessage
from app.protocol.run import Compute, SentRun
from app.protocol.slices import Slice

REMEMBERED_IDS = 256


@dataclass(frozen=True, slots=True)
class Send:
    """Send `data`: text or binary, as its type says."""

    data: str | bytes


class Show:
    """name: its id, None for the show that every connection has; admit(experiment): raises the Problem of one that
    costs too much; serials: numbers for what is to be computed, each given once on a connection.
    """

    def __init__(self, name: str | None, admit: Callable[[Experiment], None], serials: Iterator[int]) -> None:
        self._name, self._admit, self._serials = name, admit, serials
        self._run: SentRun | None = None
        self._ids: deque[str] = deque(maxlen=REMEMBERED_IDS)
        self._serial = -1

    def handle(self, message: RunningMessage) -> list[Send | Compute]:
        """What to do about a message for this show; raises the Problem of one that is refused."""
        if isinstance(message, RunMessage):
            return self._start(message)
        run = self._run
        if run is None or run.id != message.id:
            self._check_known(message.id)
            return []
        return self._grant(run, message) if isinstance(message, MoreMessage) else self._stop(run, message)

    def computed(self, serial: int, result: Slice) -> list[Send | Compute]:
        """What to do with the result of `Compute` number `serial`; nothing when it is not wanted any more."""
        run = self._run
        if run is None or serial != self._serial:
            return []
        run.take(result)
        return self._proceed(run)

    def failed(self, serial: int, problem: Problem) -> list[Send | Compute]:
        """What to do when `Compute` number `serial` failed."""
        run = self._run
        if run is None or serial != self._serial:
            return []
        self._run = None
        return [Send(messages.problem(self._name, run.id, problem))]

    def _start(self, asked: RunMessage) -> list[Send | Compute]:
        experiment = parse(asked.experiment)
        self._admit(experiment)
        end = experiment.steps + 1
        if asked.first > end:
            told = message("problems.needs.first", most=end, got=asked.first)
            raise invalid([FieldError(("from",), told)])
        run = self._run = SentRun(self._name, asked.id, experiment, asked.first)
        if asked.id not in self._ids:
            self._ids.append(asked.id)
        self._serial = next(self._serials)
        return [Send(messages.started(self._name, run.id, run.text, _about(experiment))), *self._proceed(run)]

    def _grant(self, run: SentRun, message: MoreMessage) -> list[Send | Compute]:
        run.credit += message.steps
        return [] if run.waits else self._proceed(run)

    def _stop(self, run: SentRun, message: StopMessage) -> list[Send | Compute]:
        self._serial = next(self._serials)
        return [run.stop(self._serial)]

    def _proceed(self, run: SentRun) -> list[Send | Compute]:
        """Send what is there and allowed; then finish, or want the next slice, or wait for credit."""
        actions: list[Send | Compute] = [Send(chunk) for chunk in run.chunks()]
        if run.is_over:
            self._run = None
            return [*actions, Send(messages.finished(self._name, run.id, run.outcomes or []))]
        if run.wants_more:
            self._serial = next(self._serials)
            actions.append(run.next(self._serial))
        return actions

    def _check_known(self, id: str) -> None:
        if id not in self._ids:
            raise refused("unknown-run", FieldError(("id",), message("problems.unknown-run.field")))


def refused(kind: str, error: FieldError) -> Problem:
    """The problem of this kind of a message whose only fault is `error`."""
    detail = message("problems.refused-message.detail", field=error.path, told=error.message)
    return Problem(kind, detail, errors=[error])


def _about(experiment: Experiment) -> dict[str, Any]:
    """What a client is told of a run beside its document."""
    return {
        "columns": list(experiment.columns),
        "optimizers": len(experiment.optimizers),
        "steps": experiment.steps,
        "profile": experiment.objective.profile().document(),
    }
