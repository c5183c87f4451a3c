"""What can be taken away of typed functions: scripts and notebooks with the engine's numbers, pictures, tables."""

import csv
import io
import json
import warnings
from typing import Any
from xml.etree import ElementTree

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

from app.experiment import Experiment, parse
from app.exports.catalog import FORMATS
from app.exports.figure import figure_html
from app.exports.notebook import notebook
from app.exports.picture import png, svg
from app.exports.preview import preview
from app.exports.script import script
from app.view import View
from app.web.exportinputs import ExportRequest
from tests.exports.running import EQUAL, Ran, compare, engine, entries, presets, run_clean
from tests.patience import PATIENCE

STEPS = 30
PLACE = {"float32": 2.0**-23, "bfloat16": 2.0**-8}

TYPED: dict[str, dict[str, Any]] = {
    "constants": {"expression": "a x^2 + b y^2 + sin(c x) + alpha1^2", "params": {"a": 1.5, "b": 4, "c": 2}},
    "f as a constant": {"expression": "f x^2 + (y - d)^4/v1", "params": {"f": 2, "d": 0.5, "v1": 3}},
    "cases": {"expression": "where(x > 0.5, (x-1)^2, 0.75 - x) + where(y <= k, y^2, 1/y)", "params": {"k": 2}},
    "kinks": {"expression": "max(abs(x - 1), abs(y), 0.1) + min(x^2, 4, y + 9)"},
    "roots": {"expression": "sqrt(x^2 + y^2) + asin(min(x/9, 1))"},
    "plateau": {"expression": "sqrt(max(x^2 + y^2 - 1, 0))"},
    "an edge": {"expression": "x log(x) + y^2/(1 + x)"},
    "powers": {"expression": "(1 + x^2)^y^2 + 2^-x + abs(y)^1.5 + (x-1)^3/9 + (2+x^2)^-0.5 + (1+y^2)^-2 + e^-y"},
    "many": {"expression": "tanh(x) sinh(y/3) + cosh(x/4) + sigmoid(-y) erf(x) + atan(x y) + log2(2+x^2) + x^2 + y^2"},
    "steps": {"expression": "floor(3x)/3 + sign(y) + ceil(y) + (x - 0.1)^2 + (y - 0.2)^2"},
    "one variable": {"expression": "(x - 1)^2"},
    "numbers alone": {"expression": "where(2 < 3, x^2, y) + log(2)x + max(1, 2)y^2 + 1e-7y + (-3)^2"},
    "a constant that is 0": {"expression": "sqrt(a x^2) + b log(2 + x^2) + y^2", "params": {"a": 0, "b": 0}},
}  # fmt: skip
START = [1.3, -0.7]


def typed(name: str, rows: list[dict[str, Any]], **fields: Any) -> Experiment:
    objective = {"kind": "surface", **TYPED[name]}
    return parse({"objective": objective, "optimizers": rows, "steps": STEPS, "start": START, **fields})


EXACT = {name: typed(name, presets(models=False)) for name in TYPED} | {
    "noise": typed("kinks", presets(models=False)[::3], noise=0.1, clip_norm=2.0)
}
LOW = {
    f"{name} {dtype}": typed(name, presets(models=False)[:6], steps=20, dtype=dtype)
    for name in TYPED
    for dtype in PLACE
}


EDGES = {
    "to the tip": ("roots", [3.0, 0.0], 0.0, "made all 30 steps"),
    "on a plateau": ("plateau", [0.5, 0.0], 0.0, "made all 30 steps, flat from step 0 on"),
    "to a plateau": ("plateau", [3.0, 0.0], 0.0, "made all 30 steps, flat from step"),
    "across": ("cases", [0.0, 9.0], 0.0, "made all 30 steps"),
    "beyond": ("an edge", [6.0, 0.0], 0.9, "diverged at step"),
}
"""Functions with where they begin, a momentum, and how that ends."""


def at_edge(name: str) -> Experiment:
    function, start, momentum, _ = EDGES[name]
    return typed(function, [{"name": "sgd", "lr": 0.5, "momentum": momentum}], start=start)


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """Every script, run where only torch is."""
    every = EXACT | LOW | {name: at_edge(name) for name in EDGES}
    scripts = [script(experiment) for experiment in every.values()]
    return dict(zip(every, run_clean(scripts, tmp_path_factory.mktemp("scripts")), strict=True))


@pytest.mark.parametrize("name", EXACT)
def test_every_step_is_the_engines(ran: dict[str, Ran], name: str) -> None:
    judged = compare(EXACT[name], ran[name])
    assert max(one.off for one in judged.values()) < EQUAL, judged
    assert np.mean([one.calm for one in judged.values()]) > 0.4


@pytest.mark.parametrize("name", LOW)
def test_fewer_bits_round_as_torch_does(ran: dict[str, Ran], name: str) -> None:
    """Slopes are the same but for a last place now and then; so are the first steps of a rule without memory, before
    kinks make more of it.
    """
    experiment, place = LOW[name], PLACE[LOW[name].dtype]
    chunk = engine(experiment)[1]
    for index, (label, theirs) in enumerate(ran[name].paths.items()):
        path = entries(experiment, chunk, index)
        first, wide = (8, 1) if label == "gradient-descent" else (4, 16)
        both = min(len(path), len(theirs), first)
        assert both == min(len(path), first)
        near = {"rtol": wide * place, "atol": wide * place}
        np.testing.assert_allclose(theirs[:both, :2], path[:both, :2], **near, err_msg=label)


@pytest.mark.parametrize("name", EDGES)
def test_a_start_at_an_edge_goes_as_in_the_engine(ran: dict[str, Ran], name: str) -> None:
    compare(at_edge(name), ran[name])
    (ending,) = ran[name].endings.values()
    assert ending.startswith(EDGES[name][-1])


def test_a_script_is_headed_by_the_function_and_has_it_as_a_student_writes_it() -> None:
    text = script(EXACT["constants"])
    assert text.startswith('"""a*x^2+b*y^2+sin(c*x)+alpha1^2, 30 steps, in plain PyTorch.')
    assert "def f(x, y, a=1.5, b=4.0, c=2.0, alpha1=1.0):" in text
    assert "return a * x**2 + b * y**2 + torch.sin(c * x) + alpha1**2" in text
    assert "loss.backward()" in text
    by_rule = script(EXACT["cases"]).replace("\n# ", " ")
    assert "Its gradient is written out by the rules of differentiation" in by_rule
    assert "loss.backward()" not in by_rule


READ_BACK = (
    "import json\nprint(json.dumps([{label: [list(entry) for entry in path] for label, path in trajectories.items()}, "
    "list(ground.shape)]))"
)
IN_NOTEBOOKS = ("constants", "cases", "kinks", "one variable")


@pytest.fixture(scope="module")
def executed() -> dict[str, list[Any]]:
    """Of each notebook the cells, executed, and after them one that prints what came out."""
    rows, found = [{"name": "adam", "lr": 0.05}, {"name": "sgd", "lr": 5e-3}], dict[str, list[Any]]()
    for name in IN_NOTEBOOKS:
        cells = nbformat.reads(notebook(typed(name, rows)), as_version=nbformat.NO_CONVERT).cells
        found[name] = [*cells, nbformat.v4.new_code_cell(READ_BACK)]
        for cell in found[name]:
            cell.id = f"{len(found)}-{cell.id}"
    with warnings.catch_warnings():
        # The kernel's sockets say things of their own.
        warnings.simplefilter("ignore")
        every = nbformat.v4.new_notebook(cells=[cell for own in found.values() for cell in own])
        NotebookClient(every, timeout=PATIENCE, kernel_name="python3").execute()
    return found


@pytest.mark.parametrize("name", IN_NOTEBOOKS)
def test_a_notebook_is_executed_from_top_to_bottom(executed: dict[str, list[Any]], name: str) -> None:
    cells = executed[name]
    paths, shape = json.loads(cells[-1].outputs[0].text)
    experiment = typed(name, [{"name": "adam", "lr": 0.05}, {"name": "sgd", "lr": 5e-3}])
    for index, choice in enumerate(experiment.optimizers):
        np.testing.assert_allclose(paths[choice.label], entries(experiment, engine(experiment)[1], index), rtol=1e-9)
    assert shape == [120, 120]
    assert any(experiment.objective.surface.formula in cell.source for cell in cells if cell.cell_type == "markdown")


SMALL = {"width": 320, "height": 240, "scale": 1}
ODD = [*TYPED, "nowhere"]


def odd(name: str) -> Experiment:
    rows = [{"name": "sgd", "lr": 0.05}, {"name": "adam", "lr": 0.1}]
    if name != "nowhere":
        return typed(name, rows)
    return parse({"objective": {"kind": "surface", "expression": "x + log(-1)"}, "optimizers": rows, "steps": 3})


@pytest.mark.parametrize("name", ODD)
def test_it_is_drawn_with_its_title(name: str) -> None:
    experiment = odd(name)
    for show in ("2d", "3d", "both", "curves"):
        picture = Image.open(io.BytesIO(png(experiment, View({}), {**SMALL, "show": show})))
        assert picture.size == (320, 240)
    assert Image.open(io.BytesIO(preview(experiment, View({})))).size == (1200, 630)
    drawn = ElementTree.fromstring(svg(experiment, View({}), {"width": 1200, "height": 500}))
    words = ["".join(node.itertext()) for node in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert any(experiment.objective.title in one for one in words), words
    assert len(figure_html(experiment)) > 1000


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.id)
def test_every_format_is_made_under_a_name_of_letters(form: Any) -> None:
    experiment = odd("cases")
    own = {"width": 300, "height": 200, "frames": 3} if form.id == "gif" else {}
    assert form.make(experiment, own)
    name = ExportRequest(form, experiment, {}, "").names[0]
    assert name == f"where-x-0-5-x-1-2-0-75-x-where-y-k{form.suffix}"


def test_the_table_has_every_number() -> None:
    experiment = odd("an edge")
    form = next(form for form in FORMATS if form.id == "csv")
    made = form.make(experiment, {})
    header, *lines = csv.reader(io.StringIO(made.decode() if isinstance(made, bytes) else made))
    path = entries(experiment, engine(experiment)[1], 0)
    assert header[2].startswith("x")
    assert [[float(cell) for cell in line[2:5]] for line in lines[: len(path)]] == path.tolist()
