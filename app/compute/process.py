"""One worker process, and the process from which all of them are forked."""

import threading
from collections.abc import Callable, Sequence
from multiprocessing import current_process, forkserver, get_context
from pathlib import Path
from typing import Any

from app.compute import worker

LONGEST_FOLDER = 85
"""Characters that leave room for the name of a socket, whose path may have 103 or 107."""


def import_ahead(modules: Sequence[str], folder: Path | None = None) -> None:
    """Start the process from which all workers are forked, where there is none. It imports `modules`, which must not
    start threads, while this one goes on.

    folder: where its socket is made, of at most `LONGEST_FOLDER` characters; else in a folder that a process which is
    killed leaves.
    """
    if folder:
        # There is no public way that leaves nothing of its own to be cleared at exit, when the folder is gone.
        current_process()._config.setdefault("tempdir", str(folder))  # type: ignore[attr-defined]
    forkserver.set_forkserver_preload(["app.compute.worker", *modules])
    forkserver.ensure_running()


class WorkerProcess:
    """One process and the pipe to it; raises EOFError or OSError where the process is gone."""

    _starting = threading.Lock()  # multiprocessing's list of children is not made for threads

    def __init__(self, warm: Callable[[], object] | None) -> None:
        """warm: called in it before its first task."""
        context = get_context("forkserver")
        self._ending, self._ended = threading.Lock(), False
        self._pipe, theirs = context.Pipe()
        with self._starting:
            self._process = context.Process(target=worker.main, args=(theirs, warm), daemon=True, name="compute")
            self._process.start()
        theirs.close()

    def await_ready(self) -> None:
        """Return when it is warm."""
        self._pipe.recv_bytes()

    @property
    def pid(self) -> int:
        return int(self._process.pid or 0)

    @property
    def alive(self) -> bool:
        return bool(self._process.is_alive())

    def call(self, task: bytes) -> tuple[bool, Any]:
        """Whether the task succeeded, and its result or exception."""
        self._pipe.send_bytes(task)
        return worker.read_answer(self._pipe.recv_bytes())

    def kill(self) -> None:
        """End the process now, whatever it does, from any thread: who waits for its answer hears that it is gone."""
        with self._ending:
            if not self._ended:
                self._process.kill()

    def stop(self) -> None:
        """The same, and wait until it is gone; of this object nothing more may be asked."""
        self.kill()
        with self._ending:
            self._ended = True
        self._pipe.close()
        with self._starting:
            self._process.join()
            self._process.close()
