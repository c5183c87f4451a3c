"""What is written about the project agrees with the project."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from app import __version__
from app.experiment import FIELDS, parse
from app.settings import Settings

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
PIN = re.compile(r"[a-z0-9-]+==[\w.]+")

each_page = pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)


def read(name: str) -> str:
    return (ROOT / name).read_text()


def pinned(name: str) -> set[str]:
    return {line.split("==")[0] for line in read(name).splitlines() if PIN.fullmatch(line)}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[=<>~! ]", requirement)[0] for requirement in requirements}


@each_page
def test_links_to_files_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", path.read_text())
    assert [link for link in links if not (path.parent / link).exists()] == []


@each_page
def test_files_that_are_named_exist(path: Path) -> None:
    named = re.findall(r"`((?:app|docs|scripts|static|templates|tests)/[\w./-]+)`", path.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


@each_page
def test_commands_that_are_named_exist(path: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", read("Makefile"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=[`\n ])", "".join(code(path.read_text())))) <= targets


def code(text: str) -> list[str]:
    """The fenced blocks and inline code of a page, each ended by a line break."""
    return [found + "\n" for found in re.findall(r"```.*?```|`[^`\n]+`", text, re.DOTALL)]


def test_every_setting_is_in_the_table_with_its_default() -> None:
    rows = dict(re.findall(r"^\| `PLAYGROUND_(\w+)` \| ([^|]*) \|", read("docs/operations.md"), re.MULTILINE))
    written = {name.lower(): default.strip("`") for name, default in rows.items()}
    assert written == {name: shown(field) for name, field in Settings.model_fields.items()}


def shown(field: FieldInfo) -> str:
    if field.default_factory:
        return "by the machine"
    return str(field.default) if field.default not in {(), ""} else "none"


def test_the_example_of_an_experiment_is_accepted_and_explained() -> None:
    section = read("docs/protocol.md").split("## HTTP")[0]
    document = json.loads(section.split("```json")[1].split("```")[0])
    canonical = parse(document).canonical()
    assert {name: canonical[name] for name in document if name != "optimizers"} == {
        name: value for name, value in document.items() if name != "optimizers"
    }
    assert set(re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)) >= set(canonical) | {field.id for field in FIELDS}


def test_the_changelog_begins_with_what_comes_and_then_this_version() -> None:
    headings = re.findall(r"^## \[(.+?)\]", read("CHANGELOG.md"), re.MULTILINE)
    assert headings[:2] == ["Unreleased", __version__]


def test_the_lock_pins_everything_that_the_project_asks_for() -> None:
    serve, develop = pinned("requirements.lock"), pinned("requirements-dev.lock")
    assert names(PROJECT["dependencies"]) <= serve
    assert names(PROJECT["optional-dependencies"]["dev"]) <= develop | serve
    assert "torch==2.13.0" in PROJECT["dependencies"]
    assert "torch==2.13.0" in read("requirements.lock").splitlines()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_the_lock_holds_exact_versions_and_nothing_else(name: str) -> None:
    lines = [line for line in read(name).splitlines() if not line.startswith("#")]
    others = [line for line in lines if not PIN.fullmatch(line)]
    assert others == (["-r requirements.lock"] if name == "requirements-dev.lock" else [])
    assert not [line for line in lines if re.match(r"nvidia-|cuda-|triton", line)]


def test_the_model_of_the_protocol_is_taken_as_it_stands_there() -> None:
    """Every field of it is written out, so that the server adds nothing."""
    section = read("docs/protocol.md").split("A model as `objective`")[1]
    objective = json.loads(section.split("```json")[1].split("```")[0])
    experiment = parse({"objective": objective, "optimizers": [{"name": "adam"}]})
    assert experiment.canonical()["objective"] == objective
    assert all(f"`{column}`" in section for column in experiment.columns)
