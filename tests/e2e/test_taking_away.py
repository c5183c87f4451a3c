"""Files and films from the share dialog."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.scenes import RACE, share, told, visit
from tests.server import Server


@pytest.mark.parametrize(
    ("title", "beginning"),
    [("PyTorch script", b'"""'), ("Picture", b"\x89PNG"), ("Animation", b"GIF89a"), ("Film", b"\x1a\x45\xdf\xa3")],
)
def test_files_come_with_a_name_and_a_word(page: Page, server: Server, title: str, beginning: bytes) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    with page.expect_download() as download:
        dialog.get_by_role("button", name=f"Download {title}").click()
    name = download.value.suggested_filename
    assert name.lower().startswith("booth.")
    expect(told(dialog)).to_have_text(f"{title} is ready: {name}")
    assert Path(download.value.path()).read_bytes().startswith(beginning)
    expect(dialog.get_by_role("progressbar")).to_have_count(0)


def test_what_takes_long_tells_how_far_it_is_and_can_be_cancelled(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    page.route("**/api/export/gif", hold)
    for title, share_done in (("Film", re.compile("^[1-9]")), ("Animation", None)):
        dialog.get_by_role("button", name=f"Download {title}").click()
        bar = dialog.get_by_role("progressbar", name=f"making: {title}")
        expect(bar).to_be_visible()
        if share_done:
            expect(bar).to_have_attribute("aria-valuenow", share_done)
        dialog.get_by_role("button", name=f"Cancel {title}").click()
        expect(told(dialog)).to_have_text(f"{title}: cancelled.")
        expect(bar).to_be_hidden()
        expect(dialog.get_by_role("button", name=f"Download {title}")).to_be_focused()
    assert len(asked) == 1


def test_a_fault_is_told_in_the_dialog(page: Page, server: Server) -> None:
    visit(page, server.url + RACE)
    dialog = share(page)
    problem = {"type": "/problems/busy", "title": "Busy", "status": 503, "detail": "Many files are being made."}
    late = json.dumps({"done": 1, "total": 3, "data": ""})
    page.route("**/api/export/csv", lambda route: route.fulfill(status=200, body=f"{late}\n"))
    page.route("**/api/export/json", lambda route: route.fulfill(body=json.dumps({"problem": problem}) + "\n"))
    for title, words in (("Table (CSV)", "cannot be reached"), ("Data (JSON)", "Many files are being made.")):
        dialog.get_by_role("button", name=f"Download {title}").click()
        expect(told(dialog)).to_contain_text(words)
        expect(told(dialog)).to_have_attribute("data-kind", "alert")
