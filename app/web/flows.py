"""What a call asks of workers, one thing after the other.

A flow is a generator: it yields calls for a worker, is sent what each gave, and returns the answer. Whoever runs it
decides where the calls are made, and may stop between any two of them.
"""

from collections import OrderedDict
from collections.abc import Callable, Generator, Iterator
from functools import partial
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch

from app.core.problems import Problem
from app.core.text import canonical_json
from app.core.words import message
from app.engine.picture import Numbers, sharpest
from app.experiment import Experiment
from app.objectives.models.choice import ModelChoice
from app.objectives.planes.choice import PlaneChoice, default_plane
from app.objectives.planes.field import needs_digits
from app.protocol.slices import slice_entries
from app.web.inputs import FieldRequest, PlaneRequest, SnapshotRequest
from app.work import pictures, shelf, tasks
from app.work.running import RunAnswer

T = TypeVar("T")
Flow = Generator["partial[Any]", Any, T]

REMEMBERED = 32


class Subject(NamedTuple):
    """A run of a model, and a plane for it; each with its canonical text."""

    experiment: Experiment
    model: ModelChoice
    text: str
    plane: str


def subject_of(experiment: Experiment, model: ModelChoice, plane: PlaneChoice | None) -> Subject:
    """The subject of pictures; plane: None where the user chose none."""
    chosen = plane or default_plane(model.shapes())
    return Subject(experiment, model, experiment.text(), canonical_json(chosen.document()))


def follow(flow: Flow[T]) -> T:
    """The answer of `flow`, all of whose calls are made here and now."""
    result = None
    while True:
        try:
            work = flow.send(result)
        except StopIteration as end:
            answer: T = end.value
            return answer
        result = work()


class Flows:
    """The flows of all calls. admit(experiment): raises the Problem of a run that must not be computed for a picture.

    Losses along paths are remembered, as several pictures of one run tell of them.
    """

    def __init__(self, admit: Callable[[Experiment], None]) -> None:
        self._admit = admit
        self._measured: OrderedDict[tuple[str, str], Numbers] = OrderedDict()

    def run(self, experiment: Experiment) -> Flow[Iterator[str]]:
        """The answer to a whole run, as pieces of JSON."""
        answer = RunAnswer(experiment)
        while work := answer.next():
            answer.add((yield work))
        if experiment.model is None:
            return answer.body()
        subject = subject_of(experiment, experiment.model, None)
        along = yield from self._along(subject)
        plane, points = yield from self._filmed(subject, partial(pictures.run_plane, *subject[2:], along))
        return answer.body(plane, points)

    def plane(self, wanted: PlaneRequest, encoding: str) -> Flow[bytes]:
        """A plane with the paths on it."""
        subject = subject_of(wanted.experiment, wanted.model, wanted.plane)
        along = yield from self._along(subject)
        body: bytes = yield from self._filmed(subject, partial(pictures.plane_json, *subject[2:], along, encoding))
        return body

    def field(self, wanted: FieldRequest, encoding: str) -> Flow[bytes]:
        """The loss on a grid: of a surface, or on a plane."""
        experiment, window = wanted.experiment, wanted.window
        body: bytes
        if wanted.model is None:
            body = yield partial(tasks.field_json, experiment.text(), window, wanted.resolution, encoding)
            return body
        subject = subject_of(experiment, wanted.model, wanted.plane)
        along = yield from self._along(subject)
        grid = partial(pictures.field_piece, *subject[2:], window, wanted.resolution or sharpest(subject.model))
        losses = yield from self._pieces(subject, partial(grid, precise=False))
        if needs_digits(torch.from_numpy(losses)):
            losses = yield from self._pieces(subject, partial(grid, precise=True))
        work = partial(pictures.plane_field_json, *subject[2:], window, losses, along, encoding=encoding)
        body = yield from self._filmed(subject, work)
        return body

    def snapshot(self, wanted: SnapshotRequest, encoding: str) -> Flow[bytes]:
        """What models are at a step."""
        subject = subject_of(wanted.experiment, wanted.model, None)
        look = partial(
            pictures.snapshot_json, subject.text, wanted.step, wanted.parts, wanted.resolution, encoding=encoding
        )
        # Twice as far as is needed, as a player goes on.
        until = min(2 * wanted.step, subject.experiment.steps)
        found: Any = []
        while not isinstance(found, bytes):
            found = yield from self._filmed(subject, partial(look, found), until)
        return found

    def _along(self, subject: Subject) -> Flow[Numbers]:
        """The losses along the paths."""
        key = subject.text, subject.plane
        if key not in self._measured:
            found = yield from self._pieces(subject, partial(pictures.path_piece, *key))
            self._measured[key] = found
            if len(self._measured) > REMEMBERED:
                self._measured.popitem(last=False)
            return found
        return self._measured[key]

    def _pieces(self, subject: Subject, work: Callable[[int], pictures.Piece | None]) -> Flow[Numbers]:
        """All numbers of which work(first) gives some."""
        parts, held, total = list[Numbers](), 0, 1
        while held < total:
            part, total = yield from self._filmed(subject, partial(work, held))
            parts.append(part)
            held += len(part)
        return np.concatenate(parts)

    def _filmed(self, subject: Subject, work: "partial[Any]", step: int | None = None) -> Flow[Any]:
        """What `work` gives; where the film is not there up to `step`, or the end, the run is computed first."""
        found = yield work
        if found is None:
            self._admit(subject.experiment)
            yield from _compute(subject, subject.experiment.steps if step is None else step)
            found = yield work
        if found is None:
            raise Problem("no-room", message("problems.no-room.detail"), status=503)
        return found


def _compute(subject: Subject, step: int) -> Flow[None]:
    """Compute the run up to `step`, for its film."""
    carry, position, entries = None, 0, slice_entries(subject.experiment)
    while position <= step:
        done = yield partial(shelf.kept_slice, subject.text, carry, entries)
        carry, position = done.carry, done.position
