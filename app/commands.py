"""The command line: `python -m app serve`, `run EXPERIMENT.json`, `export EXPERIMENT.json --format script.py`.

Torch takes seconds to import, so nothing here does before it is known that there is something to do.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

from app.compute.executors import executor_called
from app.compute.process import LONGEST_FOLDER
from app.compute.temporary import temporary
from app.core.words import say
from app.settings import keep_caches_in, read_settings
from app.web.listening import listen
from app.work.preload import PRELOAD

REFUSED = 2
OWN = "optplay-"
"""How the name of a command's own temporary folder begins; short, as the path of a socket has little room."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the `arguments` say, and give the exit status."""
    given = vars(_parser().parse_args(arguments))
    try:
        with ExitStack() as stack:
            COMMANDS[given.pop("command")](_folder(stack), **given)
    except ValueError as error:
        print(error, file=sys.stderr)
        return REFUSED
    except OSError as error:
        place = error.filename or say("commands.output")
        print(say("commands.failed", place=place, reason=str(error.strerror).lower()), file=sys.stderr)
        return REFUSED
    return 0


def _serve(folder: Path | None, **given: Any) -> None:
    settings = read_settings(**given)
    sockets = listen(settings.host, settings.port)
    signal.signal(signal.SIGTERM, _end)
    # The process that workers are forked from does its imports beside this one.
    executor_called(settings.executor).ahead(PRELOAD, folder)
    _late("serve")(settings, sockets)


def _end(*_: object) -> None:
    """End as any command does, so that nothing is left behind."""
    sys.exit(0)


def _run(_folder: Path | None, **given: Any) -> None:
    sys.stdout.write(_late("run_experiment")(**given))


def _export(_folder: Path | None, **given: Any) -> None:
    sys.stdout.buffer.write(_late("export_experiment")(**given))


def _folder(stack: ExitStack) -> Path | None:
    """A folder for what torch and processes leave behind, for as long as `stack`; None where none can be made."""
    with suppress(OSError):
        folder = stack.enter_context(temporary(OWN, LONGEST_FOLDER))
        keep_caches_in(str(folder / "torch"))
        return folder
    return None


COMMANDS: dict[str, Callable[..., None]] = {"serve": _serve, "run": _run, "export": _export}


def _late(name: str) -> Any:
    """What app/main.py calls `name`, with all that this imports."""
    return resolve_name(f"app.main:{name}")


def _format(id: str) -> str:
    known = _late("format_ids")()
    if id not in known:
        raise argparse.ArgumentTypeError(say("commands.unknown-format", format=id, known=", ".join(known)))
    return id


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m app", description=say("commands.about"))
    commands = parser.add_subparsers(dest="command", required=True)
    serve_command = commands.add_parser("serve", help=say("commands.serve"), argument_default=argparse.SUPPRESS)
    serve_command.add_argument("--host", help=say("commands.serve.host"))
    serve_command.add_argument("--port", type=int, help=say("commands.serve.port"))
    run = commands.add_parser("run", help=say("commands.run"))
    run.add_argument("path", type=Path, metavar="EXPERIMENT.json", help=say("commands.path"))
    run.add_argument("--html", type=Path, metavar="FILE", help=say("commands.run.html"))
    export = commands.add_parser("export", help=say("commands.export"))
    export.add_argument("path", type=Path, metavar="EXPERIMENT.json", help=say("commands.path"))
    export.add_argument("--format", required=True, type=_format, metavar="FORMAT", help=say("commands.export.format"))
    export.add_argument("-o", "--output", type=Path, metavar="FILE", help=say("commands.export.output"))
    for name, what in (("option", say("commands.export.option")), ("view", say("commands.export.view"))):
        export.add_argument(f"--{name}", action="append", default=[], metavar="NAME=VALUE", help=what)
    return parser
