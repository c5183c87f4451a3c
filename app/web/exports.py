"""The calls that give an experiment away as a file."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from app import limits
from app.core.problems import Problem
from app.core.urgency import Urgency
from app.core.words import spoken
from app.protocol.messages import encode
from app.web import examples, saved
from app.web.body import read_document
from app.web.exportinputs import ExportRequest, find_format, options_of, parse_export, parse_qr, query_options
from app.web.making import Desk, Gone, Here
from app.web.services import services_of
from app.web.workers import call, workers_for
from app.work.files import FileKey
from app.work.qr import qr_svg

JSON_LINES = "application/x-ndjson"
GONE = 499  # nobody is there to read it

routes = APIRouter()


@routes.post(
    "/api/export/{format}",
    summary="api.export.summary",
    tags=["exports"],
    openapi_extra=examples.EXPORT,
    responses=examples.EXPORT_PROBLEMS,
)
async def export(request: Request, format: str) -> Response:
    form = find_format(format)
    return await _answer(request, parse_export(form, await _document(request)))


@routes.get(
    "/api/experiments/{id}/export/{format}",
    summary="api.export-saved.summary",
    tags=["exports"],
    responses=examples.EXPORT_PROBLEMS,
)
async def export_saved(request: Request, id: str, format: str) -> Response:
    form = find_format(format)
    link = await saved.find(services_of(request).store, id)
    options = options_of(form, link.view, query_options(request.query_params), link.title)
    return await _answer(request, ExportRequest(form, link.experiment, options, link.title))


@routes.head("/api/experiments/{id}/export/{format}", include_in_schema=False)
async def head_saved(request: Request, id: str, format: str) -> Response:
    form = find_format(format)
    link = await saved.find(services_of(request).store, id)
    headers = _headers(ExportRequest(form, link.experiment, {}, link.title))
    return StreamingResponse(_spread([]), media_type=form.media_type, headers=headers)


@routes.post(
    "/api/qr", summary="api.qr.summary", tags=["exports"], openapi_extra=examples.QR, responses=examples.PROBLEMS
)
async def qr(request: Request) -> Response:
    text = parse_qr(await _document(request))
    drawn = await call(workers_for(request, Urgency.HAND), qr_svg, text)
    return Response(drawn, media_type="image/svg+xml", headers={"cache-control": "no-store"})


async def _document(request: Request) -> Any:
    settings = services_of(request).settings
    return await read_document(request, settings.message_bytes, settings.send_timeout)


async def _answer(request: Request, wanted: ExportRequest) -> Response:
    """The file when it is whole; or, for who would rather have lines of JSON, its pieces as they are made."""
    # What computes as much as it can afford takes what could be watched.
    admit = limits.admit_run if wanted.form.runs else limits.admit_stream
    admit(wanted.experiment, services_of(request).settings)
    key = FileKey(wanted.experiment.text(), wanted.form.id, wanted.options, spoken())
    desk = services_of(request).desk

    async def here() -> bool:
        return not await request.is_disconnected()

    if JSON_LINES in request.headers.get("accept", ""):
        return StreamingResponse(_lines(desk, key, here), media_type=JSON_LINES, headers=_headers(wanted))
    pieces = []
    try:
        async with desk.order(key) as order:
            while piece := await order.patient(here):
                pieces.append(piece[0])
    except Gone:
        return Response(status_code=GONE)
    return StreamingResponse(_spread(pieces), media_type=wanted.form.media_type, headers=_headers(wanted))


async def _spread(pieces: list[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece
        await asyncio.sleep(0)


async def _lines(desk: Desk, key: FileKey, here: Here) -> AsyncIterator[bytes]:
    """A line for each piece, and one for the problem that came up, for as long as somebody is `here`."""
    try:
        async with desk.order(key) as order:
            while piece := await order.patient(here):
                data, done, total = piece
                yield _line({"done": done, "total": total, "data": b64encode(data).decode()})
    except Gone:
        return
    except Problem as problem:
        yield _line({"problem": problem.document()})


def _line(value: dict[str, Any]) -> bytes:
    return f"{encode(value)}\n".encode()


def _headers(wanted: ExportRequest) -> dict[str, str]:
    plain, full = wanted.names
    # Names of old and of new browsers, both without anything that could end the header or leave the folder.
    disposition = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"
    return {"content-disposition": disposition, "cache-control": "no-store"}
