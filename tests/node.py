"""Node, which runs scripts that need no page: the one that Playwright's driver is made of and brings along."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from playwright._impl._driver import compute_driver_executable

ROOT = Path(__file__).parent.parent
NODE, _ = compute_driver_executable()

CATALOG = "CATALOG"
"""Stands for the catalogue among the arguments of a call; and the variable that names its file."""


class ScriptError(Exception):
    """What a script threw."""


class Scripts:
    """Calls functions of the project's scripts, in one process of Node until `close`.

    catalogue: a file with what `GET /api/catalog` gives.
    """

    def __init__(self, catalogue: Path) -> None:
        command = [NODE, ROOT / "tests/js/answer.js"]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, encoding="utf-8", env=_environment(catalogue)
        )

    def call(self, path: str, name: str, *args: Any) -> Any:
        """What `name` of the script at `path`, below static/js or from tests/js on, gives for `args`, which it must
        leave as they are.
        """
        assert self._process.stdin
        assert self._process.stdout
        where = path if path.startswith("tests/") else f"static/js/{path}"
        self._process.stdin.write(json.dumps({"path": where, "name": name, "args": args}) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if "error" in answer:
            raise ScriptError(answer["error"])
        return answer.get("result")

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def run_tests(path: Path, catalogue: Path, patience: float) -> subprocess.CompletedProcess[str]:
    """Node's own runner over one file of tests, with all that it says in `stdout`."""
    command = [NODE, "--test", "--test-isolation=none", "--test-reporter=spec", path]
    return subprocess.run(
        command, env=_environment(catalogue), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        encoding="utf-8", timeout=patience, check=False,
    )  # fmt: skip


def _environment(catalogue: Path) -> dict[str, str]:
    return os.environ | {CATALOG: str(catalogue), "NO_COLOR": "1"}
