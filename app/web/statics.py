"""Static files, under one path segment that is a hash of all of them, so that they may be kept for ever."""

import hashlib
import posixpath
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from app.core.encoding import IDENTITY
from app.core.words import ENGLISH
from app.web.assets import IMMUTABLE, REVALIDATED, Asset, make_asset, respond

FOLDER = Path(__file__).parents[2] / "static"
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".json": "application/json",
    ".woff2": "font/woff2",
    ".webmanifest": "application/json",
}
"""What is served; a file of another kind in the folder is not."""

OWN_STYLE = re.compile(rb'document\.getElementById\("([0-9a-f]{64})"\)')
"""Where plotly.js looks for a style sheet of a part that we do not use, to add it inline when it is not there."""

READ_BACK = re.compile(rb'(\.height=1024,\w+=\w+\.getContext\("2d")(?=\))')
"""Where plotly.js makes the canvas on which it draws the letters of a scene, reading them back one after the other. A
browser that is told of it keeps that canvas where reading is quick, and does not warn.
"""

WORDS = "js/words/{}.js"
"""What the page says in a language."""

IMPORT = re.compile(r"^(?:import|export)\b[^'\"=;]*\bfrom '(\.[^']+)'", re.MULTILINE)
"""What a script loads. The types that its comments name are not loaded."""


@dataclass(frozen=True, slots=True)
class Statics:
    """All static files by their path below the folder, and the hash of them all.

    style_ids: ids of the style sheets that plotly.js adds inline, against the content policy, unless the page has an
    element with the id.
    """

    version: str
    assets: dict[str, Asset]
    style_ids: tuple[str, ...]

    def prefix(self, language: str = ENGLISH) -> str:
        """What stands before a path in an address, for a page in `language`."""
        return f"/static/{self.version}{'' if language == ENGLISH else f'-{language}'}"

    def scripts(self, entry: str) -> list[str]:
        """The paths below js/ of all scripts that the script `entry` loads, directly or through others."""
        found, waiting = set[str](), [f"js/{entry}"]
        while waiting:
            path = waiting.pop()
            names = IMPORT.findall(self.assets[path].bodies[IDENTITY].decode())
            paths = {posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in names}
            waiting += paths & self.assets.keys() - found
            found |= paths & self.assets.keys()
        return sorted(path.removeprefix("js/") for path in found)

    async def serve(self, request: Request) -> Response:
        """The file `path`; in the place of what the page says in English, the same in the page's language. Under an
        older hash, as a page asks that was open while the server was renewed, it is given too, but not to keep.
        """
        path, (version, _, language) = request.path_params["path"], request.path_params["version"].partition("-")
        asset = self.assets.get(WORDS.format(language) if path == WORDS.format(ENGLISH) and language else path)
        if asset is None:
            raise HTTPException(404)
        current = version == self.version
        return respond(request, asset, IMMUTABLE if current else REVALIDATED)

    async def serve_icon(self, request: Request) -> Response:
        """The icon, for browsers that ask for it by its old name."""
        return respond(request, self.assets["icon.svg"])


def read_statics(folder: Path = FOLDER) -> Statics:
    """Every static file of `folder`, and Plotly's script as its package ships it, but for `READ_BACK`."""
    bodies = {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix in MEDIA_TYPES
    }
    plotly = READ_BACK.sub(rb"\1,{willReadFrequently:!0}", _plotly().read_bytes())
    bodies["vendor/plotly.min.js"] = plotly
    digest = hashlib.sha256()
    for path, body in bodies.items():
        digest.update(f"{path}\0{len(body)}\0".encode() + body)
    assets = {path: make_asset(body, MEDIA_TYPES[Path(path).suffix]) for path, body in bodies.items()}
    style_ids = tuple(sorted({found.decode() for found in OWN_STYLE.findall(plotly)}))
    return Statics(digest.hexdigest()[:16], assets, style_ids)


def _plotly() -> Path:
    # Found, not imported: the package takes a second to import, and only its script is wanted.
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise RuntimeError("the package plotly is not installed")
    return Path(spec.origin).parent / "package_data" / "plotly.min.js"
