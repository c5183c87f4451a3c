"""Request bodies, read with a bound on size and time."""

import asyncio
from typing import Any

from starlette.requests import ClientDisconnect, Request

from app.core.problems import Problem
from app.core.strictjson import malformed, read_json
from app.core.words import message


async def read_document(request: Request, most: int, seconds: float) -> Any:
    """The JSON value of the body; raises Problem where it is longer than `most` bytes, slower than `seconds`, or no
    JSON.
    """
    try:
        async with asyncio.timeout(seconds):
            body = await _read(request, most)
    except TimeoutError:
        detail = message("problems.too-slow.detail", seconds=f"{seconds:g}")
        raise Problem("too-slow", detail, status=408) from None
    except ClientDisconnect:
        raise malformed(message("problems.malformed.cut")) from None
    return read_json(body)


async def _read(request: Request, most: int) -> bytes:
    declared = request.headers.get("content-length", "0")
    body = bytearray()
    # What is declared is refused before it is sent.
    if not declared.isdecimal() or int(declared) <= most:
        async for part in request.stream():
            body += part
            if len(body) > most:
                break
        else:
            return bytes(body)
    detail = message("problems.too-large.body", n=most)
    raise Problem("too-large", detail, status=413, title="problems.head-too-large.title")
