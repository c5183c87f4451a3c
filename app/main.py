"""The one place that wires things; nothing happens at import."""

from collections.abc import Sequence
from socket import socket

from fastapi import FastAPI

from app.settings import Settings
from app.web import application, server
from app.web.command import export_experiment, format_ids, run_experiment

__all__ = ["create_app", "export_experiment", "format_ids", "run_experiment", "serve"]


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application, by `settings` or else by the environment."""
    return application.build(settings or Settings())


def serve(settings: Settings, sockets: Sequence[socket] = ()) -> None:
    """Serve at `sockets`, or else where the settings say, until the process is told to end."""
    server.serve(create_app(settings), settings, sockets)
