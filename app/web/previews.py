"""The pictures that stand beside links to saved experiments."""

import asyncio
import math
from collections import OrderedDict
from collections.abc import Awaitable, Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.core.problems import Problem
from app.core.urgency import Urgency
from app.store.records import parse_id
from app.web import examples, saved
from app.web.assets import Asset, make_asset, respond
from app.web.buckets import client_of
from app.web.problems import log, problem_response
from app.web.saved import Link
from app.web.workers import call, workers_for
from app.work.portrait import preview_png

PNG = "image/png"
MOST_KEPT = 128
"""Some 0.1 MB each."""

PATIENCE = 10.0  # s
KEEP = "public, max-age=3600"
# Pages of other sites show it too.
SHARED = {"cross-origin-resource-policy": "cross-origin"}

routes = APIRouter()
"""The call. It expects `store`, `executor`, `previews` and `drawings`, how many each client may have drawn, in the
application's state."""


class Previews:
    """Previews by the id of their experiment: the `MOST_KEPT` that were asked for last.

    brand: stands for what could not be drawn.
    """

    def __init__(self, brand: Asset) -> None:
        self.brand = brand
        self._kept: OrderedDict[str, Asset] = OrderedDict()
        self._drawn: dict[str, asyncio.Future[Asset | None]] = {}

    def find(self, id: str) -> Asset | None:
        """The preview of the experiment `id`, where it is kept."""
        if id in self._kept:
            self._kept.move_to_end(id)
        return self._kept.get(id)

    async def make(self, id: str, draw: Callable[[], Awaitable[bytes]]) -> Asset | None:
        """The preview that `draw` gives, drawn once however many wait for it; None where it could not be drawn."""
        if id not in self._drawn:
            work = self._drawn[id] = asyncio.ensure_future(self._make(id, draw))
            work.add_done_callback(lambda _: self._drawn.pop(id))
        # Who goes away does not end it for the others.
        return await asyncio.shield(self._drawn[id])

    async def _make(self, id: str, draw: Callable[[], Awaitable[bytes]]) -> Asset | None:
        try:
            async with asyncio.timeout(PATIENCE):
                asset = make_asset(await draw(), PNG)
        except Exception as error:
            log.warning("no preview of %s: %r", id, error)
            return None
        self._kept[id] = asset
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return asset


@routes.head("/e/{id}/preview.png", include_in_schema=False)
@routes.get(
    "/e/{id}/preview.png", summary="A picture of a saved experiment", tags=["links"], responses=examples.LINK_PROBLEMS
)
async def show(request: Request, id: str) -> Response:
    state = request.app.state
    previews: Previews = state.previews
    asset = previews.find(parse_id(id) or "")
    if asset is None:
        link = await saved.find(state.store, id)
        wait = math.ceil(state.drawings.take(client_of(request), asyncio.get_running_loop().time()))
        if wait:
            return problem_response(_too_many(wait), {"retry-after": str(wait)})
        asset = await previews.make(link.id, lambda: _draw(request, link))
    response = respond(request, asset, KEEP) if asset else respond(request, previews.brand)
    response.headers.update(SHARED)
    return response


def _draw(request: Request, link: Link) -> Awaitable[bytes]:
    workers = workers_for(request, Urgency.PATIENT)
    return call(workers, preview_png, link.experiment.text(), link.view.text(), link.title)


def _too_many(wait: int) -> Problem:
    detail = f"This client has had many pictures drawn. Try again in {wait} s."
    return Problem("too-many-requests", "Too many requests", detail, status=429)
