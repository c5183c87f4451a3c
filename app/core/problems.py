"""What is told to a user when something cannot be done (RFC 9457)."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.text import shorten

Place = tuple[str | int, ...]
"""Where a field stands in a document: names of objects and numbers in lists, from the outside in."""

_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong in a document: where, such as `("optimizers", 0, "lr")`, and a sentence."""

    at: Place
    message: str

    @property
    def path(self) -> str:
        """Where, for a reader: `optimizers[0].lr`. Names that could be taken for more than one stand in quotes."""
        parts = [f"[{key}]" if isinstance(key, int) else f".{_named(key)}" for key in self.at]
        return "".join(parts).removeprefix(".")

    def document(self) -> dict[str, Any]:
        """As a client is told it: `path` to read, `at` to find the field by."""
        return {"path": self.path, "at": list(self.at), "message": self.message}

    def inside(self, *outer: str) -> "FieldError":
        """The same of a document that stands in the field `outer` of another."""
        return FieldError((*outer, *self.at), self.message)


def _named(name: str) -> str:
    return name if _PLAIN.fullmatch(name) else json.dumps(shorten(name), ensure_ascii=False)


class Problem(Exception):
    """A refusal or failure that a user can act on.

    `kind` is the last part of the problem's type, `status` the HTTP status, `detail` a sentence, `errors` one entry
    for each field at fault.
    """

    def __init__(
        self, kind: str, title: str, detail: str, *, status: int = 422, errors: Sequence[FieldError] = ()
    ) -> None:
        super().__init__(detail)
        self.kind, self.title, self.detail, self.status = kind, title, detail, status
        self.errors = tuple(errors)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (self.kind, self.title, self.detail, self.status, self.errors)

    def document(self) -> dict[str, Any]:
        """The problem as `application/problem+json`."""
        return {
            "type": f"/problems/{self.kind}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "errors": [error.document() for error in self.errors],
        }


def _rebuild(kind: str, title: str, detail: str, status: int, errors: tuple[FieldError, ...]) -> Problem:
    return Problem(kind, title, detail, status=status, errors=errors)


def invalid(errors: Sequence[FieldError]) -> Problem:
    """The problem of a document with `errors`; its detail is the first of them."""
    first = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    subject = f"{first.path}:" if first.path else "The document"
    detail = f"{subject} {first.message}{more}"
    return Problem("invalid-document", "This cannot be run as it stands", detail, errors=errors)
