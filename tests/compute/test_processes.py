"""Processes for long work, really killed, beside those that are shared."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future

import psutil
import pytest

from app.compute.processes import NICENESS, Processes
from app.core.problems import FieldError, Problem, invalid
from app.core.urgency import Urgency
from app.core.words import message
from tests.patience import PATIENCE, eventually

told: list[int] = []


def remember(value: int) -> list[int]:
    told.append(value)
    return told


def ready() -> None:
    told.append(-1)


def refuse() -> None:
    raise invalid([FieldError(("a",), message("problems.needs.field"))])


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def niceness() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


@pytest.fixture(scope="module")
def processes() -> Iterator[Processes]:
    made = Processes(2, ready=ready)
    yield made
    made.shutdown()


@pytest.fixture
def apart(processes: Processes) -> Iterator[Executor]:
    made = processes.apart()
    yield made
    end(made)


def end(made: Executor) -> None:
    made.shutdown(wait=False, cancel_futures=True)


def problem_of(future: "Future[None]") -> Problem:
    with pytest.raises(Problem) as caught:
        future.result(PATIENCE)
    return caught.value


def gone(pid: int) -> bool:
    return eventually(lambda: not psutil.pid_exists(pid))


def test_each_long_piece_of_work_has_a_process_of_its_own(processes: Processes, apart: Executor) -> None:
    other, shared = processes.apart(), processes.on_behalf_of("a", 1, Urgency.HAND)
    assert apart.submit(remember, 1).result(PATIENCE) == [-1, 1]
    assert apart.submit(remember, 2).result(PATIENCE) == [-1, 1, 2]
    assert other.submit(remember, 3).result(PATIENCE) == [-1, 3]
    assert shared.submit(remember, 4).result(PATIENCE) == [4]
    assert told == []
    assert len(processes.pids) == 4
    end(other)
    assert eventually(lambda: len(processes.pids) == 3)


def test_it_takes_only_the_time_that_others_leave(processes: Processes, apart: Executor) -> None:
    shared = processes.on_behalf_of("a", 1, Urgency.PATIENT)
    assert apart.submit(niceness).result(PATIENCE) == min(19, shared.submit(niceness).result(PATIENCE) + NICENESS)


def test_it_keeps_no_worker_from_others(processes: Processes) -> None:
    long = [processes.apart() for _ in range(processes.most_apart + 2)]
    held = [one.submit(time.sleep, PATIENCE) for one in long]
    assert eventually(lambda: all(future.running() for future in held))
    shared = processes.on_behalf_of("a", 1, Urgency.PATIENT)
    assert shared.submit(abs, -1).result(PATIENCE) == 1
    for one in long:
        end(one)


def test_what_a_call_raises_comes_back_and_its_process_goes_on(apart: Executor) -> None:
    refused = problem_of(apart.submit(refuse))
    assert [error.message for error in refused.errors] == [message("problems.needs.field")]
    assert apart.submit(remember, 1).result(PATIENCE) == [-1, 1]


def test_what_takes_its_process_down_is_told_at_once(apart: Executor) -> None:
    lost = problem_of(apart.submit(die))
    assert (lost.kind, lost.status) == ("worker-lost", 503)
    assert lost.detail == message("problems.worker-lost.once")


def test_a_process_that_is_lost_between_two_calls_is_replaced(apart: Executor) -> None:
    pid = apart.submit(os.getpid).result(PATIENCE)
    os.kill(pid, signal.SIGKILL)
    assert gone(pid)
    assert apart.submit(remember, 1).result(PATIENCE) == [-1, 1]


def test_its_end_kills_the_process_whatever_it_does(processes: Processes) -> None:
    one = processes.apart()
    pid = one.submit(os.getpid).result(PATIENCE)
    slow, waiting = one.submit(time.sleep, PATIENCE), one.submit(os.getpid)
    assert eventually(slow.running)
    end(one)
    assert gone(pid)
    assert problem_of(slow).kind == "worker-lost"
    with pytest.raises(CancelledError):
        waiting.result(PATIENCE)
    with pytest.raises(RuntimeError):
        one.submit(os.getpid)


def test_it_ends_though_nobody_waits_or_ever_asked(processes: Processes) -> None:
    before = set(processes.pids)
    asked, never = processes.apart(), processes.apart()
    pid = asked.submit(os.getpid).result(PATIENCE)
    asked.submit(time.sleep, PATIENCE).cancel()
    end(asked)
    end(never)
    assert gone(pid)
    assert eventually(lambda: set(processes.pids) <= before)


def test_the_end_of_all_is_the_end_of_what_is_long() -> None:
    made = Processes(1)
    apart, shared = made.apart(), made.on_behalf_of("a", 1, Urgency.HAND)
    pids = [apart.submit(os.getpid).result(PATIENCE), shared.submit(os.getpid).result(PATIENCE)]
    slow = apart.submit(time.sleep, PATIENCE)
    assert eventually(slow.running)
    made.shutdown()
    assert problem_of(slow).kind == "worker-lost"
    assert all(gone(pid) for pid in pids)
    assert made.pids == []


def test_where_workers_cannot_be_made_ready_none_is_left() -> None:
    with pytest.raises(RuntimeError, match="did not start"):
        Processes(2, warm=die)
