"""The worker pool, with real processes that are really killed."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future
from operator import floordiv
from pathlib import Path

import pytest

from app.compute.pool import WorkerPool
from app.core.problems import FieldError, Problem
from app.core.urgency import Urgency
from app.core.words import message
from tests.patience import PATIENCE, eventually


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2) as made:
        yield made


def note_and_die(path: Path, times: int) -> int:
    """Kill this process the first `times` times that it is called with `path`; then the number of calls."""
    with path.open("a") as notes:
        notes.write("x")
    calls = len(path.read_text())
    if calls <= times:
        os.kill(os.getpid(), signal.SIGKILL)
    return calls


def note_and_wait_for(path: Path, sign: Path) -> int:
    with path.open("a") as notes:
        notes.write("x")
    while not sign.exists():
        time.sleep(0.005)
    return os.getpid()


LESS, MUST = message("problems.too-many-requests.asks", n=2), message("problems.needs.field")


def refuse() -> None:
    raise Problem("too-large", LESS, status=413, errors=[FieldError(("steps",), MUST)], title="problems.busy.title")


class Unpicklable(Exception):
    def __init__(self, first: str, second: str) -> None:
        super().__init__(first)


def raise_unpicklable() -> None:
    raise Unpicklable("what", "else")


def await_pids(pool: WorkerPool, count: int) -> set[int]:
    assert eventually(lambda: len(pool.pids) >= count)
    return set(pool.pids)


def test_results_and_exceptions_come_back(pool: WorkerPool) -> None:
    assert isinstance(pool, Executor)
    assert list(pool.map(abs, range(-100, 0))) == list(range(100, 0, -1))
    assert pool.submit(int, "ff", base=16).result(PATIENCE) == 255
    with pytest.raises(ZeroDivisionError):
        pool.submit(floordiv, 1, 0).result(PATIENCE)
    with pytest.raises(RuntimeError, match="Unpicklable: what"):
        pool.submit(raise_unpicklable).result(PATIENCE)


def test_a_problem_comes_back_whole(pool: WorkerPool) -> None:
    with pytest.raises(Problem) as refused:
        pool.submit(refuse).result(PATIENCE)
    assert refused.value.document() == {
        "type": "/problems/too-large",
        "title": "The server is busy",
        "status": 413,
        "detail": "This client asks too often. Try again in 2 s.",
        "key": "problems.too-many-requests.asks",
        "errors": [{"path": "steps", "at": ["steps"], "message": "must be given", "key": "problems.needs.field"}],
    }


def test_work_runs_in_other_processes(pool: WorkerPool) -> None:
    assert os.getpid() not in {pool.submit(os.getpid).result(PATIENCE) for _ in range(10)}


@pytest.mark.parametrize("times", [1, 2])
def test_a_task_whose_worker_is_killed_is_done_by_another(pool: WorkerPool, tmp_path: Path, times: int) -> None:
    assert pool.submit(note_and_die, tmp_path / "notes", times).result(PATIENCE) == times + 1


def test_a_task_that_kills_every_worker_is_given_up_after_three_tries(pool: WorkerPool, tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    with pytest.raises(Problem) as lost:
        pool.submit(note_and_die, notes, 99).result(PATIENCE)
    assert (lost.value.kind, lost.value.status) == ("worker-lost", 503)
    assert notes.read_text() == "xxx"
    assert pool.submit(abs, -1).result(PATIENCE) == 1


def test_all_workers_killed_at_once_lose_nothing(pool: WorkerPool, tmp_path: Path) -> None:
    before = await_pids(pool, 2)
    notes = [tmp_path / str(index) for index in range(6)]
    futures = [pool.submit(note_and_wait_for, note, tmp_path / "go on") for note in notes]
    started(*notes[:2])
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    (tmp_path / "go on").touch()
    after = {future.result(PATIENCE) for future in futures}
    assert not after & before
    assert sorted(len(note.read_text()) for note in notes) == [1, 1, 1, 1, 2, 2]


def test_a_worker_that_dies_idle_is_replaced_without_being_asked(pool: WorkerPool) -> None:
    before = await_pids(pool, 2)
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    assert eventually(lambda: len(pool.pids) == 2 and not before & set(pool.pids))


def test_work_that_waits_can_be_cancelled_and_the_rest_keeps_its_order(tmp_path: Path) -> None:
    with WorkerPool(1) as pool:
        first = pool.submit(note_and_wait_for, tmp_path / "notes", tmp_path / "go on")
        started(tmp_path / "notes")
        done: list[Future[int]] = []
        futures = [pool.submit(abs, -index) for index in range(6)]
        for future in futures:
            future.add_done_callback(done.append)
        assert pool.waiting == 6
        assert futures[2].cancel()
        assert not first.cancel()
        (tmp_path / "go on").touch()
        assert first.result(PATIENCE) in pool.pids
        assert futures[5].result(PATIENCE) == 5
        with pytest.raises(CancelledError):
            futures[2].result()
        assert [future for future in done if not future.cancelled()] == [f for f in futures if f is not futures[2]]


def test_shutdown_finishes_what_was_begun_drops_what_waits_and_ends_the_processes(tmp_path: Path) -> None:
    pool = WorkerPool(1)
    pids = pool.pids
    begun = pool.submit(note_and_wait_for, tmp_path / "notes", tmp_path / "go on")
    started(tmp_path / "notes")
    waiting = pool.submit(abs, -1)
    pool.shutdown(wait=False, cancel_futures=True)
    (tmp_path / "go on").touch()
    pool.shutdown()
    assert begun.result(0) == pids[0]
    assert waiting.cancelled()
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
    with pytest.raises(RuntimeError):
        pool.submit(abs, -1)


def test_warming_happens_in_every_worker_before_its_first_task() -> None:
    with WorkerPool(1, warm=warm) as pool:
        first = pool.submit(os.getenv, "WARMED").result(PATIENCE)
        os.kill(pool.pids[0], signal.SIGKILL)
        assert (first, pool.submit(os.getenv, "WARMED").result(PATIENCE)) == ("yes", "yes")


def warm() -> None:
    os.environ["WARMED"] = "yes"


def started(*notes: Path) -> None:
    """Return when each of the tasks that writes one of `notes` has begun."""
    assert eventually(lambda: all(note.exists() and note.read_text() for note in notes), pause=0.005)


def test_clients_share_a_worker_whoever_asked_first(tmp_path: Path) -> None:
    order = list[str]()
    with WorkerPool(1) as pool:
        first = pool.on_behalf_of("first", 0, Urgency.PATIENT)
        held = first.submit(note_and_wait_for, tmp_path / "held", tmp_path / "go on")
        started(tmp_path / "held")
        asked = []
        for client, connection, urgency, times in (
            ("greedy", 1, Urgency.PATIENT, 20),
            ("greedy", 2, Urgency.HAND, 20),
            ("other", 3, Urgency.PATIENT, 1),
            ("other", 4, Urgency.HAND, 1),
        ):
            workers = pool.on_behalf_of(client, connection, urgency)
            assert isinstance(workers, Executor)
            for _ in range(times):
                asked.append(workers.submit(time.sleep, 0.01))
                asked[-1].add_done_callback(lambda _, who=f"{client} {urgency.name}": order.append(who))
        (tmp_path / "go on").touch()
        for future in [held, *asked]:
            future.result(PATIENCE)
    assert "other HAND" in order[:3]
    # Of the patient ones too it is the other client's turn before the greedy one's second.
    patient = [who for who in order if "PATIENT" in who]
    assert "other PATIENT" in patient[:2]
    # Patient ones have a turn now and then though a hand waits.
    assert order.index(patient[0]) < 40


@pytest.mark.parametrize("urgency", [Urgency.PATIENT, Urgency.WATCHED])
def test_while_another_hand_is_there_no_client_holds_all_workers(tmp_path: Path, urgency: Urgency) -> None:
    notes = [tmp_path / str(index) for index in range(4)]
    with WorkerPool(2) as pool:
        hand, greedy = pool.on_behalf_of("a", 1, Urgency.HAND), pool.on_behalf_of("b", 2, urgency)
        hand.submit(abs, -1).result(PATIENCE)
        held = [greedy.submit(note_and_wait_for, note, tmp_path / "go on") for note in notes]
        started(notes[0])
        # Answered, so the hand's worker is free though three tasks of the other client wait.
        assert [hand.submit(abs, -1).result(PATIENCE) for _ in range(10)] == [1] * 10
        assert [note.exists() for note in notes] == [True, False, False, False]
        (tmp_path / "go on").touch()
        for future in held:
            future.result(PATIENCE)


def test_alone_a_client_has_all_workers(tmp_path: Path) -> None:
    notes = [tmp_path / str(index) for index in range(2)]
    with WorkerPool(2) as pool:
        workers = pool.on_behalf_of("a", 1, Urgency.PATIENT)
        held = [workers.submit(note_and_wait_for, note, tmp_path / "go on") for note in notes]
        started(*notes)
        (tmp_path / "go on").touch()
        assert len({future.result(PATIENCE) for future in held}) == 2
