"""What requests are answered with: made when the server starts, and the same for all of them."""

from dataclasses import dataclass

from starlette.requests import HTTPConnection

from app.compute.executor import Executor
from app.settings import Settings
from app.store.store import Store
from app.web.assets import Answers
from app.web.buckets import Buckets
from app.web.flows import Flows
from app.web.making import Desk
from app.web.previewing import Previews


@dataclass(frozen=True, slots=True)
class Services:
    """executor: where work is done; store: of saved experiments; answers: what is the same for everybody; flows: what
    takes several calls of workers; desk: where files are ordered; previews: pictures of saved experiments; links: how
    many each client may make; drawings: how many previews each may have drawn.
    """

    settings: Settings
    executor: Executor
    store: Store
    answers: Answers
    flows: Flows
    desk: Desk
    previews: Previews
    links: Buckets
    drawings: Buckets


def services_of(connection: HTTPConnection) -> Services:
    """Those of the server that `connection` came to."""
    services: Services = connection.app.state.services
    return services
