"""The text messages of the protocol: what a client may send, read strictly, and what the server answers."""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.core.params import Param, parse_fields
from app.core.problems import FieldError, Problem, invalid
from app.core.text import describe

PROTOCOL = 1
LONGEST_ID = 64
DEEPEST = 16
"""How deep lists and objects may stand in each other; an experiment needs 5."""

LONGEST_INTEGER = 1000
"""Digits. No field takes so many, and converting them costs time."""

_HOLDS = (dict, list)
_LONG = re.compile(rf"[0-9]{{{LONGEST_INTEGER + 1}}}")
_LONG_BYTES = re.compile(_LONG.pattern.encode())

FROM = Param("from", "first entry", "integer", 0, "The first entry to send.", low=0)
STEPS = Param("steps", "steps", "integer", None, "How many further steps may be sent.", low=1)


@dataclass(frozen=True, slots=True)
class RunMessage:
    """Start the run `id` of the document `experiment`, and send entries from `first` on."""

    id: str
    experiment: Any
    first: int


@dataclass(frozen=True, slots=True)
class MoreMessage:
    """The run `id` may send `steps` further steps."""

    id: str
    steps: int


@dataclass(frozen=True, slots=True)
class StopMessage:
    """Stop the run `id`."""

    id: str


ClientMessage = RunMessage | MoreMessage | StopMessage


def read_json(text: str | bytes) -> Any:
    """The value that the JSON `text` holds; raises Problem "malformed" where it is none.

    A field that stands twice and nesting deeper than `DEEPEST` are refused. NaN and infinities, which are no JSON,
    come through as numbers: the check of their field refuses them with its path.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=_integer if _has_long(text) else None)
    except RecursionError:
        raise malformed("it is nested too deeply") from None
    except json.JSONDecodeError as error:
        raise malformed(
            f"line {error.lineno}, column {error.colno} is none: {error.msg[:1].lower()}{error.msg[1:]}"
        ) from None
    except UnicodeDecodeError as error:
        raise malformed(f"byte {error.start + 1} is no text in {error.encoding.upper()}") from None
    except ValueError as error:
        raise malformed(str(error)) from None
    if _is_deep(value):
        raise malformed(f"it is nested deeper than {DEEPEST}")
    return value


def malformed(reason: str) -> Problem:
    """The problem of text that is not JSON as it is wanted here."""
    return Problem("malformed", "This could not be read", f"JSON was expected, but {reason}.", status=400)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise ValueError(f"the field {describe(twice)} stands twice")
    return value


def _has_long(text: str | bytes) -> bool:
    """Whether there may be a number that is too long. To look at each by itself takes ten times as long."""
    return (_LONG.search(text) if isinstance(text, str) else _LONG_BYTES.search(text)) is not None


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise ValueError(f"a number has more than {LONGEST_INTEGER} digits")
    return int(digits)


def _is_deep(value: Any) -> bool:
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for outer in level
            if isinstance(outer, _HOLDS)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return bool(level)


def identity(document: Any) -> str | None:
    """The id that an answer to `document` can carry, whatever else is wrong with it."""
    found = document.get("id") if isinstance(document, Mapping) else None
    return found if _is_id(found) else None


def parse(document: Any) -> ClientMessage:
    """The message that `document` is; raises Problem with the path of every field at fault."""
    if not isinstance(document, Mapping):
        raise invalid([FieldError((), f"must be an object with type and id; got {describe(document)}")])
    kind = document.get("type")
    reader = READERS.get(kind) if isinstance(kind, str) else None
    if reader is None:
        raise invalid([FieldError(("type",), f"must be one of {', '.join(READERS)}; got {describe(kind)}")])
    errors: list[FieldError] = []
    if not _is_id(document.get("id")):
        got = describe(document["id"]) if "id" in document else "none"
        errors.append(FieldError(("id",), f"must be text of 1 to {LONGEST_ID} characters; got {got}"))
    message = reader({name: value for name, value in document.items() if name != "type"}, errors)
    if errors:
        raise invalid(errors)
    return message


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_ID


def _read_run(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    experiment = _required(document, "experiment", errors)
    first = _fields([FROM], document, ["id", "experiment"], errors)["from"]
    return RunMessage(document.get("id", ""), experiment, first)


def _read_more(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    _required(document, "steps", errors)
    return MoreMessage(document.get("id", ""), _fields([STEPS], document, ["id"], errors)["steps"])


def _read_stop(document: dict[str, Any], errors: list[FieldError]) -> ClientMessage:
    _fields([], document, ["id"], errors)
    return StopMessage(document.get("id", ""))


READERS = {"run": _read_run, "more": _read_more, "stop": _read_stop}


def _required(document: dict[str, Any], name: str, errors: list[FieldError]) -> Any:
    if name not in document:
        errors.append(FieldError((name,), "must be given"))
    return document.get(name)


def _fields(
    params: Sequence[Param], document: dict[str, Any], others: Sequence[str], errors: list[FieldError]
) -> dict[str, Any]:
    own = {name: value for name, value in document.items() if name not in others}
    return parse_fields(params, own, (), errors)


def encode(message: Mapping[str, Any]) -> str:
    """The text of a message or answer: ASCII, and never NaN."""
    return json.dumps(message, separators=(",", ":"), allow_nan=False)


def hello(limits: Mapping[str, Any]) -> str:
    """The first message of the server."""
    return encode({"type": "hello", "protocol": PROTOCOL, "limits": limits})


def started(id: str, experiment: Mapping[str, Any], columns: Sequence[str], steps: int) -> str:
    """A run was accepted; `experiment` is its canonical document."""
    return encode(
        {
            "type": "started",
            "id": id,
            "experiment": experiment,
            "columns": list(columns),
            "optimizers": len(experiment["optimizers"]),
            "steps": steps,
        }
    )


def finished(id: str, outcomes: Sequence[Mapping[str, Any]]) -> str:
    """The last entry was sent, or the run was stopped."""
    return encode({"type": "finished", "id": id, "outcomes": outcomes})


def problem(id: str | None, problem: Problem) -> str:
    """A message was refused or a run failed; `id` is null where the message had none that could be read."""
    return encode({"type": "problem", "id": id, "problem": problem.document()})
