"""Views and titles."""

import json
from typing import Any

import pytest

from app.core.problems import FieldError
from app.view import View, parse_title, parse_view


def read(document: Any) -> View:
    errors: list[FieldError] = []
    view = parse_view(document, errors)
    assert errors == []
    return view


def test_equal_views_have_equal_texts() -> None:
    texts = {read(document).text() for document in ({"b": [1, True], "a": -0.5}, {"a": -0.5, "b": [1.0, True]})}
    assert texts == {'{"a":-0.5,"b":[1,true]}'}


def test_a_view_is_read_again_from_its_text() -> None:
    view = read({"tab": "3d", "camera": [1.25, -2, 1e200], "log": False, "hide": [], "note": "é 🙂"})
    assert read(json.loads(view.text())) == view


def test_as_much_as_is_allowed_is_taken() -> None:
    read({f"choice{index}": index for index in range(32)})
    read({"a": "x" * 200, "b": [0] * 64, "c": "y" * 200})
    full = {f"a{index}": "x" * 195 for index in range(10)} | {"z": "x"}
    size = len(read(full).text().encode())
    full["z"] = "x" * (2048 - size + 1)
    assert len(read(full).text().encode()) == 2048
    errors: list[FieldError] = []
    parse_view(full | {"z": full["z"] + "x"}, errors)
    assert [error.path for error in errors] == ["view"]


@pytest.mark.parametrize(
    "value", [None, {}, [[]], [{}], [None], float("nan"), float("inf"), 10**400, "\n", "\ud800", "\u2028", "x" * 201]
)
def test_what_is_no_choice_is_refused_with_its_name(value: Any) -> None:
    errors: list[FieldError] = []
    assert parse_view({"good": 1, "bad": value}, errors) == View()
    assert [error.path for error in errors] == ["view.bad"]


@pytest.mark.parametrize("name", ["", "a b", "<b>", "1a", "x" * 41, "é"])
def test_a_name_that_is_none_is_refused(name: str) -> None:
    errors: list[FieldError] = []
    parse_view({name: 1}, errors)
    assert [error.path for error in errors] == ["view"]


@pytest.mark.parametrize("title", ["", "x" * 120, "</script> 🙂 \u202e"])
def test_a_title_is_text(title: str) -> None:
    errors: list[FieldError] = []
    assert parse_title(title, errors) == title
    assert errors == []


@pytest.mark.parametrize("title", [None, 1, "x" * 121, "a\nb", "a\0b", "\ud83d"])
def test_a_title_that_is_none_is_refused(title: Any) -> None:
    errors: list[FieldError] = []
    assert parse_title(title, errors) == ""
    assert [error.path for error in errors] == ["title"]
