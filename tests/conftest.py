"""What all tests share: one browser for the whole run, as Playwright allows one driver in a thread."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import torch
from playwright.sync_api import Browser

from tests.browser import KNOWN, SHARED, chromium
from tests.catalogue import write_catalogue
from tests.node import Scripts

# As workers have it: for numbers this few, threads only wait for each other, the longer the busier the machine is.
torch.set_num_threads(1)


SERVED = Path(__file__).parent / "web"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    """What goes to one process of `make test`: a file, or all files that share servers."""
    for item in items:
        together = item.path.parent if SERVED in item.path.parents else item.path
        item.add_marker(pytest.mark.xdist_group(str(together.relative_to(SERVED.parent))))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with chromium(SHARED, KNOWN) as running:
        yield running


@pytest.fixture(scope="session")
def catalogue_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with what `GET /api/catalog` gives."""
    return write_catalogue(tmp_path_factory.mktemp("catalogue"))


@pytest.fixture(scope="session")
def scripts(catalogue_file: Path) -> Iterator[Scripts]:
    """The project's scripts, without a page."""
    answering = Scripts(catalogue_file)
    yield answering
    answering.close()
