"""The rule that no sentence stands outside the catalogue of messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.base import Breach
from tests.architecture.python import sources

PROSE = re.compile(r"[A-Za-z]{2,}['’]?[,;:]? [a-z]{2,}")
"""Two words beside each other, as sentences have them and names, addresses and numbers do not."""

INTERNAL = {"AssertionError", "KeyError", "NotImplementedError", "RuntimeError", "TypeError", "ValueError"}
"""Errors that tell a programmer of a mistake; no user sees them."""

Doc = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def python_sentences(root: Path) -> list[Breach]:
    """Strings of `app/` that read like a sentence and are no docstring."""
    return [
        Breach(path, line, f"a sentence outside the catalogue of messages: {text[:60]!r}")
        for path in sources(root)
        for line, text in _strings(ast.parse((root / path).read_text()))
        if PROSE.search(text)
    ]


def _strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is neither a docstring nor part of an internal error."""
    left_out = set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in INTERNAL:
            left_out |= {id(inner) for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            left_out |= {id(part) for part in node.values}
            yield (
                node.lineno,
                "".join(str(part.value) if isinstance(part, ast.Constant) else "_" for part in node.values),
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
