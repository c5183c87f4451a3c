"""What the server relies on, of every executor: our own, those that the setting names, and one of the library's."""

import os
from collections.abc import Iterator
from concurrent.futures import Executor as StandardExecutor
from concurrent.futures import ProcessPoolExecutor, wait
from multiprocessing import get_context
from operator import floordiv
from threading import get_native_id
from typing import get_args

import pytest

from app.compute.executor import Executor
from app.compute.executors import EXECUTORS, executor_called
from app.compute.standard import Standard, in_thread
from app.core.problems import FieldError, Problem
from app.core.urgency import Urgency
from app.core.words import message
from app.settings import Settings
from tests.patience import PATIENCE, eventually

LIBRARY = "library"
prepared: list[str] = []
LESS, MUST = message("problems.too-many-requests.asks", n=2), message("problems.needs.field")


def refuse() -> None:
    raise Problem("too-large", LESS, status=413, errors=[FieldError(("steps",), MUST)], title="problems.busy.title")


@pytest.fixture(scope="module", params=[*(one.id for one in EXECUTORS), LIBRARY])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    if request.param == LIBRARY:
        made: Executor = Standard(ProcessPoolExecutor(2, get_context("spawn")))
    else:
        made = executor_called(request.param).make(2, preload=["json.tool"])
    yield made
    made.shutdown()


@pytest.fixture(params=["shared", "apart"])
def workers(executor: Executor, request: pytest.FixtureRequest) -> Iterator[StandardExecutor]:
    made = executor.apart() if request.param == "apart" else executor.on_behalf_of("a", 1, Urgency.PATIENT)
    yield made
    if request.param == "apart":
        made.shutdown(wait=False, cancel_futures=True)


def test_the_setting_names_every_executor() -> None:
    assert get_args(Settings.model_fields["executor"].annotation) == tuple(one.id for one in EXECUTORS)
    assert Settings().executor == EXECUTORS[0].id


def test_results_and_exceptions_come_back(workers: StandardExecutor) -> None:
    assert isinstance(workers, StandardExecutor)
    assert workers.submit(int, "ff", base=16).result(PATIENCE) == 255
    with pytest.raises(ZeroDivisionError):
        workers.submit(floordiv, 1, 0).result(PATIENCE)
    with pytest.raises(Problem) as refused:
        workers.submit(refuse).result(PATIENCE)
    assert (refused.value.kind, refused.value.status, refused.value.detail) == ("too-large", 413, LESS)
    assert refused.value.errors[0].path == "steps"


def test_whoever_asks_all_is_done(executor: Executor) -> None:
    asked = [
        executor.on_behalf_of(client, connection, urgency).submit(abs, -client)
        for client in range(5)
        for connection in range(3)
        for urgency in Urgency
    ]
    assert not wait(asked, PATIENCE).not_done
    assert sum(future.result() for future in asked) == 9 * sum(range(5))


def test_the_end_of_one_long_piece_of_work_leaves_all_else_alone(executor: Executor) -> None:
    assert executor.most_apart >= 1
    one, other = executor.apart(), executor.apart()
    assert one.submit(abs, -1).result(PATIENCE) == 1
    one.shutdown(wait=False, cancel_futures=True)
    assert other.submit(abs, -2).result(PATIENCE) == 2
    other.shutdown(wait=False, cancel_futures=True)
    assert executor.on_behalf_of("a", 1, Urgency.HAND).submit(abs, -3).result(PATIENCE) == 3


def test_a_thread_is_of_this_process_and_does_one_thing_at_a_time() -> None:
    made = in_thread(8, warm=lambda: prepared.append("warm"), ready=lambda: prepared.append("ready"))
    assert prepared == ["warm", "ready"]
    short, long = made.on_behalf_of("a", 1, Urgency.HAND), made.apart()
    assert {one.submit(os.getpid).result(PATIENCE) for one in (short, long)} == {os.getpid()}
    (thread,) = {one.submit(get_native_id).result(PATIENCE) for one in (short, long) * 5}
    assert thread != get_native_id()
    made.shutdown()
    with pytest.raises(RuntimeError):
        short.submit(abs, -1)


def test_a_thread_that_cannot_be_made_ready_is_told() -> None:
    with pytest.raises(RuntimeError):
        in_thread(1, warm=lambda: floordiv(1, 0))


def test_work_that_has_not_begun_can_be_cancelled(executor: Executor) -> None:
    workers = executor.apart()
    futures = [workers.submit(pow, 3, 1_000_000) for _ in range(100)]
    assert futures[-1].cancel()
    workers.shutdown(wait=False, cancel_futures=True)
    for future in futures:
        future.cancel()
    assert eventually(lambda: all(future.done() for future in futures))
