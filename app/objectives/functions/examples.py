"""Functions to begin with, for who types one of their own."""

from dataclasses import dataclass

from app.core.words import say


@dataclass(frozen=True, slots=True)
class Example:
    """id: of its words; text: as it is typed."""

    id: str
    text: str

    @property
    def line(self) -> str:
        """What there is to see."""
        return say(f"functions.{self.id}.line")


EXAMPLES = (
    Example("bowl", "a x^2 + b y^2"),
    Example("valley", "(a - x)^2 + b (y - x^2)^2"),
    Example("ripples", "(x^2 + y^2)/4 + sin(3x) + cos(3y)"),
    Example("kink", "abs(x) + 2 abs(y)"),
    Example("cases", "where(x > 0, x^2, -x/2) + y^2"),
    Example("hole", "log(x^2 + a) + y^2"),
    Example("saddle", "x^4/4 - x^2/2 + a x + y^2"),
)
