"""Sentences by key: what is to be said is a `Message`, and becomes words at the edge, in the language of who reads.

The catalogue of a language is the folder `app/words/<language>` of PO files, read by Babel. Each is named like the
first part of its keys: `outcomes.po` holds `outcomes.converged`. A text names its values in braces, `{steps}`; where
the value `n` decides, it has one form for each plural of the language.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from app.core.text import number

P = ParamSpec("P")
T = TypeVar("T")

FOLDER = Path(__file__).parent.parent / "words"
ENGLISH = "en"
TAGS = ("zero", "one", "two", "few", "many", "other")
"""The names of plurals, in the order in which gettext counts the forms."""

Forms = str | Mapping[str, str]
"""The text of a key, or its text for each plural."""

_NAMED = re.compile(r"\{(\w+)\}")
_language: ContextVar[str] = ContextVar("language", default=ENGLISH)


@dataclass(frozen=True, slots=True)
class Message:
    """What is to be said: a key of the catalogue and the values that its text names.

    values: text as it is; whole numbers; other numbers, which are said with four significant digits; further messages;
    tuples of messages, which are sentences that follow each other. As a string it is said in the reader's language.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return put(self)


def message(key: str, /, **values: Any) -> Message:
    """The message with this key and these values."""
    return Message(key, values)


def say(key: str, /, **values: Any) -> str:
    """The message with this key and these values in words, in the language of `speaking`; raises KeyError where its
    catalogue has no such key, or the text names a value that is not given.
    """
    return put(Message(key, values))


def put(found: Message) -> str:
    """`found` in words, in the language of `speaking`; raises KeyError as `say` does."""
    return fill(catalogue(_language.get())[found.key], found.values, _language.get())


def fill(forms: Forms, values: Mapping[str, Any], language: str) -> str:
    """The text of `forms` with `values` in its braces; raises KeyError where it names a value that is not given."""
    text = forms if isinstance(forms, str) else forms[Locale.parse(language).plural_form(values["n"])]
    return _NAMED.sub(lambda name: _word(values[name[1]]), text)


def worded(document: Mapping[str, Any]) -> dict[str, Any]:
    """`document` as clients get it: `message`, a Message, in words, and its `key`, the same in every language."""
    found: Message = document["message"]
    return {**document, "message": put(found), "key": found.key}


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Say everything in `language`, one of `languages()`, while the context lasts."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


def said_in(language: str, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """What `function` gives for these arguments where `language` is spoken: so it travels to another process."""
    with speaking(language):
        return function(*args, **kwargs)


def spoken() -> str:
    """The language in which things are said now."""
    return _language.get()


@lru_cache
def languages() -> tuple[str, ...]:
    """The languages that there is a catalogue of, English first."""
    found = sorted(path.name for path in FOLDER.iterdir() if path.is_dir())
    return (ENGLISH, *(name for name in found if name != ENGLISH))


@lru_cache
def catalogue(language: str) -> Mapping[str, Forms]:
    """Every text of `language` by its key."""
    # Where whole numbers need fewer forms than all numbers do, gettext has only theirs.
    tags = [tag for tag in TAGS if tag == "other" or tag in Locale.parse(language).plural_form.tags]
    return {
        key: forms if isinstance(forms, str) else dict(zip(tags, forms, strict=False))
        for path in sorted((FOLDER / language).glob("*.po"))
        for key, forms in texts(read_part(path, language)).items()
    }


def read_part(path: Path, language: str) -> Catalog:
    """One file of the catalogue of `language`."""
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def texts(part: Catalog) -> dict[str, str | tuple[str, ...]]:
    """The text of each key of `part`, or its forms in gettext's order."""
    found: dict[str, str | tuple[str, ...]] = {}
    for entry in part:
        if entry.id and entry.string:
            key = entry.id if isinstance(entry.id, str) else entry.id[0]
            found[key] = entry.string if isinstance(entry.string, str) else tuple(entry.string)
    return found


def _word(value: Any) -> str:
    if isinstance(value, float):
        return number(value)
    if isinstance(value, tuple):
        return " ".join(_word(part) for part in value)
    return str(value)
