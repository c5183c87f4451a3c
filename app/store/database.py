"""The two databases: how connections to each are made, and what writing needs there."""

import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from sqlalchemy import Engine, QueuePool, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL

from app.store.errors import StoreError

BUSY = 2.0  # s; how long one waits for others that hold the database
POLL = 0.002  # s
ONE = {"poolclass": QueuePool, "pool_size": 1, "max_overflow": 0}
"""Each engine serves one thread at a time, so it keeps one connection."""

# Ids are spread over the whole index, so a batch touches a page for each. With SQLite's usual 1,000 pages between two
# checkpoints, one save in ten would wait for one.
WRITER_PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "wal_autocheckpoint=4000")
MIGRATING = 0x706C6179  # any number that no other program takes for its advisory locks


class Mark(NamedTuple):
    """What tells a database from another that has taken its place.

    file: of a SQLite file, what it is however it is called; state: changes whenever something is written into it.
    """

    file: tuple[int, ...] = ()
    state: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Database:
    """Where experiments are kept.

    writer, reader: engines, each with one connection. insert: the database's own statement, which knows conflicts.
    alone: a block in which no other server writes, where the database itself does not see to that. claim: the statement
    after which no other server migrates until the transaction ends. mark: of what is at the address now; raises OSError
    where nothing is. folder: is made where it is missing.
    """

    writer: Engine
    reader: Engine
    insert: Callable[..., Any]
    alone: Callable[[], AbstractContextManager[None]]
    claim: str
    mark: Callable[[], Mark] = Mark
    folder: Path | None = None


def database(address: str) -> Database:
    """The database at the URL `address`; nothing is opened yet. Raises ValueError where it is no URL of one."""
    try:
        url = make_url(address)
    except Exception as error:
        raise ValueError(f"no address of a database: {error}") from None
    if url.get_backend_name() == "sqlite" and url.database:
        return _sqlite(Path(url.database).absolute())
    if url.get_backend_name() == "postgresql":
        return _postgres(url.set(drivername="postgresql+psycopg"))
    raise ValueError("the address of a database begins with sqlite:/// and a path, or with postgresql://")


def _sqlite(path: Path) -> Database:
    writer = create_engine("sqlite://", creator=partial(_open_file, path, "rwc", WRITER_PRAGMAS), **ONE)
    # A transaction that began by reading cannot always go on to write.
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    reader = create_engine("sqlite://", creator=partial(_open_file, path, "ro", ()), **ONE)
    # SQLite before 3.51.3 can destroy a database when two connections write and checkpoint at the same instant, also in
    # two processes. Readers cannot write, and writers, which also checkpoint, wait for each other at this file.
    alone = partial(_alone, path.with_name(path.name + ".lock"))
    return Database(writer, reader, sqlite.insert, alone, "SELECT 1", partial(_mark, path), path.parent)


def _mark(path: Path) -> Mark:
    found = path.stat()
    return Mark((found.st_dev, found.st_ino), (found.st_size, found.st_mtime_ns))


def _open_file(path: Path, mode: str, pragmas: tuple[str, ...]) -> sqlite3.Connection:
    # The begin of transactions is left to SQLAlchemy: Python's own would not hold a migration together.
    address = f"file:{quote(str(path))}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=BUSY, isolation_level=None, check_same_thread=False)
    connection.text_factory = _text
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _text(stored: bytes) -> str:
    """`stored` as text. A damaged row is told by its hash; it must not keep others from being read."""
    return stored.decode(errors="replace")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    until = time.monotonic() + BUSY
    with path.open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    raise StoreError("locked", f"another process holds {path}") from None
                time.sleep(POLL)
        yield


def _postgres(url: URL) -> Database:
    limits = {
        # Whatever the server's own settings are: what was acknowledged is on its disk, and nothing waits for ever.
        "options": f"-c synchronous_commit=on -c lock_timeout={BUSY:g}s -c statement_timeout={2 * BUSY:g}s",
        "connect_timeout": int(BUSY),
        "tcp_user_timeout": int(2000 * BUSY),
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 2,
    }
    writer = create_engine(url, connect_args=limits, **ONE)
    reader = create_engine(url, connect_args=limits, isolation_level="AUTOCOMMIT", **ONE)
    return Database(writer, reader, postgresql.insert, nullcontext, f"SELECT pg_advisory_xact_lock({MIGRATING})")
