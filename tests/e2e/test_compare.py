"""Two experiments side by side: one player, what differs, other experiments, sides swapped."""

from urllib.parse import parse_qs, urlencode

import httpx
import pytest
import torch
from playwright.sync_api import Browser, Page, expect

from tests.browser import COMPLETE, Visitor, settle, wait_until
from tests.e2e.conftest import is_fault
from tests.e2e.scenes import visit
from tests.server import Server

LEFT = "v=1&on=booth&start=-8,6&o=sgd;lr=0.02&o=adam;lr=0.4&steps=80"
RIGHT = "v=1&on=booth&start=-8,6&o=adam;lr=0.1&o=sgd;lr=0.02;momentum=0.5&steps=30&seed=4"
MODEL = "v=1&model=mlp&model.hidden=4,&data=xor&o=sgd;lr=0.2&o=adam;lr=0.01&steps=20"


def open_comparison(page: Page, server: Server, **sides: str) -> None:
    page.goto(f"{server.url}/compare?{urlencode(sides)}")
    wait_until(page, COMPLETE)


def asked(page: Page) -> dict[str, str]:
    """What the address bar says."""
    # Playwright's own `url` follows a moment later.
    query: str = page.evaluate("location.search")
    return {name: values[0] for name, values in parse_qs(query.removeprefix("?")).items()}


def rest(page: Page, key: str) -> None:
    """Pauses at the place to which `key` leads."""
    page.evaluate("document.activeElement.blur()")
    page.get_by_role("slider", name="Step", exact=True).focus()
    page.keyboard.press(key)
    # At once, as a race may come to its end by itself between a look at the button and a click.
    page.evaluate("document.querySelector('button[aria-label=Pause]')?.click()")


def losses(page: Page, side: str) -> dict[str, str]:
    """The losses that stand over a stage, by optimizer."""
    racers = page.locator(f"#{side} .racer")
    names = racers.locator(".racer-name").all_text_contents()
    return dict(zip(names, racers.locator(".racer-loss").all_text_contents(), strict=True))


def rows(page: Page) -> list[list[str]]:
    """Name, left and right of all that differs."""
    table = page.locator("#differences table").first
    return [row.locator("th, td").all_text_contents() for row in table.locator("tbody tr:has(td)").all()]


def booth(steps: int, lr: float, momentum: float = 0.0) -> float:
    """The loss of torch's own SGD on Booth's function after so many steps."""
    at = torch.tensor([-8.0, 6.0], dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.SGD([at], lr=lr, momentum=momentum)

    def loss() -> torch.Tensor:
        return (at[0] + 2 * at[1] - 7) ** 2 + (2 * at[0] + at[1] - 5) ** 2

    for _ in range(steps):
        optimizer.zero_grad()
        torch.autograd.backward(loss())
        optimizer.step()
    return loss().item()


def told(text: str) -> float:
    return float(text.replace("−", "-"))


def save(server: Server, query: str, title: str) -> dict[str, str]:
    document = {"objective": {"kind": "surface", "name": "booth"}, "optimizers": [{"name": "sgd", "lr": 0.01}]}
    body = {"experiment": document | {"steps": int(query)}, "title": title}
    answer = httpx.post(f"{server.url}/api/experiments", json=body)
    assert answer.status_code in (200, 201)
    kept: dict[str, str] = answer.json()
    return kept


def test_one_player_moves_both_and_the_shorter_rests_at_its_end(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=RIGHT)
    rest(page, "End")
    expect(page.locator("#transport output")).to_have_text("80 / 80")
    assert told(losses(page, "left")["Gradient descent"]) == pytest.approx(booth(80, lr=0.02), rel=1e-3)
    assert told(losses(page, "right")["Momentum"]) == pytest.approx(booth(30, lr=0.02, momentum=0.5), rel=1e-3)
    rest(page, "Home")
    page.locator("#transport").get_by_role("button", name="Step forward").click()
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator("#transport output")).to_have_text("11 / 80")
    assert told(losses(page, "left")["Gradient descent"]) == pytest.approx(booth(11, lr=0.02), rel=1e-3)
    assert told(losses(page, "right")["Momentum"]) == pytest.approx(booth(11, lr=0.02, momentum=0.5), rel=1e-3)
    page.keyboard.press("r")
    expect(page.locator("#transport output")).to_have_text("0 / 80")


def test_the_table_says_what_differs_and_no_more(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=RIGHT)
    assert rows(page) == [
        ["steps", "80", "30"],
        ["seed", "0", "4"],
        ["optimizer", "SGD, learning rate 0.02", "not there"],
        ["learning rate", "0.4", "0.1"],
        ["optimizer", "not there", "SGD, learning rate 0.02, momentum 0.5"],
    ]
    expect(page.locator("#differences")).to_contain_text("5 parts differ")
    equal = page.locator("#differences details")
    expect(equal.locator("table")).not_to_be_visible()
    equal.locator("summary").click()
    expect(equal.get_by_role("row", name="surface Booth")).to_be_visible()


def test_sides_are_swapped_and_swapped_back(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=RIGHT)
    rest(page, "End")
    before = losses(page, "left"), losses(page, "right")
    page.get_by_role("button", name="Swap sides").click()
    wait_until(page, f"document.querySelector('#left .side-length').textContent === '30 steps' && {COMPLETE}")
    assert asked(page) == {"left": RIGHT, "right": LEFT}
    assert (losses(page, "right"), losses(page, "left")) == before
    assert rows(page)[0] == ["steps", "30", "80"]
    page.keyboard.press("Control+z")
    wait_until(page, f"document.querySelector('#left .side-length').textContent === '80 steps' && {COMPLETE}")
    assert asked(page) == {"left": LEFT, "right": RIGHT}
    page.go_back()
    wait_until(page, "document.querySelector('#left .side-length').textContent === '30 steps'")


def test_another_experiment_by_short_link_by_id_and_by_address(page: Page, server: Server) -> None:
    short, other = save(server, "40", "Gently"), save(server, "50", "Slowly")
    open_comparison(page, server, left=LEFT)
    page.get_by_role("textbox", name="Which experiment shall stand on the right?").fill(short["url"])
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Gently")).to_be_visible()
    assert asked(page) == {"left": LEFT, "right": short["id"]}
    for text, length in ((other["id"].upper(), "50 steps"), (f"{server.url}/?{RIGHT}", "30 steps")):
        page.get_by_role("button", name="Change the right experiment").click()
        page.get_by_role("textbox", name="Which experiment shall stand here?").fill(text)
        page.keyboard.press("Enter")
        expect(page.locator("#right .side-length")).to_have_text(length)
        expect(page.get_by_role("dialog")).to_have_count(0)
    assert asked(page) == {"left": LEFT, "right": RIGHT}
    expect(page.locator("#left .side-length")).to_have_text("80 steps")


def test_what_cannot_be_opened_is_told_and_nothing_is_lost(stranger: Visitor, server: Server) -> None:
    page = stranger.open()
    open_comparison(page, server, left=LEFT, right=RIGHT)
    shown = rows(page)
    for text, words in (
        ("zzzzzzzz", "There is no saved experiment"),
        ("not at all", "names no experiment"),
        (f"{server.url}/?v=1&on=booth&o=", "no optimizers"),
    ):
        page.get_by_role("button", name="Change the left experiment").click()
        entry = page.get_by_role("textbox", name="Which experiment shall stand here?")
        entry.fill(text)
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(entry).to_have_value(text)
        page.keyboard.press("Escape")
        assert (rows(page), asked(page)) == (shown, {"left": LEFT, "right": RIGHT})
    page.goto(f"{server.url}/compare?left=zzzzzzzz&right={urlencode({'': RIGHT})[1:]}")
    expect(page.get_by_role("alert")).to_contain_text("There is no saved experiment")
    expect(page.get_by_role("textbox", name="Which experiment shall stand on the left?")).to_have_value("zzzzzzzz")
    expect(page.locator("#right .side-length")).to_have_text("30 steps")
    page.close()


def test_a_damaged_address_opens_with_the_rest(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=f"{RIGHT}&o=adamm;lr=0.1&stepz=3")
    notice = page.get_by_role("status").filter(has_text="could not be used")
    expect(notice).to_contain_text("stepz")
    assert asked(page)["left"] == LEFT
    assert "stepz" not in asked(page)["right"]


def test_a_model_beside_a_surface_and_the_way_to_the_playground(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=MODEL)
    wait_until(page, "document.querySelector('#right .pane-data')?.dataset.step !== undefined")
    expect(page.locator("#left .pane-2d canvas").first).to_be_visible()
    page.get_by_role("tab", name="2D").click()
    wait_until(page, "document.querySelector('#right .pane-2d')?.dataset.samples !== undefined")
    page.get_by_role("link", name="Open the right experiment in the playground").click()
    wait_until(page, "document.documentElement.dataset.painted > 0")
    expect(page.get_by_role("slider", name="Step", exact=True)).to_have_attribute("max", "20")
    assert asked(page)["data"] == "xor"


def test_from_the_playground_to_a_comparison(page: Page, server: Server) -> None:
    visit(page, f"{server.url}/?{LEFT}")
    page.get_by_role("button", name="Compare with…").click()
    entry = page.get_by_role("textbox", name="What shall stand on the right?")
    entry.fill("what?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("names no experiment")
    entry.fill(f"{server.url}/?{RIGHT}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?**")
    wait_until(page, COMPLETE)
    assert asked(page) == {"left": LEFT, "right": RIGHT}


def test_the_start_is_dragged_and_the_other_side_stays(page: Page, server: Server) -> None:
    open_comparison(page, server, left=LEFT, right=RIGHT)
    handle = page.locator("#left .plot-start").first
    handle.focus()
    page.keyboard.press("Shift+ArrowRight")
    wait_until(page, f"location.search.includes('left=') && {COMPLETE}")
    settle(page)
    assert rows(page)[0][0] == "start"
    assert asked(page)["right"] == RIGHT
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Control+z")
    wait_until(page, "document.querySelector('#differences tbody tr:has(td) th').textContent === 'steps'")
    assert asked(page) == {"left": LEFT, "right": RIGHT}


def test_on_a_phone_the_stages_stand_one_above_the_other(browser: Browser, server: Server) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if is_fault(message.type, message.text) else None)
    open_comparison(page, server, left=LEFT, right=RIGHT)
    left, right, transport = (
        page.locator(name).bounding_box() for name in ("#left-stage", "#right-stage", "#transport")
    )
    assert left is not None
    assert right is not None
    assert transport is not None
    assert left["y"] + left["height"] <= right["y"]
    assert right["y"] + right["height"] <= transport["y"]
    assert transport["y"] + transport["height"] <= 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    context.close()
    assert faults == []
