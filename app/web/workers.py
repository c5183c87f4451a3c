"""Waiting for workers from the server's loop."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Executor
from typing import ParamSpec, TypeVar

from starlette.requests import HTTPConnection

from app.compute.pool import WorkerPool
from app.core.urgency import Urgency
from app.web.buckets import client_of
from app.web.flows import Flow
from app.web.services import services_of

P = ParamSpec("P")
T = TypeVar("T")


def workers_for(connection: HTTPConnection, urgency: Urgency) -> Executor:
    """The workers, for what `connection` wants so urgently; another executor in their place shares as it likes."""
    executor = services_of(connection).executor
    if isinstance(executor, WorkerPool):
        # Behind a proxy all connections of a client look alike; a page has one socket, whatever else it asks.
        key = id(connection) if connection.scope["type"] == "websocket" else connection.client
        return executor.on_behalf_of(client_of(connection), key, urgency)
    return executor


async def call(executor: Executor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a worker gives for the call; work that no worker has begun is dropped when the caller is cancelled."""
    return await asyncio.wrap_future(executor.submit(function, *args, **kwargs))


async def perform(executor: Executor, flow: Flow[T], here: Callable[[], Awaitable[bool]]) -> T | None:
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
