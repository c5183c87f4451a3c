"""The session without a network: the test computes what the session wants, when it likes."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.problems import Problem
from app.core.words import message
from app.engine.run import advance
from app.experiment import Experiment, parse
from app.protocol.codec import decode_chunk
from app.protocol.run import Compute
from app.protocol.session import Action, Drop, Session
from app.protocol.show import Send
from app.work.slices import compute_slice

EXPERIMENT = {
    "objective": {"kind": "surface", "name": "himmelblau"},
    "optimizers": [{"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1e-3}, {"name": "sgd", "lr": 1e6}],
    "steps": 1500,
    "noise": 0.1,
}
WHOLE = advance(parse(EXPERIMENT), None, 1501)[1].values


class Client:
    """Plays page, socket and workers for one session."""

    def __init__(self) -> None:
        self.session = Session({"steps": 1}, self.admit, most_shows=3)
        self.texts: list[dict[str, Any]] = []
        self.values: list[np.ndarray] = []
        self.next: int | None = None
        self.job: Compute | None = None
        self.take(self.session.open())

    def admit(self, experiment: Experiment) -> None:
        if experiment.seed == 666:
            raise Problem("too-large", message("problems.too-large.none-fits"))

    def take(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Compute):
                self.job = action
            elif isinstance(action, Drop):
                self.job = None
            elif isinstance(action.data, str):
                self.texts.append(json.loads(action.data))
            else:
                header, values = decode_chunk(action.data)
                assert self.next in {None, header["first"]}
                self.next = header["first"] + header["count"]
                self.values.append(values)

    def send(self, **message: Any) -> None:
        self.take(self.session.receive(json.dumps(message)))

    def run(self, id: str = "r", first: int = 0, **fields: Any) -> None:
        self.send(**{"type": "run", "id": id, "experiment": EXPERIMENT | fields, "from": first})

    def work(self) -> bool:
        """Compute what is wanted; whether anything was."""
        job, self.job = self.job, None
        if job:
            result = compute_slice(job.text, job.carry, job.count, finish=job.finish)
            self.take(self.session.computed(job, result))
        return job is not None

    def work_all(self) -> None:
        while self.work():
            pass

    @property
    def received(self) -> np.ndarray:
        return np.concatenate(self.values) if self.values else WHOLE[:0]

    @property
    def last(self) -> dict[str, Any]:
        return self.texts[-1]


def test_the_limits_come_first() -> None:
    assert Client().texts == [{"type": "hello", "protocol": 1, "limits": {"steps": 1}}]


def test_nothing_is_computed_beyond_the_slice_that_credit_needs() -> None:
    client = Client()
    client.run()
    client.work_all()
    assert len(client.received) == 513
    client.send(type="more", id="r", steps=1)
    # One step more is in the slice that was computed, or begins the next; a few more cost no work at all.
    client.work_all()
    for _ in range(20):
        client.send(type="more", id="r", steps=1)
        assert client.job is None
    assert len(client.received) == 534


@given(first=st.integers(0, 1501), grants=st.lists(st.integers(1, 700), max_size=12), data=st.data())
@settings(max_examples=30, deadline=None)
def test_however_credit_and_work_mix_the_bits_are_the_same(first: int, grants: list[int], data: st.DataObject) -> None:
    client = Client()
    client.run(first=first)
    for steps in grants:
        if data.draw(st.booleans()):
            client.work()
        client.send(type="more", id="r", steps=steps)
    client.work_all()
    allowed = min(1501 - first, 512 + (first == 0) + sum(grants))
    assert client.received.tobytes() == WHOLE[first : first + allowed].tobytes()
    assert (client.last["type"] == "finished") == (first + allowed == 1501)


def test_the_outcomes_come_with_the_end() -> None:
    client = Client()
    client.run()
    client.send(type="more", id="r", steps=10**299)
    client.work_all()
    assert (client.last["type"], client.last["id"]) == ("finished", "r")
    assert [outcome["kind"] for outcome in client.last["outcomes"]] == ["step-limit", "step-limit", "diverged"]
    assert all(outcome["key"].startswith("outcomes.") and outcome["message"] for outcome in client.last["outcomes"])


@pytest.mark.parametrize("slices", [0, 1, 2])
def test_a_stop_tells_of_the_last_entry_that_was_sent(slices: int) -> None:
    client = Client()
    client.run()
    for _ in range(slices):
        client.work()
    sent = len(client.received)
    client.send(type="stop", id="r")
    client.send(type="more", id="r", steps=1000)
    client.work_all()
    assert len(client.received) == sent
    assert client.last["type"] == "finished"
    assert client.last["outcomes"][0]["kind"] == "cancelled"
    assert client.last["outcomes"][0]["step"] == max(0, sent - 1)


def test_a_result_for_a_run_that_was_replaced_is_dropped() -> None:
    client = Client()
    client.run("old")
    old = client.job
    client.run("new", seed=1)
    assert old is not None
    assert client.session.computed(old, compute_slice(old.text, old.carry, old.count)) == []
    assert client.session.failed(old, Problem("internal", message("problems.internal.detail"))) == []
    client.work_all()
    assert len(client.received) == 513
    client.send(type="more", id="old", steps=100)
    client.send(type="stop", id="old")
    assert (client.job, client.last["type"]) == (None, "started")


def test_a_failure_ends_the_run_with_a_problem() -> None:
    client = Client()
    client.run()
    assert client.job is not None
    client.take(
        client.session.failed(client.job, Problem("worker-lost", message("problems.worker-lost.once"), status=503))
    )
    assert (client.last["type"], client.last["id"], client.last["problem"]["status"]) == ("problem", "r", 503)
    client.send(type="more", id="r", steps=5)
    assert client.last["type"] == "problem"
    client.job = None
    client.run("again", steps=3)
    client.work_all()
    assert client.last["type"] == "finished"


def test_what_costs_too_much_is_refused_and_nothing_is_computed() -> None:
    client = Client()
    client.run(seed=666)
    assert (client.last["id"], client.last["problem"]["type"]) == ("r", "/problems/too-large")
    assert client.job is None


def test_an_unknown_run_is_a_problem_that_names_it() -> None:
    client = Client()
    client.send(type="more", id="who", steps=5)
    assert (client.last["id"], client.last["problem"]["type"]) == ("who", "/problems/unknown-run")


@given(st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["run", "more"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.sampled_from(["type", "id", "experiment", "from", "steps", "optimizers"]), inner, max_size=5),
))  # fmt: skip
@settings(max_examples=200, deadline=None)
def test_no_message_breaks_a_session(document: Any) -> None:
    client = Client()
    client.take(client.session.receive(json.dumps(document)))
    assert client.last["type"] == "problem"
    assert client.job is None
    assert all(isinstance(action, Send) for action in client.session.receive(b"\x00"))
