"""What servers leave in the temporary directory: nothing when they end, and for the next to clear when killed."""

import signal
from pathlib import Path

import httpx
import pytest

from tests.engine.trainings import document
from tests.web.serving import eventually, serving


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.delenv("TORCHINDUCTOR_CACHE_DIR", raising=False)
    return tmp_path


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
            assert other.process.wait(60) == 0
        assert {path.name for path in place.iterdir()} == now
        assert httpx.get(f"{server.url}/healthz").status_code == 200
    assert not list(place.iterdir())
    assert server.process.returncode == 0
