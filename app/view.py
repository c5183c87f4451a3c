"""What travels beside an experiment: how it is shown, and its title. Neither changes a number of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.problems import FieldError, describe, several
from app.core.text import canonical_json
from app.core.words import message

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
        got = several(document) if isinstance(document, Mapping) else describe(document)
        errors.append(FieldError(("view",), message("problems.view.choices", n=MOST_CHOICES, got=got)))
        return View()
    for name, value in document.items():
        if not _NAME.fullmatch(name):
            errors.append(FieldError(("view",), message("problems.view.name", name=describe(name))))
        elif not _is_choice(value):
            errors.append(FieldError(("view", name), message("problems.view.choice", got=describe(value))))
    if len(errors) > before:
        return View()
    view = View({name: _plain(value) for name, value in document.items()})
    size = len(view.text().encode())
    if size > MOST_BYTES:
        errors.append(FieldError(("view",), message("problems.view.bytes", n=MOST_BYTES, got=size)))
    return view


def parse_title(value: Any, errors: list[FieldError]) -> str:
    """The title that `value` is, empty for none; what is wrong goes to `errors`."""
    if isinstance(value, str) and len(value) <= LONGEST_TITLE and not _CONTROL.search(value):
        return value
    long = isinstance(value, str) and len(value) > LONGEST_TITLE
    got = message("problems.value.characters", n=len(value)) if long else describe(value)
    errors.append(FieldError(("title",), message("problems.needs.title", n=LONGEST_TITLE, got=got)))
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
