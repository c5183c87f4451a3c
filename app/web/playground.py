"""The page of the playground: as it begins, with a saved experiment in it, and the same as a part of other pages."""

import hashlib
import json
from functools import lru_cache

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from app.core.encoding import choose, compress
from app.core.words import speaking, spoken
from app.web import saved
from app.web.assets import Asset, make_asset, respond
from app.web.guard import asks_embed
from app.web.links import base_url
from app.web.services import services_of
from app.web.statics import Statics
from app.web.tags import general, tags_of
from app.web.templating import Templates

HTML = "text/html; charset=utf-8"
BRAND = "brand.png"
"""The static file that stands for any experiment."""

# All that could end the script element or, in old engines, a line of script.
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


class Playground:
    """Makes the page. What does not depend on who asks is made once."""

    def __init__(self, statics: Statics, templates: Templates, public: str) -> None:
        self._templates = templates
        self._modules, self._style_ids = statics.scripts("main.js"), statics.style_ids
        self._public, self._brand = public, f"{statics.prefix()}/{BRAND}"
        self._begun = lru_cache(self._begin)

    async def begin(self, request: Request) -> Response:
        """`/`: the address holds the experiment, if any; with `embed=1` a part of another page."""
        return respond(request, self._begun(spoken(), asks_embed(request)))

    def _begin(self, language: str, embedded: bool) -> Asset:
        with speaking(language):
            tags = general(self._public, self._brand)
            return make_asset(self._render(tags=tags, saved=None, embedded=embedded), HTML)

    async def open(self, request: Request) -> Response:
        """`/e/{id}`: a saved experiment."""
        return await self._open(request, embedded=False)

    async def embed(self, request: Request) -> Response:
        """`/embed/{id}`: a saved experiment as a part of another page."""
        return await self._open(request, embedded=True)

    async def _open(self, request: Request, *, embedded: bool) -> Response:
        id = request.path_params["id"]
        link = await saved.find(services_of(request).store, id)
        if id != link.id:
            query = f"?{request.url.query}" if request.url.query else ""
            place = f"{services_of(request).settings.root}/{'embed' if embedded else 'e'}"
            return RedirectResponse(f"{place}/{link.id}{query}", 308)
        body = self._render(tags=tags_of(link, base_url(request)), saved=escaped(link), embedded=embedded)
        encoding = choose(request.headers.get("accept-encoding", ""))
        tag = hashlib.sha256(body).hexdigest()[:24]
        return respond(request, Asset(HTML, tag, {"identity": body, encoding: compress(body, encoding)}))

    def _render(self, **values: object) -> bytes:
        return self._templates.render("playground.html", modules=self._modules, style_ids=self._style_ids, **values)


def escaped(link: saved.Link) -> Markup:
    """The saved experiment as JSON that no text in it can break out of, for a script element."""
    return Markup(json.dumps(link.document(), ensure_ascii=False, allow_nan=False).translate(_ESCAPES))
