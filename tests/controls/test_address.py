"""The address holds the whole experiment: written, read and parsed by the server it is the same document."""

import random
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from app.core.params import Param
from app.core.problems import Problem
from app.experiment import FIELDS, parse
from app.objectives.datasets.catalog import DATASETS
from app.objectives.models.catalog import MODELS
from app.objectives.models.choice import FIELDS as MODEL_FIELDS
from app.objectives.models.choice import suits
from app.objectives.planes.kinds import PLANES
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import OPTIMIZERS
from app.schedules.catalog import SCHEDULES
from app.schedules.warmup import WARMUP
from tests.catalogue import real_catalogue
from tests.engine.races import race
from tests.node import CATALOG, Scripts

USUAL = {
    "curve": "loss", "log": {"x": False, "y": True}, "step": None, "camera": None, "range": None,
    "measure": "final", "speed": 1,
}  # fmt: skip
VIEW = {"tab": "data", "styles": [], "plane": None} | USUAL


def write(scripts: Scripts, document: dict[str, Any], **view: Any) -> str:
    text: str = scripts.call("state/writeaddress.js", "writeAddress", document, VIEW | view, CATALOG)
    return text


def read(scripts: Scripts, query: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document that the page opens, as the server gives it, and what the address says of the view."""
    found = scripts.call("state/readaddress.js", "readAddress", query, CATALOG)
    assert found["problems"] == []
    document = parse(scripts.call("catalog.js", "completeDraft", found["draft"], CATALOG)).canonical()
    return document, found["view"]


def model(name: str, dataset: str, **fields: Any) -> dict[str, Any]:
    objective = {"kind": "model", "model": {"name": name}, "dataset": {"name": dataset}} | fields
    return parse({"objective": objective, "optimizers": [{"name": "adam", "lr": 0.01}]}).canonical()


def test_what_is_usual_is_left_out(scripts: Scripts) -> None:
    assert write(scripts, model("mlp", "spirals")) == "?v=1&model=mlp&data=spirals&o=adam;lr=0.01"
    assert write(scripts, model("softmax", "moons")) == "?v=1&model=softmax&data=moons&o=adam;lr=0.01"


def test_what_is_not_usual_can_be_read_by_a_person(scripts: Scripts) -> None:
    document = model("mlp", "spirals", batch_size=32, loss="mse", init="zeros", l2=0.001, test_fraction=0.5)
    document["objective"]["model"]["hidden"] = [8]
    document["objective"]["dataset"]["noise"] = 0.25
    plane = {"name": "random", "row": 0, "seed": 3}
    assert write(scripts, document, tab="3d", plane=plane) == (
        "?v=1&model=mlp&model.hidden=8,&data=spirals&data.noise=0.25&loss=mse&batch_size=32&test_fraction=0.5"
        "&init=zeros&l2=0.001&o=adam;lr=0.01&view=3d&plane=random&plane.seed=3"
    )


def test_each_kind_has_its_usual_tab(scripts: Scripts) -> None:
    surface = parse({"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd"}]}).canonical()
    assert "view=" not in write(scripts, surface, tab="2d")
    assert write(scripts, model("mlp", "moons"), tab="2d").endswith("&view=2d")


@pytest.mark.parametrize(
    ("query", "names", "optimizers"),
    [
        ("?model=mlp&data=spirals", ("mlp", "spirals"), 3),
        ("?model=convolution", ("convolution", "digits"), 3),
        ("?data=sine", ("mlp", "sine"), 3),
        ("?data=line&model=linear&o=sgd", ("linear", "line"), 1),
        ("?data=blobs&data.classes=4&batch_size=16", ("mlp", "blobs"), 3),
    ],
)
def test_what_is_left_open_is_completed_so_that_it_fits(
    scripts: Scripts, query: str, names: tuple[str, str], optimizers: int
) -> None:
    document, _ = read(scripts, query)
    objective = document["objective"]
    assert (objective["model"]["name"], objective["dataset"]["name"]) == names
    assert len(document["optimizers"]) == optimizers


def test_lists_of_none_of_one_and_of_more(scripts: Scripts) -> None:
    for milestones in ([], [50], [50, 70]):
        schedule = {"name": "multi-step", "milestones": milestones}
        document = parse(
            {
                "objective": {"kind": "surface", "name": "booth"},
                "optimizers": [{"name": "sgd", "schedule": schedule}],
            }
        ).canonical()
        assert read(scripts, write(scripts, document, tab="2d"))[0] == document


HONEST = (
    "v=1&on=quadratic&on.condition=30&start=-1,2&o=sgd;lr=0.05;label=a%3Bb+%2B+50%25"
    "&o=adam;lr=1e-3;betas=0.8,0.9&steps=40"
)


@pytest.mark.parametrize(
    "again",
    [
        lambda query: quote(query, safe=""),
        lambda query: quote(quote(query, safe=""), safe=""),
        lambda query: query.replace("&", "&amp;"),
        lambda query: query.replace("&", "&amp;amp;"),
        lambda query: "&".join(f"{field.split('=')[0]}={quote(field.split('=', 1)[1])}" for field in query.split("&")),
        lambda query: "&".join(quote(field, safe="") for field in query.split("&")),
        lambda query: query.replace(",", "%2C").replace(".", "%2E"),
        lambda query: query.replace(",", "%252C"),
        lambda query: query.replace("1e-3", "1e-3+").replace("30", "3e+1").replace("0.05", "+0.05"),
        lambda query: query.replace(";lr=", ";lr%3D"),
        lambda query: f"?fbclid=Iw.x&{query}&utm_source=a%26b&utm_campaign=c;d&gclid=1&mc_eid=2",
    ],
)
def test_what_was_encoded_again_on_its_way_is_read(scripts: Scripts, again: Callable[[str], str]) -> None:
    assert read(scripts, again(HONEST)) == read(scripts, HONEST)
    assert read(scripts, HONEST)[0]["optimizers"][0]["label"] == "a;b + 50%"


def test_no_tracker_has_a_name_of_ours(scripts: Scripts) -> None:
    params = [*FIELDS, *MODEL_FIELDS, *WARMUP, *(param for entry in OPTIMIZERS for param in entry.params)]
    keys = scripts.call("tests/js/asked.js", "addressKeys")
    names = [*(param.id for param in params), *keys, *race([{"name": "sgd"}]).canonical()]
    assert {"v", "start", "speed", "theme", "optimizers"} <= set(names)
    assert [name for name in names if scripts.call("state/trackers.js", "isTracker", name)] == []


@pytest.mark.parametrize("index", range(len(real_catalogue()["scenarios"])))
def test_every_scenario_survives(scripts: Scripts, index: int) -> None:
    scenario = real_catalogue()["scenarios"][index]
    view = {"tab": "data", "plane": None} | scenario["view"]
    document, said = read(scripts, write(scripts, scenario["experiment"], **view))
    assert document == scenario["experiment"]
    assert {"tab": "data", "plane": None} | said == view


def value(param: Param, source: random.Random) -> Any:
    """A value that the param allows, now and then the default or none."""
    if source.random() < 0.3:
        return list(param.default) if isinstance(param.default, tuple) else param.default
    if param.optional and source.random() < 0.3:
        return None
    return DRAWS[param.kind](param, source)


def draw_list(param: Param, source: random.Random) -> list[Any]:
    items = [value(param.items[0], source) for _ in range(source.randint(param.fewest, min(param.most, 5)))]
    return sorted(set(items)) if param.rising else items


def draw_number(param: Param, source: random.Random) -> float:
    low, high = param.soft or (-1e3, 1e3)
    return max(low, param.low) + (min(high, param.high) - max(low, param.low)) * source.uniform(0.001, 0.999)


DRAWS: dict[str, Callable[[Param, random.Random], Any]] = {
    "switch": lambda _param, source: source.random() < 0.5,
    "choice": lambda param, source: source.choice(param.choices),
    "tuple": lambda param, source: [value(item, source) for item in param.items],
    "list": draw_list,
    "number": draw_number,
    "integer": lambda param, source: round(draw_number(param, source)),
}


def values(params: tuple[Param, ...], source: random.Random) -> dict[str, Any]:
    return {param.id: value(param, source) for param in params}


def draw_objective(source: random.Random) -> dict[str, Any]:
    if source.random() < 0.25:
        surface = source.choice(SURFACES)
        return {"kind": "surface", "name": surface.id, "params": values(surface.params, source)}
    drawn = source.choice(MODELS)
    dataset = source.choice([entry for entry in DATASETS if suits(drawn, entry)])
    return {
        "kind": "model",
        "model": {"name": drawn.id, **values(drawn.params, source)},
        "dataset": {"name": dataset.id, **values(dataset.params, source)},
        **values(MODEL_FIELDS, source),
        "loss": source.choice([None, *drawn.losses]),
    }


def draw_optimizer(source: random.Random) -> dict[str, Any]:
    optimizer, schedule = source.choice(OPTIMIZERS), source.choice(SCHEDULES)
    label = {"label": source.choice(("a;b=c&d", "é, 100% + 1", "7", "null"))} if source.random() < 0.3 else {}
    settings = values((*schedule.params, *WARMUP), source)
    return {
        "name": optimizer.id,
        **values(optimizer.params, source),
        "schedule": {"name": schedule.id, **settings},
    } | label


def draw(source: random.Random) -> dict[str, Any]:
    """A canonical document that the server takes."""
    while True:
        optimizers = [draw_optimizer(source) for _ in range(source.randint(1, 3))]
        try:
            objective = draw_objective(source)
            return parse({"objective": objective, "optimizers": optimizers, **values(FIELDS, source)}).canonical()
        except Problem:
            continue  # The loss does not fit the data, or the optimizer not the objective.


@pytest.mark.parametrize("seed", range(60))
def test_any_experiment_survives(scripts: Scripts, seed: int) -> None:
    source = random.Random(seed)
    document = draw(source)
    styles = [{"slot": source.randrange(8), "hidden": source.random() < 0.5} for _ in document["optimizers"]]
    kind = source.choice(PLANES)
    plane = {"name": kind.id, **values(kind.params, source)}
    query = write(scripts, document, styles=styles, plane=plane, tab="both")
    found, view = read(scripts, query)
    assert found == document
    assert view["tab"] == "both"
    if document["objective"]["kind"] == "model":
        assert {**{param.id: param.default for param in kind.params}, **view["plane"]} == plane
