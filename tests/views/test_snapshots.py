"""Which snapshots are asked for and shown, with a server and a clock that the test moves."""

from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Page

START = """async () => {
  const { Snapshots } = await import('/static/js/net/snapshots.js');
  let [time, waiting] = [0, []];
  const settle = async () => { for (let turn = 0; turn < 10; turn += 1) await null; };
  const log = { asked: [], shown: [], problems: [], aborted: 0, flights: [] };
  const fetch = (experiment, step, parts, resolution, signal) => new Promise((answer, refuse) => {
    log.asked.push([experiment.name, step, time]);
    signal.addEventListener('abort', () => { log.aborted += 1; refuse(new DOMException('', 'AbortError')); });
    const say = () => answer({ step, name: experiment.name, ...window.content });
    log.flights.push({ answer: say, refuse: () => refuse(new Error('gone')) });
  });
  const clock = { now: () => time, later: (work, delay) => waiting.push([time + delay, work]) };
  const one = new Snapshots(fetch, (shown) => log.shown.push(shown), (text) => log.problems.push(text), clock);
  const a = { name: 'a' };
  const b = { name: 'b' };
  window.content = {};
  window.asks = {
    log,
    want: async (name, step, parts = ['grid'], resolution = 48) => {
      one.want(name === 'a' ? a : b, step, parts, resolution);
      await settle();
    },
    wait: async (ms) => {
      time += ms;
      const due = waiting.filter(([when]) => when <= time);
      waiting = waiting.filter(([when]) => when > time);
      due.forEach(([, work]) => work());
      await settle();
    },
    answer: async (way = 'answer') => { log.flights.shift()[way](); await settle(); },
    cancel: () => one.cancel(),
    kept: () => one.kept.size,
  };
}"""


@pytest.fixture
def asks(model_page: Page) -> Page:
    model_page.evaluate(START)
    return model_page


def asked(page: Page) -> list[list[Any]]:
    found: list[list[Any]] = page.evaluate("asks.log.asked")
    return found


def shown(page: Page) -> list[list[Any]]:
    found: list[list[Any]] = page.evaluate("asks.log.shown.map(({ name, step }) => [name, step])")
    return found


def test_the_latest_wish_is_sent_when_the_request_before_it_is_answered(asks: Page) -> None:
    asks.evaluate("(async () => { for (const step of [1, 2, 3.7]) await asks.want('a', step); })()")
    assert asked(asks) == [["a", 1, 0]]
    asks.evaluate("asks.wait(80).then(() => asks.answer())")
    assert shown(asks) == [["a", 1]]
    assert asked(asks) == [["a", 1, 0], ["a", 3, 80]]
    asks.evaluate("asks.answer()")
    assert shown(asks) == [["a", 1], ["a", 3]]
    asks.evaluate("asks.wait(1000)")
    assert len(asked(asks)) == 2


def test_there_are_at_most_twenty_requests_a_second(asks: Page) -> None:
    asks.evaluate("""(async () => {
      for (let frame = 0; frame < 199; frame += 1) {
        await asks.want('a', frame);
        while (asks.log.flights.length) await asks.answer();
        await asks.wait(5);
      }
    })()""")
    assert len(asked(asks)) == 20
    times = [time for *_, time in asked(asks)]
    assert min(after - before for before, after in pairwise(times)) >= 50


def test_a_step_that_was_seen_before_is_shown_at_once(asks: Page) -> None:
    asks.evaluate("(async () => { await asks.want('a', 5); await asks.answer(); await asks.wait(60); })()")
    asks.evaluate("(async () => { await asks.want('a', 6); await asks.want('a', 5); })()")
    assert shown(asks) == [["a", 5], ["a", 5]]
    asks.evaluate("asks.answer()")
    assert shown(asks) == [["a", 5], ["a", 5]], "an answer that nobody waits for any more changes nothing"
    asks.evaluate("asks.wait(60).then(() => asks.want('a', 6))")
    assert shown(asks)[-1] == ["a", 6]
    assert len(asked(asks)) == 2


def test_other_parts_and_finer_grids_are_other_answers(asks: Page) -> None:
    asks.evaluate("(async () => { await asks.want('a', 5); await asks.answer(); await asks.wait(60); })()")
    asks.evaluate("(async () => { await asks.want('a', 5, ['weights']); await asks.answer(); await asks.wait(60); })()")
    asks.evaluate("(async () => { await asks.want('a', 5, ['grid'], 96); await asks.answer(); })()")
    assert len(asked(asks)) == 3


def test_another_experiment_does_not_wait_for_the_answers_of_the_one_before(asks: Page) -> None:
    asks.evaluate("(async () => { await asks.want('a', 5); await asks.wait(60); await asks.want('b', 5); })()")
    assert [name for name, *_ in asked(asks)] == ["a", "b"]
    assert asks.evaluate("asks.log.aborted") == 1
    asks.evaluate("(async () => { await asks.answer(); await asks.answer(); })()")
    assert shown(asks) == [["b", 5]]
    assert asks.evaluate("asks.log.problems") == []


def test_failures_in_a_row_are_told_once_and_tried_again_only_a_few_times(asks: Page) -> None:
    asks.evaluate("(async () => { await asks.want('a', 5); await asks.answer('refuse'); })()")
    asks.evaluate("asks.wait(500)")
    assert len(asked(asks)) == 1
    asks.evaluate("""(async () => {
      for (let turn = 0; turn < 6; turn += 1) {
        await asks.wait(1000);
        if (asks.log.flights.length) await asks.answer('refuse');
      }
    })()""")
    assert len(asked(asks)) == 3
    assert len(asks.evaluate("asks.log.problems")) == 1
    assert "gone" in asks.evaluate("asks.log.problems[0]")
    asks.evaluate("(async () => { await asks.want('a', 6); await asks.answer(); })()")
    assert shown(asks) == [["a", 6]]


def test_nothing_is_shown_after_a_cancel(asks: Page) -> None:
    asks.evaluate(
        "(async () => { await asks.want('a', 5); asks.cancel(); await asks.answer(); await asks.wait(1000); })()"
    )
    assert shown(asks) == []
    assert asks.evaluate("asks.log.problems") == []


def test_two_hundred_answers_are_kept(asks: Page) -> None:
    asks.evaluate("""(async () => {
      for (let step = 0; step < 230; step += 1) {
        await asks.want('a', step);
        await asks.answer();
        await asks.wait(50);
      }
    })()""")
    assert asks.evaluate("asks.kept()") == 200
    asks.evaluate("asks.want('a', 229)")
    assert len(asked(asks)) == 230
    asks.evaluate("asks.want('a', 0)")
    assert len(asked(asks)) == 231


def test_numbers_are_packed_and_what_is_missing_is_not_a_number(asks: Page) -> None:
    asks.evaluate("""(async () => {
      window.content = {
        grid: { levels: [[0, 255], [null, 7]] }, weights: [{ name: 'w', shape: [2], values: [[0.1, null]] }],
      };
      await asks.want('a', 0);
      await asks.answer();
    })()""")
    one = "asks.log.shown[0]"
    assert asks.evaluate(f"{one}.grid.levels[0] instanceof Uint8Array")
    assert asks.evaluate(f"[...{one}.grid.levels[0]]") == [0, 255]
    assert asks.evaluate(f"Number.isNaN({one}.grid.levels[1][0])")
    assert asks.evaluate(f"{one}.grid.levels[1][1]") == 7
    assert asks.evaluate(f"{one}.weights[0].values[0][0]") == 0.1
    assert asks.evaluate(f"Number.isNaN({one}.weights[0].values[0][1])")
