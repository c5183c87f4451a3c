"""The rule that no sentence stands outside the catalogue of messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.base import Breach
from tests.architecture.python import sources

PROSE = re.compile(r"[A-Za-z]{2,}['’]?[,;:]? [a-z]{2,}")
"""Two words beside each other, as sentences have them and names, addresses and numbers do not."""

INTERNAL = {
    "AssertionError",
    "AttributeError",
    "KeyError",
    "NotImplementedError",
    "RuntimeError",
    "TypeError",
    "ValueError",
}
"""Errors that tell a programmer of a mistake; no user sees them."""

LOG = {"debug", "info", "warning", "error", "exception", "filterwarnings"}
"""Methods of `log` and `warnings`, whose lines are for operators and searched for in English."""

CODE_TEMPLATES = {
    "app/exports/notebook.py": "cells that draw the figure",
    "app/exports/scripts/loop.py": "the loop of a script",
    "app/exports/scripts/model.py": "models and their data in a script",
    "app/exports/scripts/race.py": "optimizers and schedules in a script",
    "app/exports/scripts/seeds.py": "seeds in a script",
    "app/exports/scripts/surface.py": "the function and its gradient in a script",
    "app/exports/scripts/text.py": "the imports of a script",
}
"""Files that hold generated Python, and which part of it: there comments, docstrings and literals are read alone."""

CODE = re.compile(r"=|\w[(\[]|^ *(?:def|for|from|if|import|lambda|return|try)\b|, schedule$", re.MULTILINE)
"""How generated code is told from a sentence."""

SAID_IN_CODE = re.compile(r'# ([^\n]*)|"""([^"]*)"""|"([^"\n]*)"')
"""A comment, a docstring, a literal."""

VALUE = re.compile(r"\{+[^{}]*\}+")
PARAMETER = re.compile(r"[;,] [\w*-]+=")
"""Of the value of a header."""

STRANGE = {"Adam, hot", "Momentum beside Adam", "Value error, "}
"""What users of an example wrote, and what pydantic writes."""

TAG = re.compile("<[^>]*>")

Doc = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef


def python_sentences(root: Path) -> list[Breach]:
    """Strings of `app/` that read like a sentence and are neither docstring nor generated code."""
    return [
        Breach(path, line, f"a sentence outside the catalogue of messages: {text[:60]!r}")
        for path in sources(root)
        for line, text in _strings(ast.parse((root / path).read_text()))
        if any(PROSE.search(part) for part in _read(text, code=path in CODE_TEMPLATES))
    ]


def _read(text: str, *, code: bool) -> list[str]:
    """The parts of a string that a person reads, where it holds any."""
    if code and CODE.search(text):
        return [VALUE.sub("_", "".join(filter(None, found.groups()))) for found in SAID_IN_CODE.finditer(text)]
    return [] if text in STRANGE or PARAMETER.search(text) else [TAG.sub("", text)]


def _strings(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of every string that is neither a docstring nor part of an internal error."""
    left_out = set[int]()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            left_out.add(id(node.value))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in INTERNAL:
            left_out |= {id(inner) for inner in ast.walk(node)}
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOG:
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
