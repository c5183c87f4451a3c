"""Documents of older and newer versions."""

from typing import Any

import pytest

from app.core.problems import Problem
from app.experiment import parse
from app.migrations import is_newer, migrate

DOCUMENT = {"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd", "lr": 0.01}]}
STEPS = {
    1: lambda document: {"rows": [document["row"]], "version": 1},
    2: lambda document: {"rows": dict.fromkeys(document["rows"])},
}


@pytest.mark.parametrize("version", [{}, {"version": 1}, {"version": 1.0}])
def test_a_document_of_this_version_is_left_as_it_is(version: dict[str, Any]) -> None:
    assert migrate(DOCUMENT | version) == DOCUMENT | version
    assert parse(DOCUMENT | version) == parse(DOCUMENT)


@pytest.mark.parametrize("document", [{"row": "a"}, {"version": 1, "row": "a"}, {"version": 2, "rows": ["a"]}])
def test_an_older_document_goes_through_every_version_between(document: dict[str, Any]) -> None:
    assert migrate(document, STEPS, 3) == {"version": 3, "rows": {"a": None}}


@pytest.mark.parametrize("version", [0, -1, 2, 99, 1.5, True, "1", None, [1], float("nan"), float("inf"), 10**400])
def test_another_version_is_refused_with_what_came(version: Any) -> None:
    with pytest.raises(Problem) as refused:
        parse(DOCUMENT | {"version": version})
    (error,) = refused.value.errors
    assert error.path == "version"
    assert str(error.message).startswith("must be 1")
    newer = version in (2, 99, 10**400)
    assert ("a newer playground may open this" in str(error.message)) == newer


@pytest.mark.parametrize(
    ("document", "newer"),
    [({"version": 2}, True), ({"version": 10**400}, True), ({"version": 1}, False), ({}, False),
     ({"version": "2"}, False), ({"version": 1.5}, False), ([2], False), (None, False)],
)  # fmt: skip
def test_a_newer_document_is_known_as_such(document: Any, newer: bool) -> None:
    assert is_newer(document) == newer
