"""The share dialog on screens of every size: nothing is out of reach, nothing moves, and it reads as it is walked."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import Visitor
from tests.e2e.scenes import RACE, make_short, share, visit
from tests.server import Server


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 768), (390, 844)])
def test_it_fits_and_nothing_jumps(stranger: Visitor, server: Server, theme: str, width: int, height: int) -> None:
    page = stranger.open((width, height), color_scheme=theme)
    visit(page, server.url + RACE)
    dialog = share(page)
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] + box["height"] <= height
    assert not dialog.locator(".dialog-body").evaluate("body => body.scrollWidth > body.clientWidth")
    places = "() => [...document.querySelectorAll('.dialog-share *')].map(el => el.getBoundingClientRect().top)"
    before = page.evaluate(places)
    make_short(dialog)
    assert page.evaluate(places) == before
    if width == 390:
        small = "els => els.filter(el => el.getBoundingClientRect().height < 40).map(el => el.textContent)"
        touched = dialog.locator("button, select, .share-check").locator("visible=true")
        assert touched.evaluate_all(small) == []
    violations = Axe().run(page).response["violations"]
    assert violations == [], json.dumps(violations, indent=1)[:3000]


def test_on_a_wide_screen_all_is_seen_and_on_a_phone_files_come_before_the_snippet(
    stranger: Visitor, server: Server
) -> None:
    def tops(width: int, height: int) -> dict[str, tuple[float, float]]:
        page = stranger.open((width, height))
        visit(page, server.url + RACE)
        dialog = share(page)
        if width == 1440:
            assert not dialog.locator(".dialog-body").evaluate("body => body.scrollHeight > body.clientHeight")
        places: dict[str, tuple[float, float]] = {}
        for heading in dialog.get_by_role("heading", level=3).all():
            box = heading.bounding_box()
            assert box
            places[heading.inner_text()] = (box["y"], box["x"])
        for file in ("PyTorch script", "Film (WebM)"):
            box = dialog.get_by_role("button", name=f"Download {file}").bounding_box()
            assert box
            assert width < 1000 or box["y"] + box["height"] < height
        stranger.forget()
        return places

    for size in ((1440, 900), (1024, 768), (390, 844)):
        places = tops(*size)
        assert list(places) == ["Link", "Short link", "QR code", "Compare", "Take it away", "Embed"]
        assert list(places.values()) == sorted(places.values())
