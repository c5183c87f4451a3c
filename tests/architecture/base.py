"""What every rule shares: how a breach reads, how files are found, how a cycle is found."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple


class Breach(NamedTuple):
    """One place where the source breaks a rule."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def files(root: Path, folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    """The path below `root` and the text of every file in `folder` that ends in `suffix`."""
    for path in sorted((root / folder).rglob(f"*{suffix}")):
        yield path.relative_to(root).as_posix(), path.read_text()


def line_of(text: str, offset: int) -> int:
    """The number of the line that holds the character at `offset`."""
    return text.count("\n", 0, offset) + 1


class Edge(NamedTuple):
    """One import: from file `path` at `line`, of the file `target`."""

    path: str
    line: int
    target: str


def cycles(edges: Iterable[Edge]) -> list[Breach]:
    """One breach for each import that closes a cycle, with the way round it."""
    graph: dict[str, list[Edge]] = {}
    for edge in edges:
        graph.setdefault(edge.path, []).append(edge)
    found: list[Breach] = []
    finished: set[str] = set()
    for path in sorted(graph):
        _walk(path, graph, [], finished, found)
    return found


def _walk(
    path: str, graph: Mapping[str, list[Edge]], trail: list[str], finished: set[str], found: list[Breach]
) -> None:
    if path in finished:
        return
    trail.append(path)
    for edge in graph.get(path, []):
        if edge.target in trail:
            around = [*trail[trail.index(edge.target) :], edge.target]
            found.append(Breach(edge.path, edge.line, "closes an import cycle: " + " -> ".join(around)))
        else:
            _walk(edge.target, graph, trail, finished, found)
    trail.pop()
    finished.add(path)
