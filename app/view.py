"""What travels beside an experiment: how it is shown, and its title. Neither changes a number of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.problems import FieldError
from app.core.text import canonical_json, describe

MOST_CHOICES = 32
MOST_BYTES = 2048
LONGEST_TEXT = 200
LONGEST_LIST = 64
LONGEST_TITLE = 120

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,39}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class View:
    """The display choices of a page, by name: numbers, switches, short texts, and lists of these.

    Which ones there are is the page's affair; here they are only held to their form.
    """

    choices: Mapping[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The canonical text: equal views have equal texts."""
        return canonical_json(self.choices)


def parse_view(document: Any, errors: list[FieldError]) -> View:
    """The view that `document` describes; what is wrong goes to `errors`, with paths that begin with "view"."""
    before = len(errors)
    if not isinstance(document, Mapping) or len(document) > MOST_CHOICES:
        got = f"{len(document)} of them" if isinstance(document, Mapping) else describe(document)
        errors.append(FieldError(("view",), f"must be an object with at most {MOST_CHOICES} choices; got {got}"))
        return View()
    for name, value in document.items():
        if not _NAME.fullmatch(name):
            errors.append(
                FieldError(("view",), f"has a choice with the name {describe(name)}; letters and digits are meant")
            )
        elif not _is_choice(value):
            allowed = "a number, true or false, a short text, or a list of these"
            errors.append(FieldError(("view", name), f"must be {allowed}; got {describe(value)}"))
    if len(errors) > before:
        return View()
    view = View({name: _plain(value) for name, value in document.items()})
    size = len(view.text().encode())
    if size > MOST_BYTES:
        errors.append(FieldError(("view",), f"must have at most {MOST_BYTES} bytes; got {size}"))
    return view


def parse_title(value: Any, errors: list[FieldError]) -> str:
    """The title that `value` is, empty for none; what is wrong goes to `errors`."""
    if isinstance(value, str) and len(value) <= LONGEST_TITLE and not _CONTROL.search(value):
        return value
    got = f"{len(value)} characters" if isinstance(value, str) and len(value) > LONGEST_TITLE else describe(value)
    allowed = f"text of at most {LONGEST_TITLE} visible characters"
    errors.append(FieldError(("title",), f"must be {allowed}; got {got}"))
    return ""


def _is_choice(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= LONGEST_LIST and all(not isinstance(part, list) and _is_choice(part) for part in value)
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT and not _CONTROL.search(value)
    return isinstance(value, bool) or (isinstance(value, int | float) and -1e300 < value < 1e300)


def _plain(value: Any) -> Any:
    """`value` in the one form that its equals have: 1.0 and 1 are one number."""
    if isinstance(value, list):
        return [_plain(part) for part in value]
    whole = isinstance(value, float) and value.is_integer() and abs(value) < 2**53
    return int(value) if whole else value
