"""The catalogue of messages: in its one form, whole, without orphans, and said as its values want it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from app.catalog import catalogue as entries
from app.core.registry import What
from app.core.words import (
    ENGLISH,
    Forms,
    Message,
    catalogue,
    fill,
    languages,
    message,
    read_part,
    say,
    speaking,
    texts,
)
from app.experiment import parse
from app.exports.catalog import CSV
from app.web.exportinputs import ExportRequest
from scripts.words import SCRIPTS, canonical, parts, script
from tests.entrywords import derived
from tests.golden import cases_of

ROOT = Path(__file__).parent.parent
PARTS = [(path, language) for language in languages() for path in parts(language)]
SAID = re.compile(r"\b(?:say|say_around|message)\(\s*\"([a-z0-9_.-]+)\"")
"""A key as Python says it."""

SAID_ON_PAGE = re.compile(r"\bsay(?:Nodes)?\(\s*'([a-z0-9_.-]+)'")
"""A key as the page says it, without its first part."""

WORD = "…"
READ = {"title", "line", "help", "unit", "name", "short", "none", "where"}
"""The fields of entries that people read."""

QUOTED = re.compile(r"""["'`]([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)["'`]""")
"""What may be a key that is chosen before it is said."""

MADE = re.compile(r"""f["']((?!problems\.)[a-z0-9_-]+(?:\.(?:[a-z0-9_-]|\{[^{}]*\})+)+)["']""")
"""A key with parts that are chosen, as Python makes it."""

PROBLEM = re.compile(r'\b(?:Problem|at_field|_?refused)\(\s*"([a-z-]+)",((?:[^()]|\([^()]*\))*)')
"""A kind of problem with what else is said of it."""


def sources() -> dict[str, str]:
    found = [
        *(ROOT / "app").rglob("*.py"),
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "static" / "js").rglob("*.js"),
    ]
    return {str(path): path.read_text() for path in found if path.parent != SCRIPTS}


def of_problems() -> set[str]:
    """The keys that are made of kinds of problems, and of what stands in a catalogue."""
    whats = {f"problems.{form}.{what}" for form in ("nameless", "unknown") for what in get_args(What)}
    kinds = {kind for text in sources().values() for kind, own in PROBLEM.findall(text) if "title=" not in own}
    return whats | {f"problems.{kind}.title" for kind in kinds}


@pytest.mark.parametrize(("path", "language"), PARTS, ids=lambda one: getattr(one, "name", one))
def test_a_part_has_its_one_form_and_only_keys_that_begin_with_its_name(path: Path, language: str) -> None:
    assert path.read_bytes() == canonical(path, language), "run `python -m scripts.words`"
    assert all(key.split(".")[0] == path.stem for key in texts(read_part(path, language)))


@pytest.mark.parametrize("language", languages())
def test_the_page_has_what_the_catalogue_has(language: str) -> None:
    assert (SCRIPTS / f"{language}.js").read_text() == script(language), "run `python -m scripts.words`"


def test_every_key_that_is_said_is_there() -> None:
    said = {key for text in sources().values() for key in SAID.findall(text)}
    said |= {
        f"page.{key}" for path, text in sources().items() if path.endswith(".js") for key in SAID_ON_PAGE.findall(text)
    }
    assert said | derived() | of_problems() <= catalogue("en").keys()


def test_every_key_that_is_there_is_said() -> None:
    named = {key for text in sources().values() for key in QUOTED.findall(text)}
    made = derived() | of_problems()
    of_entries = {key.split(".")[0] for key in derived()}
    patterns = [re.sub(r"\{[^{}]*\}", "[a-z0-9-]*", one) for text in sources().values() for one in MADE.findall(text)]
    chosen = re.compile("|".join(one for one in patterns if one.split(".")[0] not in of_entries))
    orphans = {
        key
        for key in catalogue("en").keys() - made
        if not {key, key.removeprefix("page.")} & named and not chosen.fullmatch(key)
    }
    assert not orphans


@pytest.mark.parametrize("case", cases_of("words"))
def test_a_text_takes_its_values(case: dict[str, Any]) -> None:
    assert fill(case["forms"], case["values"], "en") == case["text"]


def test_a_value_may_be_a_message_or_several() -> None:
    forms: Forms = "{told}; {parts}."
    told = message("problems.internal.detail")
    assert fill(forms, {"told": told, "parts": (told, told)}, "en") == f"{told}; {told} {told}."


def test_what_is_missing_is_told() -> None:
    with pytest.raises(KeyError):
        say("problems.nowhere")
    with pytest.raises(KeyError):
        fill("{steps}", {}, "en")


def test_plurals_have_the_forms_of_their_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pl").mkdir()
    forms = "\n".join(f'msgstr[{index}] "{{n}} {word}"' for index, word in enumerate(("krok", "kroki", "kroków")))
    (tmp_path / "pl" / "counts.po").write_text(f'msgid "counts.steps"\nmsgid_plural "counts.steps"\n{forms}\n')
    monkeypatch.setattr("app.core.words.FOLDER", tmp_path)
    with speaking("pl"):
        assert [say("counts.steps", n=n) for n in (1, 3, 5)] == ["1 krok", "3 kroki", "5 kroków"]
        assert str(Message("counts.steps", {"n": 22})) == "22 kroki"


@pytest.fixture
def strange(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Everything is said in a language that has but one word."""
    known = catalogue(ENGLISH)
    monkeypatch.setattr(
        "app.core.words.catalogue", lambda name: known if name == ENGLISH else dict.fromkeys(known, WORD)
    )
    with speaking("strange"):
        yield


def words_of(value: Any, at: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """What people read of a part of the catalogue of entries, with its place."""
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        if name in READ and isinstance(part, str):
            yield (*at, name), part
        elif name != "experiment" or not at:
            yield from words_of(part, (*at, *([name] if isinstance(name, str) else [])))


@pytest.mark.usefixtures("strange")
def test_entries_speak_the_language_of_who_reads() -> None:
    proper = {("optimizers", "title"), ("presets", "title")}
    said = [(at, text) for at, text in words_of(entries({})) if at not in proper and "source" not in at[:-1]]
    assert len(said) > 500
    assert not {at: text for at, text in said if text not in (WORD, "")}


def test_documents_and_names_of_files_are_the_same_in_every_language(request: pytest.FixtureRequest) -> None:
    document = {
        "objective": {"kind": "model", "model": {"name": "mlp"}, "dataset": {"name": "moons"}},
        "optimizers": [{"name": "sgd"}, {"name": "sgd"}, {"name": "adam"}],
    }
    whole, name = parse(document).text(), ExportRequest(CSV, parse(document), {}, "").names[0]
    request.getfixturevalue("strange")
    assert parse(document).text() == whole
    assert ExportRequest(CSV, parse(document), {}, "").names == (name, f"{WORD}.csv")


def test_english_comes_first() -> None:
    assert languages()[0] == "en"
