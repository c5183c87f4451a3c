"""The text messages of the protocol: what a client may send, read strictly, and what the server answers."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.params import Param, parse_fields
from app.core.problems import FieldError, Problem, describe, invalid, must_be
from app.core.words import message, worded

PROTOCOL = 1
LONGEST_ID = 64

FROM = Param("from", "integer", 0, low=0)
STEPS = Param("steps", "integer", None, low=1)


@dataclass(frozen=True, slots=True)
class OpenMessage:
    """Open a further show."""

    show: str


@dataclass(frozen=True, slots=True)
class CloseMessage:
    """Close a show that was opened, and end its run without a word."""

    show: str


@dataclass(frozen=True, slots=True)
class RunMessage:
    """Start the run `id` of the document `experiment` in `show`, and send entries from `first` on.

    Here and in what follows the show is None where the message names none: the one that every connection has.
    """

    show: str | None
    id: str
    experiment: Any
    first: int


@dataclass(frozen=True, slots=True)
class MoreMessage:
    """The run `id` may send `steps` further steps."""

    show: str | None
    id: str
    steps: int


@dataclass(frozen=True, slots=True)
class StopMessage:
    """Stop the run `id`."""

    show: str | None
    id: str


ShowMessage = OpenMessage | CloseMessage
RunningMessage = RunMessage | MoreMessage | StopMessage
ClientMessage = ShowMessage | RunningMessage


def identity(document: Any, field: str) -> str | None:
    """The `field`, id or show, that an answer to `document` can carry, whatever else is wrong with it."""
    found = document.get(field) if isinstance(document, Mapping) else None
    return found if _is_id(found) else None


def parse(document: Any) -> ClientMessage:
    """The message that `document` is; raises Problem with the path of every field at fault."""
    if not isinstance(document, Mapping):
        raise invalid([FieldError((), message("problems.needs.type", got=describe(document)))])
    kind = document.get("type")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        known = message("problems.allowed.choice", choices=", ".join(READERS))
        raise invalid([FieldError(("type",), must_be(known, kind))])
    errors: list[FieldError] = []
    read = reader({name: value for name, value in document.items() if name != "type"}, errors)
    if errors:
        raise invalid(errors)
    return read


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID


def _read_open(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    return OpenMessage(_read_one_show(document, errors))


def _read_close(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    return CloseMessage(_read_one_show(document, errors))


def _read_one_show(document: dict[str, Any], errors: list[FieldError]) -> str:
    show = _id(document, "show", errors)
    _fields([], document, ["show"], errors)
    return show


def _read_run(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    id, show = _id(document, "id", errors), _show(document, errors)
    experiment = _required(document, "experiment", errors)
    first = _fields([FROM], document, ["id", "show", "experiment"], errors)["from"]
    return RunMessage(show, id, experiment, first)


def _read_more(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    id, show = _id(document, "id", errors), _show(document, errors)
    _required(document, "steps", errors)
    return MoreMessage(show, id, _fields([STEPS], document, ["id", "show"], errors)["steps"])


def _read_stop(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    id, show = _id(document, "id", errors), _show(document, errors)
    _fields([], document, ["id", "show"], errors)
    return StopMessage(show, id)


READERS = {"open": _read_open, "close": _read_close, "run": _read_run, "more": _read_more, "stop": _read_stop}


def _id(document: dict[str, Any], name: str, errors: list[FieldError]) -> str:
    """The text of the field `name`, which must be there."""
    value = document.get(name, "")
    if not _is_id(value):
        got = describe(value) if name in document else message("problems.value.none")
        errors.append(FieldError((name,), message("problems.needs.id", n=LONGEST_ID, got=got)))
    return str(value)


def _show(document: dict[str, Any], errors: list[FieldError]) -> str | None:
    return _id(document, "show", errors) if "show" in document else None


def _required(document: dict[str, Any], name: str, errors: list[FieldError]) -> Any:
    if name not in document:
        errors.append(FieldError((name,), message("problems.needs.field")))
    return document.get(name)


def _fields(
    params: Sequence[Param], document: dict[str, Any], others: Sequence[str], errors: list[FieldError]
) -> dict[str, Any]:
    own = {name: value for name, value in document.items() if name not in others}
    return parse_fields(params, own, (), errors)


def encode(document: Mapping[str, Any]) -> str:
    """The text of a message or answer: ASCII, and never NaN."""
    return json.dumps(document, separators=(",", ":"), allow_nan=False)


def hello(limits: Mapping[str, Any]) -> str:
    """The first message of the server."""
    return encode({"type": "hello", "protocol": PROTOCOL, "limits": limits})


def head(kind: str, show: str | None, id: str | None) -> dict[str, Any]:
    """How a message about a run begins; of the show that every connection has it names none."""
    return {"type": kind, **({} if show is None else {"show": show}), "id": id}


def started(show: str | None, id: str, experiment: str, about: Mapping[str, Any]) -> str:
    """A run was accepted. experiment: the canonical text of its document, which is not written again; about: the other
    fields.
    """
    begun = encode({**head("started", show, id), **about})
    return f'{begun[:-1]},"experiment":{experiment}}}'


def finished(show: str | None, id: str, outcomes: Sequence[Mapping[str, Any]]) -> str:
    """The last entry was sent, or the run was stopped."""
    return encode({**head("finished", show, id), "outcomes": [worded(outcome) for outcome in outcomes]})


def problem(show: str | None, id: str | None, problem: Problem) -> str:
    """A message was refused or a run failed; `id` is null where the message had none that could be read."""
    return encode(head("problem", show, id) | {"problem": problem.document()})
