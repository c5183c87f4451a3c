"""The data with what models say of them, in a real browser: pixels, words and numbers, and what a click does."""

import pytest
from playwright.sync_api import Page, expect

from tests.views.modelpage import DIGITS, between, make, panels, tip_at, token

BINARY = "start(made.planarData(), 'moons', [2], { grid: made.gridOf(%d, 33, (x, y) => (x < 0.5 ? 0 : 255)) })"
RAMP = "start(made.planarData(), 'moons', [2], { grid: made.gridOf(1, 33, (x) => Math.round(255 * x)) })"

PIXEL = """([index, x, y]) => {
  const { layer } = view.multiples.panels[index];
  const { box } = view.scale();
  const ratio = devicePixelRatio;
  const at = [(box.left + x * box.width) * ratio, (box.top + (1 - y) * box.height) * ratio].map(Math.round);
  return [...layer.context.getImageData(...at, 1, 1).data.slice(0, 3)];
}"""


def hover(page: Page, x: float, y: float) -> list[str]:
    """The tip at a place of the first panel's plot, from its lower left corner in parts of its sides."""
    box = page.evaluate("view.scale().box")
    return tip_at(page, box["left"] + x * box["width"], box["top"] + (1 - y) * box["height"])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_each_side_has_its_class_colour_and_a_crisp_line_parts_them(model_page: Page, theme: str) -> None:
    model_page.evaluate("(theme) => (document.documentElement.dataset.theme = theme)", theme)
    make(model_page, "data", BINARY % 2, runs=2)
    base = token(model_page, "--class-base")
    for index in (0, 1):
        # Far from every sample of the two arms.
        left, right = model_page.evaluate(PIXEL, [index, 0.03, 0.97]), model_page.evaluate(PIXEL, [index, 0.97, 0.03])
        assert left == pytest.approx(between(base, token(model_page, "--class-0"), 0.5), abs=2)
        assert right == pytest.approx(between(base, token(model_page, "--class-1"), 0.5), abs=2)
        # Levels jump from 0 to 255 between samples 15 and 16 of 0 to 32: P is 1/2 in the middle of them.
        width = model_page.evaluate("view.scale().box.width")
        across = [model_page.evaluate(PIXEL, [index, 15.5 / 32 + shift / width, 0.97]) for shift in range(-4, 5)]
        mark = token(model_page, "--mark")
        far = [sum(abs(a - b) for a, b in zip(pixel, mark, strict=True)) for pixel in across]
        assert far.index(min(far)) in (3, 4, 5)
        assert min(far) < 0.5 * min(far[0], far[-1])
        assert min(far[2], far[6]) > 2 * min(far), "the line is crisp"


def test_a_change_of_theme_is_drawn_at_once(model_page: Page) -> None:
    make(model_page, "data", BINARY % 1)
    model_page.evaluate("document.documentElement.dataset.theme = 'dark'; view.setTheme()")
    dark = between(token(model_page, "--class-base"), token(model_page, "--class-0"), 0.5)
    assert model_page.evaluate(PIXEL, [0, 0.03, 0.97]) == pytest.approx(dark, abs=2)


def test_a_guess_has_the_colour_of_not_knowing(model_page: Page) -> None:
    make(model_page, "data", RAMP)
    base, right = token(model_page, "--class-base"), token(model_page, "--class-1")
    assert model_page.evaluate(PIXEL, [0, 0.75, 0.02]) == pytest.approx(between(base, right, 0.25), abs=3)
    beside = model_page.evaluate(PIXEL, [0, 0.52, 0.02])
    assert beside == pytest.approx(between(base, right, 0.02), abs=3)


def test_there_is_a_panel_for_each_optimizer_that_is_shown_with_name_and_scores(model_page: Page) -> None:
    make(model_page, "data", BINARY % 3, runs=3, step=43)
    model_page.evaluate("view.setRace(race, [{slot: 0}, {slot: 1, hidden: true}, {slot: 5}])")
    assert panels(model_page).count() == 2
    names = model_page.locator(".multiples-head:visible").all_inner_texts()
    assert names == ["Adam", "Momentum"]
    # Scores are known at every fifth entry: those of entry 40 stand until 45.
    own, held = model_page.evaluate("[race.columns.train_score[2][40], race.columns.test_score[2][40]]")
    text = panels(model_page).nth(1).locator(".multiples-score").inner_text()
    assert text.split() == ["train", f"{100 * own:.1f}", "%", "test", f"{100 * held:.1f}", "%"]


@pytest.mark.parametrize(("width", "height"), [(872, 760), (730, 420), (390, 420)])
@pytest.mark.parametrize("runs", [1, 8, 64])
def test_panels_find_room_at_any_size(model_page: Page, runs: int, width: int, height: int) -> None:
    model_page.set_viewport_size({"width": width, "height": height})
    make(model_page, "data", BINARY % runs, runs=runs)
    assert panels(model_page).count() == runs
    places = model_page.evaluate("""view.multiples.panels.map(({el}) => {
      const box = el.getBoundingClientRect();
      return [box.left, box.right, Math.round(box.top), Math.round(box.bottom)];
    })""")
    assert all(left >= 0 and right <= width for left, right, _, _ in places)
    fits = places[-1][3] <= height
    assert fits != model_page.evaluate("view.multiples.el.scrollHeight > view.multiples.el.clientHeight + 1")
    plot = model_page.evaluate("view.scale().box")
    assert min(plot["width"], plot["height"]) >= 100
    assert plot["width"] == pytest.approx(plot["height"], abs=1), "a unit is as long on both axes"


def test_a_click_shows_a_panel_alone_and_another_shows_all(model_page: Page) -> None:
    make(model_page, "data", BINARY % 4, runs=4)
    head = model_page.get_by_role("button", name="SGD")
    expect(head).to_have_attribute("aria-pressed", "false")
    before = model_page.evaluate("view.resolution()")
    model_page.locator(".multiples-canvas").nth(1).click()
    expect(head).to_have_attribute("aria-pressed", "true")
    assert model_page.locator(".multiples-head:visible").all_inner_texts() == ["SGD"]
    assert model_page.evaluate("heard.wants") == 1
    assert model_page.evaluate("view.resolution()") >= before
    model_page.get_by_role("button", name="Next optimizer").click()
    assert model_page.locator(".multiples-head:visible").all_inner_texts() == ["Momentum"]
    model_page.get_by_role("button", name="Show all optimizers").click()
    assert panels(model_page).count() == 4


def test_the_keyboard_shows_a_panel_alone_and_all_again(model_page: Page) -> None:
    make(model_page, "data", BINARY % 3, runs=3)
    model_page.get_by_role("button", name="Momentum").focus()
    model_page.keyboard.press("Enter")
    assert panels(model_page).count() == 1
    model_page.keyboard.press("Escape")
    assert panels(model_page).count() == 3
    assert model_page.evaluate("document.activeElement.textContent") == "Momentum"


def test_the_tip_tells_place_and_probability(model_page: Page) -> None:
    make(model_page, "data", RAMP)
    words = hover(model_page, 0.75, 0.02)
    assert words[0] == "Adam"
    numbers = dict(zip(words[1::2], words[2::2], strict=False))
    assert float(numbers["x"]) == pytest.approx(1, abs=0.01)
    assert float(numbers["y"]) == pytest.approx(-1.92, abs=0.01)
    assert float(words[-1]) == pytest.approx(0.75, abs=0.003)


def test_the_tip_names_the_sample_under_the_pointer(model_page: Page) -> None:
    make(model_page, "data", RAMP)
    [x, y], label = model_page.evaluate("(({test}) => [test.inputs[3], test.targets[3]])(made.planarData())")
    words = hover(model_page, (x + 2) / 4, (y + 2) / 4)
    assert words[1:3] == ["test sample", f"class {label}"]


def test_a_diverged_optimizer_says_so_over_its_dimmed_last_picture(model_page: Page) -> None:
    make(model_page, "data", BINARY % 2, runs=2, step=11)
    model_page.evaluate(
        "race.outcomes[1] = { kind: 'diverged', step: 12, message: '' }; view.setRace(race, made.stylesOf(2))"
    )
    second = panels(model_page).nth(1)
    assert second.locator(".multiples-note").inner_text() == ""
    model_page.evaluate("view.setStep(12)")
    assert second.locator(".multiples-note").inner_text() == "diverged at step 12"
    assert float(second.locator("canvas.multiples-canvas").evaluate("(el) => getComputedStyle(el).opacity")) < 0.5
    assert model_page.evaluate(PIXEL, [1, 0.03, 0.97]) == model_page.evaluate(PIXEL, [0, 0.03, 0.97])


def test_the_old_picture_stays_until_the_new_one_is_there(model_page: Page) -> None:
    make(model_page, "data", BINARY % 1)
    before = model_page.evaluate(PIXEL, [0, 0.03, 0.97])
    model_page.evaluate("view.setStep(41); view.setRace(race, made.stylesOf(1))")
    assert model_page.evaluate(PIXEL, [0, 0.03, 0.97]) == before
    model_page.evaluate("view.setSnapshot({ step: 41, grid: made.gridOf(1, 33, () => 255) })")
    assert model_page.evaluate(PIXEL, [0, 0.03, 0.97]) != before


def test_boundaries_of_eight_optimizers_are_painted_well_within_a_tenth_of_a_second(model_page: Page) -> None:
    make(model_page, "data", BINARY % 8, runs=8)
    spent = model_page.evaluate("""(() => {
      const pictures = Array.from({ length: 5 }, (_, step) => ({ step, grid: made.wavyGrid(8 , 64 + step) }));
      const times = pictures.map((one) => {
        const from = performance.now();
        view.setSnapshot(one);
        view.multiples.panels[7].layer.context.getImageData(0, 0, 1, 1);
        return performance.now() - from;
      });
      return times.sort((a, b) => a - b)[2];
    })()""")
    assert spent < 60


def test_a_curve_is_drawn_in_the_colour_of_its_optimizer(model_page: Page) -> None:
    curve = "{ curve: { x: [-2.2, 2.2], y: [[1.2, 1.2]] } }"
    make(model_page, "data", f"start(made.curveData(), 'sine', [1], {curve})")
    spot = [0, 0.01, (1.2 + 1.6) / 3.2]
    assert model_page.evaluate(PIXEL, spot) == token(model_page, "--path-0")
    words = hover(model_page, 0.01, 0.5)
    assert words[-2:] == ["model", "1.2"]
    assert panels(model_page).locator(".multiples-score").inner_text().startswith("R²")


def test_data_that_no_plane_holds_show_right_answers_and_lead_on(model_page: Page) -> None:
    make(model_page, "data", DIGITS % "{ confusion: made.confusionOf(1, made.digitsData().labels) }")
    assert model_page.evaluate("view.parts") == ["confusion"]
    assert "64 numbers" in model_page.locator(".multiples-message").inner_text()
    model_page.get_by_role("button", name="Weights").click()
    model_page.get_by_role("button", name="Confusion").click()
    assert model_page.evaluate("heard.tabs") == ["weights", "confusion"]
    row = model_page.evaluate("view.snapshot.confusion.test[0][0]")
    label = model_page.locator(".multiples-canvas").get_attribute("aria-label")
    assert label is not None
    assert f"0 {100 * row[0] / sum(row):.1f} %" in label


def test_a_tip_is_no_surer_than_the_levels(model_page: Page) -> None:
    make(model_page, "data", BINARY % 1)
    assert hover(model_page, 0.03, 0.97)[-1] == "< 0.002"
    assert hover(model_page, 0.97, 0.03)[-1] == "> 0.998"
