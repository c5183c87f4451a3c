"""What an experiment can be taken away as, in the order of the menu."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.core.params import Param
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
    """A catalogue entry. line: what it is for; suffix: of a file's name, with its dot; make(experiment, options): the
    file, a function of the two alone; params: the options of its own that it takes, by id, beside choices of the view;
    runs: whether the whole run is computed for it, so that it has the run's price; pieces(experiment, options): the
    same file as it comes, for what takes long.
    """

    id: str
    title: str
    line: str
    media_type: str
    suffix: str
    make: Callable[[Experiment, Options], bytes]
    params: tuple[Param, ...] = ()
    runs: bool = True
    pieces: Callable[[Experiment, Options], Iterator[Piece]] | None = None


SCRIPT = Format(
    "script.py",
    "PyTorch script",
    "The same numbers from plain PyTorch: one file to read, to run and to change, which needs nothing but torch.",
    "text/x-python; charset=utf-8",
    ".py",
    lambda experiment, _options: script(experiment).encode(),
    runs=False,
)
NOTEBOOK = Format(
    "notebook.ipynb",
    "Jupyter notebook",
    "The PyTorch script in cells, with formulas, text and a figure: to work through, or for a course.",
    "application/x-ipynb+json",
    ".ipynb",
    lambda experiment, _options: notebook(experiment).encode(),
    runs=False,
)
CSV = Format(
    "csv",
    "Table (CSV)",
    "Every step of every optimizer in a line of its own: for a spreadsheet, or a plot of your own.",
    "text/csv; charset=utf-8; header=present",
    ".csv",
    lambda experiment, _options: csv_table(experiment).encode(),
)
JSON = Format(
    "json",
    "Data (JSON)",
    "The experiment and every step of its run, with how each optimizer ended: for programs.",
    "application/json",
    ".json",
    lambda experiment, _options: json_text(experiment).encode(),
)
HTML = Format(
    "html",
    "Interactive page (HTML)",
    "One file that opens in any browser, without a server: the figure to zoom into and to point at.",
    "text/html; charset=utf-8",
    ".html",
    lambda experiment, options: figure_html(experiment, options.get("title", "")).encode(),
)

PNG = Format(
    "png",
    "Picture (PNG)",
    "What is open now, sharp enough to print, for a page or a slide.",
    "image/png",
    ".png",
    lambda experiment, options: png(experiment, *apart(PICTURE, options)),
    PICTURE,
    runs=False,
)
SVG = Format(
    "svg",
    "Drawing (SVG)",
    "The same in lines and text, sharp at any size, for a paper or to draw on.",
    "image/svg+xml",
    ".svg",
    lambda experiment, options: svg(experiment, *apart(PICTURE, options)),
    PICTURE,
    runs=False,
)
GIF = Format(
    "gif",
    "Animation (GIF)",
    "What is open now as it moves, from above, over the hill or as models learn: for a slide or a message.",
    "image/gif",
    ".gif",
    lambda experiment, options: b"".join(piece[0] for piece in animation(experiment, *apart(ANIMATION, options))),
    ANIMATION,
    runs=False,
    pieces=lambda experiment, options: animation(experiment, *apart(ANIMATION, options)),
)

FORMATS: tuple[Format, ...] = (SCRIPT, NOTEBOOK, CSV, JSON, HTML, PNG, SVG, GIF)
