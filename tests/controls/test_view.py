"""A view, as an address says it and as it is kept beside an experiment."""

from app.core.problems import FieldError
from app.experiment import parse
from app.view import parse_view
from tests.controls.test_address import VIEW, model, read, write
from tests.node import CATALOG, Scripts

PLAIN = "on=booth&start=1,2&o=sgd;lr=0.1"


def test_a_view_is_read_again_from_its_address_and_from_its_document(scripts: Scripts) -> None:
    styles = [{"slot": 2, "hidden": False}, {"slot": 0, "hidden": True}]
    plane = {"name": "random", "seed": 3}
    log = {"x": True, "y": False}
    view = VIEW | {
        "tab": "3d", "styles": styles, "plane": plane, "curve": "rate", "log": log, "step": 7,
        "camera": [1, -1.25, 0.5], "range": [-2, 1.5, -0.25, 1e-7], "measure": "best", "speed": 0.25,
    }  # fmt: skip
    _, said = read(scripts, write(scripts, model("mlp", "xor"), **view))
    assert said == view
    told = scripts.call("state/viewdocument.js", "writeView", view)
    assert told == {
        "tab": "3d", "plane": "random", "plane.seed": 3, "curve": "rate", "log": "x", "step": 7,
        "camera": [1, -1.25, 0.5], "range": [-2, 1.5, -0.25, 1e-7], "measure": "best", "speed": 0.25, "colours": [2, 0],
        "hide": [2],
    }  # fmt: skip
    errors: list[FieldError] = []
    assert dict(parse_view(told, errors).choices) == told
    assert scripts.call("state/viewdocument.js", "readView", told, CATALOG) == view
    assert scripts.call("state/viewdocument.js", "writeView", VIEW | {"tab": "2d"}) == {"tab": "2d"}


def test_links_say_nothing_of_what_is_the_readers_own(scripts: Scripts) -> None:
    document = parse({"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd"}]}).canonical()
    own = {"theme": "dark", "rail": False}
    assert write(scripts, document, **own) == write(scripts, document)
