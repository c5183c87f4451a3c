"""The executor of this server, and waiting for what it does from the server's loop."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent import futures
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from starlette.requests import HTTPConnection

from app.compute.executor import Executor
from app.compute.executors import executor_called
from app.core.urgency import Urgency
from app.core.words import said_in, spoken
from app.settings import Settings
from app.web.buckets import client_of
from app.web.flows import Flow
from app.web.services import services_of
from app.work import files, tasks
from app.work.preload import PRELOAD

P = ParamSpec("P")
T = TypeVar("T")


def start_executor(settings: Settings, films: Path | None) -> Executor:
    """The executor that the settings name, ready; films: where it keeps what models' runs leave behind."""
    warm = partial(tasks.warm, films)
    return executor_called(settings.executor).make(settings.workers, preload=PRELOAD, warm=warm, ready=files.ready)


def workers_for(connection: HTTPConnection, urgency: Urgency) -> futures.Executor:
    """The workers, for what `connection` wants so urgently."""
    # Behind a proxy all connections of a client look alike; a page has one socket, whatever else it asks.
    key = id(connection) if connection.scope["type"] == "websocket" else connection.client
    return services_of(connection).executor.on_behalf_of(client_of(connection), key, urgency)


async def call(executor: futures.Executor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a worker gives for the call, in the language that is spoken here; work that no worker has begun is dropped
    when the caller is cancelled.
    """
    return await asyncio.wrap_future(executor.submit(said_in, spoken(), function, *args, **kwargs))


async def perform(executor: futures.Executor, flow: Flow[T], here: Callable[[], Awaitable[bool]]) -> T | None:
    """The answer of `flow`, whose calls go to workers; None where nobody was `here` any more to read it.

    Nothing is computed for a client that has gone, and between two calls others have their turn.
    """
    result = None
    while True:
        try:
            work = flow.send(result)
        except StopIteration as end:
            answer: T = end.value
            return answer
        if not await here():
            return None
        result = await call(executor, work)
