"""Every step of a run as a table (CSV) and as JSON."""

import csv
import io
import json
import math
from typing import Any

import numpy as np

from app.core.words import say, worded
from app.engine.outcomes import outcomes
from app.engine.picture import description, lay, measure, path_points, paths
from app.engine.records import Chunk, Values
from app.engine.run import advance
from app.engine.snapshot import model_of
from app.experiment import Experiment
from app.objectives.planes.choice import default_plane

FORMAT, VERSION = "optimizer-playground-run", 1
"""The header of the JSON: what it is, and which form of it."""

LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet executes a cell that begins with one of these."""


def csv_table(experiment: Experiment) -> str:
    """A line for each entry of each trajectory, one trajectory after the other: label, step, and the columns.

    The first line names the columns and their units. A number that was not measured is empty; each other is the
    shortest text that gives the same float64. Lines end as RFC 4180 has it. Labels are `neutral`.
    """
    _, chunk = advance(experiment, None, experiment.steps + 1)
    found = io.StringIO()
    lines = csv.writer(found)
    lines.writerow(
        [
            "label",
            f"step ({say('pictures.updates-made')})",
            *(f"{column.id} ({column.unit})" for column in experiment.told),
        ]
    )
    for index, choice in enumerate(experiment.optimizers):
        label = neutral(choice.label)
        for step, values in enumerate(_kept(experiment, chunk, index).tolist()):
            lines.writerow([label, step, *("" if math.isnan(value) else repr(value) for value in values)])
    return found.getvalue()


def neutral(text: str) -> str:
    """`text` for a cell: never a formula, also not after blanks.

    What a spreadsheet would execute, and what begins with an apostrophe itself, has one apostrophe put before it: so
    whoever takes one apostrophe off each text that begins with one, `text.removeprefix("'")`, has all texts back.
    """
    executed = text.lstrip(" \u00a0").startswith(LOOKS_LIKE_A_FORMULA)
    return f"'{text}" if executed or text.startswith("'") else text


def json_text(experiment: Experiment) -> str:
    """The answer of POST /api/run to `experiment`, with `format` and `version` before it."""
    carry, chunk = advance(experiment, None, experiment.steps + 1)
    rows: list[dict[str, Any]] = [{"label": choice.label} for choice in experiment.optimizers]
    found: dict[str, Any] = {"format": FORMAT, "version": VERSION, "experiment": experiment.canonical()}
    if experiment.model:
        found["plane"], points = _plane(experiment, chunk)
        for row, own in zip(rows, points, strict=True):
            row["points"] = own
    for index, (row, outcome) in enumerate(zip(rows, outcomes(experiment, carry), strict=True)):
        row.update(_lists(experiment, _kept(experiment, chunk, index)))
        row["outcome"] = worded(outcome)
    return json.dumps({**found, "trajectories": rows}, separators=(",", ":"), allow_nan=False)


def _kept(experiment: Experiment, chunk: Chunk, index: int) -> Values:
    """The entries that trajectory `index` has, `(n, columns)`."""
    own = chunk.values[:, index]
    kept: Values = own[: np.count_nonzero(~np.isnan(own[:, experiment.column("loss")]))]
    return kept


def _lists(experiment: Experiment, values: Values) -> dict[str, list[Any]]:
    """What is told of a trajectory, by column; null for what was not measured."""
    axes = experiment.objective.axes
    columns = {name: values[:, place] for place, name in enumerate(experiment.columns) if name not in axes}
    told = {name: [value if np.isfinite(value) else None for value in own.tolist()] for name, own in columns.items()}
    points = {"points": values[:, [experiment.column(name) for name in axes]].tolist()} if axes else {}
    return points | told


def _plane(experiment: Experiment, chunk: Chunk) -> tuple[dict[str, Any], list[Any]]:
    """The default plane, and of each trajectory its points there."""
    assert chunk.film
    _, objective = model_of(experiment)
    laid = lay(experiment, chunk.film, default_plane(objective.shapes))
    at, total = path_points(laid)
    along = measure(objective, at, 0, total, math.inf)
    return description(experiment, laid, along), [path["points"] for path in paths(experiment, laid, along)]
