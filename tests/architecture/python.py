"""The rules for `app/`: who may import whom, and what must not appear where."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path, PurePath
from typing import NamedTuple

from tests.architecture.base import Breach, Edge, cycles, files

RULES = ("core", "objectives", "optimizers", "schedules")
ENGINE = (*RULES, "migrations", "experiment", "engine")
BELOW_WEB = (
    *ENGINE, "settings", "limits", "maps", "exports", "lessons", "scenarios", "protocol", "compute", "store",
    "view", "catalog", "work",
)  # fmt: skip

LAYERS = {
    "core": (),
    "settings": ("core",),
    "schedules": ("core",),
    "objectives": ("core",),
    "optimizers": ("core",),
    "migrations": (),
    "experiment": (*RULES, "migrations"),
    "limits": ("core", "settings", "experiment"),
    "engine": ENGINE,
    "maps": ENGINE,
    "exports": (*ENGINE, "view"),
    "lessons": ENGINE,
    "scenarios": (*RULES, "experiment"),
    "view": ("core",),
    "protocol": ("core", "experiment", "engine"),
    "compute": ("core", "settings"),
    "store": ("core", "settings"),
    "catalog": (*ENGINE, "limits", "settings", "maps", "exports", "lessons", "scenarios"),
    "work": (*ENGINE, "view", "exports", "catalog", "protocol"),
    "web": BELOW_WEB,
    "main": ("web", "settings"),
    "commands": ("core", "settings", "compute", "work", "web", "main"),
    "__main__": ("commands",),
}
"""Each layer (a folder or a file of `app/`) and the layers that it may import besides itself."""

SERVER = ("fastapi", "starlette", "uvicorn", "asyncio", "jinja2")
FORBIDDEN = {
    **{f"app/{layer}": SERVER for layer in BELOW_WEB},
    "app/core": (*SERVER, "torch"),
    "app/settings": (*SERVER, "torch"),
    "app/schedules": (*SERVER, "torch"),
    "app/store": (*SERVER, "torch"),
    "app/protocol/messages": (*SERVER, "torch"),
}
"""Packages that a part of `app/` must not import."""

ENVIRONMENT = {"environ", "environb", "getenv", "getenvb"}
READS_ENVIRONMENT = "app/settings.py"


class Import(NamedTuple):
    """One imported module: in file `path` at `line`; nested: inside a function."""

    path: str
    line: int
    module: str
    nested: bool


def layers(root: Path) -> list[Breach]:
    """Imports of a layer that `LAYERS` does not give, and files that belong to no layer."""
    breaches = []
    for path in sources(root):
        if layer_of(path) not in {"", *LAYERS}:
            breaches.append(Breach(path, 1, f"{layer_of(path)} is no layer: give it a line in LAYERS"))
    for item in imports(root):
        layer, target = layer_of(item.path), layer_of(item.module.replace(".", "/"))
        inside = item.module.split(".")[0] == "app" and target != ""
        if inside and layer in LAYERS and target not in {layer, *LAYERS[layer]}:
            allowed = ", ".join(LAYERS[layer]) or "nothing of ours"
            message = f"{layer} imports {item.module}, but may import only {allowed}"
            breaches.append(Breach(item.path, item.line, message))
    return breaches


def packages(root: Path) -> list[Breach]:
    """Imports of a package where `FORBIDDEN` excludes it."""
    breaches = []
    for item in imports(root):
        part, package = item.path.removesuffix(".py"), item.module.split(".")[0]
        for place, unwanted in FORBIDDEN.items():
            if f"{part}/".startswith(f"{place}/") and package in unwanted:
                breaches.append(Breach(item.path, item.line, f"{package} must not be imported in {place}"))
    return list(dict.fromkeys(breaches))


def nested_imports(root: Path) -> list[Breach]:
    """Imports inside a function, by statement or by call."""
    breaches = [
        Breach(item.path, item.line, f"{item.module} is imported inside a function")
        for item in imports(root)
        if item.nested
    ]
    for path, tree in sources(root).items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute) and _name(node) in {"__import__", "import_module"}:
                breaches.append(Breach(path, node.lineno, f"{_name(node)} imports where no reader sees it"))
    return breaches


def import_cycles(root: Path) -> list[Breach]:
    """Files of `app/` that import each other round in a circle."""
    known = {module_of(path): path for path in sources(root)}
    edges = (Edge(item.path, item.line, known[item.module]) for item in imports(root) if item.module in known)
    # A package's __init__ runs first anyway, so a file that names its own package closes no circle by that.
    return cycles(edge for edge in edges if edge.path != edge.target)


def environment(root: Path) -> list[Breach]:
    """Readers of environment variables outside the settings."""
    breaches = []
    for path, tree in sources(root).items():
        for node in ast.walk(tree):
            read = isinstance(node, ast.Attribute) and _name(node) in ENVIRONMENT
            named = isinstance(node, ast.ImportFrom) and node.module == "os" and ENVIRONMENT & _names(node)
            if path != READS_ENVIRONMENT and (read or named):
                breaches.append(Breach(path, node.lineno, f"the environment is read in {READS_ENVIRONMENT} alone"))
    return breaches


def class_names(root: Path) -> list[Breach]:
    """Classes that are called as one of another file is: a reader takes the two for the same."""
    breaches, first = [], dict[str, str]()
    for path, tree in sources(root).items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and first.setdefault(node.name, path) != path:
                breaches.append(Breach(path, node.lineno, f"{node.name} is the name of a class in {first[node.name]}"))
    return breaches


def imports(root: Path) -> list[Import]:
    """Every import of every file in `app/`."""
    trees = sources(root)
    files_and_folders = {*trees, *(str(parent) for path in trees for parent in PurePath(path).parents)}
    modules = {module_of(path) for path in files_and_folders}
    return [item for path, tree in trees.items() for item in _imports(path, tree, modules)]


def _imports(path: str, tree: ast.Module, modules: set[str]) -> Iterator[Import]:
    nested = _nested(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(path, node.lineno, alias.name, id(node) in nested)
        elif isinstance(node, ast.ImportFrom):
            base = _absolute(path, node)
            # `from app.web import pages` imports the module app.web.pages.
            inner = {f"{base}.{name}" for name in _names(node)} & modules
            for module in sorted(inner) or [base]:
                yield Import(path, node.lineno, module, id(node) in nested)


@cache
def _nested(tree: ast.Module) -> set[int]:
    """The ids of all that stands in functions."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {id(node) for function in functions for node in ast.walk(function)}


def _absolute(path: str, node: ast.ImportFrom) -> str:
    folders = path.split("/")[: -node.level] if node.level else []
    return ".".join([*folders, *([node.module] if node.module else [])])


def _names(node: ast.ImportFrom) -> set[str]:
    return {alias.name for alias in node.names}


def _name(node: ast.Name | ast.Attribute) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr


def sources(root: Path) -> dict[str, ast.Module]:
    """Every file of `app/`, parsed."""
    return {path: _parsed(text) for path, text in files(root, "app", ".py")}


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


def module_of(path: str) -> str:
    """The name under which the file at `path` is imported."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def layer_of(path: str) -> str:
    """The layer of a path such as app/web/api.py or app/web; empty for `app` itself."""
    parts = path.removesuffix(".py").removesuffix("/__init__").split("/")
    return parts[1] if len(parts) > 1 else ""
