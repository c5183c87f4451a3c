"""What servers leave in the temporary directory: nothing when they end, and for the next to clear when killed."""

import signal
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import pytest

from tests.engine.trainings import document
from tests.patience import PATIENCE, eventually
from tests.web.serving import serving


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Of a path so short that all is made there."""
    monkeypatch.delenv("TORCHINDUCTOR_CACHE_DIR", raising=False)
    with TemporaryDirectory() as name:
        monkeypatch.setenv("TMPDIR", name)
        yield Path(name)


def test_nothing_is_left_by_a_server_that_ends_nor_after_one_that_was_killed(place: Path) -> None:
    with serving(workers=2) as server:
        with server.page() as page:
            page.all("r1", document(steps=20))
        held = {path.name for path in place.iterdir()}
        assert any(path.glob("*/*.npz") for path in place.iterdir())
        family = server.descendants()
        server.process.send_signal(signal.SIGKILL)
        server.process.wait()
        assert eventually(lambda: not any(process.is_running() for process in family))
        assert {path.name for path in place.iterdir()} == held
        server.start()
        now = {path.name for path in place.iterdir()}
        assert not now & held
        with serving(workers=1) as other:
            # Beside a living one nothing of it goes.
            assert now < {path.name for path in place.iterdir()}
            other.process.send_signal(signal.SIGINT)
            assert other.process.wait(PATIENCE) == 0
        assert {path.name for path in place.iterdir()} == now
        assert httpx.get(f"{server.url}/healthz").status_code == 200
    assert not list(place.iterdir())
    assert server.process.returncode == 0
