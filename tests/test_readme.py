"""That the README counts what there is, and names every command and page that it leads to."""

import re
from collections.abc import Sized
from pathlib import Path

import pytest

from app.engine.evaluate import DTYPES
from app.objectives.datasets.catalog import DATASETS
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS
from app.scenarios import SCENARIOS
from app.schedules.catalog import SCHEDULES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text()
NUMBERS = {3: "three", 9: "nine", 10: "ten", 11: "eleven", 15: "fifteen", 16: "sixteen", 20: "twenty"}


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (SURFACES, "{} surfaces"),
        (DATASETS, "on {} datasets"),
        (SCENARIOS, "{} scenarios"),
        (OPTIMIZERS, "{} optimizers"),
        (SCHEDULES, "{} learning-rate schedules"),
        (DTYPES, "{} number formats"),
    ],
)
def test_what_is_counted_is_there_so_often(counted: Sized, words: str) -> None:
    assert words.format(NUMBERS[len(counted)]) in " ".join(README.lower().split())


def test_every_optimizer_is_named() -> None:
    text = README.lower().replace("-", "")
    assert [entry.id for entry in OPTIMIZERS if entry.id not in text] == []


def test_every_link_leads_to_a_file() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).is_file()] == []


def test_every_make_command_is_there() -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
    named = re.findall(r"make (\w+)", README)
    assert {"serve", "test"} <= set(named) <= {*targets, "are"}
