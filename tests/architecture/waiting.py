"""The rule that tests are as patient as `tests/patience.py` says, and wait for states."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.base import Breach, files

MEASURES = "tests/bench/"
PAUSES = "wait_for_timeout"
WAITS = "tests/browser.py"
"""The one place that lets a page go on for a moment, between two looks at it."""


def fixed_patience(root: Path) -> list[Breach]:
    """Time limits in numbers, and pauses of pages, in tests."""
    return [
        breach
        for path, text in files(root, "tests", ".py")
        if not path.startswith(MEASURES)
        for breach in _fixed(path, text)
    ]


def _fixed(path: str, text: str) -> Iterator[Breach]:
    if "timeout" not in text:
        return
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Attribute) and node.attr == PAUSES and path != WAITS:
            yield Breach(path, node.lineno, "pauses for a time: wait for a state, or settle")
        elif isinstance(node, ast.keyword) and node.arg == "timeout" and _number(node.value):
            yield Breach(path, node.value.lineno, "has a time limit of its own: use PATIENCE")


def _number(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and bool(value.value)
