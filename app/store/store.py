"""Saving and loading, for many callers at once."""

import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TypeVar

from sqlalchemy import text

from app.store import rows
from app.store.database import Database, Mark, database
from app.store.errors import StoreError, explain
from app.store.migrate import check, migrate
from app.store.questions import QuestionQueue
from app.store.records import Record, Saved, StoredRecord

T = TypeVar("T")

PASSING = ("locked", "timeout", "full")
"""Failures that a fresh connection would meet too."""

log = logging.getLogger("app.store")


class Store:
    """Experiments that are kept. A store can be made whatever state its database is in: saving and loading tell.

    Saves that wait together are written in one transaction, by the one thread that writes.
    """

    def __init__(self, place: Database) -> None:
        self._place = place
        self._adding = rows.adding(place.insert)
        self._writing = threading.Lock()  # the writer's connection is in use
        self._reading = threading.Lock()  # the reader's is; taken last
        self._written: Mark | None = None  # after the last that was written; None before the database was made ready
        self._open: tuple[int, ...] | None = None  # the file that the reader has open
        self._writer: QuestionQueue[tuple[str, Record], Saved] = QuestionQueue(
            "store-writer", self._write, begin=self._begin
        )
        self._reader = QuestionQueue[str, StoredRecord | None]("store-reader", self._read)

    @classmethod
    def open(cls, url: str) -> "Store":
        """The store in the database at `url`, which is meanwhile made, or brought to its newest form; raises ValueError
        where `url` is no address of a database.
        """
        return cls(database(url))

    def close(self, seconds: float = 5.0) -> None:
        """Save what waits, for as long as `seconds`, then let go of the database."""
        if self._reader.close(seconds):
            self._place.reader.dispose()
        if self._writer.close(seconds):
            self._let_go()

    def save(self, record: Record) -> Future[Saved]:
        """Keep `record`. Once the future has its result, it is on the disk. The same content always has the same id.

        The future has a StoreError where nothing was kept. Raises ValueError where a part of it is no text, and
        StoreError where too many wait.
        """
        return self._writer.ask((record.digest(), record))

    def load(self, id: str) -> Future[StoredRecord | None]:
        """What is kept under `id`, or None where nothing is. The future has a StoreError where it cannot be read.

        Raises StoreError where too many wait.
        """
        return self._reader.ask(id)

    def _begin(self) -> None:
        try:
            self._prepare()
        except StoreError as error:
            log.error("experiments cannot be saved now: %s", error)

    def _prepare(self) -> None:
        """Make the database ready: there, in its newest form, and written to through a connection opened since.

        One that was ready and is gone is not made again: it may come back, and what was saved meanwhile would be lost.
        """
        try:
            if self._written:
                self._place.mark()
            if self._place.folder:
                self._place.folder.mkdir(parents=True, exist_ok=True)
            with self._writing, self._place.alone():
                # SQLite's connections share what the first one learned of a file, such as that it may only be read.
                with self._reading:
                    self._place.reader.dispose()
                self._place.writer.dispose()
                with self._place.writer.begin() as connection:
                    connection.execute(text(self._place.claim))
                    migrate(connection)
                self._written = self._place.mark()
        except Exception as error:
            raise explain(error) from error

    def _let_go(self) -> None:
        try:
            # The last connection to a SQLite database checkpoints when it closes.
            with self._place.alone():
                self._place.writer.dispose()
        except (StoreError, OSError) as error:
            log.warning("the database was left open: %s", error)

    def _write(self, asked: Sequence[tuple[str, Record]]) -> Sequence[Saved]:
        saved = self._attempt(lambda: self._write_once(dict(asked)))
        return [saved[digest] for digest, _ in asked]

    def _write_once(self, records: dict[str, Record]) -> dict[str, Saved]:
        with self._writing, self._place.alone():
            found = self._place.mark()
            if self._written is None or found.file != self._written.file:
                raise StoreError("unavailable", "the database was not made ready yet, or another has taken its place")
            if found != self._written:
                self._place.writer.dispose()  # its connection would write, and believe, what is there no more
            with self._place.writer.begin() as connection:
                saved = rows.write(connection, self._adding, records)
            self._written = self._place.mark()
            if self._written.file != found.file:
                raise StoreError("unavailable", "another database has taken its place")
            return saved

    def _read(self, ids: Sequence[str]) -> Sequence[StoredRecord | StoreError | None]:
        found = self._attempt(lambda: self._read_once(set(ids)))
        return [found.get(id) for id in ids]

    def _read_once(self, ids: set[str]) -> dict[str, StoredRecord | StoreError]:
        with self._reading:
            try:
                found = self._place.mark().file
                if found != self._open:
                    self._place.reader.dispose()
                with self._place.reader.connect() as connection:
                    if found != self._open:
                        check(connection)
                        self._open = found
                    return rows.read(connection, ids)
            except Exception:
                self._place.reader.dispose()  # what is there by the next time may be another file
                self._open = None
                raise

    def _attempt(self, work: Callable[[], T]) -> T:
        """What `work` gives; at a second attempt, on a fresh connection, where that can help, as when the database was
        restarted.
        """
        try:
            return work()
        except Exception as error:
            failure = explain(error)
            if failure.kind in PASSING:
                raise failure from error
        self._prepare()
        try:
            return work()
        except Exception as error:
            raise explain(error) from error
