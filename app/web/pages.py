"""The pages."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from app.web.assets import Asset, make_asset, respond
from app.web.statics import Statics
from app.web.templating import Templates

HTML = "text/html; charset=utf-8"


def routes(statics: Statics, templates: Templates) -> list[Route]:
    """The routes of the pages and of all that they load. Pages are made once: nothing in them depends on who asks."""
    modules = statics.scripts(without=("main.js", "docs.js"))
    playground = make_asset(templates.render("playground.html", modules=modules, style_ids=statics.style_ids), HTML)
    docs = make_asset(templates.render("docs.html"), HTML)
    return [
        _page("/", playground),
        _page("/api/docs", docs),
        Route("/favicon.ico", statics.serve_icon, include_in_schema=False),
        Route("/static/{version}/{path:path}", statics.serve, include_in_schema=False),
    ]


def _page(path: str, asset: Asset) -> Route:
    async def answer(request: Request) -> Response:
        return respond(request, asset)

    return Route(path, answer, include_in_schema=False)
