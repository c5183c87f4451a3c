"""Several shows over one websocket of a real server."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.run import advance
from app.experiment import parse
from app.protocol.codec import decode_chunk
from tests.patience import eventually
from tests.web.serving import Backend, Page, race, slow_race

SHOWS = [f"s{number}" for number in range(6)]
MOST = 16


def expected(experiment: dict[str, Any]) -> bytes:
    return advance(parse(experiment), None, experiment["steps"] + 1)[1].values.tobytes()


def start(page: Page, show: str, experiment: dict[str, Any]) -> None:
    """A run in a show that is opened for it, with all the credit it takes."""
    page.send(type="open", show=show)
    page.send(type="run", show=show, id="r", experiment=experiment)
    page.send(type="more", show=show, id="r", steps=experiment["steps"])


def finish(page: Page, shows: Sequence[str]) -> dict[str, list[np.ndarray]]:
    """What comes of each show until the runs of all `shows` are finished."""
    values: dict[str, list[np.ndarray]] = {}
    left = set(shows)
    while left:
        message = page.receive()
        if isinstance(message, bytes):
            header, part = decode_chunk(message)
            values.setdefault(header["show"], []).append(part)
        else:
            told = json.loads(message)
            assert told["type"] in {"started", "finished"}, told
            left -= {told["show"]} if told["type"] == "finished" else set()
    return values


def test_six_shows_of_one_websocket_each_have_their_own_run(viewer: Page) -> None:
    runs = {show: race(steps=900 + number, seed=number, noise=0.5) for number, show in enumerate(SHOWS)}
    for show, experiment in runs.items():
        start(viewer, show, experiment)
    values = finish(viewer, SHOWS)
    for show, experiment in runs.items():
        assert b"".join(part.tobytes() for part in values[show]) == expected(experiment)


def test_a_long_run_in_one_show_does_not_keep_the_others_waiting(viewer: Page) -> None:
    start(viewer, "long", race(steps=100_000, optimizers=16))
    others = SHOWS[1:]
    for number, show in enumerate(others):
        start(viewer, show, race(steps=2000, seed=number))
    assert finish(viewer, others).keys() >= {*others}
    # It goes on afterwards, and what was finished was not so only because it ended first.
    header, _ = decode_chunk(next(message for message in iter(viewer.receive, None) if isinstance(message, bytes)))
    assert header["show"] == "long"


def test_a_message_for_a_closed_show_is_a_problem_and_the_websocket_stays(viewer: Page) -> None:
    start(viewer, "gone", race(steps=5))
    finish(viewer, ["gone"])
    viewer.send(type="close", show="gone")
    viewer.send(type="run", show="gone", id="r", experiment=race(steps=5))
    answer = viewer.text()
    assert (answer["type"], answer["show"], answer["problem"]["type"]) == ("problem", "gone", "/problems/unknown-show")
    assert len(viewer.all("after", race(steps=5))[0]) == 6


def test_forty_shows_are_too_many_which_names_the_limit_and_the_websocket_stays(viewer: Page) -> None:
    assert viewer.hello["limits"]["shows"] == MOST
    for number in range(40):
        viewer.send(type="open", show=f"s{number}")
    viewer.send(type="open", show="s0")
    refused = [viewer.text() for _ in range(40 - MOST + 1)]
    assert [answer["show"] for answer in refused] == [*(f"s{number}" for number in range(MOST, 40)), "s0"]
    assert {answer["problem"]["type"] for answer in refused[:-1]} == {"/problems/too-many-shows"}
    assert f"limit of shows on one connection is {MOST}" in refused[0]["problem"]["detail"]
    assert refused[-1]["problem"]["type"] == "/problems/show-taken"
    assert len(viewer.all("after", race(steps=5))[0]) == 6


def test_nothing_is_computed_for_a_show_that_was_closed(server: Backend) -> None:
    with server.page() as page:
        before = server.busy_time()
        start(page, "part", slow_race(steps=100))
        finish(page, ["part"])
        assert eventually(server.rests)
        part, before = server.busy_time() - before, server.busy_time()
        for show in SHOWS:
            start(page, show, slow_race(steps=100_000))
            page.send(type="close", show=show)
        assert eventually(server.rests)
        assert server.busy_time() - before < 100 * part  # and all of them would cost 6000 times as much
