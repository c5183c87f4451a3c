"""A second language needs files alone: one is made up here, whose texts are the English ones in brackets, and whatever
people can read then stands in brackets.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from playwright.sync_api import Browser, Page

from app.catalog import catalogue
from app.core.words import FOLDER, read_part, texts
from app.objectives.functions.examples import EXAMPLES
from app.objectives.planes.kinds import PLANES
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS, PRESETS
from tests.browser import Visitor, settle, wait_painted, wait_until
from tests.e2e.scenes import RACE, visit
from tests.server import ROOT, Server

LANGUAGE = "eo"
MODEL = "/?v=1&model=mlp&model.hidden=4,&data=xor&o=sgd;lr=0.2&o=adam;lr=0.01&steps=20"
FAULTY = "/?v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=oops&o=adamm;lr=0.1&steps=80&stepz=3"
COMPARED = (
    "/compare?left=v%3D1%26on%3Dbooth%26o%3Dsgd%3Blr%3D0.02%26steps%3D80&right=v%3D1%26on%3Dbooth%26o%3Dadam%3Blr%3D0.1"
)

NAMES = {preset.title for preset in PRESETS} | {optimizer.title for optimizer in OPTIMIZERS}
"""What is called the same in every language, as it stands in documents."""


def choices(found: Any) -> set[str]:
    """The choices of all params in a part of the catalogue, which are the same in every language too."""
    if isinstance(found, dict):
        return set(map(str, found.get("choices", ()))) | choices(list(found.values()))
    return {name for part in found for name in choices(part)} if isinstance(found, list) else set()


CHOICES = choices(catalogue({}))
PRINTED = {entry.source.title for entry in (*OPTIMIZERS, *SURFACES, *PLANES) if entry.source} | {"Ctrl"}
PRINTED |= {example.text for example in EXAMPLES}
"""Titles of papers, what stands on keys, and functions as they are typed."""

CODE = re.compile(
    r"[A-Z]+|[A-Za-z]+[0-9]+( +−?[0-9.]+)?|[a-z]+(_[a-z]+)+|[A-Z]\w*(LR|Loss)|https?:\S*|/\S*|[\w.-]+\.(py|json|ipynb)"
)
"""Ids, names of torch's and addresses, which stand alone."""

READ = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (parent.closest('script, style, noscript, math, pre, code, textarea')) continue;
    // A sentence with elements in it is read as a whole.
    found.push(parent.closest('p')?.textContent ?? walker.currentNode.data);
  }
  for (const el of document.querySelectorAll('*')) {
    for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description', 'aria-valuetext']) {
      if (el.hasAttribute(name) && !el.closest('math')) found.push(el.getAttribute(name));
    }
  }
  return [...new Set(found)];
}"""


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server whose code is this one's with the files of a further language."""
    source = tmp_path_factory.mktemp("source")
    for folder in ("app", "static", "templates", "scripts"):
        shutil.copytree(ROOT / folder, source / folder, ignore=shutil.ignore_patterns("__pycache__"))
    language = source / "app" / "words" / LANGUAGE
    language.mkdir()
    for part in (FOLDER / "en").glob("*.po"):
        translate(part, language / part.name)
    subprocess.run([sys.executable, "-m", "scripts.words"], cwd=source, check=True)
    running = Server(source=source)
    yield running
    running.stop()


def translate(part: Path, target: Path) -> None:
    """Write the texts of `part` in brackets."""
    made = Catalog(locale=LANGUAGE)
    for key, forms in texts(read_part(part, "en")).items():
        if isinstance(forms, str):
            made.add(key, f"⟦{forms}⟧")
        else:
            made.add((key, key), tuple(f"⟦{form}⟧" for form in forms))
    with target.open("wb") as file:
        write_po(file, made)


@pytest.fixture
def page(browser: Browser, foreign: Server) -> Iterator[Page]:
    someone = Visitor(browser, f"{foreign.url}/healthz", locale=LANGUAGE, reduced_motion="reduce")
    yield someone.open()
    someone.close()


def unsaid(found: list[str]) -> list[str]:
    """What of `found` has words outside brackets."""
    left = {text: without_said(text).strip() for text in found}
    return [
        text
        for text, rest in left.items()
        if re.search("[A-Za-z]{2}", rest) and not (rest in CHOICES or CODE.fullmatch(rest))
    ]


def without_said(text: str) -> str:
    before = ""
    while text != before:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    # Elements within a sentence part it.
    text = re.sub(r"⟦[^⟦⟧]*$|^[^⟦⟧]*⟧", " ", text)
    for name in sorted(NAMES | PRINTED, key=len, reverse=True):
        text = text.replace(name, " ")
    return text


def assert_translated(page: Page) -> None:
    settle(page)
    assert unsaid(page.evaluate(READ)) == []


@pytest.mark.parametrize("address", [RACE, MODEL], ids=["surface", "model"])
def test_the_page_is_in_it(page: Page, foreign: Server, address: str) -> None:
    visit(page, foreign.url + address)
    assert page.evaluate("document.documentElement.lang") == LANGUAGE
    for bar in ("#stage-bar", "#curves-bar"):
        for tab in page.locator(bar).get_by_role("tab").all():
            if tab.is_visible():
                tab.click()
                wait_painted(page)
                assert_translated(page)


def test_its_dialogs_are_in_it(page: Page, foreign: Server) -> None:
    visit(page, foreign.url + RACE)
    for button in page.locator("#header-actions button, #problem button, #optimizers button").all():
        if button.is_visible() and button.is_enabled() and button.get_attribute("aria-haspopup"):
            button.click()
            assert_translated(page)
            page.keyboard.press("Escape")


def test_what_is_refused_is_told_in_it(page: Page, foreign: Server) -> None:
    visit(page, foreign.url + FAULTY)
    assert_translated(page)


def test_a_comparison_is_in_it(page: Page, foreign: Server) -> None:
    page.goto(foreign.url + COMPARED)
    wait_until(page, "document.documentElement.dataset.complete === 'true'")
    assert_translated(page)


@pytest.mark.parametrize("address", ["/api/docs", "/nowhere"])
def test_other_pages_are_in_it(page: Page, foreign: Server, address: str) -> None:
    page.goto(foreign.url + address)
    page.wait_for_load_state("networkidle")
    assert_translated(page)


def test_answers_are_in_it_and_the_document_is_not(foreign: Server) -> None:
    document = {
        "objective": {"kind": "surface", "name": "booth"},
        "optimizers": [{"name": "sgd", "lr": 9.0}],
        "steps": 20,
    }
    spoken = {"accept-language": LANGUAGE}
    answers = [httpx.post(f"{foreign.url}/api/run", json=document, headers=headers).json() for headers in ({}, spoken)]
    assert answers[0]["experiment"] == answers[1]["experiment"]
    messages = [answer["trajectories"][0]["outcome"]["message"] for answer in answers]
    assert without_said(messages[1]).strip() == ""
    assert re.sub("[⟦⟧]", "", messages[1]) == messages[0]


def test_files_are_in_it(foreign: Server) -> None:
    document = {"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd"}], "steps": 20}
    for form in ("script.py", "notebook.ipynb", "svg"):
        made = httpx.post(
            f"{foreign.url}/api/export/{form}?lang={LANGUAGE}", json={"experiment": document}, timeout=None
        )
        assert made.status_code == 200
        assert "⟦" in made.text or "\\u27e6" in made.text
