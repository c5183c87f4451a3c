"""Request bodies, read with a bound on size and time."""

import asyncio
from typing import Any

from starlette.requests import ClientDisconnect, Request

from app.core.problems import Problem
from app.core.strictjson import malformed, read_json


async def read_document(request: Request, most: int, seconds: float) -> Any:
    """The JSON value of the body; raises Problem where it is longer than `most` bytes, slower than `seconds`, or no
    JSON.
    """
    try:
        async with asyncio.timeout(seconds):
            body = await _read(request, most)
    except TimeoutError:
        detail = f"The body did not arrive within {seconds:g} s."
        raise Problem("too-slow", "Request timeout", detail, status=408) from None
    except ClientDisconnect:
        raise malformed("the body ended early") from None
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
    detail = f"The body may have {most} bytes at most."
    raise Problem("too-large", "The request is too large", detail, status=413)
