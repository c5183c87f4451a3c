"""Text forms that must not vary: canonical JSON, numbers in sentences, the nearest known name."""

import difflib
import json
import re
from collections.abc import Iterable
from typing import Any

SHOWN_CHARACTERS = 40


def canonical_json(value: Any) -> str:
    """The one JSON text of `value`: keys sorted, no spaces, shortest floats; raises ValueError on NaN or infinity."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), allow_nan=False, ensure_ascii=False)


def shorten(text: str) -> str:
    """`text`, cut to a length that fits into a sentence."""
    return text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…"


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like `name`, or None when none is near."""
    matches = difflib.get_close_matches(name.lower()[:SHOWN_CHARACTERS], list(known), n=1, cutoff=0.5)
    return matches[0] if matches else None


def number(value: float) -> str:
    """`value` with four significant digits, for a sentence."""
    return f"{value:.4g}"


def file_stem(text: str) -> str:
    """`text` as a file's name without its suffix: lower case letters and digits of ASCII, with hyphens between."""
    return "-".join(re.findall("[a-z0-9]+", text.lower())) or "experiment"
