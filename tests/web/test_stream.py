"""The websocket of a real server, as a page uses it."""

import json

import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from app.engine.run import advance
from app.experiment import parse
from tests.patience import eventually
from tests.web.serving import Backend, Page, race, slow_race

LONG = race(steps=20_000)
STOCHASTIC = {
    **race(steps=600),
    "optimizers": [{"name": "adam", "lr": 0.01}, {"name": "sgd", "lr": 1e-4, "momentum": 0.9}],
    "noise": 0.3,
    "seed": 7,
}
BY_TORCH = {**STOCHASTIC, "steps": 40, "optimizers": [{"name": "lbfgs", "lr": 0.1}, {"name": "rmsprop", "lr": 0.01}]}


def expected(experiment: dict) -> np.ndarray:
    return advance(parse(experiment), None, experiment["steps"] + 1)[1].values


def test_the_first_message_is_hello_with_the_limits(viewer: Page) -> None:
    assert (viewer.hello["type"], viewer.hello["protocol"]) == ("hello", 1)
    assert viewer.hello["limits"]["steps"] == 100_000


def test_a_run_is_what_the_engine_computes(viewer: Page) -> None:
    answer = viewer.run("r1", race(steps=300))
    assert answer["type"] == "started"
    assert answer["columns"] == ["x", "y", "loss", "grad_norm", "lr"]
    assert (answer["optimizers"], answer["steps"], answer["id"]) == (2, 300, "r1")
    assert answer["experiment"] == parse(race(steps=300)).canonical()
    values, outcomes = viewer.rest("r1", 0)
    assert values.tobytes() == expected(race(steps=300)).tobytes()
    assert [outcome["kind"] for outcome in outcomes] == ["step-limit"] * 2


def test_the_first_credit_is_512_steps_and_more_adds_to_it(viewer: Page) -> None:
    viewer.run("r1", race(steps=2000))
    received = 0
    while received < 513:
        received += viewer.chunk()[0]["count"]
    assert received == 513
    assert viewer.silence(0.3)
    viewer.send(type="more", id="r1", steps=1)
    header, _ = viewer.chunk()
    assert (header["first"], header["count"]) == (513, 1)
    viewer.send(type="more", id="r1", steps=10)
    header, _ = viewer.chunk()
    assert (header["first"], header["count"]) == (514, 10)
    assert viewer.silence(0.2)


def test_a_resumed_run_gets_512_steps_first(viewer: Page) -> None:
    viewer.run("r1", race(steps=2000), 100)
    received = 0
    while received < 512:
        header, _ = viewer.chunk()
        received += header["count"]
    assert (received, header["first"] + header["count"]) == (512, 612)
    assert viewer.silence(0.2)


@pytest.mark.parametrize("first", [1, 63, 256, 511, 600])
def test_a_run_resumed_at_any_step_has_the_same_bits(viewer: Page, first: int) -> None:
    values, _ = viewer.all("r1", STOCHASTIC, first)
    assert values.tobytes() == expected(STOCHASTIC)[first:].tobytes()


def test_a_run_that_torch_moves_has_the_same_bits_when_resumed(viewer: Page) -> None:
    values, _ = viewer.all("r1", BY_TORCH, 17)
    assert values.tobytes() == expected(BY_TORCH)[17:].tobytes()


def test_a_run_resumed_after_its_end_is_only_finished(viewer: Page) -> None:
    values, outcomes = viewer.all("r1", race(steps=700), 701)
    assert values.size == 0
    assert [outcome["kind"] for outcome in outcomes] == ["step-limit"] * 2


def test_a_run_cannot_be_resumed_beyond_its_end(viewer: Page) -> None:
    answer = viewer.run("r1", race(steps=300), 302)
    assert (answer["type"], answer["id"], answer["problem"]["status"]) == ("problem", "r1", 422)
    assert answer["problem"]["errors"][0]["path"] == "from"


def test_a_trajectory_that_diverges_is_nan_after_its_end_and_the_other_goes_on(viewer: Page) -> None:
    experiment = race(steps=200) | {"optimizers": [{"name": "sgd", "lr": 1.0}, {"name": "sgd", "lr": 1e-4}]}
    values, outcomes = viewer.all("r1", experiment)
    end = outcomes[0]["step"]
    assert outcomes[0]["kind"] == "diverged"
    assert np.isnan(values[end:, 0]).all()
    assert np.isfinite(values[:end, 0]).all()
    assert np.isfinite(values[:, 1]).all()


def test_a_new_run_replaces_the_old_one(viewer: Page) -> None:
    viewer.run("old", LONG)
    viewer.send(type="more", id="old", steps=20_000)
    viewer.send(type="run", id="new", experiment=race(steps=10))
    while isinstance(message := viewer.receive(), bytes):
        pass
    assert json.loads(message)["id"] == "new"
    viewer.rest("new", 0)
    assert viewer.silence(0.3)


def test_a_stopped_run_ends_as_cancelled_at_the_last_entry_that_was_sent(viewer: Page) -> None:
    viewer.run("r1", LONG)
    last = 0
    while last < 513:
        header, _ = viewer.chunk()
        last = header["first"] + header["count"]
    viewer.send(type="stop", id="r1")
    message = viewer.text()
    assert message["type"] == "finished"
    assert [(outcome["kind"], outcome["step"]) for outcome in message["outcomes"]] == [("cancelled", 512)] * 2
    viewer.send(type="more", id="r1", steps=100)
    assert viewer.silence(0.2)


def test_a_refused_run_leaves_the_old_one_alone(viewer: Page) -> None:
    viewer.run("good", race(steps=5000))
    viewer.send(type="run", id="bad", experiment=race(steps=-1))
    viewer.send(type="more", id="good", steps=5000)
    parts, problems = 0, []
    while True:
        message = viewer.receive()
        if isinstance(message, bytes):
            parts += 1
        elif json.loads(message)["type"] == "finished":
            break
        else:
            problems.append(json.loads(message))
    assert [problem["id"] for problem in problems] == ["bad"]
    assert problems[0]["problem"]["errors"][0]["path"] == "steps"
    assert parts > 0


@pytest.mark.parametrize(
    "data",
    [
        "", "{", "[]", "null", "1", '"run"', "{}", '{"type": 1}', '{"type": "hello"}', '{"type": "run"}',
        '{"type": "run", "id": 5, "experiment": {}}', '{"type": "run", "id": "", "experiment": {}}',
        '{"type": "run", "id": "a"}', '{"type": "run", "id": "a", "experiment": null}',
        '{"type": "run", "id": "a", "experiment": {}, "extra": 1}', '{"type": "more", "id": "a"}',
        '{"type": "more", "id": "a", "steps": 0}', '{"type": "more", "id": "a", "steps": -5}',
        '{"type": "more", "id": "a", "steps": true}', '{"type": "more", "id": "a", "steps": "5"}',
        '{"type": "more", "id": "a", "steps": 1.5}', '{"type": "more", "id": "a", "steps": NaN}',
        '{"type": "more", "id": "never", "steps": 5}', '{"type": "stop", "id": "never"}',
        '{"type": "stop", "type": "stop", "id": "a"}', "[" * 60_000, '{"a":' * 10_000, '"\\ud800"',
        '{"type": "run", "id": "\\ud800", "experiment": {"\\ud800": 1}}', b"", b"\x00\x01",
        b'{"type": "stop", "id": "a"}',
    ],
)  # fmt: skip
def test_nonsense_is_a_problem_and_the_socket_stays_open(viewer: Page, data: str | bytes) -> None:
    viewer.socket.send(data)
    answer = viewer.text()
    assert answer["type"] == "problem"
    assert 400 <= answer["problem"]["status"] < 500
    assert len(answer["problem"]["detail"]) > 10
    assert len(viewer.all("after", race(steps=5))[0]) == 6


def test_a_message_of_70_kilobytes_closes_that_socket_alone(server: Backend, viewer: Page) -> None:
    with server.page() as other:
        other.socket.send(json.dumps({"type": "run", "id": "x" * 70_000}))
        with pytest.raises(ConnectionClosed) as closed:
            other.receive()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009
    assert len(viewer.all("r1", race(steps=5))[0]) == 6


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "file://", "http://["])
def test_a_page_of_another_site_is_refused(server: Backend, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused, server.page(additional_headers={"Origin": origin}):
        pass
    assert refused.value.response.status_code == 403


def test_a_websocket_to_another_address_is_refused_with_a_problem(server: Backend) -> None:
    with pytest.raises(InvalidStatus) as refused, connect(f"ws://127.0.0.1:{server.port}/ws/nix", proxy=None):
        pass
    assert refused.value.response.status_code == 404
    assert json.loads(refused.value.response.body)["type"] == "/problems/not-found"


def test_a_page_of_this_site_is_served(server: Backend) -> None:
    with server.page(additional_headers={"Origin": server.url}) as own:
        assert own.hello["type"] == "hello"


def test_the_long_run_of_one_viewer_does_not_keep_another_waiting(server: Backend) -> None:
    heavy = race(steps=100_000, optimizers=16)
    with server.page() as first, server.page() as second, server.page() as third:
        alone = third.time("alone", race(steps=300))
        for busy in (first, second):
            busy.run("long", heavy)
            busy.send(type="more", id="long", steps=100_000)
        assert third.time("short", race(steps=300)) < 2.0 + 20 * alone
        for busy in (first, second):
            assert busy.chunk()[0]["id"] == "long"


def test_nothing_is_computed_for_a_viewer_that_has_gone(server: Backend) -> None:
    with server.page() as page:
        before = server.busy_time()
        page.all("part", slow_race(steps=100))
        assert eventually(server.rests)
        part, before = server.busy_time() - before, server.busy_time()
        page.run("long", slow_race(steps=100_000))
        page.send(type="more", id="long", steps=100_000)
        page.chunk()
        page.socket.socket.close()
    assert eventually(server.rests)
    assert server.busy_time() - before < 100 * part  # and all of it would cost a thousand times as much


def test_ten_thousand_quick_starts_and_stops_are_survived_and_others_served(server: Backend) -> None:
    start, stop = json.dumps({"type": "run", "id": "@", "experiment": race(steps=2000)}), '{"type":"stop","id":"@"}'
    with server.page() as wild, server.page() as calm:
        for number in range(10_000):
            wild.socket.send(start.replace("@", f"r{number}"))
            wild.socket.send(stop.replace("@", f"r{number}"))
            if number % 1000 == 0:
                assert len(calm.all("calm", race(steps=20))[0]) == 21
            if number % 10 == 0:
                drain(wild)
        wild.send(type="run", id="last", experiment=race(steps=20))
        assert eventually(lambda: any(m.get("id") == "last" and m["type"] == "finished" for m in drain(wild)))


def drain(viewer: Page) -> list[dict]:
    """The text messages that have come."""
    found = []
    while True:
        try:
            message = viewer.socket.recv(timeout=0)
        except TimeoutError:
            return found
        if isinstance(message, str):
            found.append(json.loads(message))
