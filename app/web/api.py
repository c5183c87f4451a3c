"""The HTTP calls."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor
from typing import Any, TypeVar

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app import __version__, limits
from app.core.encoding import IDENTITY, choose
from app.core.urgency import Urgency
from app.core.words import languages, spoken
from app.experiment import parse
from app.settings import Settings
from app.web import examples
from app.web.assets import Answers, make_asset, respond
from app.web.body import read_document
from app.web.flows import Flow
from app.web.inputs import parse_data, parse_field, parse_plane, parse_snapshot
from app.web.services import services_of
from app.web.workers import call, perform, workers_for
from app.work import pictures, tasks

T = TypeVar("T")

JSON = "application/json"
GONE = 499  # nobody is there to read it


async def make_answers(workers: Executor, settings: Settings) -> Answers:
    """The catalogue and the thumbnails, made by workers."""
    told = limits.public(settings)
    thumbnails, *catalogs = await asyncio.gather(
        call(workers, tasks.thumbnails_json),
        *(call(workers, tasks.catalog_json, told, language) for language in languages()),
    )
    by_language = {name: make_asset(body, JSON) for name, body in zip(languages(), catalogs, strict=True)}
    return Answers(by_language, make_asset(thumbnails, JSON))


routes = APIRouter()


@routes.head("/healthz", include_in_schema=False)
@routes.get("/healthz", summary="api.healthz.summary", tags=["server"])
async def healthz() -> dict[str, str]:
    return {"status": "ok", "version": __version__}


@routes.head("/api/catalog", include_in_schema=False)
@routes.get("/api/catalog", summary="api.catalog.summary", tags=["catalogue"])
async def catalog(request: Request) -> Response:
    return respond(request, services_of(request).answers.catalog[spoken()])


@routes.head("/api/thumbnails", include_in_schema=False)
@routes.get("/api/thumbnails", summary="api.thumbnails.summary", tags=["catalogue"])
async def thumbnails(request: Request) -> Response:
    return respond(request, services_of(request).answers.thumbnails)


@routes.post(
    "/api/run",
    summary="api.run.summary",
    tags=["computing"],
    openapi_extra=examples.RUN,
    responses=examples.PROBLEMS,
)
async def run(request: Request) -> Response:
    experiment = parse(await _document(request))
    limits.admit_run(experiment, services_of(request).settings)
    pieces = await _follow(request, services_of(request).flows.run(experiment), Urgency.PATIENT)
    return Response(status_code=GONE) if pieces is None else StreamingResponse(_spread(pieces), media_type=JSON)


@routes.post(
    "/api/field",
    summary="api.field.summary",
    tags=["computing"],
    openapi_extra=examples.FIELD,
    responses=examples.PROBLEMS,
)
async def field(request: Request) -> Response:
    wanted, encoding = parse_field(await _document(request)), _encoding(request)
    if wanted.model and wanted.resolution:
        limits.admit_field(wanted.model.loss_cost, wanted.resolution, services_of(request).settings)
    return _packed(await _follow(request, services_of(request).flows.field(wanted, encoding), Urgency.HAND), encoding)


@routes.post(
    "/api/plane",
    summary="api.plane.summary",
    tags=["computing"],
    openapi_extra=examples.PLANE,
    responses=examples.PROBLEMS,
)
async def plane(request: Request) -> Response:
    wanted, encoding = parse_plane(await _document(request)), _encoding(request)
    return _packed(await _follow(request, services_of(request).flows.plane(wanted, encoding), Urgency.HAND), encoding)


@routes.post(
    "/api/snapshot",
    summary="api.snapshot.summary",
    tags=["computing"],
    openapi_extra=examples.SNAPSHOT,
    responses=examples.PROBLEMS,
)
async def snapshot(request: Request) -> Response:
    wanted, encoding = parse_snapshot(await _document(request)), _encoding(request)
    return _packed(
        await _follow(request, services_of(request).flows.snapshot(wanted, encoding), Urgency.HAND), encoding
    )


@routes.post(
    "/api/data",
    summary="api.data.summary",
    tags=["computing"],
    openapi_extra=examples.DATA,
    responses=examples.PROBLEMS,
)
async def data(request: Request) -> Response:
    experiment, encoding = parse_data(await _document(request)), _encoding(request)
    workers = workers_for(request, Urgency.HAND)
    return _packed(await call(workers, pictures.data_json, experiment.text(), encoding), encoding)


async def _document(request: Request) -> Any:
    settings = services_of(request).settings
    return await read_document(request, settings.message_bytes, settings.send_timeout)


async def _follow(request: Request, flow: Flow[T], urgency: Urgency) -> T | None:
    """The answer of `flow`, which is so urgent, or None when the client has gone."""

    async def here() -> bool:
        return not await request.is_disconnected()

    return await perform(workers_for(request, urgency), flow, here)


def _encoding(request: Request) -> str:
    return choose(request.headers.get("accept-encoding", ""))


def _packed(body: bytes | None, encoding: str) -> Response:
    """The answer with a `body` in the content `encoding`; nobody is there to read where there is none."""
    if body is None:
        return Response(status_code=GONE)
    headers = {"vary": "accept-encoding"} | ({"content-encoding": encoding} if encoding != IDENTITY else {})
    return Response(body, media_type=JSON, headers=headers)


async def _spread(pieces: Iterator[str]) -> AsyncIterator[bytes]:
    # An answer may have tens of megabytes: written at once it would keep everybody waiting.
    for piece in pieces:
        yield piece.encode()
        await asyncio.sleep(0)
