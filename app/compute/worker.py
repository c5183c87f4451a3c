"""What a worker process does: takes a task from its pipe, answers, and goes when the pipe closes."""

import contextlib
import pickle
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

READY = b"ready"


def main(connection: Connection, warm: Callable[[], object] | None) -> None:
    """Serve tasks `(function, args, kwargs)`, pickled, with `(True, result)` or `(False, exception)`, until the pipe
    closes.

    warm: called once before the first task, to pay early for what is slow the first time.
    """
    # Ctrl-C reaches the whole group; it is for the server to end its workers in order.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if warm:
        warm()
    with contextlib.suppress(EOFError, OSError):
        connection.send_bytes(READY)
        while True:
            connection.send_bytes(answer(connection.recv_bytes()))


def answer(task: bytes) -> bytes:
    """The pickled answer to a pickled task."""
    try:
        function, args, kwargs = pickle.loads(task)
        return pickle.dumps((True, function(*args, **kwargs)), pickle.HIGHEST_PROTOCOL)
    except BaseException as error:
        return _pickled(error)


def _pickled(error: BaseException) -> bytes:
    try:
        data = pickle.dumps((False, error), pickle.HIGHEST_PROTOCOL)
        pickle.loads(data)
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")), pickle.HIGHEST_PROTOCOL)
    return data


def read_answer(data: bytes) -> tuple[bool, Any]:
    """What `answer` gave: whether the task succeeded, and its result or exception."""
    succeeded, value = pickle.loads(data)
    return bool(succeeded), value
