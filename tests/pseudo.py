"""A second language that is made of the English one: whatever is said in it stands in brackets."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from app.core import words

LANGUAGE = "de"
MARK = "⟦\"'"
"""How every sentence begins: with what would end a literal of Python."""


def marked(text: str) -> str:
    """`text` in the second language."""
    return f"{MARK}{text}⟧"


@contextmanager
def second_language(folder: Path) -> Iterator[None]:
    """While the context lasts there is the language `LANGUAGE`, whose catalogue is in `folder`."""
    for path in (words.FOLDER / words.ENGLISH).glob("*.po"):
        part = Catalog(locale=LANGUAGE)
        for key, forms in words.texts(words.read_part(path, words.ENGLISH)).items():
            if isinstance(forms, str):
                part.add(key, marked(forms))
            else:
                part.add((key, key), tuple(map(marked, forms)))
        (folder / LANGUAGE).mkdir(exist_ok=True)
        with (folder / LANGUAGE / path.name).open("wb") as file:
            write_po(file, part, omit_header=True)
    (folder / words.ENGLISH).symlink_to(words.FOLDER / words.ENGLISH)
    with patch.object(words, "FOLDER", folder):
        _forget()
        try:
            yield
        finally:
            _forget()


def _forget() -> None:
    words.catalogue.cache_clear()
    words.languages.cache_clear()
