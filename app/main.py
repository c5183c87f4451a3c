"""The one place that wires things; nothing happens at import."""

from typing import Any

from fastapi import FastAPI
from pydantic import ValidationError

from app.settings import Settings
from app.web import application, server
from app.web.command import export_experiment, format_ids, run_experiment

__all__ = ["create_app", "export_experiment", "format_ids", "read_settings", "run_experiment", "serve"]


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application, by `settings` or else by the environment."""
    return application.build(settings or Settings())


def read_settings(**given: Any) -> Settings:
    """The settings: those `given`, else the environment's; raises ValueError, with lines to show, on a wrong one."""
    try:
        return Settings(**given)
    except ValidationError as error:
        lines = [
            f"setting {fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}; got {fault['input']!r}"
            for fault in error.errors()
        ]
        raise ValueError("\n".join(lines)) from None


def serve(settings: Settings) -> None:
    """Serve until the process is told to end."""
    server.serve(create_app(settings), settings)
