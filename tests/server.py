"""A real server in a process of its own, for tests and measurements."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.patience import PATIENCE

ROOT = Path(__file__).parent.parent
FOLDER = tempfile.mkdtemp(prefix="playground-tests-")
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def launch(
    command: Sequence[str], url: str, environment: Mapping[str, str] | None = None, source: Path = ROOT
) -> subprocess.Popen[bytes]:
    """The process of a server, leader of a session of its own, once `url` is answered; source: where its code is."""
    process = subprocess.Popen(command, cwd=source, env=environment, start_new_session=True)
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=PATIENCE):
                return process
        except OSError:
            if process.poll() is not None:
                raise RuntimeError(f"the server ended with {process.returncode}") from None
            time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    raise TimeoutError("the server did not answer")


class Server:
    """`python -m app serve` on a free port, of the code in the folder `source`. extra: environment variables."""

    COMMAND = ("-m", "app", "serve", "--host", "127.0.0.1", "--port")

    def __init__(self, *, source: Path = ROOT, **extra: str) -> None:
        self._source = source
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.database = Path(FOLDER) / f"{self.port}.db"
        self._environment = {**os.environ, "PLAYGROUND_DATABASE_URL": f"sqlite:///{self.database}", **extra}
        self.process = self._launch()

    def start(self) -> None:
        """Serves again after `stop`."""
        self.process = self._launch()

    def _launch(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, *self.COMMAND, str(self.port)]
        return launch(command, f"{self.url}/healthz", self._environment, self._source)

    def stop(self) -> None:
        """Ends the server as a user does, and by force if that is not enough."""
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()

    def restart(self) -> None:
        """The same address, another process."""
        self.stop()
        self.start()
