"""Jobs, with real processes that are really killed."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial

import psutil
import pytest

from app.compute.jobs import Job
from app.core.problems import FieldError, Problem
from tests.patience import PATIENCE, eventually

told: list[int] = []


def remember(value: int) -> list[int]:
    told.append(value)
    return told


def warm() -> None:
    told.append(-1)


def refuse() -> None:
    raise Problem("refused", "Refused", "No.", errors=[FieldError(("a",), "b")])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


@contextmanager
def job(seconds: float = PATIENCE) -> Iterator[Job]:
    made = Job(seconds, warm)
    yield made
    made.end()


def gone(pid: int) -> bool:
    return eventually(lambda: not psutil.pid_exists(pid))


def test_a_job_remembers_what_it_was_told_and_shares_it_with_no_other() -> None:
    with job() as one, job() as other:
        assert one.call(partial(remember, 1)).result(PATIENCE) == [-1, 1]
        assert one.call(partial(remember, 2)).result(PATIENCE) == [-1, 1, 2]
        assert other.call(partial(remember, 3)).result(PATIENCE) == [-1, 3]
    assert told == []


def test_what_a_call_raises_comes_back_and_the_job_goes_on() -> None:
    with job() as one:
        with pytest.raises(Problem) as caught:
            one.call(refuse).result(PATIENCE)
        assert caught.value.document()["errors"] == [{"path": "a", "at": ["a"], "message": "b"}]
        assert one.call(partial(remember, 1)).result(PATIENCE) == [-1, 1]


def test_a_process_that_dies_is_told() -> None:
    with job() as one, pytest.raises(Problem) as caught:
        one.call(die).result(PATIENCE)
    assert caught.value.kind == "worker-lost"


def test_ending_a_job_kills_its_process_whatever_it_does() -> None:
    one = Job(PATIENCE)
    pid = one.call(os.getpid).result(PATIENCE)
    slow = one.call(partial(time.sleep, PATIENCE))
    one.end()
    assert gone(pid)
    with pytest.raises(Problem):
        slow.result(PATIENCE)


def test_a_call_that_was_given_up_keeps_no_job_from_ending() -> None:
    one = Job(PATIENCE)
    pid = one.call(os.getpid).result(PATIENCE)
    slow, waiting = one.call(partial(time.sleep, PATIENCE)), one.call(os.getpid)
    assert waiting.cancel()
    slow.cancel()
    one.end()
    assert gone(pid)


def test_an_idle_job_ends_too() -> None:
    one = Job(PATIENCE)
    pid = one.call(os.getpid).result(PATIENCE)
    one.end()
    assert gone(pid)


def test_a_job_that_lives_too_long_is_ended() -> None:
    with job(0.5) as one:
        pid = one.call(os.getpid).result(PATIENCE)
        with pytest.raises(Problem) as caught:
            one.call(partial(time.sleep, PATIENCE)).result(PATIENCE)
        assert caught.value.kind == "took-too-long"
    assert gone(pid)
