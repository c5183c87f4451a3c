"""Numbers and symbols are written and read as people do."""

import pytest
from playwright.sync_api import Page

CALL = "async ([path, name, args]) => (await import(path))[name](...args)"
FORMAT = "/static/js/core/format.js"
ORDER = "/static/js/controls/order.js"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (0.001, "0.001"),
        (0.000999, "9.99e−4"),
        (1e-8, "1e−8"),
        (-1.25, "−1.25"),
        (0.0123456, "0.01235"),
        (300, "300"),
        (12345.6, "12346"),
        (123456.7, "1.235e5"),
        (None, "–"),
    ],
)
def test_a_number_to_read_has_four_significant_digits(blank: Page, value: float | None, text: str) -> None:
    assert blank.evaluate(CALL, [FORMAT, "formatNumber", [value]]) == text


def test_a_number_in_a_column_keeps_its_zeros(blank: Page) -> None:
    assert blank.evaluate(CALL, [FORMAT, "formatAligned", [0.1]]) == "0.1000"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e-3", 0.001),
        (" .5 ", 0.5),
        ("−2", -2),
        ("1,000", 1000),
        ("10^-3", 0.001),
        ("1/4", 0.25),
        ("0", 0),
        ("-0", 0),
        ("", None),
        ("abc", None),
        ("1e-", None),
        ("1e999", None),
        ("0x10", None),
        ("1/0", None),
        ("1,5", None),
    ],
)
def test_a_typed_number_is_understood_or_refused(blank: Page, text: str, value: float | None) -> None:
    assert blank.evaluate(CALL, [FORMAT, "parseNumber", [text]]) == value


@pytest.mark.parametrize(
    ("latex", "text"), [(r"\gamma", "γ"), (r"\beta_1", "β₁"), (r"\gamma_{0}", "γ₀"), (r"\lambda", "λ"), ("x", "x")]
)
def test_a_symbol_is_plain_text(blank: Page, latex: str, text: str) -> None:
    assert blank.evaluate(CALL, [FORMAT, "formatSymbol", [latex]]) == text


def rank(index: int, final: float | None, kind: str = "step-limit") -> dict[str, object]:
    return {"index": index, "final": final, "steps": None, "outcome": {"kind": kind}}


@pytest.mark.parametrize(
    ("ranking", "measure", "text"),
    [
        ([rank(0, 2.0), rank(1, 1.0)], "final", "B wins by final loss."),
        ([rank(0, 0.0, "diverged"), rank(1, 1.0)], "final", "B wins by final loss."),
        ([rank(0, 1.0), rank(1, 1.0)], "final", "A and B tie by final loss."),
        ([rank(0, 1.0)], "steps", "None has arrived at the minimum."),
        ([], "final", "Nothing to compare yet."),
    ],
)
def test_the_winner_is_named(blank: Page, ranking: list[object], measure: str, text: str) -> None:
    script = """async ([path, ranking, measure]) => {
      const { formatWinner, measureOf } = await import(path);
      return formatWinner(ranking, measureOf('surface', measure), (i) => 'AB'[i]);
    }"""
    assert blank.evaluate(script, [ORDER, ranking, measure]) == text
