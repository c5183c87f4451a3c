"""Who is said to win: no false winner, no winner among the lost."""

from typing import Any

import pytest
from playwright.sync_api import Page

SAY = """async ([finals, measure]) => {
  const { formatWinner, measureOf, placesOf, sortRanking } = await import('/static/js/controls/order.js');
  const column = measureOf('surface', measure);
  const ranking = finals.map((final, index) => ({
    index, final: final ?? Infinity, best: 1, test: null, score: null, steps: null, distance: null, length: 1,
    outcome: {
      kind: final === null ? 'diverged' : 'step-limit', step: 9, message: '', evaluations: 10, stable_below: null,
    },
  }));
  const places = placesOf(sortRanking(ranking, column), column);
  return [formatWinner(ranking, column, (index) => 'ABCDE'[index]), places];
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
      const { columnsOf, formatMeasure, measureOf, scoreOf } = await import('/static/js/controls/order.js');
      const rank = { index: 0, final: Infinity, best: 1, steps: null, distance: null, length: 1,
        outcome: { kind: 'diverged', step: 9, message: '', evaluations: 12345, stable_below: null } };
      const column = (id) => measureOf('surface', id);
      const score = (id) => scoreOf(rank, column(id));
      const help = columnsOf('surface').at(-1).help;
      return [help, formatMeasure(rank, column('evaluations')), score('evaluations'), score('length')];
    }""")
    assert "L-BFGS" in found[0]
    assert found[1:] == ["12,345", 12345, None]


MODEL = """async ([subject, measure, scores]) => {
  const { formatMeasure, formatWinner, measureOf, sortRanking } = await import('/static/js/controls/order.js');
  const outcome = { kind: 'step-limit', step: 9, message: '', evaluations: 10, stable_below: null };
  const ranking = scores.map(([final, score], index) => (
    { index, final, best: final, test: final, score, steps: null, distance: null, length: null, outcome }));
  const column = measureOf(subject, measure);
  const sorted = sortRanking(ranking, column);
  return [formatWinner(ranking, column, (index) => 'ABC'[index]), sorted.map((rank) => formatMeasure(rank, column))];
}"""


@pytest.mark.parametrize(
    ("subject", "measure", "words", "shown"),
    [
        ("classifier", "final", "A wins by final train loss.", ["0.1000", "0.2000"]),
        ("classifier", "score", "B wins by test accuracy.", ["95.0 %", "90.0 %"]),
        ("regressor", "score", "B wins by test R².", ["0.9500", "0.9000"]),
        ("regressor", "steps", "None has come down to a tenth of the first loss.", ["–", "–"]),
        ("classifier", "distance", "A wins by final train loss.", ["0.1000", "0.2000"]),
    ],
)
def test_models_are_judged_by_what_they_learned(
    blank: Page, subject: str, measure: str, words: str, shown: list[str]
) -> None:
    assert blank.evaluate(MODEL, [subject, measure, [[0.1, 0.9], [0.2, 0.95]]]) == [words, shown]


RANK = """async () => {
  const { rank } = await import('/static/js/run/ranking.js');
  const gaps = (...values) => [Float64Array.of(...values.map((value) => value ?? NaN))];
  const race = {
    kind: 'model', labels: ['A'], lengths: [5], outcomes: null, x: gaps(null, null, null, null, null, null),
    trainLoss: gaps(2, null, 0.15, null, 0.3, null), testLoss: gaps(3, null, 1, null, 0.5, null),
    testScore: gaps(0.5, null, 0.75, null, null, null),
  };
  const { final, best, test, score, steps, distance, length } = rank(race, [], [])[0];
  return { final, best, test, score, steps, distance, length };
}"""


def test_what_was_not_measured_at_every_step_counts_where_it_was(blank: Page) -> None:
    """Of a start of 2, a tenth is 0.2: first seen at step 2."""
    expected = {"final": 0.3, "best": 0.15, "test": 0.5, "score": 0.75, "steps": 2, "distance": None, "length": None}
    assert blank.evaluate(RANK) == expected
