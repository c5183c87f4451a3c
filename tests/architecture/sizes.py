"""The rule that rooms stay small."""

from pathlib import Path

from tests.architecture.base import Breach, files

LONGEST = 250
FOLDERS = {
    "app": (".py",),
    "static": (".js", ".css"),
    "templates": (".html",),
    "scripts": (".py", ".sh"),
    "tests": (".py", ".js"),
}
EXCEPTIONS: dict[str, str] = {}
"""Files that may be longer, each with the reason."""

WRITTEN = "static/js/words/"
"""What a script writes of the catalogue, whose parts are files by subject already."""


def long_files(root: Path) -> list[Breach]:
    """Files of more than `LONGEST` lines."""
    return [
        Breach(path, LONGEST + 1, f"has {text.count(chr(10))} lines, more than {LONGEST}: split it by subject")
        for folder, suffixes in FOLDERS.items()
        for suffix in suffixes
        for path, text in files(root, folder, suffix)
        if text.count("\n") > LONGEST and path not in EXCEPTIONS and not path.startswith(WRITTEN)
    ]
