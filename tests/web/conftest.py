"""One server for all tests that do it no harm."""

from collections.abc import Iterator

import pytest

from tests.web.serving import Backend, Page, serving


@pytest.fixture(scope="session")
def server() -> Iterator[Backend]:
    with serving(workers=2) as running:
        yield running


@pytest.fixture
def viewer(server: Backend) -> Iterator[Page]:
    with server.page() as opened:
        yield opened
