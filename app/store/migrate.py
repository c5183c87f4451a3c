"""Bringing a database to the newest form, whatever form it has and whoever else does the same."""

import threading
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.store.errors import StoreError

FOLDER = Path(__file__).parent / "migrations"
_ALEMBIC = threading.Lock()  # Alembic keeps what it works on in global variables.


def migrate(connection: Connection) -> None:
    """Run the steps that are missing, inside the transaction of `connection`; raises StoreError where the database was
    made by a newer version, which is left as it is.

    Nobody else may migrate the same database meanwhile. Nothing is written where nothing is missing.
    """
    check(connection)
    config = _config()
    if MigrationContext.configure(connection).get_current_revision() == _steps(config)[0]:
        return
    config.attributes["connection"] = connection
    with _ALEMBIC:
        command.upgrade(config, "head")


def check(connection: Connection) -> None:
    """Raises StoreError where the database was made by a newer version."""
    found = MigrationContext.configure(connection).get_current_revision()
    if found not in {None, *_steps(_config())}:
        raise StoreError("unavailable", f"the database has revision {found}, which only a newer version knows")


def _config() -> Config:
    config = Config()
    # A percent sign would begin a reference to another option.
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _steps(config: Config) -> list[str]:
    """All revisions, the newest first."""
    return [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
