"""The command line: `python -m app serve`, `python -m app run EXPERIMENT.json`."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from app.main import read_settings, run_experiment, serve

REFUSED = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the `arguments` say, and give the exit status."""
    given = vars(_parser().parse_args(arguments))
    try:
        if given.pop("command") == "run":
            sys.stdout.write(run_experiment(**given))
            return 0
        settings = read_settings(**given)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
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
    return parser


if __name__ == "__main__":
    sys.exit(main())
