"""What an exported script is as a text: short, readable, sound Python, in which what a user wrote stays text."""

import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.experiment import Experiment, parse
from app.exports.script import script
from app.exports.scripts.text import call, numbers, quoted
from app.exports.sources import source, with_needs
from app.objectives.surfaces.kinks import eggholder
from app.optimizers.written import Lion
from app.scenarios import SCENARIOS
from tests.engine.races import EIGHT, race
from tests.engine.trainings import training
from tests.exports.cases import RACES
from tests.exports.odd import FORMULAS, ODD
from tests.patience import PATIENCE

USUAL: dict[str, Experiment] = {
    "eight optimizers": race(EIGHT),
    "bfloat16": race(EIGHT, "ackley", dtype="bfloat16"),
    **{scenario.id: scenario.experiment() for scenario in SCENARIOS},
}


def labelled(labels: tuple[str, ...]) -> str:
    return script(race([{"name": "adam", "lr": 0.1, "label": label} for label in labels], steps=3))


def table(text: str) -> dict[Any, ast.expr]:
    """The entries of RACE in a script, by label."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "RACE":
            assert isinstance(node.value, ast.Dict)
            keys = [ast.literal_eval(key) for key in node.value.keys if key]
            return dict(zip(keys, node.value.values, strict=True))
    raise AssertionError("there is no RACE")


def test_a_label_stays_text_whatever_it_is() -> None:
    labels = (*ODD, *FORMULAS)
    plain, odd = labelled(tuple(f"label {place}" for place in range(len(labels)))), labelled(labels)
    assert list(table(odd)) == list(labels)
    assert all(character.isprintable() or character == "\n" for character in odd)
    kinds = [[type(node) for node in ast.walk(ast.parse(text))] for text in (plain, odd)]
    assert kinds[0] == kinds[1]


@pytest.mark.parametrize("text", ODD)
def test_a_literal_is_the_text(text: str) -> None:
    assert ast.literal_eval(quoted(text)) == text
    assert quoted(text).isprintable()


def test_labels_that_are_the_same_are_told_apart() -> None:
    assert list(table(labelled(("a", "a", "a (2)", "a")))) == ["a", "a (2)", "a (2) (2)", "a (3)"]


@pytest.mark.parametrize("name", USUAL)
def test_a_usual_script_is_short_and_narrow(name: str) -> None:
    *lines, document = script(USUAL[name]).rstrip("\n").split("\n")
    assert len(lines) <= 150
    assert max(len(line) for line in lines if not line.lstrip().startswith("packed = ")) <= 120
    assert parse(json.loads(document.removeprefix("# The experiment, for the playground: "))) == USUAL[name]


def test_nothing_is_missing_nor_idle_in_any_script(tmp_path: Path) -> None:
    every = {**USUAL, **RACES, "training": training(batch_size=7, l2=0.1)}
    for number, experiment in enumerate(every.values()):
        (tmp_path / f"s{number}.py").write_text(script(experiment), encoding="utf-8")
    rules = ["--isolated", "--no-cache", "--select", "F,E9,PLE"]
    command = [sys.executable, "-m", "ruff", "check", *rules, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 0, done.stdout[-3000:]


def test_only_what_differs_from_torch_is_written() -> None:
    lines = script(race([{"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 0.2, "momentum": 0.9}])).split("\n")
    assert '    "Adam": lambda weights: torch.optim.Adam(weights, lr=0.1),' in lines
    assert '    "Momentum": lambda weights: torch.optim.SGD(weights, lr=0.2, momentum=0.9),' in lines


def test_a_source_is_without_annotations_and_after_what_it_needs() -> None:
    assert "def step(self, closure=None):" in source(Lion)
    first, second = with_needs(eggholder)
    assert first.startswith("def root_abs(u):\n")
    assert second.startswith("def eggholder(x, y):\n")


def test_long_calls_and_lists_are_broken_between_their_parts() -> None:
    parts = [f"argument_{number}=({number}, {number})" for number in range(12)]
    text = call("f", parts, 4, 30)
    assert max(map(len, text.split("\n"))) <= 100
    assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(f"f({', '.join(parts)})"))
    many = list(range(10**9, 10**9 + 40))
    assert ast.literal_eval(numbers(many)) == many
    assert numbers([1, 2]) == "[1, 2]"
