"""Scripts that need no page, each file of their tests by Node's own runner: what that says is the message."""

import re
from pathlib import Path

import pytest

from tests.node import run_tests
from tests.patience import PATIENCE

HERE = Path(__file__).parent
FILES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.test.js"))
WHOLE = re.compile(r"^ℹ pass [1-9]\d*\nℹ fail 0\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0$", re.MULTILINE)


@pytest.mark.parametrize("path", FILES)
def test_scripts(path: str, catalogue_file: Path) -> None:
    done = run_tests(HERE / path, catalogue_file, PATIENCE)
    if done.returncode or not WHOLE.search(done.stdout):
        pytest.fail(done.stdout, pytrace=False)


@pytest.mark.parametrize(
    "text", ["throw new Error('lost');", "test('a', () => { throw new Error('b'); });", "test.skip('a', () => {});"]
)
def test_a_fault_and_what_is_left_out_are_seen(text: str, tmp_path: Path, catalogue_file: Path) -> None:
    path = tmp_path / "a.test.mjs"
    path.write_text(f"import test from 'node:test'; {text}")
    done = run_tests(path, catalogue_file, PATIENCE)
    assert done.returncode or not WHOLE.search(done.stdout)
