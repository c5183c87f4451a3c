"""One experiment without a server."""

from pathlib import Path

from app.core.problems import Problem
from app.experiment import parse
from app.exports.figure import figure_html
from app.protocol.messages import read_json
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


def complaint(path: Path, problem: Problem) -> str:
    """`problem` with the document in the file `path`, as lines for a terminal."""
    errors = [f"  {error.path}: {error.message}" if error.path else f"  {error.message}" for error in problem.errors]
    return "\n".join([f"{path}: {problem.title.lower()}", *(errors or [f"  {problem.detail}"])])
