"""Saved experiments: read strictly on the way in and again on the way out, and what is told when the store fails."""

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from app.core.params import refuse_unknown
from app.core.problems import FieldError, Problem, describe, invalid
from app.core.strictjson import read_json
from app.core.text import shorten
from app.core.words import Message, message
from app.experiment import Experiment, parse
from app.migrations import is_newer
from app.store.errors import Kind, StoreError
from app.store.records import Record, StoredRecord, parse_id
from app.store.store import Store
from app.view import View, parse_title, parse_view
from app.web.problems import log

T = TypeVar("T")

PATIENCE = 5.0  # s; how long a database may take to answer
FIELDS = {"experiment", "view", "title"}

FAILURES: Mapping[Kind, Message] = {
    "unavailable": message("problems.store-unavailable.detail"),
    "full": message("problems.store-full.detail"),
    "read-only": message("problems.store-read-only.detail"),
    "corrupt": message("problems.store-corrupt.detail"),
    "locked": message("problems.store-locked.detail"),
    "timeout": message("problems.store-timeout.detail"),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A saved experiment, read again and found sound. created: when it was saved, in UTC."""

    id: str
    experiment: Experiment
    view: View
    title: str
    created: datetime

    def document(self) -> dict[str, Any]:
        """What a client is told of it."""
        return {
            "id": self.id,
            "experiment": self.experiment.canonical(),
            "view": dict(self.view.choices),
            "title": self.title,
            "created": self.created.isoformat(),
        }


def parse_record(document: Any) -> Record:
    """The record to save that `document` describes: an experiment, and optionally view and title. Raises Problem with
    the path of every field at fault.
    """
    if not isinstance(document, Mapping):
        raise invalid([FieldError((), message("problems.needs.experiment", got=describe(document)))])
    errors: list[FieldError] = []
    refuse_unknown(document, FIELDS, (), errors)
    experiment = _parse_experiment(document.get("experiment"), errors)
    view = parse_view(document.get("view", {}), errors)
    title = parse_title(document.get("title", ""), errors)
    if errors or experiment is None:
        raise invalid(errors)
    return Record(experiment.text(), view.text(), title)


def _parse_experiment(document: Any, errors: list[FieldError]) -> Experiment | None:
    try:
        return parse(document)
    except Problem as problem:
        errors += [error.inside("experiment") for error in problem.errors]
        return None


async def find(store: Store, text: str) -> Link:
    """The saved experiment with the id `text`, in whatever case it is written.

    Raises Problem: "unknown-experiment" where there is none, "newer-experiment" where a newer playground saved it,
    "damaged-experiment" where it is not what was saved or cannot be read any more, and the store's where that fails.
    """
    id = parse_id(text)
    kept = await ask(lambda: store.load(id)) if id else None
    if kept is None:
        detail = message("problems.unknown-experiment.detail", id=shorten(text))
        raise Problem("unknown-experiment", detail, status=404)
    return _read(kept)


def _read(kept: StoredRecord) -> Link:
    """The link of what the store gave, which is not believed."""
    errors: list[FieldError] = []
    record = kept.record
    if _is_newer(record):
        raise _newer(kept.id)
    try:
        experiment = parse(read_json(record.experiment))
        view = parse_view(read_json(record.view), errors)
    except Problem as problem:
        raise _damaged(kept.id, problem.detail) from problem
    title = parse_title(record.title, errors)
    if errors:
        raise _damaged(kept.id, invalid(errors).detail)
    return Link(kept.id, experiment, view, title, kept.created)


def _is_newer(record: Record) -> bool:
    try:
        return is_newer(read_json(record.experiment))
    except Problem:
        return False


def _newer(id: str) -> Problem:
    log.warning("saved experiment %s is of a newer version", id)
    return Problem("newer-experiment", message("problems.newer-experiment.detail"), status=501)


def _damaged(id: str, reason: object) -> Problem:
    log.error("saved experiment %s cannot be opened: %s", id, reason)
    return Problem("damaged-experiment", message("problems.damaged-experiment.detail"), status=410)


async def ask(question: Callable[[], Future[T]]) -> T:
    """The answer of the store to `question`; raises the Problem that tells why there is none."""
    try:
        async with asyncio.timeout(PATIENCE):
            return await asyncio.wrap_future(question())
    except TimeoutError:
        failure = StoreError("timeout", f"no answer within {PATIENCE:g} s")
    except StoreError as error:
        failure = error
    if failure.kind == "damaged":
        raise _damaged("", failure)
    log.warning("saved experiments: %s", failure)
    raise Problem(f"store-{failure.kind}", FAILURES[failure.kind], status=503, title="problems.store.title")
