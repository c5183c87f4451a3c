"""A PostgreSQL server of the tests' own."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg

from tests.patience import PATIENCE

OPTIONS = {
    "listen_addresses": "",
    "dynamic_shared_memory_type": "mmap",
    "shared_buffers": "16MB",
    "max_connections": "40",
    "log_min_messages": "panic",
    "recovery_init_sync_method": "syncfs",
}
USER, DATABASE = "playground", "postgres"


class Postgres:
    """A server in a folder of its own, reached through a socket there.

    url: the address of its one database.
    """

    def __init__(self) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="playground-pg-"))
        self._data = self._folder / "data"
        self.url = f"postgresql://{USER}@/{DATABASE}?host={self._folder}"
        self._owner = _owner()
        if self._owner:
            os.chown(self._folder, self._owner, -1)
        made = ["--username", USER, "--auth", "trust", "--encoding", "UTF8", "--no-locale", "--no-sync"]
        try:
            subprocess.run([_program("initdb"), *made, self._data], check=True, capture_output=True, **self._as_owner())
            self.start()
        except BaseException:
            shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def run(self, statement: str) -> None:
        """One statement."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)

    def start(self) -> None:
        """Begins to serve, and waits until it does."""
        self._process = self._launch()
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                psycopg.connect(self.url).close()
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.01)
                # It refuses to start while the last process of a killed one is still dying.
                if self._process.poll() is not None:
                    self._process = self._launch()

    def _launch(self) -> "subprocess.Popen[bytes]":
        options = [part for name, value in OPTIONS.items() for part in ("-c", f"{name}={value}")]
        command = [_program("postgres"), "-D", self._data, "-k", self._folder, *options]
        return subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL, **self._as_owner())

    def kill(self) -> None:
        """Ends the server and all its processes as a power cut would."""
        # Each has a session of its own, so there is no group that holds them all. The server itself goes last: while it
        # is held, it makes no new ones.
        psutil.Process(self._process.pid).suspend()
        for process in reversed(self._processes()):
            process.kill()
        self._process.wait()

    def pause(self) -> None:
        """Stops all its processes until `resume`: connections stay and nothing answers."""
        for process in self._processes():
            process.suspend()

    def resume(self) -> None:
        """Goes on after `pause`."""
        for process in self._processes():
            process.resume()

    def remove(self) -> None:
        """Ends the server, and takes its folder away."""
        if self._process.poll() is None:
            self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _processes(self) -> list[psutil.Process]:
        """The server, and what it has made."""
        server = psutil.Process(self._process.pid)
        return [server, *server.children(recursive=True)]

    def _as_owner(self) -> dict[str, object]:
        return {"user": self._owner, "extra_groups": []} if self._owner else {}


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A server of one's own."""
    server = Postgres()
    try:
        yield server
    finally:
        server.remove()


def _owner() -> int | None:
    """The user to run as: PostgreSQL does not run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry.pw_uid for entry in pwd.getpwall()}
    return known.get("postgres", known["nobody"])


def _program(name: str) -> Path:
    """A program of PostgreSQL: as it is found by name, else the newest one that Debian's packages brought."""
    found = shutil.which(name)
    versions = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: float(path.parts[4]))
    if not found and not versions:
        raise FileNotFoundError(f"{name} is missing: scripts/postgres.sh installs PostgreSQL")
    return Path(found) if found else versions[-1]
