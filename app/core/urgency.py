"""How urgent a piece of work is: who waits for it."""

from enum import IntEnum


class Urgency(IntEnum):
    """The lower, the sooner."""

    HAND = 0
    """A hand waits: a slider was moved, a step was chosen."""

    WATCHED = 1
    """Somebody looks on, and has something to look at for a moment yet."""

    PATIENT = 2
    """Nobody sits before it: whole runs, files, pictures of links, what is only computed to go on from."""


SHARES = {Urgency.HAND: 16.0, Urgency.WATCHED: 4.0, Urgency.PATIENT: 1.0}
"""Of the time, where all three wait: what is less urgent is slow then, but never stands still."""
