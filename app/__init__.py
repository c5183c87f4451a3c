"""Optimizer Playground: see how optimizers move.

Its use in Python is `from app import run, figure`, see docs/python.md.
"""

from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.exports.python import figure, run

__version__ = "0.1.0"
__all__ = ["__version__", "figure", "run"]


def __getattr__(name: str) -> Any:
    # Loaded when they are asked for: torch and Plotly take seconds, which most processes of ours have no use for.
    if name in ("figure", "run"):
        return resolve_name(f"app.exports.python:{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
