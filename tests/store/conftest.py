"""A fresh database of each kind, for every test that takes `url`."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store.store import Store
from tests.store.postgres import Postgres, postgres


@pytest.fixture(scope="session")
def server() -> Iterator[Postgres]:
    """A PostgreSQL server. Whoever does it harm mends it."""
    with postgres() as running:
        yield running


@pytest.fixture
def postgres_url(server: Postgres) -> str:
    """Its database, empty."""
    server.run("DROP SCHEMA public CASCADE")
    server.run("CREATE SCHEMA public")
    return server.url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/data/playground.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store.open(url)
    yield made
    made.close()
