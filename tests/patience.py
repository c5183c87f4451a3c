"""How long a test waits for a state before it gives up: one number, for every wait of every test.

A test waits for a state and not for a time, so a long patience costs nothing where all is well. On a machine that is
slower still, set TEST_PATIENCE to more seconds.
"""

import os
import time
from collections.abc import Callable

PATIENCE = float(os.environ.get("TEST_PATIENCE", "600"))  # s


def eventually(condition: Callable[[], object], pause: float = 0.02) -> bool:
    """Whether the condition comes true, asked every `pause` seconds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
