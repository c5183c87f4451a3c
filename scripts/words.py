"""Writes the catalogues of messages in their one form, and the part that the page says as a script for it.

Run it after changing a file below app/words: keys are sorted, lines cut, and `static/js/words/<language>.js` made anew.
"""

import io
import json
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from app.core.words import FOLDER, catalogue, languages, read_part, texts

SCRIPTS = Path(__file__).parent.parent / "static" / "js" / "words"
PAGE = "page."
"""How the keys begin that the page says."""

WIDTH = 110


def canonical(path: Path, language: str) -> bytes:
    """The catalogue file `path` of `language` in its one form."""
    sorted_part, written = Catalog(locale=language), io.BytesIO()
    for key, forms in sorted(texts(read_part(path, language)).items()):
        sorted_part.add(key if isinstance(forms, str) else (key, key), forms)
    write_po(written, sorted_part, omit_header=True, width=WIDTH)
    return written.getvalue().strip() + b"\n"


def script(language: str) -> str:
    """The module that has every text of the page in `language`."""
    said = {key.removeprefix(PAGE): forms for key, forms in catalogue(language).items() if key.startswith(PAGE)}
    table = json.dumps(said, ensure_ascii=False, indent=2, sort_keys=True)
    head = f"// @ts-check\n/** What the page says. Written by scripts/words.py from app/words/{language}. */\n"
    return f"{head}export default {table};\n"


def parts(language: str) -> list[Path]:
    """The files of the catalogue of `language`."""
    return sorted((FOLDER / language).glob("*.po"))


def write() -> None:
    """Brings every catalogue into its one form, and writes what is made of it."""
    for language in languages():
        for part in parts(language):
            part.write_bytes(canonical(part, language))
        (SCRIPTS / f"{language}.js").write_text(script(language))


if __name__ == "__main__":
    write()
