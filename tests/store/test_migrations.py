"""Bringing databases to the newest form."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import inspect

from app.store.database import database
from app.store.errors import StoreError
from app.store.schema import METADATA
from app.store.store import Store
from tests.patience import PATIENCE
from tests.store.cases import change, load, record, save


def tables(url: str) -> set[str]:
    engine = database(url).writer
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_the_steps_lead_to_the_form_that_the_code_works_with(store: Store, url: str) -> None:
    save(store, record(1))
    engine = database(url).writer
    with engine.connect() as connection:
        differences = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), METADATA)
    engine.dispose()
    assert differences == []


def test_servers_that_start_at_once_make_one_database(url: str) -> None:
    with ThreadPoolExecutor(8) as callers:
        stores = list(callers.map(Store.open, [url] * 8))
        ids = list(callers.map(lambda store: save(store, record(1)), stores))
    assert len(set(ids)) == 1
    for store in stores:
        store.close()


def test_a_database_of_a_newer_version_is_refused_and_left_as_it_is(store: Store, url: str) -> None:
    save(store, record(1))
    store.close()
    change(url, "ALTER TABLE experiments RENAME TO newer")
    change(url, "UPDATE alembic_version SET version_num = '9999'")
    older = Store.open(url)
    for future in (older.save(record(2)), older.load("abcdefgh")):
        with pytest.raises(StoreError, match="newer version") as refused:
            future.result(PATIENCE)
        assert refused.value.kind == "unavailable"
    older.close()
    assert tables(url) == {"newer", "alembic_version"}


def test_a_newer_version_is_refused_also_where_its_table_looks_the_same(store: Store, url: str) -> None:
    id = save(store, record(1))
    store.close()
    change(url, "UPDATE alembic_version SET version_num = '9999'")
    older = Store.open(url)
    for future in (older.save(record(2)), older.load(id), older.save(record(3)), older.load(id)):
        with pytest.raises(StoreError, match="newer version"):
            future.result(PATIENCE)
    change(url, "UPDATE alembic_version SET version_num = '0001'")
    assert load(older, save(older, record(4))) == record(4)
    older.close()
    engine = database(url).writer
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM experiments").scalar_one() == 2
    engine.dispose()


def test_a_step_that_fails_leaves_nothing_and_is_taken_again(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    upgrade = command.upgrade

    def fail(config: object, revision: str) -> None:
        upgrade(config, revision)
        raise OSError("the machine fails")

    monkeypatch.setattr(command, "upgrade", fail)
    store = Store.open(url)
    with pytest.raises(StoreError, match="the machine fails"):
        save(store, record(1))
    assert tables(url) == set()
    monkeypatch.setattr(command, "upgrade", upgrade)
    assert load(store, save(store, record(1))) == record(1)
    store.close()


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    folder = tmp_path / "50% of #1? ä&b=c"
    store = Store.open(f"sqlite:///{folder}/a b.db".replace("%", "%25").replace("?", "%3F"))
    assert load(store, save(store, record(1))) == record(1)
    store.close()
    assert (folder / "a b.db").exists()
