"""Waiting for workers from the server's loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


async def call(executor: Executor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a worker gives for the call; work that no worker has begun is dropped when the caller is cancelled."""
    return await asyncio.wrap_future(executor.submit(function, *args, **kwargs))
