"""The command line, as a user calls it."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from app.commands import main
from app.web.listening import listen
from tests.engine.trainings import document
from tests.patience import PATIENCE
from tests.server import ROOT
from tests.web.serving import race

Capture = pytest.CaptureFixture[str]


def call(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """A process of its own, as a user has it: it takes seconds, so refusals are asked of `main`."""
    command = [sys.executable, "-m", "app", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)


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


WATCHED = """
import subprocess, sys
from multiprocessing import forkserver
from app.commands import main
from app.web.listening import listen
status = main(sys.argv[1:])
heavy = {"torch", "numpy", "matplotlib", "fastapi", "uvicorn", "sqlalchemy"} & set(sys.modules)
print(status, sorted(heavy), forkserver._forkserver._forkserver_pid)
"""
"""What `python -m app` does, and then what was imported and started for it."""

NOTHING_BEGUN = "2 [] None\n"


def refused(*arguments: str, **environment: str) -> str:
    """What is told where a server is refused, for which nothing that takes long was begun."""
    command = [sys.executable, "-c", WATCHED, "serve", *arguments]
    extra = {**os.environ, **environment}
    done = subprocess.run(command, cwd=ROOT, env=extra, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.stdout, len(done.stderr.splitlines())) == (NOTHING_BEGUN, 1), done.stderr
    return done.stderr


def test_a_wrong_setting_is_told_in_words_before_anything_is_begun() -> None:
    told = "setting port: Input should be less than or equal to 65535; got 99999\n"
    done = call("serve", "--port", "99999")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", told)
    assert refused("--port", "99999") == told
    assert refused(PLAYGROUND_PORT="http").startswith("setting port: ")
    assert "setting database_url: must begin with " in refused(PLAYGROUND_DATABASE_URL="mysql://here")


def test_a_place_that_cannot_be_had_is_told_in_words_before_anything_is_begun() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        told = refused("--port", str(port))
        assert told.startswith(f"port {port} of 127.0.0.1 cannot be used: another program listens there. Choose ")
        assert refused(PLAYGROUND_PORT=str(port)) == told
    assert "this machine has no such address" in refused("--host", "192.0.2.1")
    assert refused("--host", "a..b") == 'host "a..b" is not known: it is no name.\n'


def test_the_place_is_taken_from_the_beginning_on() -> None:
    (first,) = listen("127.0.0.1", 0)
    with first, pytest.raises(ValueError, match="another program listens there"):
        listen("127.0.0.1", first.getsockname()[1])


def test_a_name_with_several_addresses_has_one_port() -> None:
    made = listen("localhost", 0)
    assert len({one.getsockname()[1] for one in made}) == 1
    for one in made:
        one.close()


def test_a_place_that_cannot_be_written_is_told_in_words(tmp_path: Path, capsys: Capture) -> None:
    path = tmp_path / "race.json"
    path.write_text(json.dumps(race(steps=2)))
    for output, told in ((tmp_path / "no" / "race.csv", "no such file or directory"), (tmp_path, "is a directory")):
        assert main(["export", str(path), "--format", "csv", "--output", str(output)]) == 2
        assert capsys.readouterr() == ("", f"{output}: {told}\n")
    assert main(["export", str(path), "--format", "csv", "--output", "/dev/full"]) == 2
    assert capsys.readouterr().err == "the output: no space left on device\n"
