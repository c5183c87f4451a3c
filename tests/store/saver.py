"""`python -m tests.store.saver URL`: processes that save without end and are killed.

Reads lines with a number from standard input. For each it forks a process that saves the records from that number on,
several at a time, and writes `NUMBER ID` once a save is acknowledged, or `- KIND` where one is refused, at which it
ends. Then this one writes `ended`. It forks because importing takes longer than everything else.
"""

import os
import sys
from collections import deque

from app.store.errors import StoreError
from app.store.store import Store
from tests.patience import PATIENCE
from tests.store.cases import record

AT_ONCE = 8


def main(url: str) -> None:
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            save_on(url, int(line))
        say(f"process {process}")
        os.waitpid(process, 0)
        say("ended")


def save_on(url: str, number: int) -> None:
    """Saves until a save is refused."""
    store = Store.open(url)
    waiting = deque((number + index, store.save(record(number + index))) for index in range(AT_ONCE))
    while True:
        number, future = waiting.popleft()
        try:
            say(f"{number} {future.result(PATIENCE).id}")
        except StoreError as error:
            say(f"- {error.kind}")
            os._exit(1)
        waiting.append((number + AT_ONCE, store.save(record(number + AT_ONCE))))


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
