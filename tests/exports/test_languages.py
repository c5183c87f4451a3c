"""Files in a second language: nothing of them stays English, and scripts still run."""

import ast
import io
import json
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.words import speaking
from app.exports.notebook import notebook
from app.exports.picture import svg
from app.exports.preview import preview
from app.exports.script import script
from app.exports.table import csv_table
from app.view import View
from tests.exports.races import race, training
from tests.pseudo import LANGUAGE, second_language

DISTURBED = {"noise": 0.1, "clip_norm": 1.0, "clip_value": 0.5}
EXPERIMENTS = {
    "surface": race({"name": "lbfgs", "lr": 0.1}, {"name": "adam", "lr": 0.1, "schedule": {"name": "step"}}),
    "coarse surface": race(dtype="bfloat16", **DISTURBED),
    "training": training(dtype="bfloat16", **DISTURBED),
    "training of batches": training(
        objective={
            "kind": "model", "model": {"name": "mlp", "hidden": [4]}, "dataset": {"name": "moons"}, "loss": "bce",
            "batch_size": 16,
        },
    ),
}  # fmt: skip

NAMES = {"Rosenbrock", "loss"}
"""Of entries that are drawn."""


@pytest.fixture(autouse=True)
def other(tmp_path: Path) -> Iterator[None]:
    with second_language(tmp_path), speaking(LANGUAGE):
        yield


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_a_script_is_python_whose_comments_are_all_said(name: str) -> None:
    text = script(EXPERIMENTS[name])
    assert (ast.get_docstring(ast.parse(text)) or "").startswith("⟦")
    comments = [
        token.string for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.COMMENT and token.string.startswith("# ---")
    ]  # fmt: skip
    assert all(comment.startswith("# --- ⟦") for comment in comments)
    assert comments


def test_a_script_in_another_language_still_runs(capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(script(race()), "script", "exec"), {"__name__": "script"})
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.startswith("⟦”’optimizer⟧")
    assert all("⟦”'made all 40 steps⟧" in row or "⟦”'diverged" in row for row in rows)


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_cells_of_a_notebook_are_python(name: str) -> None:
    cells = json.loads(notebook(EXPERIMENTS[name]))["cells"]
    for cell in cells:
        if cell["cell_type"] == "code":
            ast.parse(cell["source"])
        else:
            assert "⟦" in cell["source"]


@pytest.mark.parametrize("shown", ["2d", "3d", "curves"])
def test_words_in_pictures_are_said(shown: str) -> None:
    rows = {"name": "sgd", "lr": 1e-3, "label": "A"}, {"name": "adam", "lr": 0.1, "label": "B"}
    picture = svg(race(*rows), View(), {"show": shown})
    words = re.findall(r">([^<>]*[a-z]{4,}[^<>]*)</text>", picture.decode())
    assert {word for word in words if "⟦" not in word} <= NAMES


def test_what_differs_in_a_table_is_only_its_head() -> None:
    head, *rows = csv_table(race()).splitlines()
    assert "⟦" in head
    assert "⟦" not in "".join(rows)


def test_a_preview_is_another_one() -> None:
    with speaking("en"):
        english = preview(race(), View())
    assert preview(race(), View()) != english
