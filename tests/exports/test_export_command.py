"""`python -m app export`, as a user calls it."""

import json
from pathlib import Path

import pytest

from app.commands import main
from app.exports.catalog import FORMATS
from app.web.exportinputs import ExportRequest
from tests.engine.races import race
from tests.web.test_command import call

DOCUMENT = {"objective": {"kind": "surface", "name": "rosenbrock"}, "optimizers": [{"name": "adam"}], "steps": 5}
BEGINS = {
    "script.py": b'"""Rosenbrock', "notebook.ipynb": b'{\n "cells": [', "csv": b"label,", "json": b'{"format":',
    "html": b"<!doctype html>", "png": b"\x89PNG", "svg": b"<?xml", "gif": b"GIF89a",
}  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of an experiment."""
    path = tmp_path / "experiment.json"
    path.write_text(json.dumps(DOCUMENT))
    return path


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_every_format_makes_what_it_says(form: object) -> None:
    experiment = race([{"name": "adam", "label": "</script><img src=x onerror=alert(1)>"}], steps=5)
    own = {"width": 300, "height": 200, "frames": 3} if form.id == "gif" else {}
    assert form.make(experiment, own).startswith(BEGINS[form.id])
    assert ExportRequest(form, experiment, {}, "").names[0] == f"rosenbrock{form.suffix}"


def test_it_writes_a_file_or_to_standard_output(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "race.csv"
    told = call("export", str(path), "--format", "csv")
    assert main(["export", str(path), "--format", "csv", "-o", str(target)]) == 0
    assert told.stdout.splitlines() == target.read_text().splitlines()
    assert len(told.stdout.splitlines()) == 7


def test_what_is_not_right_is_told_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = ("--option", "width=9", "--option", "colour=red", "--view", "tab=[[1]]")
    assert main(["export", str(path), "--format", "png", *wrong]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert all(words in told.err for words in ("option.width: must be", "option.colour: unknown", "view.tab: must"))
    with pytest.raises(SystemExit, match="2"):
        main(["export", str(path), "--format", "docx"])
    assert "invalid choice: 'docx' (choose from " in capsys.readouterr().err
