"""Requests are answered in the language that is asked for, where there is a catalogue of it."""

import pytest
from starlette.requests import HTTPConnection

from app.web.languages import language_of


def asked(query: str, liked: str) -> str:
    headers = [(b"accept-language", liked.encode())] if liked else []
    return language_of(HTTPConnection({"type": "http", "query_string": query.encode(), "headers": headers}))


@pytest.mark.parametrize(
    ("query", "liked", "language"),
    [
        ("", "", "en"),
        ("", "de-DE,de;q=0.9,en;q=0.8", "de"),
        ("", "fr, eo;q=0.3, de;q=0.7", "de"),
        ("", "de;q=0, eo", "eo"),
        ("", "de-AT", "de"),
        ("", "fr", "en"),
        ("", "de;q=x, *, ;;, eo;q=0.1", "eo"),
        ("lang=eo", "de", "eo"),
        ("lang=fr", "de", "de"),
        ("lang=%00../x", "", "en"),
        ("lang=DE", "eo", "de"),
    ],
)
def test_the_address_goes_before_the_browser(
    query: str, liked: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.web.languages.languages", lambda: ("en", "de", "eo"))
    assert asked(query, liked) == language
