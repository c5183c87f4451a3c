"""A damaged link opens with what is valid of it: the rest is taken out and completed, and nothing else is touched."""

from typing import Any

import pytest
from playwright.sync_api import Page

from app.core.problems import Problem
from app.experiment import parse
from app.limits import admit_stream
from app.settings import Settings
from tests.controls.scripts import CATALOG, call

MOST_PASSES = 5


def open_link(page: Page, query: str) -> tuple[dict[str, Any], set[str]]:
    """The document that a link opens in the end, and the paths of what was taken out on the way."""
    draft = call(page, "state/readaddress.js", "readAddress", query, CATALOG)["draft"]
    told: set[str] = set()
    for _ in range(MOST_PASSES):
        document = call(page, "catalog.js", "completeDraft", draft, CATALOG)
        try:
            experiment = parse(document)
            admit_stream(experiment, Settings())
            return experiment.canonical(), told
        except Problem as problem:
            told |= {error.path for error in problem.errors}
            errors = [error.document() for error in problem.errors]
            draft = call(page, "state/repair.js", "repair", document, errors)
    raise AssertionError(f"{query} stays shut: {told}")


def names(document: dict[str, Any]) -> tuple[str, str]:
    return document["objective"]["model"]["name"], document["objective"]["dataset"]["name"]


@pytest.mark.parametrize(
    ("query", "told", "opened"),
    [
        ("model=mlp&data=../../etc/passwd&batch_size=16", {"objective.dataset.name"}, ("mlp", "moons")),
        ("model=convolution&data=passwd", {"objective.dataset.name"}, ("convolution", "digits")),
        ("model=mpl&data=sine", {"objective.model.name"}, ("mlp", "sine")),
        ("model=linear&data=moons", {"objective.model.name"}, ("mlp", "moons")),
        ("model=mpl&data=sines", {"objective.model.name", "objective.dataset.name"}, ("mlp", "moons")),
        ("model=mlp&dataset=../../etc/passwd&batch_size=16", {"dataset"}, ("mlp", "moons")),
        ("data.noise=0.1", {"objective.dataset.name"}, ("mlp", "moons")),
    ],
)
def test_a_name_that_is_not_known_is_replaced_by_one_that_suits(
    blank: Page, query: str, told: set[str], opened: tuple[str, str]
) -> None:
    document, found = open_link(blank, query)
    assert found == told
    assert names(document) == opened
    assert document["objective"]["batch_size"] == (16 if "batch_size" in query else None)


@pytest.mark.parametrize("hidden", ["0", "0,", "-1,", "1000000,8", ",".join(["8"] * 20), "16,a", ","])
def test_hidden_layers_that_cannot_be_are_the_usual_ones(blank: Page, hidden: str) -> None:
    document, told = open_link(blank, f"model=mlp&model.hidden={hidden}&model.activation=relu&data=spirals")
    assert all(path.startswith("objective.model.hidden") for path in told)
    assert told
    assert document["objective"]["model"] == {"name": "mlp", "hidden": [16, 16], "activation": "relu"}
    assert names(document) == ("mlp", "spirals")


@pytest.mark.parametrize(
    ("field", "text", "usual"),
    [
        ("batch_size", "100000", None),
        ("batch_size", "0", None),
        ("test_fraction", "0", 0.3),
        ("test_fraction", "1", 0.3),
        ("loss", "cross_entropie", "bce"),
        ("init", "warm", "default"),
        ("l2", "-1", 0.0),
    ],
)
def test_a_field_that_is_refused_is_as_usual_and_the_rest_stays(blank: Page, field: str, text: str, usual: Any) -> None:
    document, told = open_link(blank, f"model=logistic&data=xor&data.noise=0.3&{field}={text}&steps=77&o=adam;lr=0.2")
    assert told == {f"objective.{field}"}
    assert document["objective"][field] == usual
    assert document["objective"]["dataset"]["noise"] == 0.3
    assert (document["steps"], document["optimizers"][0]["lr"]) == (77, 0.2)


def test_what_belongs_to_the_other_kind_is_told(blank: Page) -> None:
    document, told = open_link(blank, "on=booth&model=mlp&data=xor&start=1,2")
    assert told == {"objective.name", "start"}
    assert names(document) == ("mlp", "xor")
    document, told = open_link(blank, "on=booth&start=1,2&batch_size=8&loss=bce")
    assert told == {"batch_size", "loss"}
    assert (document["objective"]["name"], document["start"]) == ("booth", [1.0, 2.0])


def test_an_optimizer_that_is_not_known_is_left_out(blank: Page) -> None:
    document, told = open_link(blank, "model=mlp&data=xor&o=adamm;lr=0.1&o=sgd;lr=0.3")
    assert told == {"optimizers[0].name"}
    assert [(each["name"], each["lr"]) for each in document["optimizers"]] == [("sgd", 0.3)]


@pytest.mark.parametrize("count", [1, 2, 20, 64])
def test_optimizers_that_cost_too_much_at_each_step_give_way(blank: Page, count: int) -> None:
    """They are refused all together: no field of theirs is at fault, and what would go on asking shows nothing."""
    query = "model=convolution&data=digits&steps=40" + "&o=lbfgs;max_iter=100;history_size=200" * count
    document, told = open_link(blank, query)
    assert told == {"optimizers"}
    assert names(document) == ("convolution", "digits")
    assert document["steps"] == 40
    assert document["optimizers"]


def test_of_too_many_optimizers_as_many_as_may_be_stay(blank: Page) -> None:
    document, told = open_link(blank, "on=booth" + "&o=sgd;lr=0.01" * 70)
    assert told == {"optimizers"}
    assert len(document["optimizers"]) == 64
