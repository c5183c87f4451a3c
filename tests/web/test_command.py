"""The command line, as a user calls it."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands import main
from tests.engine.trainings import document
from tests.server import ROOT
from tests.web.serving import race

Capture = pytest.CaptureFixture[str]


def call(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own, as a user has it: it takes seconds, so refusals are asked of `main`."""
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def test_run_prints_what_the_http_call_answers_and_writes_the_figure(tmp_path: Path) -> None:
    path, page = tmp_path / "race.json", tmp_path / "race.html"
    labelled = race(steps=20) | {"optimizers": [{"name": "sgd", "lr": 1e-3, "label": "</script><b>&"}]}
    path.write_text(json.dumps(labelled))
    done = call("run", str(path), "--html", str(page))
    assert (done.returncode, done.stderr) == (0, "")
    (trajectory,) = json.loads(done.stdout)["trajectories"]
    assert (trajectory["label"], len(trajectory["points"])) == ("</script><b>&", 21)
    text = page.read_text()
    assert "plotly.js v" in text
    assert "</script><b>" not in text
    assert 'src="http' not in text


def test_a_training_runs_without_a_server(tmp_path: Path) -> None:
    path, page = tmp_path / "training.json", tmp_path / "training.html"
    path.write_text(json.dumps(document(steps=20)))
    done = call("run", str(path), "--html", str(page))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert answer["plane"]["entries"] == list(range(21))
    assert [len(trajectory["points"]) for trajectory in answer["trajectories"]] == [21, 21]
    assert "The plane holds " in page.read_text()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (json.dumps(race(steps=0)), ["steps: must be a whole number at least 1"]),
        ("{", ["JSON was expected"]),
        ('{"steps": NaN}', ["steps: ", "objective: ", "optimizers: "]),
    ],
)
def test_a_refused_document_is_told_in_words(tmp_path: Path, text: str, words: list[str], capsys: Capture) -> None:
    path = tmp_path / "race.json"
    path.write_text(text)
    assert main(["run", str(path)]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert all(word in told.err for word in words), told.err
    assert "Traceback" not in told.err


def test_a_missing_file_is_told_in_words(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "none.json"
    assert main(["run", str(path)]) == 2
    assert capsys.readouterr() == ("", f"{path}: no such file or directory\n")


def test_a_wrong_setting_is_told_in_words_and_leaves_no_server() -> None:
    done = call("serve", "--port", "70000")
    told = "setting port: Input should be less than or equal to 65535; got 70000\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)


def test_a_place_that_cannot_be_written_is_told_in_words(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "race.json"
    path.write_text(json.dumps(race(steps=2)))
    for output, told in ((tmp_path / "no" / "race.csv", "no such file or directory"), (tmp_path, "is a directory")):
        assert main(["export", str(path), "--format", "csv", "--output", str(output)]) == 2
        assert capsys.readouterr() == ("", f"{output}: {told}\n")
    assert main(["export", str(path), "--format", "csv", "--output", "/dev/full"]) == 2
    assert capsys.readouterr().err == "the output: no space left on device\n"
