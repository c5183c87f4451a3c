"""Trouble for SQLite files, and how a store in it is looked at."""

import os
import pwd
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.store.errors import StoreError
from app.store.store import Store
from tests.patience import PATIENCE
from tests.store.cases import record
from tests.store.saving import saver

SMALL = 400_000  # bytes


@contextmanager
def opened(path: Path) -> Iterator[Store]:
    store = Store.open(f"sqlite:///{path}")
    try:
        yield store
    finally:
        store.close()


def refusal(store: Store, id: str | None = None) -> str:
    """Why the store will not load `id`, or save where there is none."""
    future = store.load(id) if id else store.save(record(-1))
    with pytest.raises(StoreError) as refused:
        future.result(PATIENCE)
    return refused.value.kind


@contextmanager
def elsewhere(path: Path, statement: str) -> Iterator[None]:
    """Another program has run `statement` on the database and goes on to hold it."""
    program = f"""import sqlite3, sys
connection = sqlite3.connect({str(path)!r}, isolation_level=None)
for part in {statement!r}.split(";"):
    connection.execute(part).fetchall()
print("held", flush=True)
sys.stdin.read()"""
    command = ["python3", "-c", program]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"held\n"
        yield
        process.kill()


@contextmanager
def plain_user() -> Iterator[None]:
    """Files are opened as by a user without rights over them, which root would have over all."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(pwd.getpwnam("nobody").pw_uid)
    try:
        yield
    finally:
        os.seteuid(was)


@contextmanager
def public_folder() -> Iterator[Path]:
    """A folder that every user can come to."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@contextmanager
def full_disk(folder: Path) -> Iterator[tuple[Path, int]]:
    """A small disk, and the most bytes of a file where no disk could be mounted: then that is what runs out."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SMALL}", "tmpfs", folder]
    mounted = subprocess.run(command, check=False, capture_output=True).returncode == 0
    try:
        yield folder, resource.RLIM_INFINITY if mounted else SMALL
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def fill(path: Path, most: int) -> dict[int, str]:
    """What was acknowledged until saving was refused for want of room. most: bytes of a file."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    with saver(f"sqlite:///{path}", preexec_fn=limit) as one:
        one.begin()
        one.follow(lambda: False)
    assert one.refused == "full"
    assert len(one.acknowledged) > 20
    return one.acknowledged
