"""Temporary folders, of processes that are really killed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.compute import temporary as module
from app.compute.temporary import temporary
from tests.server import ROOT

HOLD = """
import sys
from app.compute.temporary import temporary
with temporary("kind-") as folder:
    (folder / "film").mkdir()
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(module, "gettempdir", lambda: str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def holder(place: Path) -> "tuple[subprocess.Popen[str], Path]":
    """A process with a folder of its own."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=ROOT, env={**os.environ, "TMPDIR": str(place)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout
    return process, Path(process.stdout.readline().strip())


def test_a_folder_goes_with_its_context(place: Path) -> None:
    with temporary("kind-") as folder:
        (folder / "file").write_text("x")
        assert [folder] == list(place.iterdir())
    assert not list(place.iterdir())


def test_where_its_path_would_be_too_long_it_is_made_and_cleared_elsewhere(
    place: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = tmp_path_factory.mktemp("s")
    monkeypatch.setattr(module, "SHORT", str(short))
    room = len(str(place / "kind-12345678"))
    left = short / "kind-abcdefgh"
    left.mkdir()
    with temporary("kind-", room) as folder:
        assert (folder.parent, len(str(folder))) == (place, room)
    assert left.is_dir()
    with temporary("kind-", room - 1) as folder:
        assert [folder] == list(short.iterdir())
    assert not [*place.iterdir(), *short.iterdir()]


def test_what_a_killed_process_left_goes_with_the_next_and_nobody_elses(place: Path) -> None:
    (dead, left), (living, held) = holder(place), holder(place)
    dead.kill()
    dead.communicate()
    others = [place / "kind-file123", place / "kind-of-another", place / "other-abcdefgh", place / "kind-link1234"]
    others[0].write_text("no folder")
    others[1].mkdir()
    others[2].mkdir()
    others[3].symlink_to(others[2])
    with temporary("kind-") as folder:
        assert {*place.iterdir()} == {folder, held, *others}
        assert (held / "film").is_dir()
    assert not left.exists()
    living.communicate()
    assert {*place.iterdir()} == {*others}


def test_a_folder_that_was_never_finished_goes_after_a_while(place: Path) -> None:
    new, old = place / ".kind-abcdefgh", place / ".kind-12345678"
    for folder in (new, old):
        folder.mkdir()
    os.utime(old, (0, 0))
    with temporary("kind-"):
        assert (new.exists(), old.exists()) == (True, False)
