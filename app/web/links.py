"""Short links: the calls that save an experiment and give it back."""

import asyncio
import math
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from app.core.problems import Problem
from app.protocol.messages import encode
from app.settings import Settings
from app.store.store import Store
from app.web import examples, saved
from app.web.body import read_document
from app.web.buckets import Buckets, client_of
from app.web.problems import problem_response

JSON = "application/json"

routes = APIRouter()
"""The calls. They expect `settings`, and what `keeping` brings, in the application's state."""


@asynccontextmanager
async def keeping(app: FastAPI) -> AsyncIterator[None]:
    """For as long as the server runs: `store`, and `links`, how many each client may make."""
    settings: Settings = app.state.settings
    app.state.links = Buckets(settings.link_rate, settings.link_burst)
    store = app.state.store = Store.open(settings.database_url)
    try:
        yield
    finally:
        await asyncio.to_thread(store.close)


@routes.post(
    "/api/experiments",
    summary="Save an experiment under a short link",
    tags=["links"],
    openapi_extra=examples.SAVE,
    responses=examples.PROBLEMS,
)
async def save(request: Request) -> Response:
    state = request.app.state
    wait = math.ceil(state.links.take(client_of(request), asyncio.get_running_loop().time()))
    if wait:
        return problem_response(_too_many(wait), {"retry-after": str(wait)})
    record = saved.parse_record(await read_document(request, state.settings.message_bytes, state.settings.send_timeout))
    kept = await saved.ask(lambda: state.store.save(record))
    base = base_url(request)
    answer = {"id": kept.id, "url": f"{base}/e/{kept.id}", "embed_url": f"{base}/embed/{kept.id}"}
    return Response(encode(answer), 201 if kept.created else 200, media_type=JSON)


@routes.head("/api/experiments/{id}", include_in_schema=False)
@routes.get("/api/experiments/{id}", summary="A saved experiment", tags=["links"], responses=examples.LINK_PROBLEMS)
async def load(request: Request, id: str) -> Response:
    link = await saved.find(request.app.state.store, id)
    return Response(encode(link.document()), media_type=JSON, headers={"cache-control": "no-cache"})


def base_url(request: Request) -> str:
    """How addresses of this server begin: as it is set, else as it was asked."""
    settings: Settings = request.app.state.settings
    return f"{settings.origin or f'{request.url.scheme}://{request.url.netloc}'}{settings.root}"


def _too_many(wait: int) -> Problem:
    detail = f"This client has made many short links. Try again in {wait} s."
    return Problem("too-many-links", "Too many links", detail, status=429)
