"""A short list of numbers is a line of slider and entry for each; others may be added and taken out."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

UNITS = {
    "id": "units", "title": "units", "kind": "integer", "default": 16, "help": "", "low": 1, "high": 64,
    "open_low": False, "open_high": False, "soft": [1, 64], "scale": "linear", "symbol": "", "unit": "",
    "optional": False, "choices": [], "items": [], "fewest": 0, "most": 64, "rising": True,
}  # fmt: skip
HIDDEN = UNITS | {
    "id": "hidden", "title": "hidden layers", "kind": "list", "default": [16, 16], "help": "Units of each layer.",
    "items": [UNITS], "fewest": 1, "most": 4, "rising": False,
}  # fmt: skip
MOUNT = """async ([param, value]) => {
  const { createParams } = await import('/static/js/controls/params/param.js');
  window.changes = [];
  const params = createParams([param], () => ({
    change: (value, live) => {
      window.changes.push([value, live]);
      params.set({ [param.id]: value });
    },
  }));
  params.set({ [param.id]: value });
  window.params = params;
  document.body.replaceChildren(...params.els);
}"""


def mount(page: Page, value: list[int], **changed: Any) -> None:
    page.evaluate(MOUNT, [HIDDEN | changed, value])


def last(page: Page) -> Any:
    return page.evaluate("window.changes.at(-1)")


def entries(page: Page) -> list[str]:
    return [entry.input_value() for entry in page.get_by_role("textbox").all() if entry.is_visible()]


def test_a_line_is_added_like_the_last_one_until_there_are_enough(blank: Page) -> None:
    mount(blank, [16, 8])
    add = blank.get_by_role("button", name="Add to hidden layers")
    add.click()
    assert last(blank) == [[16, 8, 8], False]
    expect(add).to_be_focused()
    add.click()
    assert entries(blank) == ["16", "8", "8", "8"]
    expect(add).to_be_disabled()
    # The button can not keep the focus any more: the new line has it.
    expect(blank.get_by_role("textbox", name="hidden layers 4, units")).to_be_focused()


def test_any_line_but_the_last_one_left_can_be_taken_out(blank: Page) -> None:
    mount(blank, [1, 2, 3])
    blank.get_by_role("button", name="remove hidden layers 2").click()
    assert last(blank) == [[1, 3], False]
    expect(blank.get_by_role("button", name="remove hidden layers 2")).to_be_focused()
    blank.get_by_role("button", name="remove hidden layers 2").click()
    assert entries(blank) == ["1"]
    expect(blank.get_by_role("button", name="remove hidden layers 1")).to_be_disabled()
    expect(blank.get_by_role("button", name="Add to hidden layers")).to_be_focused()


def test_a_line_moves_by_keys_and_by_typing(blank: Page) -> None:
    mount(blank, [16, 8])
    blank.get_by_role("slider", name="hidden layers 2, units").press("ArrowRight")
    assert last(blank) == [[16, 9], False]
    entry = blank.get_by_role("textbox", name="hidden layers 1, units")
    entry.fill("64")
    entry.press("Enter")
    assert last(blank) == [[64, 9], False]


def test_a_wrong_number_of_units_stays_and_says_what_it_needs(blank: Page) -> None:
    mount(blank, [16, 8])
    entry = blank.get_by_role("textbox", name="hidden layers 2, units")
    entry.fill("65")
    entry.press("Tab")
    expect(entry).to_have_attribute("aria-invalid", "true")
    expect(blank.get_by_text("Needs at most 64.")).to_be_visible()
    assert blank.evaluate("window.changes.length") == 0


def test_what_the_server_refuses_is_said_at_the_line_that_it_means(blank: Page) -> None:
    mount(blank, [16, 8])
    assert blank.evaluate("window.params.setFault(['hidden', 1], 'must be smaller')") is True
    expect(blank.get_by_role("textbox", name="hidden layers 2, units")).to_have_attribute("aria-invalid", "true")
    expect(blank.get_by_text("must be smaller")).to_be_visible()
    # Passing through another line changes nothing about this one.
    blank.get_by_role("textbox", name="hidden layers 1, units").focus()
    blank.get_by_role("textbox", name="hidden layers 1, units").blur()
    expect(blank.get_by_text("must be smaller")).to_be_visible()
    blank.evaluate("window.params.setFault(['hidden', 1], null)")
    expect(blank.locator("[aria-invalid]")).to_have_count(0)
    assert blank.evaluate("window.params.setFault(['width'], 'unknown')") is False


def test_the_group_says_what_the_list_is(blank: Page) -> None:
    mount(blank, [16])
    expect(blank.get_by_role("group", name="hidden layers")).to_be_visible()
    assert blank.get_by_role("slider").count() == 1


@pytest.mark.parametrize(
    ("typed", "value", "words"),
    [
        ("5, 3", [5, 3], ""),
        ("7", None, "Needs at least 2."),
        ("1 2 3 4 5 6 7 8 9 10", None, "Needs at most 9."),
        ("5, 65", None, "Needs at most 64."),
    ],
)
def test_a_long_list_is_typed(blank: Page, typed: str, value: list[int] | None, words: str) -> None:
    mount(blank, [1, 1], fewest=2, most=9)
    entry = blank.get_by_role("textbox", name="hidden layers")
    entry.fill(typed)
    entry.press("Enter")
    assert last(blank) == (None if value is None else [value, False])
    expect(blank.locator(".fault")).to_have_text(words)
