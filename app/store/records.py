"""What is saved, and the id that its content decides."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from app.core.text import canonical_json

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""The characters of an id: digits and small letters, without 0, 1, i, l and o, which look like each other."""

SHORTEST = 8
LONGEST = 51
"""Characters of an id. So many of the alphabet hold 252 of the 256 bits of the hash."""


@dataclass(frozen=True, slots=True)
class Record:
    """An experiment to keep.

    experiment, view: canonical JSON texts of two objects. title: text, empty for none.
    """

    experiment: str
    view: str = "{}"
    title: str = ""

    def digest(self) -> str:
        """SHA-256, in hexadecimal, of the canonical JSON text of `{"experiment", "title", "view"}`.

        Raises ValueError where a part is no text that every database keeps: lone surrogates, NUL.
        """
        text = f'{{"experiment":{self.experiment},"title":{canonical_json(self.title)},"view":{self.view}}}'
        if "\0" in f"{self.experiment}{self.view}{self.title}":
            raise ValueError("the character NUL cannot be saved")
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Saved:
    """The `id` under which a record is kept from now on; created: whether it was not there before."""

    id: str
    created: bool


@dataclass(frozen=True, slots=True)
class StoredRecord:
    """A record as it was saved under `id`. created: when, in UTC."""

    id: str
    record: Record
    created: datetime


def name_of(digest: str) -> str:
    """The `LONGEST` characters of which the first ones are the id of content with this `digest`.

    They are the digits of the hash as a number in base 31, the lowest first: the highest would not take every value.
    """
    number, name = int(digest, 16), ""
    while len(name) < LONGEST:
        number, digit = divmod(number, len(ALPHABET))
        name += ALPHABET[digit]
    return name


def parse_id(text: str) -> str | None:
    """The id that `text` is, in whatever case it was written, or None where it is none."""
    if SHORTEST <= len(text) <= LONGEST and text.isascii() and set(text.lower()) <= set(ALPHABET):
        return text.lower()
    return None
