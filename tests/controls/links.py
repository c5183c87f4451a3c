"""What the page does with a link: it asks the server, and takes out what that refuses."""

from typing import Any, NamedTuple

from playwright.sync_api import Page

from app.core.problems import Problem
from app.core.strictjson import read_json
from app.experiment import parse
from app.limits import admit_stream
from app.settings import Settings
from tests.controls.scripts import give_catalogue

BEGIN = """async (query) => {
  const { Mending } = await import('/static/js/mending.js');
  const { completeDraft } = await import('/static/js/catalog.js');
  const { readAddress } = await import('/static/js/state/readaddress.js');
  const { draft, problems } = readAddress(query, window.catalog);
  window.mending = new Mending(window.catalog, problems);
  return JSON.stringify(window.mending.begin(completeDraft(draft, window.catalog)));
}"""
NEXT = """([text, errors]) => {
  const before = JSON.stringify(errors);
  const document = JSON.stringify(window.mending.next(JSON.parse(text), errors));
  if (JSON.stringify(errors) !== before) throw new Error('an argument was changed');
  return document;
}"""


class Opened(NamedTuple):
    """document: what a link opens in the end; told: paths of what was taken out on the way; passes: how often the
    server was asked.
    """

    document: dict[str, Any]
    told: set[str]
    passes: int


def open_link(page: Page, query: str) -> Opened:
    """What the link with this query opens; fails where nothing is left that could be taken out."""
    give_catalogue(page)
    text = page.evaluate(BEGIN, query)
    passes = 1
    while text != "null":
        try:
            experiment = parse(read_json(text))
            admit_stream(experiment, Settings())
            told = page.evaluate("window.mending.problems.map(({ path }) => path)")
            return Opened(experiment.canonical(), set(told), passes)
        except Problem as problem:
            text = page.evaluate(NEXT, [text, problem.document()["errors"]])
            passes += 1
    raise AssertionError(f"{query} stays shut: {page.evaluate('window.mending.tell()')}")
