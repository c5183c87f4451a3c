"""The pictures that stand beside links to saved experiments."""

import asyncio
import math
from collections.abc import Awaitable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.core.problems import Problem
from app.core.urgency import Urgency
from app.core.words import message, spoken
from app.store.records import parse_id
from app.web import examples, saved
from app.web.assets import respond
from app.web.buckets import client_of
from app.web.problems import problem_response
from app.web.saved import Link
from app.web.services import services_of
from app.web.workers import call, workers_for
from app.work.portrait import preview_png

KEEP = "public, max-age=3600"
# Pages of other sites show it too.
SHARED = {"cross-origin-resource-policy": "cross-origin"}

routes = APIRouter()


@routes.head("/e/{id}/preview.png", include_in_schema=False)
@routes.get("/e/{id}/preview.png", summary="api.preview.summary", tags=["links"], responses=examples.LINK_PROBLEMS)
async def show(request: Request, id: str) -> Response:
    services = services_of(request)
    previews = services.previews
    asset = previews.find(_key(parse_id(id) or ""))
    if asset is None:
        link = await saved.find(services.store, id)
        wait = math.ceil(services.drawings.take(client_of(request), asyncio.get_running_loop().time()))
        if wait:
            return problem_response(_too_many(wait), {"retry-after": str(wait)})
        asset = await previews.make(_key(link.id), lambda: _draw(request, link))
    response = respond(request, asset, KEEP) if asset else respond(request, previews.brand)
    response.headers.update(SHARED)
    return response


def _key(id: str) -> str:
    """What the preview of the experiment `id` is kept under: it says something."""
    return f"{id}/{spoken()}"


def _draw(request: Request, link: Link) -> Awaitable[bytes]:
    workers = workers_for(request, Urgency.PATIENT)
    return call(workers, preview_png, link.experiment.text(), link.view.text(), link.title)


def _too_many(wait: int) -> Problem:
    return Problem("too-many-requests", message("problems.too-many-requests.pictures", n=wait), status=429)
