"""That the README counts what there is."""

import re
from collections.abc import Sized
from pathlib import Path

import pytest

from app.engine.objectives import DTYPES
from app.objectives.datasets.catalog import DATASETS
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS
from app.scenarios import SCENARIOS
from app.schedules.catalog import SCHEDULES

README = (Path(__file__).parent.parent / "README.md").read_text()
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
    words = set(re.findall(r"[a-z]+", README.lower().replace("-", "")))
    assert [entry.id for entry in OPTIMIZERS if entry.id not in words] == []
