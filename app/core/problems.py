"""What is told to a user when something cannot be done (RFC 9457)."""

import json
import re
from collections.abc import Sequence, Sized
from dataclasses import dataclass
from typing import Any

from app.core.text import shorten
from app.core.words import Message, message, worded

Place = tuple[str | int, ...]
"""Where a field stands in a document: names of objects and numbers in lists, from the outside in."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")

VALUES: dict[type, str] = {
    bool: "problems.value.switch",
    str: "problems.value.text",
    list: "problems.value.list",
    dict: "problems.value.object",
    type(None): "problems.value.nothing",
}
"""How a value is shown whose kind may be what is wrong with it."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong in a document: where, such as `("optimizers", 0, "lr")`, and a sentence."""

    at: Place
    message: Message

    @property
    def path(self) -> str:
        """Where, for a reader: `optimizers[0].lr`. Names that could be taken for more than one stand in quotes."""
        parts = [f"[{key}]" if isinstance(key, int) else f".{_named(key)}" for key in self.at]
        return "".join(parts).removeprefix(".")

    def document(self) -> dict[str, Any]:
        """As a client is told it: `path` to read, `at` to find the field by, `key` of the sentence `message`."""
        return worded({"path": self.path, "at": list(self.at), "message": self.message})

    def inside(self, *outer: str) -> "FieldError":
        """The same of a document that stands in the field `outer` of another."""
        return FieldError((*outer, *self.at), self.message)


def _named(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else json.dumps(shorten(name), ensure_ascii=False)


class Problem(Exception):
    """A refusal or failure that a user can act on.

    `kind` is the last part of the problem's type, `status` the HTTP status, `detail` a sentence, `errors` one entry
    for each field at fault. Its title is that of the kind, or what is said by the key or message `title`.
    """

    def __init__(
        self,
        kind: str,
        detail: Message,
        *,
        status: int = 422,
        errors: Sequence[FieldError] = (),
        title: str | Message = "",
    ) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.status, self.errors = kind, detail, status, tuple(errors)
        self.title = title if isinstance(title, Message) else Message(title or f"problems.{kind}.title")

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.kind, self.detail, self.status, self.errors, self.title)

    def document(self) -> dict[str, Any]:
        """The problem as `application/problem+json`, in the language of who reads it; `key` is that of the detail."""
        return {
            "type": f"/problems/{self.kind}",
            "title": str(self.title),
            "status": self.status,
            "detail": str(self.detail),
            "key": self.detail.key,
            "errors": [error.document() for error in self.errors],
        }


def _rebuild(kind: str, detail: Message, status: int, errors: tuple[FieldError, ...], title: Message) -> Problem:
    return Problem(kind, detail, status=status, errors=errors, title=title)


def invalid(errors: Sequence[FieldError]) -> Problem:
    """The problem of a document with `errors`; its detail is the first of them."""
    first, others = errors[0], len(errors) - 1
    detail = _detail(first)
    if others:
        detail = message("problems.invalid-document.more", first=detail, n=others)
    return Problem("invalid-document", detail, errors=errors)


def at_field(kind: str, error: FieldError) -> Problem:
    """The problem of this kind whose only cause is `error`."""
    return Problem(kind, _detail(error), errors=[error])


def _detail(error: FieldError) -> Message:
    if error.path:
        return message("problems.invalid-document.field", path=error.path, told=error.message)
    return message("problems.invalid-document.whole", told=error.message)


def must_be(allowed: Message | str, value: Any) -> Message:
    """The sentence of a field whose `value` is none that is `allowed`."""
    return message("problems.must-be", allowed=allowed, got=describe(value))


def several(values: Sized) -> Message:
    """So many values as came, as a part of a sentence on how many may come."""
    return message("problems.value.several", n=len(values))


def either(names: Sequence[str]) -> Message | str:
    """One of `names`, of which there is one at least, as a part of a sentence."""
    found: Message | str = names[0]
    for name in names[1:]:
        found = message("problems.either", first=found, second=name)
    return found


def describe(value: Any) -> Message | str:
    """`value` as it came, short enough for a sentence, with its kind where that is what was wrong."""
    if isinstance(value, float | int) and not isinstance(value, bool):
        return shorten(repr(value))
    shown = shorten(json.dumps(value, default=str, ensure_ascii=False))
    kind = VALUES.get(type(value))
    return Message(kind, {"shown": shown}) if kind else shown
