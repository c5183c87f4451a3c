"""oEmbed (https://oembed.com): what stands in another page in place of a link to this one."""

from html import escape
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from app.core.params import Param, parse_fields
from app.core.problems import FieldError, Problem, invalid
from app.core.words import message
from app.protocol.messages import encode
from app.web import examples, saved
from app.web.links import JSON, base_url
from app.web.rooted import bare_path
from app.web.services import services_of
from app.web.tags import NAME, PICTURE, title_of

SIZE = (800, 540)  # px

LIMITS = (
    Param("maxwidth", "integer", SIZE[0], low=1, high=100_000),
    Param("maxheight", "integer", SIZE[1], low=1, high=100_000),
)
PLACES = ("e", "embed")
LONGEST = 65_536
"""Characters of an address."""

routes = APIRouter()


@routes.head("/oembed", include_in_schema=False)
@routes.get("/oembed", summary="api.oembed.summary", tags=["links"], responses=examples.LINK_PROBLEMS)
async def oembed(request: Request, url: str = "", format: str = "json") -> Response:
    if format != "json":
        raise Problem("format", message("problems.format.detail"), status=501)
    width, height = _size(request)
    base = base_url(request)
    title, source, id = await _subject(request, url, base)
    frame = (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{width}" height="{height}" '
        'style="border:0;max-width:100%" loading="lazy" allowfullscreen></iframe>'
    )
    answer = {
        "version": "1.0", "type": "rich", "provider_name": NAME, "provider_url": f"{base}/",
        "title": title, "width": width, "height": height, "html": frame, "cache_age": 86_400,
    }  # fmt: skip
    fits = PICTURE[0] <= _most(request, "maxwidth") and PICTURE[1] <= _most(request, "maxheight")
    if id and fits:
        picture = {"url": f"{base}/e/{id}/preview.png", "width": PICTURE[0], "height": PICTURE[1]}
        answer |= {f"thumbnail_{name}": value for name, value in picture.items()}
    # Anybody who knows the link may read this.
    return Response(encode(answer), media_type=JSON, headers={"access-control-allow-origin": "*"})


def _size(request: Request) -> tuple[int, int]:
    """The size of the frame; raises Problem where a limit is none."""
    given = {param.id: request.query_params[param.id] for param in LIMITS if param.id in request.query_params}
    errors: list[FieldError] = []
    numbers = {name: int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text
               for name, text in given.items()}  # fmt: skip
    most = parse_fields(LIMITS, numbers, (), errors)
    if errors:
        raise invalid(errors)
    return min(SIZE[0], most["maxwidth"]), min(SIZE[1], most["maxheight"])


def _most(request: Request, name: str) -> float:
    return float(request.query_params.get(name, "inf"))


async def _subject(request: Request, url: str, base: str) -> tuple[str, str, str]:
    """Of the page at `url`: its title, the address to frame, and the id of its experiment, "" where the address itself
    holds that. Raises Problem where it is no page of ours.
    """
    try:
        parts = urlsplit(url[:LONGEST])
    except ValueError:
        parts = urlsplit("")
    ours = parts.netloc.lower() in {urlsplit(base).netloc.lower(), request.url.netloc.lower()}
    path = bare_path(parts.path, services_of(request).settings.root)
    names = path.strip("/").split("/")
    if ours and len(names) == 2 and names[0] in PLACES:
        link = await saved.find(services_of(request).store, names[1])
        query = f"?{parts.query}" if parts.query and names[0] == "embed" else ""
        return title_of(link), f"{base}/embed/{link.id}{query}", link.id
    if ours and path in {"", "/"}:
        return NAME, f"{base}/?embed=1{'&' if parts.query else ''}{parts.query}", ""
    raise Problem("unknown-page", message("problems.unknown-page.detail"), status=404)
