"""Answers that are the same for everybody: compressed once, with an entity tag, kept in memory."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from app.core.encoding import IDENTITY, PREFERRED, TOO_SHORT, choose, compress

REVALIDATED = "no-cache"
IMMUTABLE = "public, max-age=31536000, immutable"
COMPRESSIBLE = ("text/", "application/json", "image/svg+xml")


@dataclass(frozen=True, slots=True)
class Asset:
    """A body in every encoding that made it smaller."""

    media_type: str
    tag: str
    bodies: dict[str, bytes]


@dataclass(frozen=True, slots=True)
class Answers:
    """What is the same for everybody, made once: the catalogue by language, and the thumbnails."""

    catalog: Mapping[str, Asset]
    thumbnails: Asset


def make_asset(body: bytes, media_type: str) -> Asset:
    """The asset of `body`."""
    bodies = {IDENTITY: body}
    if len(body) >= TOO_SHORT and media_type.startswith(COMPRESSIBLE):
        for encoding in PREFERRED:
            packed = compress(body, encoding, hard=True)
            if len(packed) < len(body):
                bodies[encoding] = packed
    return Asset(media_type, hashlib.sha256(body).hexdigest()[:24], bodies)


def respond(request: Request, asset: Asset, cache_control: str = REVALIDATED) -> Response:
    """The answer with `asset`, or "not modified" where the client has it."""
    # Weak: one tag stands for all encodings of the body.
    headers = {"etag": f'W/"{asset.tag}"', "cache-control": cache_control, "vary": "accept-encoding"}
    known = request.headers.get("if-none-match", "")
    if asset.tag in known or known.strip() == "*":
        return Response(status_code=304, headers=headers)
    encoding = choose(request.headers.get("accept-encoding", ""))
    if encoding not in asset.bodies:
        encoding = IDENTITY
    if encoding != IDENTITY:
        headers["content-encoding"] = encoding
    return Response(asset.bodies[encoding], media_type=asset.media_type, headers=headers)
