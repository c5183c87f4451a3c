"""Typed functions in documents: constants, ranges, window and start, there and back; and where one looks and begins."""

import json
import math
import pickle
from random import Random
from typing import Any

import pytest
import torch

from app.core.problems import FieldError, Problem
from app.experiment import Experiment, parse
from app.objectives.functions.choice import FunctionChoice, parse_function_choice
from app.objectives.functions.rates import suggested_rates
from app.objectives.functions.reading import LONGEST
from app.objectives.functions.sight import sight
from app.objectives.functions.writing import text
from tests.objectives.trees import OWN, random_tree

ODD = [
    "1/x", "log(x)+y^2", "sqrt(x)", "abs(x)+abs(y)", "where(x>0, 1/(x-1), x)", "x/0", "x+1/0", "x+log(-1)",
    "sqrt(-1-x^2)", "1/(x^2+y^2)", "exp(exp(exp(x)))", "x^1e308", "1e300x^2", "1e-300x^2", "0x", "x^x^x",
    "tan(x) tan(y)", "acos(x+100)", "log(x-20)+log(y-30)", "(x-1e7)^2", "floor(x)", "sign(x)", "x", "-x^2-y^2",
    "1/(x-y)", "asin(x) asin(y)", "sin(1e6x)", "1e18(x^2+y^2)", "3+exp(asin(3/x))", "asin(tanh(sinh(x)) pi)",
]  # fmt: skip
"""Functions that are infinite, kinked, level or no number in the window."""

RANDOM = [text(random_tree(Random(seed), 4)) for seed in range(60)]


def document(expression: Any, **fields: Any) -> dict[str, Any]:
    objective = {"kind": "surface", "expression": expression, **fields}
    return {"objective": objective, "optimizers": [{"name": "adam"}, {"name": "sgd"}], "steps": 2}


def typed(expression: str, **fields: Any) -> FunctionChoice:
    choice = parse(document(expression, **fields)).objective
    assert isinstance(choice, FunctionChoice)
    return choice


def with_sight(expression: str) -> FunctionChoice:
    """The function after window and start were found anew."""
    sight.cache_clear()
    suggested_rates.cache_clear()
    return typed(expression)


@pytest.mark.parametrize("expression", [*ODD, *RANDOM])
def test_every_function_has_a_window_a_start_in_it_and_rates(expression: str) -> None:
    choice, again = with_sight(expression), with_sight(expression)
    window, start = choice.sight.window, choice.sight.start
    for (low, high), at in zip((window.x, window.y), start, strict=True):
        assert math.isfinite(low)
        assert math.isfinite(high)
        assert low <= at <= high
        assert low < high
    assert all(0 < rate < 1e6 for rate in choice.profile().rates.values())
    assert (again.sight, again.profile()) == (choice.sight, choice.profile())


@pytest.mark.parametrize("expression", [*ODD, *RANDOM])
def test_one_begins_where_there_is_a_loss_and_a_slope(expression: str) -> None:
    choice = with_sight(expression)
    window = choice.sight.window
    lines = [torch.linspace(*ends, 41, dtype=torch.float64) for ends in (window.x, window.y)]
    able = torch.stack(choice.program(*(part.flatten() for part in torch.meshgrid(*lines, indexing="xy")))).isfinite()
    start = torch.tensor(choice.sight.start, dtype=torch.float64)[:, None]
    assert torch.stack(choice.program(*start)).isfinite().all() or able.all(0).double().mean() < 0.02


@pytest.mark.parametrize("expression", [*ODD, *RANDOM])
def test_a_document_comes_back_as_it_is(expression: str) -> None:
    experiment = parse(document(expression))
    again = parse(json.loads(experiment.text()))
    assert again.text() == experiment.text()
    assert pickle.loads(pickle.dumps(experiment)).text() == experiment.text()
    json.dumps(experiment.objective.profile().document(), allow_nan=False)


@pytest.mark.parametrize(
    ("expression", "low", "high"),
    [("(x-20)^2 + (y-3)^2", (20, 3), (20, 3)), ("(x^2+y-11)^2 + (x+y^2-7)^2", (-3.8, -3.3), (3.6, 3.2))],
)
def test_the_window_holds_the_minima(expression: str, low: tuple[float, float], high: tuple[float, float]) -> None:
    window = with_sight(expression).sight.window
    for ends, least, most in zip((window.x, window.y), low, high, strict=True):
        assert ends[0] < least - 0.5
        assert most + 0.5 < ends[1] < 40


def test_what_is_left_out_is_filled_in() -> None:
    choice = typed("b y^2 + a x^2", params={"a": 30})
    assert choice.document() == {
        "kind": "surface", "expression": "b*y^2+a*x^2", "params": {"b": 1.0, "a": 30.0},
        "ranges": {"b": [-5.0, 5.0], "a": [-60.0, 60.0]},
        "window": [list(choice.sight.window.x), list(choice.sight.window.y)],
    }  # fmt: skip
    assert typed("x", window=None).document() == typed("x").document()
    given = typed("a x", ranges={"a": [0, 2]}, window=[[-1, 2], [0, 0.5]])
    assert given.document()["window"] == [[-1.0, 2.0], [0.0, 0.5]]
    assert given.document()["ranges"] == {"a": [0.0, 2.0]}


def test_the_profile_says_what_a_catalogue_says_of_others() -> None:
    own = typed("alpha x^2 + b").profile().document()["own"]
    assert own["formula"].startswith("<math")
    assert own["start"] == list(typed("alpha x^2 + b").sight.start)
    assert [(param["id"], param["title"], param["low"], param["high"], param["soft"]) for param in own["params"]] == [
        (name, name, -1e6, 1e6, [-5.0, 5.0]) for name in ("alpha", "b")
    ]


def test_constants_are_in_the_function() -> None:
    choice = typed("a x + b y", params={"a": OWN["a"], "b": OWN["b"]})
    point = torch.tensor([2.0], dtype=torch.float64), torch.tensor([3.0], dtype=torch.float64)
    assert float(choice.program(*point)[0]) == pytest.approx(2 * OWN["a"] + 3 * OWN["b"])


WRONG = [
    (document(3), ("expression",), "problems.needs.expression"),
    (document("x = 3"), ("expression", 2), "problems.expression.place"),
    (document("x", params=[]), ("params",), "problems.needs.object"),
    (document("x", params={"a": 1}), ("params", "a"), "problems.unknown-field.alone"),
    (document("a x", params={"a": 1e7}), ("params", "a"), "problems.must-be"),
    (document("a x", params={"a": "1"}), ("params", "a"), "problems.must-be"),
    (document("a x", ranges={"a": [1, 1]}), ("ranges", "a"), "problems.needs.rising"),
    (document("a x", ranges={"a": [1, None]}), ("ranges", "a", 1), "problems.must-be"),
    (document("x", window=[[0, 1]]), ("window",), "problems.must-be"),
    (document("x", window=[[0, 1], [1, 0]]), ("window", 1), "problems.needs.rising"),
    (document("x", window=[[0, 1e9], [0, 1]]), ("window", 0, 1), "problems.must-be"),
    (document("x", name="booth"), ("name",), "problems.unknown-field"),
    (document("2x+" * 333 + "x"), ("expression", LONGEST), "problems.expression.long-written"),
]


@pytest.mark.parametrize(("wrong", "at", "key"), WRONG, ids=[f"{place} {key}" for _, place, key in WRONG])
def test_what_is_wrong_is_told_at_its_place(wrong: dict[str, Any], at: tuple[str | int, ...], key: str) -> None:
    with pytest.raises(Problem) as caught:
        parse(wrong)
    (error,) = caught.value.errors
    assert error.at == ("objective", *at)
    assert error.message.key.startswith(key)


def test_all_that_is_wrong_is_told() -> None:
    errors: list[FieldError] = []
    wrong = document("a x", params={"b": 1}, ranges={"a": [2, 1]}, window=[0, 1])["objective"]
    assert parse_function_choice(wrong, (), errors) is None
    assert {error.at[0] for error in errors} == {"params", "ranges", "window"}


def test_a_longer_function_costs_more() -> None:
    costs = [
        parse(document("+".join(["sin(x y)"] + [f"sin({n}x)" for n in range(2, many)]))).step_cost
        for many in (2, 9, 30)
    ]
    assert costs == sorted(set(costs))


def test_equal_functions_are_equal_experiments() -> None:
    def canonical(expression: str) -> Experiment:
        return parse(document(expression, window=[[-1, 1], [-1, 1]]))

    assert canonical("2 x^2 + (y)").text() == canonical("2*x**2+y").text() != canonical("2x^2 - y").text()
