"""One experiment without a server."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from app.core.params import parse_fields
from app.core.problems import FieldError, Problem, invalid
from app.core.registry import by_id
from app.core.strictjson import read_json
from app.experiment import parse
from app.exports.catalog import FORMATS
from app.exports.figure import figure_html
from app.view import parse_view
from app.web.flows import Flows, follow


def run_experiment(path: Path, html: Path | None) -> str:
    """The answer of POST /api/run for the experiment in the file `path`; its figure goes to the file `html`.

    Raises ValueError with the lines to show where the document is refused, OSError where a file cannot be read or
    written.
    """
    try:
        experiment = parse(read_json(path.read_bytes()))
        body = follow(Flows(admit=lambda _: None).run(experiment))
    except Problem as problem:
        raise ValueError(complaint(path, problem)) from problem
    if html:
        html.write_text(figure_html(experiment), encoding="utf-8")
    return "".join(body) + "\n"


def format_ids() -> list[str]:
    """What an experiment can be exported as."""
    return [form.id for form in FORMATS]


def export_experiment(
    path: Path, format: str, output: Path | None, option: Iterable[str], view: Iterable[str]
) -> bytes:
    """The experiment in the file `path` as the file of `format`, the id of one of `FORMATS`; empty where it goes to the
    file `output`.

    option, view: options of the format and choices of the view, each as "name=value", the value as JSON or as text.
    Raises as `run_experiment` does.
    """
    form = by_id(FORMATS, format)
    try:
        experiment = parse(read_json(path.read_bytes()))
        chosen = parse_fields(form.params, _named(option), ("option",), errors := list[FieldError]())
        shown = parse_view(_named(view), errors)
        if errors:
            raise invalid(errors)
        made = form.make(experiment, {**shown.choices, **chosen})
    except Problem as problem:
        raise ValueError(complaint(path, problem)) from problem
    if output is None:
        return made
    output.write_bytes(made)
    return b""


def _named(pairs: Iterable[str]) -> dict[str, Any]:
    """The values of "name=value", by name."""
    return {name: _value(text) for name, _, text in (pair.partition("=") for pair in pairs)}


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def complaint(path: Path, problem: Problem) -> str:
    """`problem` with the document in the file `path`, as lines for a terminal."""
    errors = [f"  {error.path}: {error.message}" if error.path else f"  {error.message}" for error in problem.errors]
    return "\n".join([f"{path}: {str(problem.title).lower()}", *(errors or [f"  {problem.detail}"])])
