"""One server for all tests that do it no harm."""

from collections.abc import Iterator

import pytest

from tests.web.flooding import BYTES_AT_ONCE, FRAMES_AT_ONCE, MOST_SOCKETS
from tests.web.serving import Backend, Page, serving

PROXY = "127.0.0.4"
"""An address of this machine too, whose X-Forwarded-For the strict server believes."""


@pytest.fixture(scope="session")
def server() -> Iterator[Backend]:
    rates = {"message_rate": 1e6, "message_burst": 1e6, "byte_rate": 1e9, "byte_burst": 1e9}
    with serving(workers=2, **rates) as running:
        yield running


@pytest.fixture
def viewer(server: Backend) -> Iterator[Page]:
    with server.page() as opened:
        yield opened


@pytest.fixture(scope="session")
def strict() -> Iterator[Backend]:
    settings = {
        "hosts": "play.example,127.0.0.1",
        "origins": "https://friend.example",
        "send_timeout": 1,
        # That who stops reading is let go, it is not a ping that tells.
        "ping_interval": 3600,
        "trusted_proxies": PROXY,
    }
    rates = {"message_rate": 20, "message_burst": 10, "request_rate": 0.05, "request_burst": 20}
    with serving(workers=1, **settings, **rates) as running:
        yield running


@pytest.fixture(scope="session")
def flooded() -> Iterator[Backend]:
    """A server that lets one client send so little that a slow machine too reads more."""
    limits = {"message_rate": 300, "message_burst": FRAMES_AT_ONCE, "byte_rate": 100_000, "byte_burst": BYTES_AT_ONCE}
    with serving(workers=1, send_timeout=2, max_sockets=MOST_SOCKETS, **limits) as running:
        yield running
