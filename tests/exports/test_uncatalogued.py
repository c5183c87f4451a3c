"""An objective in no catalogue and of no known kind is run, drawn and written by what it says of itself."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from torch import Tensor

from app.core.problems import FieldError, Problem
from app.core.words import ENGLISH, catalogue
from app.engine.field import sample
from app.engine.outcomes import outcomes
from app.engine.run import advance
from app.experiment import Experiment, parse
from app.exports.figure import figure_html
from app.exports.picture import svg
from app.exports.preview import preview
from app.exports.table import csv_table, json_text
from app.objectives.base import Column, Draw, Objective, Seen
from app.objectives.columns import shared
from app.objectives.profile import GRADIENT, Curve, Field, Line, Measure, Profile, own_curves, own_measures
from app.objectives.surfaces.base import Point, Window
from app.view import View
from app.work.running import fields

STEPS, EVERY = 7, 3


def squared(_objective: Objective, theta: Tensor, seen: Seen) -> Tensor:
    return theta.square().sum(1) + 0 * seen.loss


TOLD = (
    Column("u"),
    Column("v"),
    Column("size", every=EVERY, price=30.0, log=False, of=squared),
)
SAID = {
    "typed.unit": "what was typed",
    "columns.u.title": "u",
    "columns.u.unit": "coordinate",
    "columns.v.title": "v",
    "columns.v.unit": "coordinate",
    "columns.size.title": "squared size",
    "columns.size.unit": "squared coordinates",
    "curves.typed.title": "height",
    "curves.typed.name": "Height",
    "measures.typed.title": "final height",
    "measures.typed.help": "Where it ends.",
}
"""What is said of it, beside all that the catalogue of messages has."""


class Trough:
    """`(u - 1)^2 + 4 v^2` as an objective."""

    told = TOLD
    independent = True
    stochastic = False
    every = 1
    dim = 2
    shapes = None

    def loss(self, theta: Tensor, draw: Draw) -> Tensor:
        return self.loss_and_grad(theta, draw)[0]

    def loss_and_grad(self, theta: Tensor, draw: Draw) -> tuple[Tensor, Tensor]:
        u, v = theta.unbind(1)
        return (u - 1).square() + 4 * v.square(), torch.stack((2 * (u - 1), 8 * v), 1)

    def describe(self, theta: Tensor) -> Tensor:
        return theta

    def observe(self, theta: Tensor, draw: Draw) -> Seen:
        return Seen(theta, *self.loss_and_grad(theta, draw))


@dataclass(frozen=True)
class Typed:
    """A choice as somebody might type it."""

    text: str

    kind = "typed"
    axes = ("u", "v")
    unit = "typed.unit"
    told = TOLD
    cost = 0.0

    @property
    def title(self) -> str:
        return self.text

    def document(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text}

    def build(self) -> Objective:
        return Trough()

    def parse_start(self, document: Mapping[str, Any], errors: list[FieldError]) -> tuple[float, ...] | None:
        raise NotImplementedError

    def initial(self, start: tuple[float, ...] | None, seed: int) -> Tensor:
        return torch.tensor(start, dtype=torch.float64)

    def suggested_rate(self, preset: str) -> float:
        return 0.1

    def profile(self) -> Profile:
        told = (*self.told, *shared(self.unit))
        loss = Curve("loss", (Line("loss"),), "typed")
        return Profile(
            id="typed", title=self.title, told=told, loss="loss", scale="typed", tabs=("2d", "3d"),
            curves=(loss, GRADIENT, *own_curves(told)),
            measures=(Measure("final", "last", "loss", words="typed"), *own_measures(told)),
            rates={}, rate=0.1, price=self.cost, lowest=0.0,
            field=Field(("u", "v"), Window((-2.0, 3.0), (-2.0, 2.0)), (Point(1.0, 0.0, 0.0),), log=True, detail=60),
        )  # fmt: skip


@pytest.fixture
def experiment(monkeypatch: pytest.MonkeyPatch) -> Experiment:
    whole = catalogue(ENGLISH)
    monkeypatch.setattr("app.core.words.catalogue", lambda _language: {**whole, **SAID})
    known = parse(
        {"objective": {"kind": "surface", "name": "booth"}, "steps": STEPS, "optimizers": [{"name": "sgd", "lr": 0.05}]}
    )
    return replace(known, objective=Typed("(u - 1)^2 + 4 v^2"), start=(-1.0, 1.5))


def test_its_run_has_the_columns_that_it_declares(experiment: Experiment) -> None:
    values = advance(experiment, None, STEPS + 1)[1].values[:, 0]
    assert experiment.columns == ("u", "v", "size", "loss", "grad_norm", "lr")
    assert values[0, :2].tolist() == [-1.0, 1.5]
    u, v = -1.0, 1.5
    for step in range(STEPS + 1):
        np.testing.assert_allclose(values[step, [0, 1, 3]], [u, v, (u - 1) ** 2 + 4 * v * v], rtol=1e-12)
        u, v = u - 0.05 * 2 * (u - 1), v - 0.05 * 8 * v


def test_a_measured_column_is_there_as_often_as_it_says_and_at_the_end(experiment: Experiment) -> None:
    values = advance(experiment, None, STEPS + 1)[1].values[:, 0]
    known = np.flatnonzero(np.isfinite(values[:, 2])).tolist()
    assert known == [0, 3, 6, STEPS]
    np.testing.assert_allclose(values[known, 2], (values[known, :2] ** 2).sum(1), rtol=1e-14)


def test_a_run_in_pieces_has_the_same_bits(experiment: Experiment) -> None:
    whole = advance(experiment, None, STEPS + 1)[1].values
    carry, first = advance(experiment, None, 4)
    np.testing.assert_array_equal(whole, np.concatenate([first.values, advance(experiment, carry, STEPS)[1].values]))


def test_its_columns_are_paid_for(experiment: Experiment) -> None:
    free = replace(
        experiment,
        objective=parse({"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd"}]}).objective,
    )
    assert experiment.step_cost == pytest.approx(free.step_cost + 30.0 / EVERY)


def test_the_tables_have_its_columns_and_units(experiment: Experiment) -> None:
    header, *lines = list(csv.reader(io.StringIO(csv_table(experiment), newline="")))
    assert header[2:] == [
        "u (coordinate)", "v (coordinate)", "size (squared coordinates)", "loss (what was typed)",
        "grad_norm (loss per unit of weight)", "lr (learning rate of the next step)",
    ]  # fmt: skip
    assert [bool(line[4]) for line in lines] == [step in (0, 3, 6, STEPS) for step in range(STEPS + 1)]
    (told,) = json.loads(json_text(experiment))["trajectories"]
    assert told["points"][0] == [-1.0, 1.5]
    assert told["size"][1] is None
    assert set(told) == {"label", "points", "size", "loss", "grad_norm", "lr", "outcome"}
    assert list(fields(experiment)) == ["points", "loss", "grad_norm", "lr", "size"]


@pytest.mark.parametrize(("curve", "title"), [("loss", "height"), ("size", "squared size"), ("none", "height")])
def test_its_curves_are_drawn_under_their_own_names(experiment: Experiment, curve: str, title: str) -> None:
    drawn = svg(experiment, View({"curve": curve}), {"show": "curves", "width": 400, "height": 300})
    words = [
        "".join(text.itertext()) for text in ElementTree.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")
    ]
    assert title in words


def test_it_is_drawn_on_its_own_field(experiment: Experiment) -> None:
    found = sample(experiment, None, 5)
    assert (found["x"][0], found["x"][-1], found["y"][0], found["y"][-1]) == (-2.0, 3.0, -2.0, 2.0)
    assert found["z"][2][0] == pytest.approx(9.0)
    assert svg(experiment, View({}), {"width": 400, "height": 300}).count(b"(u - 1)^2 + 4 v^2") >= 1
    assert preview(experiment, View({})).startswith(b"\x89PNG")
    assert "(u - 1)^2 + 4 v^2, 7 steps" in figure_html(experiment)


def test_only_what_makes_sense_can_be_asked_for(experiment: Experiment) -> None:
    with pytest.raises(Problem, match="must be one of view, curves, 2d, 3d for a typed; got weights"):
        svg(experiment, View({}), {"show": "weights"})


def test_of_a_tab_that_no_picture_has_the_usual_one_is_drawn(
    experiment: Experiment, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = replace(experiment.objective.profile(), tabs=("rows", "3d", "2d"))
    monkeypatch.setattr(Typed, "profile", lambda _self: profile)
    small = {"width": 400, "height": 300}
    drawn = {tab: svg(experiment, View({"tab": tab}), small) for tab in ("rows", "3d", "2d")}
    assert drawn["rows"] == drawn["3d"] != drawn["2d"]
    with pytest.raises(Problem, match="must be one of view, curves, 3d, 2d for a typed; got weights"):
        svg(experiment, View({}), {"show": "weights"})


def test_its_end_is_told_by_its_known_points(experiment: Experiment) -> None:
    longer = replace(experiment, steps=2000)
    (told,) = outcomes(longer, advance(longer, None, 2001)[0])
    assert told["kind"] == "converged"
    assert "the global minimum (1, " in str(told["message"])


def test_its_profile_is_json_with_a_curve_and_a_measure_for_what_is_measured(experiment: Experiment) -> None:
    told = json.loads(json.dumps(experiment.objective.profile().document(), allow_nan=False))
    assert [column["id"] for column in told["told"]] == list(experiment.columns)
    assert told["told"][2] == {
        "id": "size", "title": "squared size", "unit": "squared coordinates", "every": EVERY, "price": 30.0,
        "log": False,
    }  # fmt: skip
    assert told["curves"][-1]["lines"] == [{"column": "size", "role": "only"}]
    assert (told["curves"][-1]["name"], told["curves"][-1]["log"]) == ("Squared size", False)
    assert told["measures"][-1]["title"] == "final squared size"
    assert told["field"]["axes"] == ["u", "v"]
    assert told["field"]["points"] == [{"x": 1.0, "y": 0.0, "value": 0.0, "kind": "global"}]
