"""What an experiment can be taken away as, in the order of the menu."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.params import Param
from app.core.words import say
from app.experiment import Experiment
from app.exports.animation import animation
from app.exports.drawing.options import ANIMATION, PICTURE, apart
from app.exports.figure import figure_html
from app.exports.notebook import notebook
from app.exports.picture import png, svg
from app.exports.script import script
from app.exports.table import csv_table, json_text

Options = Mapping[str, Any]
"""How a picture is to be: choices of the view by name, and sizes. A format takes what it knows and leaves the rest."""

Piece = tuple[bytes, int, int]
"""A part of a file, to be written after those before it; how many parts are there with it; how many there will be."""


@dataclass(frozen=True, slots=True)
class Format:
    """A catalogue entry. suffix: of a file's name, with its dot; make(experiment, options): the
    file, a function of the two alone; params: the options of its own that it takes, by id, beside choices of the view;
    runs: whether the whole run is computed for it, so that it has the run's price; pieces(experiment, options): the
    same file as it comes, for what takes long.
    """

    id: str
    media_type: str
    suffix: str
    make: Callable[[Experiment, Options], bytes]
    params: tuple[Param, ...] = ()
    runs: bool = True
    pieces: Callable[[Experiment, Options], Iterator[Piece]] | None = None

    @property
    def title(self) -> str:
        """What it is called."""
        return say(f"formats.{self.id}.title")

    @property
    def line(self) -> str:
        """What it is for."""
        return say(f"formats.{self.id}.line")


SCRIPT = Format(
    "script.py",
    "text/x-python; charset=utf-8",
    ".py",
    lambda experiment, _options: script(experiment).encode(),
    runs=False,
)
NOTEBOOK = Format(
    "notebook.ipynb",
    "application/x-ipynb+json",
    ".ipynb",
    lambda experiment, _options: notebook(experiment).encode(),
    runs=False,
)
CSV = Format(
    "csv",
    "text/csv; charset=utf-8; header=present",
    ".csv",
    lambda experiment, _options: csv_table(experiment).encode(),
)
JSON = Format(
    "json",
    "application/json",
    ".json",
    lambda experiment, _options: json_text(experiment).encode(),
)
HTML = Format(
    "html",
    "text/html; charset=utf-8",
    ".html",
    lambda experiment, options: figure_html(experiment, options.get("title", "")).encode(),
)

PNG = Format(
    "png",
    "image/png",
    ".png",
    lambda experiment, options: png(experiment, *apart(PICTURE, options)),
    PICTURE,
    runs=False,
)
SVG = Format(
    "svg",
    "image/svg+xml",
    ".svg",
    lambda experiment, options: svg(experiment, *apart(PICTURE, options)),
    PICTURE,
    runs=False,
)
GIF = Format(
    "gif",
    "image/gif",
    ".gif",
    lambda experiment, options: b"".join(piece[0] for piece in animation(experiment, *apart(ANIMATION, options))),
    ANIMATION,
    runs=False,
    pieces=lambda experiment, options: animation(experiment, *apart(ANIMATION, options)),
)

FORMATS: tuple[Format, ...] = (SCRIPT, NOTEBOOK, CSV, JSON, HTML, PNG, SVG, GIF)
