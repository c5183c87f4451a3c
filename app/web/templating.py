"""Pages made of templates."""

from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from app.core.words import catalogue, fill, say, spoken
from app.web.statics import Statics

FOLDER = Path(__file__).parents[2] / "templates"


class Templates:
    """The templates. `root` is the path before every address of the server, `static` the one before a static file's;
    `language` is the one that is spoken, `say` puts a message into its words, and so does `say_around` a message with
    markup among its values.
    """

    def __init__(self, statics: Statics, root: str = "", folder: Path = FOLDER) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {"root": root, "say": say, "say_around": say_around}
        self._root, self._statics = root, statics

    def render(self, name: str, **values: Any) -> bytes:
        """The page that the template `name` makes of `values`."""
        static, language = f"{self._root}{self._statics.prefix(spoken())}", spoken()
        return self._environment.get_template(name).render(static=static, language=language, **values).encode()


def say_around(key: str, /, **values: Any) -> Markup:
    """The message with this key in words: its text and those of `values` that are no markup are escaped. Raises
    KeyError as `say` does. The message has no plurals.
    """
    text = {name: str(escape(value)) for name, value in values.items()}
    return Markup(fill(str(escape(catalogue(spoken())[key])), text, spoken()))
