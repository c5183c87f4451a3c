"""A damaged link opens with what is valid of it: the rest is taken out and completed, and nothing else is touched."""

from typing import Any

import pytest

from tests.controls.links import open_link
from tests.controls.strange import with_faults, with_unknown
from tests.node import Scripts


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
    scripts: Scripts, query: str, told: set[str], opened: tuple[str, str]
) -> None:
    document, found, _ = open_link(scripts, query)
    assert found == told
    assert names(document) == opened
    assert document["objective"]["batch_size"] == (16 if "batch_size" in query else None)


@pytest.mark.parametrize("hidden", ["0", "0,", "-1,", "1000000,8", ",".join(["8"] * 20), "16,a", ","])
def test_hidden_layers_that_cannot_be_are_the_usual_ones(scripts: Scripts, hidden: str) -> None:
    document, told, _ = open_link(scripts, f"model=mlp&model.hidden={hidden}&model.activation=relu&data=spirals")
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
def test_a_field_that_is_refused_is_as_usual_and_the_rest_stays(
    scripts: Scripts, field: str, text: str, usual: Any
) -> None:
    document, told, _ = open_link(
        scripts, f"model=logistic&data=xor&data.noise=0.3&{field}={text}&steps=77&o=adam;lr=0.2"
    )
    assert told == {f"objective.{field}"}
    assert document["objective"][field] == usual
    assert document["objective"]["dataset"]["noise"] == 0.3
    assert (document["steps"], document["optimizers"][0]["lr"]) == (77, 0.2)


def test_what_belongs_to_the_other_kind_is_told(scripts: Scripts) -> None:
    document, told, _ = open_link(scripts, "on=booth&model=mlp&data=xor&start=1,2")
    assert told == {"objective.name", "start"}
    assert names(document) == ("mlp", "xor")
    document, told, _ = open_link(scripts, "on=booth&start=1,2&batch_size=8&loss=bce")
    assert told == {"batch_size", "loss"}
    assert (document["objective"]["name"], document["start"]) == ("booth", [1.0, 2.0])


def test_an_optimizer_that_is_not_known_is_left_out(scripts: Scripts) -> None:
    document, told, _ = open_link(scripts, "model=mlp&data=xor&o=adamm;lr=0.1&o=sgd;lr=0.3")
    assert told == {"optimizers[0].name"}
    assert [(each["name"], each["lr"]) for each in document["optimizers"]] == [("sgd", 0.3)]


@pytest.mark.parametrize("count", [1, 2, 20, 64])
def test_optimizers_that_cost_too_much_at_each_step_give_way(scripts: Scripts, count: int) -> None:
    """They are refused all together: no field of theirs is at fault, and what would go on asking shows nothing."""
    query = "model=convolution&data=digits&steps=40" + "&o=lbfgs;max_iter=100;history_size=200" * count
    document, told, _ = open_link(scripts, query)
    assert told == {"optimizers"}
    assert names(document) == ("convolution", "digits")
    assert document["steps"] == 40
    assert document["optimizers"]


def test_of_too_many_optimizers_as_many_as_may_be_stay(scripts: Scripts) -> None:
    document, told, _ = open_link(scripts, "on=booth" + "&o=sgd;lr=0.01" * 70)
    assert told == {"optimizers"}
    assert len(document["optimizers"]) == 64


STRANGE = [
    "utm.source=x", "noise.x=1", "a[]=1", "=", "?=1", "a.b=1", ".=1", "on.a.b=1", "schedule.a.b=1", "__proto__=1",
    "__proto__=1,2", "constructor=1", "toString=", "hasOwnProperty=null", "optimizers=5", "optimizers=a", "objective=3",
    "on.__proto__=1", "on.name=1", "%00=1", "a%5B0%5D=1",
]  # fmt: skip
INNER = [
    "lr.x=1", "a.b=1", "betas[0]=1", "=1", "schedule.a.b=1", "schedule.=1", "__proto__=1", "schedule.__proto__=1",
    "name=adam", "schedule.name=step", "constructor=1", "=", "[]", "schedule=foo",
]  # fmt: skip


@pytest.mark.parametrize("fault", STRANGE)
def test_a_field_that_nothing_has_is_taken_out_and_told(scripts: Scripts, fault: str) -> None:
    honest = "v=1&on=rosenbrock&start=0,1&o=sgd;lr=0.01&steps=50"
    clean = open_link(scripts, honest)
    for query in (f"{honest}&{fault}", f"{fault}&{honest}"):
        opened = open_link(scripts, query)
        assert opened.document == clean.document, query
        assert len(opened.told) == 1, query


@pytest.mark.parametrize("fault", INNER)
def test_of_an_optimizer_only_the_field_that_nothing_has_is_taken_out(scripts: Scripts, fault: str) -> None:
    clean = open_link(scripts, "on=booth&o=sgd;lr=0.05&o=adam;lr=0.1")
    opened = open_link(scripts, f"on=booth&o=sgd;lr=0.05;{fault}&o=adam;lr=0.1")
    assert opened.document == clean.document
    assert len(opened.told) == 1


def test_one_that_is_left_out_takes_no_other_with_it(scripts: Scripts) -> None:
    """It is refused as a whole and for a field of its own."""
    document, told, _ = open_link(
        scripts, "model=mlp&data=xor&o=sgd;lr=0.1&o=adamm;lr=x&o=adam;lr=0.3&o=sgd;lr=y;lr.x=1"
    )
    assert told == {"optimizers[1].name", "optimizers[3].lr", 'optimizers[3]."lr.x"'}
    assert [(each["name"], each["lr"]) for each in document["optimizers"]][:2] == [("sgd", 0.1), ("adam", 0.3)]


@pytest.mark.parametrize("seed", range(60))
def test_with_any_fields_that_nothing_has_the_rest_is_as_it_was(scripts: Scripts, seed: int) -> None:
    honest, query = with_unknown(seed)
    clean, opened = open_link(scripts, honest), open_link(scripts, query)
    assert opened.document == clean.document, query
    assert opened.told, query
    assert (clean.told, opened.passes) == (set(), 2), query


@pytest.mark.parametrize("seed", range(140))
def test_any_faulty_address_opens(scripts: Scripts, seed: int) -> None:
    open_link(scripts, with_faults(seed))


def test_an_address_that_is_longer_than_the_server_reads_is_not_sent(scripts: Scripts) -> None:
    with pytest.raises(AssertionError, match="too long"):
        open_link(scripts, "&".join(["o=sgd"] * 9000))
