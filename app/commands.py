"""The command line: `python -m app serve`, `run EXPERIMENT.json`, `export EXPERIMENT.json --format script.py`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.main import export_experiment, format_ids, read_settings, run_experiment, serve

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the `arguments` say, and give the exit status."""
    given = vars(_parser().parse_args(arguments))
    try:
        command = given.pop("command")
        if command == "run":
            sys.stdout.write(run_experiment(**given))
            return 0
        if command == "export":
            sys.stdout.buffer.write(export_experiment(**given))
            return 0
        settings = read_settings(**given)
    except ValueError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"{error.filename or 'the output'}: {str(error.strerror).lower()}", file=sys.stderr)
        return REFUSED
    serve(settings)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description="See how optimizers move.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve_command = commands.add_parser(
        "serve", help="serve the playground (other settings: PLAYGROUND_...)", argument_default=argparse.SUPPRESS
    )
    serve_command.add_argument("--host", help="address to listen on")
    serve_command.add_argument("--port", type=int, help="port to listen on")
    run = commands.add_parser("run", help="run one experiment without a server; JSON goes to standard output")
    run.add_argument("path", type=Path, metavar="EXPERIMENT.json", help="the experiment document")
    run.add_argument("--html", type=Path, metavar="FILE", help="also write a figure that needs nothing else")
    export = commands.add_parser("export", help="make a file of one experiment; it goes to standard output")
    export.add_argument("path", type=Path, metavar="EXPERIMENT.json", help="the experiment document")
    export.add_argument("--format", required=True, choices=format_ids(), help="what to make")
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help="write it there instead")
    for name, what in (("option", "an option of the format, such as width=1600"), ("view", "a choice of the view")):
        export.add_argument(f"--{name}", action="append", default=[], metavar="NAME=VALUE", help=what)
    return parser
