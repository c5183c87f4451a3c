"""The catalogue, as the page has it."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from app import limits
from app.catalog import catalogue
from app.settings import Settings


@cache
def real_catalogue() -> dict[str, Any]:
    """What `GET /api/catalog` gives."""
    return catalogue(limits.public(Settings()))


def write_catalogue(folder: Path) -> Path:
    """A file in `folder` with that."""
    path = folder / "catalogue.json"
    path.write_text(json.dumps(real_catalogue()))
    return path
