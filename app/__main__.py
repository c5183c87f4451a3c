"""The command line: `python -m app serve`, `python -m app run EXPERIMENT.json`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.main import run_experiment, serve

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the `arguments` say, and give the exit status."""
    given = _parser().parse_args(arguments)
    if given.command == "serve":
        serve(**{name: value for name in ("host", "port") if (value := getattr(given, name)) is not None})
        return 0
    try:
        answer = run_experiment(given.experiment, given.html)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return REFUSED
    sys.stdout.write(answer)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description="See how optimizers move.")
    commands = parser.add_subparsers(dest="command", required=True)
    serve_command = commands.add_parser("serve", help="serve the playground (other settings: PLAYGROUND_...)")
    serve_command.add_argument("--host", help="address to listen on")
    serve_command.add_argument("--port", type=int, help="port to listen on")
    run = commands.add_parser("run", help="run one experiment without a server; JSON goes to standard output")
    run.add_argument("experiment", type=Path, metavar="EXPERIMENT.json", help="the experiment document")
    run.add_argument("--html", type=Path, metavar="FILE", help="also write a figure that needs nothing else")
    return parser


if __name__ == "__main__":
    sys.exit(main())
