"""The HTTP calls."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app import __version__, limits
from app.experiment import parse
from app.protocol.slices import canonical_text
from app.settings import Settings
from app.web import examples, tasks
from app.web.assets import Asset, make_asset, respond
from app.web.body import read_document
from app.web.encoding import IDENTITY, choose
from app.web.inputs import parse_field
from app.web.work import call

JSON = "application/json"
GONE = 499  # nobody is there to read it


@dataclass(frozen=True, slots=True)
class Answers:
    """What is the same for everybody, made once."""

    catalog: Asset
    thumbnails: Asset


async def make_answers(executor: Executor) -> Answers:
    """The catalogue and the thumbnails, made by workers."""
    bodies = await asyncio.gather(call(executor, tasks.catalog_json), call(executor, tasks.thumbnails_json))
    return Answers(*(make_asset(body, JSON) for body in bodies))


routes = APIRouter()
"""All calls. They expect `settings`, `executor` and `answers` in the application's state."""


@routes.head("/healthz", include_in_schema=False)
@routes.get("/healthz", summary="Whether the server is well", tags=["server"])
async def healthz() -> dict[str, str]:
    return {"status": "ok", "version": __version__}


@routes.head("/api/catalog", include_in_schema=False)
@routes.get("/api/catalog", summary="Everything that can be chosen, with its params", tags=["catalogue"])
async def catalog(request: Request) -> Response:
    return respond(request, request.app.state.answers.catalog)


@routes.head("/api/thumbnails", include_in_schema=False)
@routes.get("/api/thumbnails", summary="A small picture of every surface", tags=["catalogue"])
async def thumbnails(request: Request) -> Response:
    return respond(request, request.app.state.answers.thumbnails)


@routes.post(
    "/api/run",
    summary="Run an experiment to its end",
    tags=["computing"],
    openapi_extra=examples.RUN,
    responses=examples.PROBLEMS,
)
async def run(request: Request) -> Response:
    experiment = parse(await _document(request))
    limits.admit_run(experiment, request.app.state.settings)
    answer = tasks.RunAnswer(experiment)
    # By slices, so that viewers share the workers, and nothing is computed for a client that has gone.
    while work := answer.next():
        if await request.is_disconnected():
            return Response(status_code=GONE)
        answer.add(await call(request.app.state.executor, work))
    return StreamingResponse(_pieces(answer), media_type=JSON)


@routes.post(
    "/api/field",
    summary="The loss on a grid",
    tags=["computing"],
    openapi_extra=examples.FIELD,
    responses=examples.PROBLEMS,
)
async def field(request: Request) -> Response:
    wanted = parse_field(await _document(request))
    encoding = choose(request.headers.get("accept-encoding", ""))
    text, executor = canonical_text(wanted.experiment), request.app.state.executor
    body = await call(executor, tasks.field_json, text, wanted.window, wanted.resolution, encoding)
    headers = {"vary": "accept-encoding"} | ({"content-encoding": encoding} if encoding != IDENTITY else {})
    return Response(body, media_type=JSON, headers=headers)


async def _document(request: Request) -> Any:
    settings: Settings = request.app.state.settings
    return await read_document(request, settings.message_bytes, settings.send_timeout)


async def _pieces(answer: tasks.RunAnswer) -> AsyncIterator[bytes]:
    # An answer may have tens of megabytes: written at once it would keep everybody waiting.
    for piece in answer.body():
        yield piece.encode()
        await asyncio.sleep(0)
