"""The line under the rail: it says what a control does, as long as there is such a control."""

from playwright.sync_api import Page

MOUNT = """async () => {
  const { createHint } = await import('/static/js/controls/page/hint.js');
  document.body.innerHTML = `<p id="hint"></p>
    <div class="param"><input id="rate"><p class="help">Far or not.</p><p class="note">Above 2 it grows.</p></div>
    <div class="param"><input id="bare"></div>`;
  window.hint = createHint(document.body);
}"""
WELCOME = "Point at a control to read what turning it up does."


def hint(page: Page) -> str:
    return page.locator("#hint").inner_text()


def test_it_says_what_the_control_in_hand_does_and_follows_its_words(blank: Page) -> None:
    blank.evaluate(MOUNT)
    assert hint(blank).startswith(WELCOME)
    blank.locator("#rate").focus()
    assert hint(blank) == "Far or not. Above 2 it grows."
    blank.locator("#bare").focus()
    assert hint(blank) == "Far or not. Above 2 it grows."
    blank.evaluate("document.querySelector('.note').textContent = 'Above 3 it grows.'; hint.update()")
    assert hint(blank) == "Far or not. Above 3 it grows."


def test_it_forgets_a_control_that_is_gone_or_put_away(blank: Page) -> None:
    for away in ("param.remove()", "param.hidden = true"):
        blank.evaluate(MOUNT)
        blank.locator("#rate").focus()
        blank.evaluate(f"(() => {{ const param = document.querySelector('.param'); {away}; hint.update(); }})()")
        assert hint(blank).startswith(WELCOME)
