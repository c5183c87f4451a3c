"""The rules that no sentence stands outside the catalogue of messages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.base import Breach, files, line_of
from tests.architecture.browser import HOLE, JINJA, SCRIPTS, TEXT
from tests.architecture.python import sources
from tests.architecture.sizes import WRITTEN

PROSE = re.compile(r"[A-Za-z]{2,}['’]?[,;:]? [a-z]{2,}")
"""Two words beside each other, as sentences have them and names, addresses and numbers do not."""

INTERNAL = {
    "AssertionError",
    "AttributeError",
    "IndexError",
    "KeyError",
    "NotImplementedError",
    "RuntimeError",
    "StoreError",
    "TypeError",
    "ValueError",
}
"""Errors that tell a programmer, or an operator's log, of a fault; no user sees them."""

NAMES = {"Preset", "Reference", "library"}
"""Calls whose texts are names in documents, or titles in print: the same in every language."""

UNSAID = {"code", "formula", "source"}
"""Arguments that are Python for scripts, LaTeX, or titles in print."""

LABEL = "label"
"""The field of documents that holds a name."""

FORMS = re.compile(r"SELECT |HTTP/1\.1 |default-src ")
"""How texts of other languages begin: SQL, HTTP, content policies."""

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

UNREAD = re.compile(
    r"(?:class: |Name = |matchMedia\(|closest\(|querySelector(?:All)?\(|Error\(|addElement\(\w+, '\w+', |Set\()\s*$"
)
"""What stands before a string of a script that nobody reads: classes, selectors, errors for programmers, tags."""

READ = re.compile(r"""\b(?:aria-label|alt|placeholder|title)="[^"]*[A-Za-z]{2}""")
"""An attribute that is read, with words."""

WORD = re.compile(r"(?<![\w-])[A-Za-z]{2,}(?![\w-]*=)")
"""A word outside of tags; an attribute that is given to a block is none."""

TITLES = {"app/objectives/surfaces/references.py"}
"""Files of titles in print."""


def python_sentences(root: Path) -> list[Breach]:
    """Strings of `app/` that read like a sentence and are neither docstring nor generated code."""
    return [
        Breach(path, line, f"a sentence outside the catalogue of messages: {text[:60]!r}")
        for path in sources(root)
        for line, text in _strings(ast.parse((root / path).read_text()))
        if path not in TITLES
        and not FORMS.match(text)
        and any(PROSE.search(part) for part in _read(text, code=path in CODE_TEMPLATES))
    ]


def script_sentences(root: Path) -> list[Breach]:
    """Strings of scripts that read like a sentence, and are no classes, ids, selectors or markup."""
    breaches = []
    for path, text in files(root, SCRIPTS, ".js"):
        for found in TEXT.finditer(text):
            string = HOLE.sub("_", found[0][1:-1])
            ids = string.startswith("<") or all("-" in part for part in string.split())
            if found["comment"] or ids or not PROSE.search(string) or path.startswith(WRITTEN):
                continue
            if not UNREAD.search(text[: found.start()]):
                message = f"a sentence outside the catalogue of messages: {string[:60]!r}"
                breaches.append(Breach(path, line_of(text, found.start()), message))
    return breaches


def template_sentences(root: Path) -> list[Breach]:
    """Words of templates that do not come from the catalogue."""
    breaches = []
    for path, text in files(root, "templates", ".html"):
        own = JINJA.sub(_blank, text)
        for found in (*READ.finditer(own), *WORD.finditer(TAG.sub(_blank, own))):
            message = f"words outside the catalogue of messages: {found[0]!r}"
            breaches.append(Breach(path, line_of(text, found.start()), message))
    return breaches


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


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
        left_out |= {id(inner) for unread in _unread(node) for inner in ast.walk(unread)}
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


def _unread(node: ast.AST) -> list[ast.AST]:
    """The parts of `node` whose texts are not for people who use the playground, or are names."""
    if isinstance(node, ast.Call) and getattr(node.func, "id", "") in INTERNAL | NAMES:
        return [node]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in LOG:
        return [node]
    if isinstance(node, ast.keyword) and node.arg in UNSAID:
        return [node]
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return [value for key, value in pairs if isinstance(key, ast.Constant) and key.value == LABEL]
    return []
