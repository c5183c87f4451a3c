"""Folders for temporary files, which go with the process that made them, or where that was killed with the next."""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

UNFINISHED = 60.0  # s; a folder that has waited for its owner for so long has none any more

UNIQUE = 8 * "?"
"""What `mkdtemp` puts behind a prefix."""


SHORT = "/tmp"
"""Where folders are made whose paths would be too long in the directory for temporary files."""


@contextmanager
def temporary(prefix: str, longest: int | None = None) -> Iterator[Path]:
    """A folder whose name begins with `prefix`, for as long as the context lasts; raises OSError where none can be.

    All folders of this kind that no process owns go first. A folder is owned by who holds the lock on it, which ends
    with its holder, however that ends.

    longest: how many characters its path may have; where the directory for temporary files leaves no room for that, it
    is made in `SHORT`.
    """
    place = gettempdir()
    if longest is not None and len(f"{place}/{prefix}{UNIQUE}") > longest:
        place = SHORT
    _clear(Path(place), prefix)
    made = Path(mkdtemp(prefix=f".{prefix}", dir=place))
    lock = os.open(made, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    # Under its own name it was never without its lock.
    folder = made.rename(made.with_name(made.name[1:]))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def _clear(place: Path, prefix: str) -> None:
    for folder in place.glob(f"{prefix}{UNIQUE}"):
        _clear_ownerless(folder)
    for folder in place.glob(f".{prefix}{UNIQUE}"):
        with suppress(OSError):
            if time.time() - folder.lstat().st_mtime > UNFINISHED:
                _clear_ownerless(folder)


def _clear_ownerless(folder: Path) -> None:
    try:
        lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return
    try:
        if os.fstat(lock).st_uid == os.geteuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
    except BlockingIOError:
        pass
    finally:
        os.close(lock)
