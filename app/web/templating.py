"""Pages made of templates."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.web.statics import Statics

FOLDER = Path(__file__).parents[2] / "templates"


class Templates:
    """The templates. `root` is the path before every address of the server, `static` the one before a static file's."""

    def __init__(self, statics: Statics, root: str = "", folder: Path = FOLDER) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"root": root, "static": f"{root}{statics.prefix}"}

    def render(self, name: str, **values: Any) -> bytes:
        """The page that the template `name` makes of `values`."""
        return self._environment.get_template(name).render(**values).encode()
