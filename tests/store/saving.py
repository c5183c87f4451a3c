"""The other end of `tests.store.saver`."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

COMMAND = (sys.executable, "-m", "tests.store.saver")


class Saver:
    """Processes that save, one after the other.

    acknowledged: the id of each number that was saved. refused: the kind of the last refusal.
    """

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._victim = 0
        self.acknowledged: dict[int, str] = {}
        self.refused = ""

    def begin(self) -> None:
        """Another process saves, from the first number on that was not acknowledged."""
        assert self._process.stdin
        self._process.stdin.write(f"{max(self.acknowledged, default=-1) + 1}\n")
        self._process.stdin.flush()
        self._victim = int(self._line().split()[1])

    def follow(self, enough: Callable[[], bool]) -> None:
        """Takes what it says until that is `enough`, or it ends."""
        while not enough():
            line = self._line()
            if line == "ended":
                return
            self._note(line)

    def kill(self) -> None:
        """Kills it, and takes what it still said."""
        os.kill(self._victim, signal.SIGKILL)
        self.follow(lambda: False)

    def _line(self) -> str:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise EOFError("the saver ended")
        return line.strip()

    def _note(self, line: str) -> None:
        number, word = line.split()
        if number == "-":
            self.refused = word
        else:
            self.acknowledged[int(number)] = word


@contextmanager
def saver(url: str, **options: object) -> Iterator[Saver]:
    """A saver into the database at `url`, which imports once for all its processes."""
    process = subprocess.Popen([*COMMAND, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, **options)
    with process:
        try:
            yield Saver(process)
        finally:
            process.kill()
