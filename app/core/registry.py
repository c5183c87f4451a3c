"""A catalogue is an explicit tuple of entries; names become entries here, where they enter."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol, TypeVar

from app.core.problems import FieldError, Place, describe
from app.core.text import nearest, shorten
from app.core.words import Message, message

What = Literal["optimizer", "schedule", "surface", "model", "dataset", "loss", "plane", "format"]
"""What stands in a catalogue."""


class Entry(Protocol):
    """Anything that can be chosen by name."""

    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=Entry)


def find(entries: Sequence[E], name: Any, at: Place, what: What, errors: list[FieldError]) -> E | None:
    """The entry called `name`; otherwise None, and a message that lists what is known in `errors`."""
    if isinstance(name, str):
        for entry in entries:
            if entry.id == name:
                return entry
    errors.append(FieldError(at, unknown(entries, name, what)))
    return None


def find_named(entries: Sequence[E], document: Any, at: Place, what: What, errors: list[FieldError]) -> E | None:
    """The entry whose name the object `document` has in its field `name`; otherwise None, as `find`."""
    if not isinstance(document, Mapping):
        errors.append(FieldError(at, message("problems.needs.name", got=describe(document))))
        return None
    return find(entries, document.get("name"), (*at, "name"), what, errors)


def unknown(entries: Sequence[Entry], name: Any, what: What) -> Message:
    """The sentence for a `name` that is none of `entries`, with the nearest known one."""
    ids = [entry.id for entry in entries]
    known = message("problems.known", known=", ".join(ids))
    if not isinstance(name, str):
        return Message(f"problems.nameless.{what}", {"got": describe(name), "known": known})
    close = nearest(name, ids)
    more = (known,) if close is None else (message("problems.near", close=close), known)
    return Message(f"problems.unknown.{what}", {"name": shorten(name), "more": more})


def by_id(entries: Sequence[E], name: str) -> E:
    """The entry called `name`, which was checked before; raises KeyError when there is none."""
    for entry in entries:
        if entry.id == name:
            return entry
    raise KeyError(name)
