"""Functions and classes of ours as text for a script: without annotations, which a student would only stumble over."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType
from typing import Any

Span = tuple[int, int, int, str]
"""Line, first and last column of what is cut out of a text, and what takes its place."""


def source(thing: Any) -> str:
    """The text of the function or class `thing`, each annotation on one line with its name cut out."""
    text = textwrap.dedent(inspect.getsource(thing))
    lines = text.rstrip().split("\n")
    for line, first, last, instead in sorted(_annotations(ast.parse(text)), reverse=True):
        lines[line] = lines[line][:first] + instead + lines[line][last:]
    return "\n".join(lines)


def with_needs(function: Callable[..., Any]) -> list[str]:
    """The text of `function`, after the text of every function and number of its modules that it needs."""
    found: dict[str, str] = {}
    assert isinstance(function, FunctionType)
    _gather(function, found)
    return list(found.values())


def _gather(function: FunctionType, found: dict[str, str]) -> None:
    text = source(function)
    for name in dict.fromkeys(node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)):
        value = function.__globals__.get(name)
        if isinstance(value, FunctionType) and name not in found:
            _gather(value, found)
        elif isinstance(value, int | float):
            found[name] = f"{name} = {value!r}"
    found[function.__name__] = text


def _annotations(tree: ast.Module) -> Iterator[Span]:
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation:
            yield node.lineno - 1, node.col_offset + len(node.arg), _end(node.annotation), ""
        elif isinstance(node, ast.AnnAssign):
            yield node.lineno - 1, _end(node.target), _end(node.annotation), ""
        elif isinstance(node, ast.FunctionDef) and node.returns:
            yield node.returns.lineno - 1, node.returns.col_offset - len(" -> "), _end(node.returns), ""
            for default in [*node.args.defaults, *filter(None, node.args.kw_defaults)]:
                # After an annotation the equals sign has spaces around it, without one it has not.
                yield default.lineno - 1, default.col_offset - len(" = "), default.col_offset, "="


def _end(node: ast.expr) -> int:
    return node.end_col_offset or 0
