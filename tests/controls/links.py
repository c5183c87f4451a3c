"""What the page does with a link: it asks the server, and takes out what that refuses."""

from typing import Any, NamedTuple

from app.core.problems import Problem
from app.core.strictjson import read_json
from app.experiment import parse
from app.limits import admit_stream
from app.settings import Settings
from tests.node import CATALOG, Scripts


class Opened(NamedTuple):
    """document: what a link opens in the end; told: paths of what was taken out on the way; passes: how often the
    server was asked.
    """

    document: dict[str, Any]
    told: set[str]
    passes: int


def open_link(scripts: Scripts, query: str) -> Opened:
    """What the link with this query opens; fails where nothing is left that could be taken out."""
    text = scripts.call("tests/js/asked.js", "openLink", query, CATALOG)
    passes = 1
    while text != "null":
        try:
            experiment = parse(read_json(text))
            admit_stream(experiment, Settings())
            told = scripts.call("tests/js/asked.js", "toldOfLink")["paths"]
            return Opened(experiment.canonical(), set(told), passes)
        except Problem as problem:
            text = scripts.call("tests/js/asked.js", "mendLink", text, problem.document()["errors"])
            passes += 1
    raise AssertionError(f"{query} stays shut: {scripts.call('tests/js/asked.js', 'toldOfLink')['sentence']}")
