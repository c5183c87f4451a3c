"""One factory makes the control of every param: slider, entry, keys, what is wrong."""

from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

RATE = {
    "id": "lr", "title": "learning rate", "kind": "number", "default": 0.01, "help": "How far.", "low": 0, "high": 10,
    "open_low": False, "open_high": True, "soft": [1e-5, 1], "scale": "log", "symbol": "", "unit": "",
    "optional": False, "choices": [], "items": [],
}  # fmt: skip
MOUNT = """async ([param, value]) => {
  const { createParam } = await import('/static/js/controls/params/param.js');
  window.changes = [];
  const control = createParam(param, { change: (value, live) => window.changes.push([value, live]) });
  control.set(value);
  document.body.replaceChildren(control.el);
}"""


def mount(page: Page, value: Any, **changed: Any) -> None:
    page.evaluate(MOUNT, [RATE | changed, value])


def changes(page: Page) -> list[list[Any]]:
    found: list[list[Any]] = page.evaluate("window.changes")
    return found


def entry(page: Page) -> Locator:
    return page.get_by_role("textbox", name="learning rate")


@pytest.mark.parametrize(("typed", "value"), [("1e-3", 0.001), ("0", 0), ("5", 5), ("1/8", 0.125)])
def test_what_is_typed_is_what_comes_out(blank: Page, typed: str, value: float) -> None:
    mount(blank, 0.01)
    entry(blank).fill(typed)
    entry(blank).press("Enter")
    assert changes(blank) == [[value, False]]


@pytest.mark.parametrize(
    ("typed", "words"),
    [("abc", "Needs a number, like 0.01 or 1e-3."), ("-1", "Needs at least 0."), ("10", "Needs less than 10.")],
)
def test_a_wrong_entry_stays_and_says_what_it_needs(blank: Page, typed: str, words: str) -> None:
    mount(blank, 0.01)
    entry(blank).fill(typed)
    entry(blank).blur()
    expect(entry(blank)).to_have_value(typed)
    expect(entry(blank)).to_have_attribute("aria-invalid", "true")
    expect(blank.get_by_text(words)).to_be_visible()
    assert changes(blank) == []


def test_escape_brings_the_value_back(blank: Page) -> None:
    mount(blank, 0.01)
    entry(blank).fill("abc")
    entry(blank).press("Enter")
    entry(blank).press("Escape")
    expect(entry(blank)).to_have_value("0.01")
    expect(entry(blank)).not_to_have_attribute("aria-invalid", "true")


def test_a_rounded_value_is_whole_in_its_tip_and_while_it_is_edited(blank: Page) -> None:
    mount(blank, 0.0123456)
    expect(entry(blank)).to_have_value("0.01235")
    expect(entry(blank)).to_have_attribute("title", "0.0123456")
    entry(blank).focus()
    expect(entry(blank)).to_have_value("0.0123456")
    entry(blank).blur()
    assert changes(blank) == []


@pytest.mark.parametrize(
    ("key", "value"), [("ArrowRight", 0.0102), ("Shift+ArrowRight", 0.0126), ("ArrowLeft", 0.00977), ("Home", 1e-5)]
)
def test_keys_move_a_logarithmic_slider_by_parts_of_a_decade(blank: Page, key: str, value: float) -> None:
    mount(blank, 0.01)
    blank.get_by_role("slider", name="learning rate").press(key)
    assert changes(blank) == [[value, True], [value, False]]


def test_a_double_click_brings_the_default_back(blank: Page) -> None:
    mount(blank, 0.5)
    blank.get_by_role("slider").dblclick(position={"x": 20, "y": 12})
    assert changes(blank)[-1] == [0.01, False]


def test_a_held_slider_is_live_until_it_is_let_go(blank: Page) -> None:
    mount(blank, 0.01)
    box = blank.get_by_role("slider").bounding_box()
    assert box is not None
    middle = box["y"] + box["height"] / 2
    blank.mouse.move(box["x"] + box["width"] * 0.3, middle)
    blank.mouse.down()
    blank.mouse.move(box["x"] + box["width"] * 0.8, middle, steps=4)
    seen = changes(blank)
    blank.mouse.up()
    assert len(seen) > 1
    assert all(live for _, live in seen)
    assert changes(blank)[len(seen) :] == [[seen[-1][0], False]]


def test_an_optional_param_is_null_when_it_is_off_and_comes_back_as_it_was(blank: Page) -> None:
    mount(blank, 0.3, optional=True, default=None)
    blank.get_by_role("switch").click()
    assert changes(blank) == [[None, False]]
    expect(entry(blank)).to_be_enabled()


def test_a_tuple_has_a_slider_for_each_part(blank: Page) -> None:
    items = [RATE | {"title": "beta 1"}, RATE | {"title": "beta 2"}]
    mount(blank, [0.01, 0.5], kind="tuple", default=[0.01, 0.5], items=items)
    blank.get_by_role("textbox", name="beta 2").fill("0.25")
    blank.get_by_role("textbox", name="beta 2").press("Enter")
    assert changes(blank) == [[[0.01, 0.25], False]]


@pytest.mark.parametrize(("typed", "value"), [("100, 200", [100, 200]), ("5 6;7", [5, 6, 7]), ("200, 100", None)])
def test_a_list_is_typed_with_commas_and_rises(blank: Page, typed: str, value: list[int] | None) -> None:
    mount(blank, [1], kind="list", items=[RATE | {"kind": "integer", "high": None}])
    entry(blank).fill(typed)
    entry(blank).press("Enter")
    assert changes(blank) == ([] if value is None else [[value, False]])


MARK = """async ([value, at]) => {
  const { createParam } = await import('/static/js/controls/params/param.js');
  const { decadesAround } = await import('/static/js/controls/params/scale.js');
  const control = createParam(window.rate, { change: () => {} });
  control.setRange(decadesAround(0.02));
  control.set(value);
  document.body.replaceChildren(control.el);
  const before = document.body.firstChild.getBoundingClientRect().height;
  control.setMark(at === null ? null : { at, words: 'Above the mark, steps grow.' });
  return document.body.firstChild.getBoundingClientRect().height - before;
}"""


def test_a_mark_stands_where_the_thumb_would_and_is_said_without_moving_anything(blank: Page) -> None:
    blank.evaluate("(rate) => { window.rate = rate; }", RATE)
    assert blank.evaluate(MARK, [0.1, 0.01]) == 0
    slider = blank.get_by_role("slider")
    box, mark = slider.bounding_box(), blank.locator(".slider-mark").bounding_box()
    assert box
    assert mark
    # The range is 1e-5 to 1 and the thumb is 16 px wide: 0.01 lies at three of five decades.
    assert mark["x"] + mark["width"] / 2 == pytest.approx(box["x"] + 8 + 0.6 * (box["width"] - 16), abs=1)
    expect(slider).to_have_accessible_description("How far. Above the mark, steps grow.")
    expect(blank.locator(".slider-mark[data-over]")).to_be_visible()


@pytest.mark.parametrize("at", [None, 1e-7, 5])
def test_no_mark_is_shown_where_there_is_none_or_the_slider_does_not_reach(blank: Page, at: float | None) -> None:
    blank.evaluate("(rate) => { window.rate = rate; }", RATE)
    blank.evaluate(MARK, [0.1, at])
    expect(blank.locator(".slider-mark")).to_be_hidden()
    expect(blank.get_by_role("slider")).to_have_accessible_description("How far.")


@pytest.mark.parametrize(("value", "beyond"), [(3, "high"), (1e-7, "low"), (0.01, None)])
def test_a_value_off_the_slider_is_told_from_one_at_its_end(blank: Page, value: float, beyond: str | None) -> None:
    mount(blank, value)
    slider = blank.get_by_role("slider")
    assert slider.get_attribute("data-beyond") == beyond
    expect(slider).to_have_attribute("aria-valuetext", {3: "3", 1e-7: "1e−7", 0.01: "0.01"}[value])
    expect(entry(blank)).to_have_value({3: "3", 1e-7: "1e-7", 0.01: "0.01"}[value])
