"""What somebody pastes to name an experiment: long addresses, short links, ids, and what is none of these."""

import pytest
from playwright.sync_api import Error, Page

from tests.controls.scripts import call

QUERY = "v=1&on=booth&start=-8,6&o=sgd;lr=0.02;label=a%2Fb&steps=80"
ID = "k7m2x9qd"


@pytest.mark.parametrize(
    "text",
    [
        QUERY, f"?{QUERY}", f"/?{QUERY}", f"https://play.example/?{QUERY}", f"http://localhost:8000/?{QUERY}#top",
        f"play.example/?{QUERY}", f"  http://127.0.0.1:8000/?{QUERY}\n",
    ],
)  # fmt: skip
def test_a_long_address_however_it_was_copied(blank: Page, text: str) -> None:
    assert call(blank, "state/source.js", "readSource", text) == {"kind": "address", "query": QUERY}


@pytest.mark.parametrize(
    "text",
    [
        ID, ID.upper(), f" {ID} ", f"/e/{ID}", f"/e/{ID}/", f"https://play.example/e/{ID}", f"play.example/e/{ID}",
        f"http://localhost:8000/embed/{ID}?hide=legend", f"https://play.example/e/{ID.upper()}?step=3",
    ],
)  # fmt: skip
def test_a_short_link_or_an_id_however_it_was_copied(blank: Page, text: str) -> None:
    assert call(blank, "state/source.js", "readSource", text) == {"kind": "id", "id": ID}


@pytest.mark.parametrize("path", ["/lab/?", "/lab?", "/?"])
def test_below_a_path_an_address_is_read_as_the_server_reads_it(blank: Page, path: str) -> None:
    text = f"https://play.example{path}{QUERY}"
    assert call(blank, "state/source.js", "readSource", text, "/lab") == {"kind": "address", "query": QUERY}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "Paste the address"),
        ("   ", "Paste the address"),
        ("hello", "names no experiment"),
        ("k7m2x9q", "names no experiment"),
        ("x" * 10_000, "names no experiment"),
        ("' OR 1=1 --", "names no experiment"),
        ("<img src=x onerror=alert(1)>", "names no experiment"),
        ("javascript:alert(1)", "names no experiment"),
        ("/e/", "is no id"),
        ("/e/%E0%A4%A", "is no id"),
        ("/e/abc'; DROP TABLE", "is no id"),
        (f"/api/experiments/{ID}", "names no experiment"),
        ("https://play.example/", "of the playground itself"),
        ("https://play.example/compare?left=a&right=b", "comparison already"),
        ("http://[bad", "names no experiment"),
    ],
)
def test_what_names_no_experiment_is_told_so(blank: Page, text: str, told: str) -> None:
    with pytest.raises(Error, match=told):
        call(blank, "state/source.js", "readSource", text)


def test_an_address_of_a_comparison_holds_both_whole(blank: Page) -> None:
    left, right = {"kind": "address", "query": QUERY}, {"kind": "id", "id": ID}
    address = call(blank, "state/source.js", "compareAddress", left, right, {"view": "3d", "log": ""})
    found = blank.evaluate("(address) => [...new URL(address, 'http://here').searchParams]", address)
    assert found == [["left", QUERY], ["right", ID], ["view", "3d"], ["log", ""]]
