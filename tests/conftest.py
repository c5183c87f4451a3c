"""What all tests share: one browser for the whole run, as Playwright allows one driver in a thread."""

from collections.abc import Iterator

import pytest
import torch
from playwright.sync_api import Browser

from tests.browser import SHARED, chromium

# As workers have it: for numbers this few, threads only wait for each other, the longer the busier the machine is.
torch.set_num_threads(1)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with chromium(SHARED) as running:
        yield running
