"""That the README promises no more than there is."""

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
NUMBERS = {"three": 3, "nine": 9, "ten": 10, "eleven": 11, "fifteen": 15, "sixteen": 16, "twenty": 20}


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
def test_no_more_is_promised_than_there_is(counted: Sized, words: str) -> None:
    said = re.search(words.format(f"({'|'.join(NUMBERS)})"), " ".join(README.lower().split()))
    assert said
    assert NUMBERS[said[1]] <= len(counted)
