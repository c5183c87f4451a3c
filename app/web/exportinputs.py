"""Reading what is asked of an export: the experiment, its view, and the format's options."""

import json
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from app.core.params import refuse_unknown
from app.core.problems import FieldError, Problem, describe, invalid
from app.core.registry import unknown
from app.core.strictjson import read_json
from app.core.text import file_stem
from app.core.words import ENGLISH, message, speaking
from app.experiment import Experiment
from app.exports.catalog import FORMATS, Format
from app.view import View
from app.web.saved import parse_record
from app.work.experiments import experiment_of

HALF = re.compile("[\ud800-\udfff]")
"""Half of a character, which is in no text."""

MOST_TEXT = 2000
"""Bytes in a QR code; one with many more is read by no camera."""


class ExportRequest(NamedTuple):
    """What is wanted: `form` of the experiment.

    options: as the format takes them; title: empty for that of the objective.
    """

    form: Format
    experiment: Experiment
    options: dict[str, Any]
    title: str

    @property
    def names(self) -> tuple[str, str]:
        """The name of the file in letters that every system has, in no language another, and in those of the title."""
        with speaking(ENGLISH):
            stem = file_stem(self.title or self.experiment.objective.title)
        title = self.title or self.experiment.objective.title
        plain = "".join(letter for letter in title if letter.isprintable() and letter not in '\\/:*?"<>|')
        return stem + self.form.suffix, (plain.strip(". ") or "experiment") + self.form.suffix


def find_format(id: str) -> Format:
    """The format called `id`; raises the Problem that lists the known ones."""
    for form in FORMATS:
        if form.id == id:
            return form
    raise Problem("unknown-format", unknown(FORMATS, id, "format"), status=404)


def parse_export(form: Format, document: Any) -> ExportRequest:
    """The request for `form` that `document` describes. Raises Problem with the path of every field at fault."""
    if not isinstance(document, Mapping):
        raise invalid([FieldError((), message("problems.needs.experiment", got=describe(document)))])
    own = document.get("options", {})
    record = parse_record({name: value for name, value in document.items() if name != "options"})
    experiment, view = experiment_of(record.experiment), View(read_json(record.view))
    return ExportRequest(form, experiment, options_of(form, view, own, record.title), record.title)


def options_of(form: Format, view: View, own: Any, title: str) -> dict[str, Any]:
    """What `form` is told: the choices of the view, over them its `own` options, and the title where there is one.
    Raises Problem with the path of every option at fault.
    """
    if not isinstance(own, Mapping):
        raise invalid([FieldError(("options",), message("problems.needs.object", got=describe(own)))])
    errors: list[FieldError] = []
    params = {param.id: param for param in form.params}
    refuse_unknown(own, set(params), ("options",), errors)
    chosen = {id: params[id].parse(value, ("options", id), errors) for id, value in own.items() if id in params}
    if errors:
        raise invalid(errors)
    # The page's choice of colours, say, has a name in common with the picture's, but may be one that this has not.
    fitting = {id: value for id, value in view.choices.items() if id not in params or not _faults(params[id], value)}
    return {**fitting, **chosen, **({"title": title} if title else {})}


def _faults(param: Any, value: Any) -> list[FieldError]:
    errors: list[FieldError] = []
    param.parse(value, (), errors)
    return errors


def query_options(query: Mapping[str, str]) -> dict[str, Any]:
    """The options in the query of an address: numbers, true and false as such, all else as text."""
    return {name: _scalar(value) for name, value in query.items()}


def _scalar(text: str) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return text
    return found if isinstance(found, bool | int | float) else text


def parse_qr(document: Any) -> str:
    """The text for a QR code that `document` has. Raises Problem with the path of the field at fault."""
    errors: list[FieldError] = []
    if not isinstance(document, Mapping):
        raise invalid([FieldError((), message("problems.needs.text", got=describe(document)))])
    refuse_unknown(document, {"text"}, (), errors)
    text = document.get("text")
    size = len(text.encode(errors="replace")) if isinstance(text, str) else 0
    if not isinstance(text, str) or HALF.search(text) or not 1 <= size <= MOST_TEXT:
        got = message("problems.value.bytes", n=size) if size > MOST_TEXT else describe(text)
        errors.append(FieldError(("text",), message("problems.needs.short-text", n=MOST_TEXT, got=got)))
    if errors:
        raise invalid(errors)
    return str(text)
