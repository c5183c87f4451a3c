"""Short links: the calls that save an experiment and give it back."""

import asyncio
import math

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.core.problems import Problem
from app.core.words import message
from app.protocol.messages import encode
from app.web import examples, saved
from app.web.body import read_document
from app.web.buckets import client_of
from app.web.problems import problem_response
from app.web.services import services_of

JSON = "application/json"

routes = APIRouter()


@routes.post(
    "/api/experiments",
    summary="api.save.summary",
    tags=["links"],
    openapi_extra=examples.SAVE,
    responses=examples.PROBLEMS,
)
async def save(request: Request) -> Response:
    services = services_of(request)
    wait = math.ceil(services.links.take(client_of(request), asyncio.get_running_loop().time()))
    if wait:
        return problem_response(_too_many(wait), {"retry-after": str(wait)})
    settings = services.settings
    record = saved.parse_record(await read_document(request, settings.message_bytes, settings.send_timeout))
    kept = await saved.ask(lambda: services.store.save(record))
    base = base_url(request)
    answer = {"id": kept.id, "url": f"{base}/e/{kept.id}", "embed_url": f"{base}/embed/{kept.id}"}
    return Response(encode(answer), 201 if kept.created else 200, media_type=JSON)


@routes.head("/api/experiments/{id}", include_in_schema=False)
@routes.get("/api/experiments/{id}", summary="api.load.summary", tags=["links"], responses=examples.LINK_PROBLEMS)
async def load(request: Request, id: str) -> Response:
    link = await saved.find(services_of(request).store, id)
    return Response(encode(link.document()), media_type=JSON, headers={"cache-control": "no-cache"})


def base_url(request: Request) -> str:
    """How addresses of this server begin: as it is set, else as it was asked."""
    settings = services_of(request).settings
    return f"{settings.origin or f'{request.url.scheme}://{request.url.netloc}'}{settings.root}"


def _too_many(wait: int) -> Problem:
    return Problem("too-many-links", message("problems.too-many-links.detail", n=wait), status=429)
