"""A view, as an address says it and as it is kept beside an experiment."""

from typing import Any

import pytest
from playwright.sync_api import Page

from app.core.problems import FieldError
from app.experiment import parse
from app.view import parse_view
from tests.controls.scripts import CATALOG, call
from tests.controls.test_address import VIEW, model, read, write

PLAIN = "on=booth&start=1,2&o=sgd;lr=0.1"


def test_a_view_is_read_again_from_its_address_and_from_its_document(blank: Page) -> None:
    styles = [{"slot": 2, "hidden": False}, {"slot": 0, "hidden": True}]
    plane = {"name": "random", "seed": 3}
    log = {"x": True, "y": False}
    view = VIEW | {
        "tab": "3d", "styles": styles, "plane": plane, "curve": "rate", "log": log, "step": 7,
        "camera": [1, -1.25, 0.5], "range": [-2, 1.5, -0.25, 1e-7], "measure": "best", "speed": 0.25,
    }  # fmt: skip
    _, said = read(blank, write(blank, model("mlp", "xor"), **view))
    assert said == view
    told = call(blank, "state/viewdocument.js", "writeView", view)
    assert told == {
        "tab": "3d", "plane": "random", "plane.seed": 3, "curve": "rate", "log": "x", "step": 7,
        "camera": [1, -1.25, 0.5], "range": [-2, 1.5, -0.25, 1e-7], "measure": "best", "speed": 0.25, "colours": [2, 0],
        "hide": [2],
    }  # fmt: skip
    errors: list[FieldError] = []
    assert dict(parse_view(told, errors).choices) == told
    assert call(blank, "state/viewdocument.js", "readView", told, CATALOG) == view
    assert call(blank, "state/viewdocument.js", "writeView", VIEW | {"tab": "2d"}) == {"tab": "2d"}


def test_a_view_that_is_not_known_is_told(blank: Page) -> None:
    found = call(blank, "state/readaddress.js", "readAddress", f"?{PLAIN}&view=4d&plane=flat", CATALOG)
    assert [problem["path"] for problem in found["problems"]] == ["view", "plane"]
    assert found["view"] == {}


@pytest.mark.parametrize(
    "said",
    [
        {"range": [1, 0, 0, 1]}, {"range": [0, 1, 1, 1]}, {"range": [0, 1]}, {"range": [0, 1, 0, 1, 0]},
        {"range": [0, 1e300, 0, 1]}, {"range": [-1e300, 0, 0, 1]}, {"range": [0, 1e-12, 0, 1]},
        {"range": [0, 1, 0, "1"]}, {"range": [0, 1, 0, True]}, {"range": "0,1,0,1"}, {"range": {}},
        {"range": [1e12, 1e12 + 1, 0, 1]}, {"measure": "fastest"}, {"measure": 1}, {"measure": ["best"]},
        {"speed": 0}, {"speed": -1}, {"speed": 1e300}, {"speed": "2"}, {"speed": True}, {"speed": [2]},
    ],
)  # fmt: skip
def test_what_makes_no_sense_in_a_view_is_passed_over(blank: Page, said: dict[str, Any]) -> None:
    assert call(blank, "state/viewdocument.js", "readView", {"tab": "2d", **said}, CATALOG) == {"tab": "2d"}


@pytest.mark.parametrize(
    "said",
    ["range=1,0,0,1", "range=0,1,0", "range=0,,0,1", "range=NaN,1,0,1", "range=0,1,0,1e300", "speed=fast", "speed="],
)
def test_what_makes_no_sense_in_an_address_is_passed_over(blank: Page, said: str) -> None:
    found = call(blank, "state/readaddress.js", "readAddress", f"?{PLAIN}&{said}", CATALOG)
    assert (found["view"], found["problems"]) == ({}, [])


def test_links_say_nothing_of_what_is_the_readers_own(blank: Page) -> None:
    document = parse({"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd"}]}).canonical()
    own = {"theme": "dark", "rail": False}
    assert write(blank, document, **own) == write(blank, document)
    assert call(blank, "state/viewdocument.js", "writeView", VIEW | own) == {"tab": "data"}
    assert call(blank, "state/viewdocument.js", "readView", own, CATALOG) == {}
