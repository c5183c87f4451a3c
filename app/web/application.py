"""The application: its parts, put together."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocket

from app import __version__, limits
from app.compute.executor import Executor
from app.compute.temporary import temporary
from app.core.problems import Problem
from app.core.urgency import Urgency
from app.settings import Settings
from app.store.store import Store
from app.web import api, examples, exports, links, oembed, pages, previews, slashes
from app.web.assets import Answers, Asset
from app.web.buckets import Buckets
from app.web.flows import Flows
from app.web.guard import Guard
from app.web.languages import Languages
from app.web.making import Desk
from app.web.playground import BRAND
from app.web.previewing import Previews
from app.web.problems import ProblemHandlers, log
from app.web.rooted import Rooted
from app.web.services import Services, services_of
from app.web.statics import read_statics
from app.web.stream import Stream
from app.web.tags import NAME
from app.web.templating import Templates
from app.web.workers import start_executor
from app.work import tasks

OWN = "server"
"""For whom the server itself has things made."""

FILMS = "optimizer-playground-"
"""How the name of the folder begins in which films are kept."""


class DescribedApi(FastAPI):
    """An application whose description is in the language of who reads it."""

    def openapi(self) -> dict[str, Any]:
        described: dict[str, Any] = examples.in_words(super().openapi())
        return described


def build(settings: Settings) -> FastAPI:
    """The application. Its workers are started and ended with it."""
    statics = read_statics()
    templates = Templates(statics, settings.root)
    handlers = ProblemHandlers(templates)
    app = DescribedApi(
        title=NAME,
        version=__version__,
        lifespan=partial(_serving, settings=settings, brand=statics.assets[BRAND]),
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        servers=[{"url": settings.root}] if settings.root else None,
        redirect_slashes=False,
        exception_handlers={Problem: handlers.on_problem, HTTPException: handlers.on_http},
        routes=list(pages.routes(statics, templates, settings.origin and settings.public_url)),
    )
    app.include_router(api.routes)
    app.include_router(links.routes)
    app.include_router(previews.routes)
    app.include_router(oembed.routes)
    app.include_router(exports.routes)
    app.router.routes.append(slashes.route(app.router, settings.root))
    app.add_api_websocket_route("/ws/run", _stream)
    app.add_api_websocket_route("/{path:path}", handlers.refuse_socket)
    app.add_middleware(Guard, settings=settings, handlers=handlers)
    app.add_middleware(Languages)
    app.add_middleware(Rooted, root=settings.root)
    return app


@asynccontextmanager
async def _serving(app: FastAPI, settings: Settings, brand: Asset) -> AsyncIterator[None]:
    with _directory() as films:
        executor = await asyncio.to_thread(start_executor, settings, films)
        try:
            answers = await api.make_answers(executor.on_behalf_of(OWN, OWN, Urgency.HAND), settings)
            store = Store.open(settings.database_url)
            try:
                app.state.services = _services(settings, executor, store, answers, brand)
                tasks.settle()
                yield
            finally:
                await asyncio.to_thread(store.close)
        finally:
            await asyncio.to_thread(executor.shutdown)


def _services(settings: Settings, executor: Executor, store: Store, answers: Answers, brand: Asset) -> Services:
    return Services(
        settings=settings,
        executor=executor,
        store=store,
        answers=answers,
        flows=Flows(partial(limits.admit_run, settings=settings)),
        desk=Desk(executor),
        previews=Previews(brand),
        links=Buckets(settings.link_rate, settings.link_burst),
        drawings=Buckets(settings.request_rate, settings.request_burst),
    )


@contextmanager
def _directory() -> Iterator[Path | None]:
    """A directory for as long as the server runs, or None where none can be made: then it works without pictures of
    models.
    """
    with ExitStack() as stack:
        try:
            films = stack.enter_context(temporary(FILMS))
        except OSError as error:
            log.warning("no temporary directory, so there will be no pictures of models: %s", error)
            films = None
        yield films


async def _stream(socket: WebSocket) -> None:
    await Stream(socket, services_of(socket).settings).run()
