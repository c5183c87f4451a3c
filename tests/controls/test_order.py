"""Who is said to win: no false winner, no winner among the lost."""

from typing import Any

import pytest
from playwright.sync_api import Page

SAY = """async ([finals, measure]) => {
  const { formatWinner, placesOf, sortRanking } = await import('/static/js/controls/order.js');
  const ranking = finals.map((final, index) => ({
    index, final: final ?? Infinity, best: 1, steps: null, distance: null, length: 1,
    outcome: {
      kind: final === null ? 'diverged' : 'step-limit', step: 9, message: '', evaluations: 10, stable_below: null,
    },
  }));
  const places = placesOf(sortRanking(ranking, measure), measure);
  return [formatWinner(ranking, measure, (index) => 'ABCDE'[index]), places];
}"""


@pytest.mark.parametrize(
    ("finals", "words", "places"),
    [
        ([2, 1], "B wins by final loss.", [1, 2]),
        ([3.00001, 2.99999, 4], "B and A tie by final loss.", [1, 1, 3]),
        ([5, 5, 5, 5, 6], "4 of 5 tie by final loss.", [1, 1, 1, 1, 5]),
        ([None, 7], "B wins by final loss.", [1, None]),
        ([None, None], "Every path diverged: try lower learning rates.", [None, None]),
        ([], "Nothing to compare yet.", []),
    ],
)
def test_the_sentence_and_the_places(blank: Page, finals: list[Any], words: str, places: list[Any]) -> None:
    assert blank.evaluate(SAY, [finals, "final"]) == [words, places]


def test_nobody_arrives(blank: Page) -> None:
    assert blank.evaluate(SAY, [[1, 2], "steps"])[0] == "None has arrived at the minimum."


def test_the_whole_table_counts_gradients_even_of_a_lost_path(blank: Page) -> None:
    found = blank.evaluate("""async () => {
      const { COLUMNS, formatMeasure, scoreOf } = await import('/static/js/controls/order.js');
      const rank = { index: 0, final: Infinity, best: 1, steps: null, distance: null, length: 1,
        outcome: { kind: 'diverged', step: 9, message: '', evaluations: 12345, stable_below: null } };
      const score = (column) => scoreOf(rank, column);
      return [COLUMNS.at(-1).help, formatMeasure(rank, 'evaluations'), score('evaluations'), score('length')];
    }""")
    assert "L-BFGS" in found[0]
    assert found[1:] == ["12,345", 12345, None]
