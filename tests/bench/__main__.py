"""Runs every measurement, prints a table, and writes bench-results/results.json."""

import json
import sys
from pathlib import Path

from tests.bench import (
    engine,
    exports,
    fairness,
    firstseconds,
    floods,
    models,
    page,
    pauses,
    store,
    streams,
    training,
)
from tests.bench.report import Figure, table

SUITES = {
    "engine": engine.measure,
    "models": models.measure,
    "exports": exports.measure,
    "page": page.measure,
    "firstseconds": firstseconds.measure,
    "streams": streams.measure,
    "fairness": fairness.measure,
    "pauses": pauses.measure,
    "floods": floods.measure,
    "training": training.measure,
    "store": store.measure,
}
RESULTS = Path("bench-results/results.json")


def main(names: list[str]) -> None:
    """Runs the suites called `names`, or all."""
    figures: list[Figure] = []
    for name in names or SUITES:
        figures += SUITES[name]()
        print(table(figures), flush=True)
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(
        json.dumps([{**one._asdict(), "verdict": one.verdict} for one in figures], indent=2) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main(sys.argv[1:])
