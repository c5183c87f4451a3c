"""Where things are written down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a formula comes from: a citation, in the language of its source, and an address."""

    title: str
    url: str
