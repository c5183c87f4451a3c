"""Pictures of models that cannot be: refused, with the path to the field."""

from typing import Any

import pytest

from tests.engine.trainings import document
from tests.web.serving import ROSENBROCK, Backend, race
from tests.web.test_calls import post, refused

MOONS = document(steps=40)
SURFACE = race()
MODEL = MOONS["objective"]


@pytest.mark.parametrize(
    ("path", "body", "at"),
    [
        ("/api/plane", {"experiment": SURFACE}, "experiment.objective.kind"),
        ("/api/plane", {"experiment": MOONS | {"steps": 0}}, "experiment.steps"),
        ("/api/plane", {"experiment": MOONS, "plane": {"name": "flat"}}, "plane.name"),
        ("/api/plane", {"experiment": MOONS, "plane": {"name": "random", "row": 2}}, "plane.row"),
        ("/api/plane", {"experiment": MOONS, "plane": {"name": "random", "row": -1}}, "plane.row"),
        ("/api/plane", {"experiment": MOONS, "plane": {"name": "two-weights", "second": 21}}, "plane.second"),
        ("/api/plane", {"experiment": MOONS, "plane": "random"}, "plane"),
        ("/api/plane", {"experiment": MOONS, "colour": 1}, "colour"),
        ("/api/plane", {"experiment": MOONS | {"start": [0, 0]}}, "experiment.start"),
        ("/api/field", {"objective": MODEL}, "optimizers"),
        ("/api/field", {"experiment": {"objective": MODEL}}, "experiment.optimizers"),
        ("/api/field", {"objective": ROSENBROCK, "plane": {"name": "random"}}, "plane"),
        ("/api/field", MOONS | {"resolution": 1}, "resolution"),
        ("/api/field", MOONS | {"window": [[1, 0], [0, 1]]}, "window[0]"),
        ("/api/field", MOONS | {"plane": {"name": "random", "row": 2}}, "plane.row"),
        ("/api/snapshot", {"experiment": MOONS}, "step"),
        ("/api/snapshot", {"experiment": MOONS, "step": 41}, "step"),
        ("/api/snapshot", {"experiment": MOONS, "step": -1}, "step"),
        ("/api/snapshot", {"experiment": MOONS, "step": None}, "step"),
        ("/api/snapshot", {"experiment": MOONS, "step": 1.5}, "step"),
        ("/api/snapshot", {"experiment": MOONS, "step": 1, "parts": []}, "parts"),
        ("/api/snapshot", {"experiment": MOONS, "step": 1, "parts": "grid"}, "parts"),
        ("/api/snapshot", {"experiment": MOONS, "step": 1, "parts": ["grid", "x"]}, "parts[1]"),
        ("/api/snapshot", {"experiment": MOONS, "step": 1, "parts": [["grid"]]}, "parts[0]"),
        ("/api/snapshot", {"experiment": MOONS, "step": 1, "resolution": 129}, "resolution"),
        ("/api/snapshot", {"experiment": SURFACE, "step": 1}, "experiment.objective.kind"),
        ("/api/data", {"objective": ROSENBROCK}, "objective.kind"),
        ("/api/data", {"objective": MODEL | {"dataset": {"name": "../../etc/passwd"}}}, "objective.dataset.name"),
        ("/api/data", {"objective": MODEL | {"test_fraction": 0}}, "objective.test_fraction"),
        ("/api/data", {"objective": MODEL | {"batch_size": 43}}, "objective.batch_size"),
        ("/api/data", {"objective": MODEL | {"loss": "cross"}}, "objective.loss"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_path(server: Backend, path: str, body: Any, at: str) -> None:
    assert [error["path"] for error in refused(post(server, path, body))["errors"]] == [at]


@pytest.mark.parametrize("hidden", [[0], [-1], [10**6], [8] * 20, [], "8", [1.5], 8])
def test_hidden_layers_that_cannot_be_are_refused(server: Backend, hidden: Any) -> None:
    objective = MODEL | {"model": {"name": "mlp", "hidden": hidden}}
    for path in ("/api/run", "/api/plane"):
        experiment = MOONS | {"objective": objective}
        body = experiment if path == "/api/run" else {"experiment": experiment}
        (error,) = refused(post(server, path, body))["errors"]
        assert "objective.model.hidden" in error["path"]


@pytest.mark.parametrize("path", ["/api/plane", "/api/snapshot", "/api/data"])
@pytest.mark.parametrize("body", [None, 1, [], {}, {"experiment": None}, {"experiment": []}, {"objective": None}])
def test_what_is_no_document_is_refused(server: Backend, path: str, body: Any) -> None:
    assert refused(post(server, path, body))["errors"]
