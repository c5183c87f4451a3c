"""A PostgreSQL server in trouble: what is told, and that saving goes on when the trouble is over."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from app.store.database import database
from app.store.store import Store
from tests.patience import PATIENCE
from tests.store.cases import change, load, record, save
from tests.store.postgres import DATABASE, Postgres
from tests.store.trouble import refusal

REFUSE = """
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'as on a bad day' USING ERRCODE = '{}'; END $$;
CREATE TRIGGER refuse BEFORE INSERT ON experiments EXECUTE FUNCTION refuse();
"""


@pytest.fixture
def url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    made = Store.open(url)
    save(made, record(0))
    yield made
    made.close()


@pytest.mark.parametrize(
    ("code", "kind"),
    [("53100", "full"), ("XX001", "corrupt"), ("57014", "timeout"), ("42501", "read-only"), ("58030", "unavailable")],
)
def test_what_the_server_says_is_told(store: Store, url: str, code: str, kind: str) -> None:
    change(url, REFUSE.format(code))
    assert refusal(store) == kind
    assert load(store, save_before(url)) == record(0)
    change(url, "DROP TRIGGER refuse ON experiments")
    assert load(store, save(store, record(1))) == record(1)


def save_before(url: str) -> str:
    """The id of the one record that is there."""
    with psycopg.connect(url) as connection:
        (id,) = connection.execute("SELECT id FROM experiments").fetchone() or ("",)
    return str(id)


def test_a_table_that_another_program_locks_is_waited_for_and_then_told(store: Store, url: str) -> None:
    id = save_before(url)
    with psycopg.connect(url) as other:
        other.execute("LOCK TABLE experiments IN ACCESS EXCLUSIVE MODE")
        assert refusal(store) == "locked"
        assert refusal(store, id) == "locked"
    assert load(store, save(store, record(1))) == record(1)


@contextmanager
def setting(server: Postgres, name: str, value: str) -> Iterator[None]:
    """New connections to the database have the setting `name`."""
    server.run(f"ALTER DATABASE {DATABASE} SET {name} = {value}")
    try:
        yield
    finally:
        with psycopg.connect(server.url, options="-c default_transaction_read_only=off", autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {DATABASE} RESET {name}")


def test_a_database_that_may_only_be_read_is_told_and_read(server: Postgres, url: str) -> None:
    store = Store.open(url)
    id = save(store, record(0))
    store.close()
    with setting(server, "default_transaction_read_only", "on"):
        store = Store.open(url)
        assert refusal(store) == "read-only"
        assert load(store, id) == record(0)
    assert load(store, save(store, record(1))) == record(1)
    store.close()


def test_a_server_that_is_away_is_told_and_found_again(server: Postgres, url: str) -> None:
    store = Store.open(url)
    id = save(store, record(0))
    server.kill()
    assert refusal(store) == "unavailable"
    assert refusal(store, id) == "unavailable"
    server.start()
    assert load(store, id) == record(0)
    assert load(store, save(store, record(1))) == record(1)
    store.close()


def test_a_server_that_was_away_at_the_start_is_found_later(server: Postgres, url: str) -> None:
    server.kill()
    store = Store.open(url)
    assert refusal(store, "abcdefgh") == "unavailable"
    server.start()
    assert load(store, save(store, record(1))) == record(1)
    store.close()


def test_a_connection_that_the_server_ended_is_not_noticed(server: Postgres, store: Store) -> None:
    server.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname <> ''")
    assert load(store, save(store, record(1))) == record(1)


def test_a_server_that_hangs_keeps_nobody_from_ending_and_then_goes_on(server: Postgres, store: Store) -> None:
    server.pause()
    waiting = store.save(record(1))
    with pytest.raises(TimeoutError):
        waiting.result(0.5)
    server.resume()
    assert load(store, waiting.result(PATIENCE).id) == record(1)


def test_no_such_database_and_no_rights_are_told(server: Postgres) -> None:
    for url in (server.url.replace("/postgres?", "/nowhere?"), server.url.replace("playground@", "stranger@")):
        store = Store.open(url)
        assert refusal(store) == "unavailable"
        store.close()


def test_what_is_acknowledged_is_on_the_disk_whatever_the_server_is_set_to(server: Postgres, url: str) -> None:
    writer = database(url).writer
    with setting(server, "synchronous_commit", "off"), writer.connect() as connection:
        assert connection.exec_driver_sql("SHOW synchronous_commit").scalar_one() == "on"
    writer.dispose()
