"""A race is filled from chunks by the names of their columns, and its paths are laid on a plane."""

import math
from typing import Any

from playwright.sync_api import Page

SCRIPT = """async ([experiment, chunks, plane]) => {
  const { addChunk, createRace, setPlane } = await import('/static/js/run/race.js');
  const race = createRace(experiment);
  for (const { values, ...header } of chunks) {
    addChunk(race, header, Float64Array.from(values.flat(2).map((value) => (value === null ? NaN : value))));
  }
  if (plane) setPlane(race, plane);
  const readable = (value) => (value instanceof Float64Array ? Array.from(value) : value);
  return Object.fromEntries(
    Object.entries(race).map(([name, value]) => [name, Array.isArray(value) ? value.map(readable) : value]),
  );
}"""
OWN = ["full_loss", "train_loss", "train_score", "test_loss", "test_score"]
COLUMNS = [*OWN, "loss", "grad_norm", "lr"]


def experiment(kind: str, steps: int) -> dict[str, Any]:
    return {"objective": {"kind": kind}, "steps": steps, "optimizers": [{"label": "a"}, {"label": "b"}]}


def chunk(first: int, columns: list[str], values: list[Any]) -> dict[str, Any]:
    return {"first": first, "count": len(values), "optimizers": 2, "columns": columns, "values": values}


def fill(page: Page, document: dict[str, Any], chunks: list[Any], plane: dict[str, Any] | None = None) -> Any:
    return page.evaluate(SCRIPT, [document, chunks, plane])


def same(found: list[float], wanted: list[float | None]) -> bool:
    """Whether numbers are equal, None for not a number."""
    return len(found) == len(wanted) and all(
        math.isnan(one) if other is None else one == other for one, other in zip(found, wanted, strict=True)
    )


def test_columns_come_in_any_order(blank: Page) -> None:
    columns = ["lr", "y", "loss", "x", "grad_norm"]
    first = chunk(0, columns, [[[0.1, 2, 3, 1, 4], [0.2, 6, 7, 5, 8]]])
    second = chunk(1, columns, [[[0.1, 12, 13, 11, 14], [None] * 5], [[0.1, 22, 23, 21, 24], [None] * 5]])
    race = fill(blank, experiment("surface", 3), [first, second])
    assert same(race["x"][0], [1, 11, 21, None])
    assert same(race["y"][1], [6, None, None, None])
    assert same(race["gradNorm"][0], [4, 14, 24, None])
    assert same(race["lr"][1], [0.2, None, None, None])
    assert race["lengths"] == [3, 1]
    assert race["entries"] == 3
    assert race["testLoss"] == []


def test_a_measure_that_was_not_taken_does_not_end_a_trajectory(blank: Page) -> None:
    measured, between = [0.5, 0.6, 0.7, 0.8, 0.9, 1.5, 2.5, 0.1], [None, None, None, None, None, 1.4, 2.4, 0.1]
    race = fill(blank, experiment("model", 2), [chunk(0, COLUMNS, [[measured, measured], [between, [None] * 8]])])
    assert race["lengths"] == [2, 1]
    assert same(race["testScore"][0], [0.9, None, None])
    assert same(race["fullLoss"][1], [0.5, None, None])
    assert same(race["loss"][0], [1.5, 1.4, None])
    assert same(race["x"][0], [None, None, None])


def test_paths_lie_on_the_plane_with_straight_lines_between_what_is_kept(blank: Page) -> None:
    row = [None] * 5 + [1.0, 1.0, 0.1]
    steps = [[row, row if step < 4 else [None] * 8] for step in range(8)]
    plane = {
        "entries": [0, 3, 6, 7],
        "trajectories": [
            {"points": [[0, 9], [3, 6], [9, 6], [1, 1]]},
            {"points": [[0, 9], [6, 0]]},
        ],
    }
    race = fill(blank, experiment("model", 7), [chunk(0, COLUMNS, steps)], plane)
    assert same(race["x"][0], [0, 1, 2, 3, 5, 7, 9, 1])
    assert same(race["y"][0], [9, 8, 7, 6, 6, 6, 6, 1])
    assert same(race["x"][1], [0, 2, 4, 6, None, None, None, None])
    assert race["plane"] == plane


def test_a_path_that_ended_between_kept_entries_stays_where_it_was_last(blank: Page) -> None:
    row = [None] * 5 + [1.0, 1.0, 0.1]
    steps = [[row, row if step < 3 else [None] * 8] for step in range(5)]
    plane = {"entries": [0, 4], "trajectories": [{"points": [[1, 2], [5, 2]]}, {"points": [[1, 2]]}]}
    race = fill(blank, experiment("model", 4), [chunk(0, COLUMNS, steps)], plane)
    assert same(race["x"][1], [1, 1, 1, None, None])
