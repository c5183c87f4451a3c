"""JSON as it is read here: strictly, and within bounds."""

import json
import re
from collections import Counter
from typing import Any

from app.core.problems import Problem, describe
from app.core.words import Message, message

DEEPEST = 16
"""How deep lists and objects may stand in each other; an experiment needs 5."""

LONGEST_INTEGER = 1000
"""Digits. No field takes so many, and converting them costs time."""

_HOLDS = (dict, list)
_LONG = re.compile(rf"[0-9]{{{LONGEST_INTEGER + 1}}}")
_LONG_BYTES = re.compile(_LONG.pattern.encode())


def read_json(text: str | bytes) -> Any:
    """The value that the JSON `text` holds; raises Problem "malformed" where it is none.

    A field that stands twice and nesting deeper than `DEEPEST` are refused. NaN and infinities, which are no JSON,
    come through as numbers: the check of their field refuses them with its path.
    """
    try:
        value = json.loads(text, object_pairs_hook=_object, parse_int=_integer if _has_long(text) else None)
    except RecursionError:
        raise malformed(message("problems.malformed.endless")) from None
    except json.JSONDecodeError as error:
        reason = f"{error.msg[:1].lower()}{error.msg[1:]}"
        told = message("problems.malformed.syntax", line=error.lineno, column=error.colno, reason=reason)
        raise malformed(told) from None
    except UnicodeDecodeError as error:
        raise malformed(
            message("problems.malformed.bytes", byte=error.start + 1, encoding=error.encoding.upper())
        ) from None
    except ValueError as error:
        raise malformed(message("problems.malformed.other", reason=str(error))) from None
    if _is_deep(value):
        raise malformed(message("problems.malformed.deep", most=DEEPEST))
    return value


def malformed(detail: Message) -> Problem:
    """The problem of text that is not JSON as it is wanted here."""
    return Problem("malformed", detail, status=400)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) < len(pairs):
        ((twice, _),) = Counter(name for name, _ in pairs).most_common(1)
        raise malformed(message("problems.malformed.twice", field=describe(twice)))
    return value


def _has_long(text: str | bytes) -> bool:
    """Whether there may be a number that is too long. To look at each by itself takes ten times as long."""
    return (_LONG.search(text) if isinstance(text, str) else _LONG_BYTES.search(text)) is not None


def _integer(digits: str) -> int:
    if len(digits) > LONGEST_INTEGER:
        raise malformed(message("problems.malformed.digits", n=LONGEST_INTEGER))
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
