"""Where things are written down."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """Where a formula comes from: a citation, an address, and the equation or algorithm in it."""

    title: str
    url: str
    where: str = ""
