"""How a database can fail, told apart by what its owner has to do."""

import sqlite3
from typing import Literal

import psycopg
from sqlalchemy.exc import DBAPIError, TimeoutError

Kind = Literal["unavailable", "full", "read-only", "corrupt", "locked", "timeout", "damaged"]

SQLITE_KINDS: dict[int, Kind] = {
    sqlite3.SQLITE_BUSY: "locked",
    sqlite3.SQLITE_LOCKED: "locked",
    sqlite3.SQLITE_FULL: "full",
    # A quota or a limit on the size of files; a disk without room is SQLITE_FULL.
    sqlite3.SQLITE_IOERR_WRITE: "full",
    sqlite3.SQLITE_IOERR_SHMSIZE: "full",
    sqlite3.SQLITE_READONLY: "read-only",
    sqlite3.SQLITE_CORRUPT: "corrupt",
    sqlite3.SQLITE_NOTADB: "corrupt",
}
"""By SQLite's result code, as it is or without its upper bytes."""

POSTGRES_KINDS: dict[str, Kind] = {
    "53100": "full",
    "25006": "read-only",
    "42501": "read-only",
    "XX001": "corrupt",
    "XX002": "corrupt",
    "55P03": "locked",
    "40P01": "locked",
    "57014": "timeout",
}
"""By SQLSTATE: disk_full, read_only_sql_transaction, insufficient_privilege, data_corrupted, index_corrupted,
lock_not_available, deadlock_detected, query_canceled.
"""


class StoreError(Exception):
    """Nothing was saved or read.

    kind: unavailable (there is no such server or file, or not now), full (no room), read-only, corrupt (what is there
    is no database any more), locked (another program holds it), timeout (it does not answer), damaged (this one row is
    not what was saved). The message is for the log.
    """

    def __init__(self, kind: Kind, reason: str) -> None:
        super().__init__(f"{kind}: {reason}")
        self.kind: Kind = kind


def explain(error: Exception) -> StoreError:
    """The StoreError that `error` amounts to; raises `error` itself where it is a fault of ours."""
    if isinstance(error, StoreError):
        return error
    cause = error.orig if isinstance(error, DBAPIError) and error.orig else error
    if isinstance(cause, sqlite3.Error):
        return StoreError(_sqlite_kind(cause), str(cause))
    if isinstance(cause, psycopg.Error):
        return StoreError(_postgres_kind(cause), str(cause))
    if isinstance(cause, PermissionError):
        return StoreError("read-only", str(cause))
    if isinstance(cause, OSError | TimeoutError):
        return StoreError("unavailable", str(cause))
    raise error


def _sqlite_kind(error: sqlite3.Error) -> Kind:
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return SQLITE_KINDS.get(code) or SQLITE_KINDS.get(code & 0xFF, "unavailable")


def _postgres_kind(error: psycopg.Error) -> Kind:
    return POSTGRES_KINDS.get(error.sqlstate or "", "unavailable")
