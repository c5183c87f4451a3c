"""Exported notebooks: sound by nbformat's own schema, and executed from top to bottom by a Jupyter kernel."""

import json
import re
import warnings
from typing import Any

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient

from app.experiment import Experiment, parse
from app.exports.notebook import notebook
from app.scenarios import SCENARIOS
from tests.engine.races import race
from tests.engine.trainings import document
from tests.exports.odd import FORMULAS, ODD
from tests.exports.running import engine, entries
from tests.patience import PATIENCE

ROWS = [{"name": "adam", "lr": 0.05, "label": ODD[0]}, {"name": "sgd", "lr": 5e-4, "label": "b"}]
RUN = race(ROWS, steps=30), parse(document("mlp", "moons", steps=10))
READ_BACK = (
    "import json\nprint(json.dumps({label: [[*map(float, entry[:-1]), entry[-1]] if len(entry) == 3 else entry[-1] "
    "for entry in path] for label, path in trajectories.items()}))"
)


@pytest.fixture(scope="module")
def executed() -> list[list[Any]]:
    """Of each of `RUN` the cells, executed one after the other, and after them one that prints what came out."""
    cells = [nbformat.reads(notebook(experiment), as_version=nbformat.NO_CONVERT).cells for experiment in RUN]
    for number, own in enumerate(cells):
        own.append(nbformat.v4.new_code_cell(READ_BACK))
        for cell in own:
            cell.id = f"{number}-{cell.id}"
    with warnings.catch_warnings():
        # The kernel's sockets say things of their own.
        warnings.simplefilter("ignore")
        every = nbformat.v4.new_notebook(cells=[cell for own in cells for cell in own])
        NotebookClient(every, timeout=PATIENCE, kernel_name="python3").execute()
    return cells


def outputs(cells: list[Any]) -> list[Any]:
    return [output for cell in cells for output in cell.get("outputs", [])]


def read_back(cells: list[Any]) -> dict[str, Any]:
    return json.loads(cells[-1].outputs[0].text)


@pytest.mark.parametrize("experiment", [race([{"name": "lion"}]), SCENARIOS[0].experiment()], ids=["race", "training"])
def test_it_is_valid_and_holds_no_output(experiment: Experiment) -> None:
    found = nbformat.reads(notebook(experiment), as_version=nbformat.NO_CONVERT)
    nbformat.validate(found)
    assert (found.nbformat, found.nbformat_minor) == (4, 5)
    assert len({cell.id for cell in found.cells}) == len(found.cells)
    assert all(not cell.outputs for cell in found.cells if cell.cell_type == "code")
    assert parse(found.metadata["optimizer_playground"]["experiment"]) == experiment


def test_a_race_is_executed_from_top_to_bottom(executed: list[list[Any]]) -> None:
    experiment, cells = RUN[0], executed[0]
    paths = read_back(cells)
    for index, label in enumerate((ODD[0], "b")):
        path = entries(experiment, engine(experiment)[1], index)
        np.testing.assert_allclose(paths[label], path, rtol=1e-9, atol=1e-12)
    figures = [output.data for output in outputs(cells) if "data" in output]
    traces = figures[0]["application/vnd.plotly.v1+json"]["data"]
    assert [trace["type"] for trace in traces] == ["contour", *["scatter"] * 4]
    assert traces[1]["name"] == "&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;"


def test_a_training_is_executed_from_top_to_bottom(executed: list[list[Any]]) -> None:
    experiment, losses = RUN[1], read_back(executed[1])
    for index, choice in enumerate(experiment.optimizers):
        path = entries(experiment, engine(experiment)[1], index)
        np.testing.assert_allclose(losses[choice.label], path[:, -1], rtol=1e-9)
    assert sum("data" in output for output in outputs(executed[1])) == 1


def test_a_label_is_in_no_text_and_in_no_code_but_as_a_literal() -> None:
    labels = (*ODD, *FORMULAS)
    experiment = race([{"name": "adam", "lr": 0.1, "label": label} for label in labels], steps=3)
    found = nbformat.reads(notebook(experiment), as_version=nbformat.NO_CONVERT)
    words = "".join(cell.source for cell in found.cells if cell.cell_type == "markdown")
    assert not re.search(r"<\w|javascript:|onerror", words)
    compile("\n".join(cell.source for cell in found.cells if cell.cell_type == "code"), "notebook", "exec")


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_its_cells_are_the_script_in_parts(scenario: Any) -> None:
    found = nbformat.reads(notebook(scenario.experiment()), as_version=nbformat.NO_CONVERT)
    kinds = [cell.cell_type for cell in found.cells]
    assert kinds == ["markdown", *["markdown", "code"] * (len(kinds) // 2)]
    assert found.cells[-2].source.startswith("## The figure")
