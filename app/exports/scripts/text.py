"""The small pieces of Python that scripts are written in."""

import inspect
import re
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.core.words import say

WIDTH = 100
"""Characters in a line, where it can be broken."""


EXACT = "float64"
"""The number format in which torch's own ways are exact enough. In others every rounding shows in the path, so there a
script has the very operations of ours where these differ."""


KEY = re.compile(r"# (scripts\.[a-z.-]+)$", re.MULTILINE)
TYPOGRAPHIC = {'"': "”", "'": "’"}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a script.

    title, words: what it is, in the language of its reader; code: statements; formulas: LaTeX, for a notebook.
    """

    title: str
    words: str
    code: str
    formulas: tuple[str, ...] = ()


class Way(NamedTuple):
    """What the loop has to know of an objective.

    begin: statements that make `weights`; gradient: statements that return the loss and leave its gradient with them;
    entry: what is kept of a step, and entries: what that is, in words; stochastic: whether a step sees a part of the
    samples only.
    """

    begin: str
    gradient: str
    entry: str
    entries: str
    stochastic: bool


def quoted(text: str) -> str:
    """`text` as a literal, in double quotes where that needs no more of them. What is not printed, such as marks that
    turn the direction of writing, is escaped, so that the code reads as it runs.
    """
    literal = repr(text)
    return literal if '"' in literal else f'"{literal[1:-1]}"'


def commented(code: str) -> str:
    """`code` with the sentence in place of each key that stands as a comment."""
    return KEY.sub(lambda found: f"# {say(found[1])}", code)


def inside(text: str, quotes: str = '"') -> str:
    """`text` for the inside of a literal in `quotes`, which would end it and so become typographic ones."""
    return text.replace("\\", "\\\\").translate({ord(sign): TYPOGRAPHIC[sign] for sign in quotes})


def arguments(named: Mapping[str, Any]) -> list[str]:
    """`named` as keyword arguments."""
    return [f"{name}={quoted(value) if isinstance(value, str) else repr(value)}" for name, value in named.items()]


def unusual(function: Any, named: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the arguments `named` of `function` that are not its own defaults."""
    known = inspect.signature(function).parameters
    usual = {name: known[name].default for name in named if name in known}
    return {name: value for name, value in named.items() if name not in usual or usual[name] != value}


def call(name: str, parts: Sequence[str], indent: int, before: int) -> str:
    """A call of `name` in a line that is indented so far, after `before` characters of it; its arguments are on lines
    of their own where it would be too long.
    """
    line = f"{name}({', '.join(parts)})"
    if before + len(line) < WIDTH:
        return line
    # A non-breaking space keeps each argument whole.
    whole = " ".join(f"{part.replace(' ', chr(0xA0))}," for part in parts)
    lines = textwrap.fill(whole, WIDTH - indent - 4, break_long_words=False, break_on_hyphens=False).rstrip(",")
    return f"{name}(\n{textwrap.indent(lines, ' ' * (indent + 4))}\n{' ' * indent})".replace("\xa0", " ")


def function(head: str, doc: str, body: str) -> str:
    """A function with the line `head`, one line of `doc` and the statements of `body`."""
    inside = textwrap.indent(f'"""{doc}"""\n{body.strip()}', "    ", lambda line: bool(line.strip()))
    return f"def {head}:\n{inside}"


def numbers(values: Iterable[int]) -> str:
    """A list of whole numbers, on as many lines as it takes."""
    items = [str(value) for value in values]
    line = f"[{', '.join(items)}]"
    return line if len(line) <= WIDTH - 20 else f"[\n{textwrap.indent(textwrap.fill(', '.join(items), 96), '    ')},\n]"


def imports(code: str) -> str:
    """The imports that `code` needs."""
    named = [name for name in ("base64", "functools", "math", "zlib") if re.search(rf"\b{name}\.", code)]
    lines = [f"import {name}" for name in named]
    rest = ["import torch", *(["from torch import nn"] if re.search(r"(?<!\.)\bnn\.", code) else [])]
    return "\n".join([*lines, *([""] if lines else []), *rest])
