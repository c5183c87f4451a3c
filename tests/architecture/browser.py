"""The rules for what the browser gets: scripts, templates, style sheets."""

import posixpath
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from tests.architecture.base import Breach, Edge, cycles, files, line_of

SCRIPTS = "static/js"
TESTS = "tests/js"
APART = {
    "views": ("controls", "net"),
    "controls": ("views", "net"),
    "stage": ("controls", "show"),
    "show": ("controls", "compare"),
}
"""Folders of scripts, and the folders that nothing in them may import."""

NO_PAGE = ("state/", "run/", "net/messages.js")
"""Scripts that must run without a page: they know neither `window` nor `document`."""

PLOTLY = "views/plotly.js"

IMPORT = re.compile(r"""(?:\bfrom|\bimport)\s*\(?\s*(["'])(?P<target>[^"'\n]+)\1""")
PAGE = re.compile(r"(?<![\w$.])(?:window|document)\b(?!\s*:)")
ADDRESS = re.compile(r"(?:https?:)?//(?!www\.w3\.org/)[\w-]+\.[\w.-]+", re.IGNORECASE)
FETCHED = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*(?:https?:)?//""", re.IGNORECASE)
TEXT = re.compile(
    r"""(?P<comment>/\*.*?\*/|//[^\n]*)|(?P<quoted>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|(?P<template>`(?:\\.|[^`\\])*`)""",
    re.DOTALL,
)
HOLE = re.compile(r"\$\{[^{}]*\}")
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)


def script_imports(root: Path) -> list[Breach]:
    """Imports between folders that are kept apart, and imports of anything but a file of ours."""
    breaches = []
    for edge in script_edges(root):
        folder, target = edge.path.split("/")[2], edge.target
        if not target.startswith(f"{SCRIPTS}/"):
            breaches.append(Breach(edge.path, edge.line, f"imports {target}, which is no script of ours"))
        elif target.split("/")[2] in APART.get(folder, ()):
            breaches.append(Breach(edge.path, edge.line, f"{folder} must not import {target}"))
    return breaches


def script_cycles(root: Path) -> list[Breach]:
    """Scripts that import each other round in a circle."""
    return cycles(script_edges(root))


def script_words(root: Path) -> list[Breach]:
    """The page's globals in scripts that must run without a page, and Plotly outside its one file."""
    breaches = []
    for path, text in files(root, SCRIPTS, ".js"):
        code, below = blank(text, strings=True), path.removeprefix(f"{SCRIPTS}/")
        if below.startswith(NO_PAGE):
            breaches += _matches(path, code, PAGE, "{} must not be known here, not even as a local name")
        if below != PLOTLY:
            breaches += _matches(path, code, re.compile(r"\bPlotly\b"), "{} belongs in " + PLOTLY + " alone")
    return breaches


def script_heads(root: Path) -> list[Breach]:
    """Scripts that an editor would not type-check."""
    return [
        Breach(path, 1, "must begin with // @ts-check")
        for folder in (SCRIPTS, TESTS)
        for path, text in files(root, folder, ".js")
        if text.split("\n", 1)[0].strip() != "// @ts-check"
    ]


def addresses(root: Path) -> list[Breach]:
    """Other people's servers, in scripts and style sheets."""
    breaches = []
    for path, text in files(root, SCRIPTS, ".js"):
        breaches += _matches(path, blank(text), ADDRESS, "{}: nothing is loaded from elsewhere")
    for path, text in files(root, "static", ".css"):
        breaches += _matches(path, text, FETCHED, "{}: nothing is loaded from elsewhere")
    return breaches


def templates(root: Path) -> list[Breach]:
    """Inline script, style and handlers in templates, and what they load from other people's servers."""
    breaches = []
    for path, text in files(root, "templates", ".html"):
        reader = TemplateReader(path)
        reader.feed(JINJA.sub(lambda found: _empty(found.group()), text))
        breaches += reader.breaches
    return breaches


class TemplateReader(HTMLParser):
    """Collects the breaches of one template."""

    LOADS = ("src", "srcset", "href", "xlink:href", "data", "poster", "action", "formaction")

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path = path
        self.breaches: list[Breach] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        # A block of data is no script: the browser does not run it.
        if tag == "script" and "src" not in given and given.get("type") != "application/json":
            self._breach("script inside the page; put it into static/js")
        if tag == "style":
            self._breach("style inside the page; put it into static/css")
        for name, value in given.items():
            if name == "style" or name.startswith("on"):
                self._breach(f"attribute {name} on <{tag}>; put it into static")
            if name in self.LOADS and tag != "a" and re.match(r"\s*(https?:)?//", value, re.IGNORECASE):
                self._breach(f"<{tag}> loads {value}: nothing is loaded from elsewhere")

    def _breach(self, message: str) -> None:
        self.breaches.append(Breach(self.path, self.getpos()[0], message))


def script_edges(root: Path) -> Iterator[Edge]:
    """Every import of every script, its target as a path below `root` where it is relative."""
    for path, text in files(root, SCRIPTS, ".js"):
        code = blank(text)
        for found in IMPORT.finditer(code):
            target = found["target"]
            if target.startswith("."):
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            yield Edge(path, line_of(code, found.start()), target)


def blank(text: str, *, strings: bool = False) -> str:
    """Script `text` with comments emptied, and quoted words too where `strings`; the lines stay where they are."""
    return TEXT.sub(lambda found: _blank(found, strings=strings), text)


def _blank(found: re.Match[str], *, strings: bool) -> str:
    whole = found.group()
    if found["comment"] or (strings and found["quoted"]):
        return _empty(whole)
    if strings and found["template"]:
        # What stands in ${...} is code.
        kept = "".join(HOLE.findall(whole))
        return _empty(whole) + kept.replace("\n", " ")
    return whole


def _empty(text: str) -> str:
    return re.sub(r"[^\n]", " ", text)


def _matches(path: str, text: str, pattern: re.Pattern[str], message: str) -> list[Breach]:
    return [
        Breach(path, line_of(text, found.start()), message.format(found.group())) for found in pattern.finditer(text)
    ]
