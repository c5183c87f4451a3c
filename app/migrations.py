"""What opens experiments of older versions: one step for each version that was left behind."""

from collections.abc import Callable, Mapping
from typing import Any

VERSION = 1
"""Of the documents that are written now."""

Step = Callable[[Mapping[str, Any]], Mapping[str, Any]]

STEPS: Mapping[int, Step] = {}
"""By version, what makes the next version's document of one of it; none has been left behind yet."""


class VersionError(ValueError):
    """A version that is not 1 to `newest`; newer: whether a newer playground may open it."""

    def __init__(self, newest: int, newer: bool) -> None:
        super().__init__(newest, newer)
        self.newest, self.newer = newest, newer


def migrate(document: Mapping[str, Any], steps: Mapping[int, Step] = STEPS, newest: int = VERSION) -> Mapping[str, Any]:
    """`document` in the form of version `newest`. One without a version is of the first.

    Raises VersionError where its version is none, or newer than any that is known here. What else may be wrong with it
    is not looked at: a step leaves what it does not understand to whoever parses the result.
    """
    version = document.get("version", 1)
    if isinstance(version, bool) or version not in range(1, newest + 1):
        raise VersionError(newest, is_newer(document, newest))
    for old in range(int(version), newest):
        document = {**steps[old](document), "version": old + 1}
    return document


def is_newer(document: Any, newest: int = VERSION) -> bool:
    """Whether `document` says that it is of a version that is not known here yet."""
    version = document.get("version") if isinstance(document, Mapping) else None
    return isinstance(version, int) and version > newest
