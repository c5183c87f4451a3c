"""The pages."""

from collections.abc import Callable
from functools import lru_cache, partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.core.words import speaking, spoken
from app.web.assets import Asset, make_asset, respond
from app.web.playground import HTML, Playground
from app.web.statics import Statics
from app.web.templating import Templates


def routes(statics: Statics, templates: Templates, public: str) -> list[Route]:
    """The routes of the pages and of all that they load; public: how links to this server begin, where that is set."""
    playground = Playground(statics, templates, public)
    compared = statics.scripts("compare.js")
    compare = partial(templates.render, "compare.html", modules=compared, style_ids=statics.style_ids)
    docs = partial(templates.render, "docs.html")
    return [
        Route("/", playground.begin, include_in_schema=False),
        Route("/e/{id}", playground.open, include_in_schema=False),
        Route("/embed/{id}", playground.embed, include_in_schema=False),
        _page("/compare", compare),
        _page("/api/docs", docs),
        Route("/favicon.ico", statics.serve_icon, include_in_schema=False),
        Route("/static/{version}/{path:path}", statics.serve, include_in_schema=False),
    ]


def _page(path: str, render: Callable[[], bytes]) -> Route:
    @lru_cache
    def made(language: str) -> Asset:
        with speaking(language):
            return make_asset(render(), HTML)

    async def answer(request: Request) -> Response:
        return respond(request, made(spoken()))

    return Route(path, answer, include_in_schema=False)
