"""A catalogue is an explicit tuple of entries; names become entries here, where they enter."""

from collections.abc import Sequence
from typing import Any, Protocol, TypeVar

from app.core.problems import FieldError, Place
from app.core.text import describe, nearest, shorten


class Entry(Protocol):
    """Anything that can be chosen by name."""

    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=Entry)


def find(entries: Sequence[E], name: Any, at: Place, what: str, errors: list[FieldError]) -> E | None:
    """The entry called `name`; otherwise None, and a message that lists what is known in `errors`."""
    if isinstance(name, str):
        for entry in entries:
            if entry.id == name:
                return entry
    errors.append(FieldError(at, unknown(entries, name, what)))
    return None


def unknown(entries: Sequence[Entry], name: Any, what: str) -> str:
    """The sentence for a `name` that is none of `entries`, with the nearest known one."""
    known = [entry.id for entry in entries]
    if not isinstance(name, str):
        return f"must be the name of a known {what}; got {describe(name)}. Known: {', '.join(known)}."
    close = nearest(name, known)
    hint = f" Did you mean {close}?" if close else ""
    return f'unknown {what} "{shorten(name)}".{hint} Known: {", ".join(known)}.'


def by_id(entries: Sequence[E], name: str) -> E:
    """The entry called `name`, which was checked before; raises KeyError when there is none."""
    for entry in entries:
        if entry.id == name:
            return entry
    raise KeyError(name)
