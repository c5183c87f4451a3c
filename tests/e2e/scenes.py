"""Addresses and readings that the tests of the page share."""

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.browser import settle, wait_painted, wait_until
from tests.patience import eventually

RACE = "/?v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=0.4&steps=80"
SIZES = [(1440, 900), (1024, 768), (390, 844)]
NO_CLIPBOARD = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"
"""A page that came without HTTPS."""

FAULTY = "/?v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=oops&o=adamm;lr=0.1&steps=80&stepz=3"


def visit(page: Page, url: str) -> None:
    """Opens `url` and waits for its race."""
    page.goto(url)
    wait_painted(page)


def card(page: Page, name: str) -> Locator:
    """The card of the optimizer called `name`."""
    return page.get_by_role("group", name=name, exact=True)


def picture(page: Page, part: str = "#stage") -> bytes:
    """What a part of the page shows, pixel by pixel, once it stands still."""
    settle(page)
    shots = [page.locator(part).screenshot()]

    def stands() -> bool:
        shots.append(page.locator(part).screenshot())
        return shots[-1] == shots[-2]

    assert eventually(stands)
    return shots[-1]


def apart(one: bytes, other: bytes) -> float:
    """The share of the pixels of two pictures that clearly differ: a scene is turned to a part of a pixel."""
    images = [np.asarray(Image.open(BytesIO(each)).convert("RGB"), dtype=float) for each in (one, other)]
    return float((np.abs(images[0] - images[1]).max(2) > 48).mean())


def wait_hill(page: Page) -> None:
    """Returns when the scene of the hill is there."""
    wait_until(page, "document.querySelector('.plot-scene')?._fullLayout?.scene?._scene?.glplot != null")


def set_slider(slider: Locator, share: float) -> None:
    """Moves a slider as a hand does, to `share` of its way."""
    box = slider.bounding_box()
    assert box
    mouse = slider.page.mouse
    mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    mouse.down()
    for part in (0.3, 0.6, 1.0):
        target = 0.5 + (share - 0.5) * part
        mouse.move(box["x"] + box["width"] * target, box["y"] + box["height"] / 2)
    mouse.up()


def revision(page: Page) -> int:
    value: Any = page.evaluate("Number(document.documentElement.dataset.revision)")
    return int(value)


def share(page: Page) -> Locator:
    """Opens the dialog as a person does."""
    page.get_by_role("button", name="Share", exact=True).click()
    dialog = page.get_by_role("dialog", name="Share")
    expect(dialog).to_be_visible()
    return dialog


def told(dialog: Locator) -> Locator:
    """The line at the foot of the share dialog."""
    return dialog.locator(".share-told")


def make_short(dialog: Locator) -> str:
    """Makes a short link in the share dialog, as a person does."""
    dialog.get_by_role("button", name="Make short link").click()
    expect(told(dialog)).to_have_text("Short link made and copied.")
    expect(dialog.get_by_role("button", name="Copy short link")).to_be_visible()
    return dialog.get_by_role("textbox", name="short link", exact=True).input_value()
