"""Records as rows: what is written for many at once, and what a row that was read is worth."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select

from app.store.errors import StoreError
from app.store.records import LONGEST, SHORTEST, Record, Saved, StoredRecord, name_of
from app.store.schema import EXPERIMENTS

CONTENT = ("experiment", "view", "title")


def adding(insert: Callable[..., Any]) -> Any:
    """The statement that adds a row, or mends one that has this very hash and not its content.

    It leaves every other one alone, and gives the hashes of those that it wrote. insert: the database's own statement,
    which knows conflicts.
    """
    add = insert(EXPERIMENTS)
    same = EXPERIMENTS.c.sha256 == add.excluded.sha256
    damaged = or_(*(EXPERIMENTS.c[name] != add.excluded[name] for name in CONTENT))
    mending = {name: add.excluded[name] for name in CONTENT}
    upsert = add.on_conflict_do_update(index_elements=["id"], set_=mending, where=and_(same, damaged))
    return upsert.returning(EXPERIMENTS.c.sha256)


def write(connection: Connection, adding: Any, records: Mapping[str, Record]) -> dict[str, Saved]:
    """Keep each of `records`, by digest, under the first id that it can have: a longer one where other content has the
    shorter. adding: the statement for the connection's database.
    """
    saved: dict[str, Saved] = {}
    now = datetime.now(UTC).isoformat(timespec="milliseconds")
    for length in range(SHORTEST, LONGEST + 1):
        ids = {digest: name_of(digest)[:length] for digest in records if digest not in saved}
        if not ids:
            break
        # One row for each id, as a statement may touch none twice; in order, so that two servers never wait crosswise.
        owners = sorted({id: digest for digest, id in ids.items()}.items())
        rows = [{"id": id, "sha256": digest, "created": now, **_content(records[digest])} for id, digest in owners]
        written = set(connection.execute(adding, rows).scalars())
        there = select(EXPERIMENTS.c.sha256).where(EXPERIMENTS.c.id.in_(ids.values()))
        kept = set(connection.execute(there).scalars())
        saved |= {digest: Saved(id, digest in written) for digest, id in ids.items() if digest in kept}
    return saved


def _content(record: Record) -> dict[str, str]:
    return {name: getattr(record, name) for name in CONTENT}


def read(connection: Connection, ids: set[str]) -> dict[str, StoredRecord | StoreError]:
    """What is kept under each of `ids` where something is: a StoreError where it is not what was saved."""
    found = connection.execute(select(EXPERIMENTS).where(EXPERIMENTS.c.id.in_(ids)))
    return {row.id: _kept(row) for row in found}


def _kept(row: Row[Any]) -> StoredRecord | StoreError:
    try:
        record, created = Record(row.experiment, row.view, row.title), datetime.fromisoformat(row.created)
        sound = record.digest() == row.sha256
    except (TypeError, ValueError):
        sound = False
    return (
        StoredRecord(row.id, record, created) if sound else StoreError("damaged", f"row {row.id} is not what was saved")
    )
