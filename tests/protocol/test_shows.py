"""Several shows over one connection, without a network: each is a conversation of its own."""

import json
from collections import defaultdict
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine.run import advance
from app.experiment import parse
from app.protocol.codec import decode_chunk
from app.protocol.run import Compute
from app.protocol.session import Action, Drop, Session
from app.work.slices import compute_slice

MOST = 3
STEPS = 900
NAMES = (None, "left", "right")


def experiment(seed: int) -> dict[str, Any]:
    optimizers = [{"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1e-3}]
    objective = {"kind": "surface", "name": "himmelblau"}
    return {"objective": objective, "optimizers": optimizers, "steps": STEPS, "noise": 0.1, "seed": seed}


WHOLE = {name: advance(parse(experiment(seed)), None, STEPS + 1)[1].values for seed, name in enumerate(NAMES)}


class Client:
    """Plays a page with several shows, and the workers."""

    def __init__(self) -> None:
        self.session = Session({}, lambda _: None, MOST)
        self.texts: list[dict[str, Any]] = []
        self.values: dict[str | None, list[np.ndarray]] = defaultdict(list)
        self.jobs: dict[str | None, Compute] = {}

    def take(self, actions: list[Action]) -> None:
        for action in actions:
            if isinstance(action, Compute):
                self.jobs[action.show] = action
            elif isinstance(action, Drop):
                self.jobs.pop(action.show, None)
            elif isinstance(action.data, str):
                self.texts.append(json.loads(action.data))
            else:
                header, values = decode_chunk(action.data)
                self.values[header.get("show")].append(values)

    def send(self, type: str, show: str | None = None, **fields: Any) -> None:
        document = {"type": type, **({} if show is None else {"show": show}), **fields}
        self.take(self.session.receive(json.dumps(document)))

    def run(self, show: str | None, id: str = "r", seed: int | None = None) -> None:
        self.send("run", show, id=id, experiment=experiment(NAMES.index(show) if seed is None else seed))

    def work(self, show: str | None) -> bool:
        """Compute what a show wants; whether it wants anything."""
        job = self.jobs.pop(show, None)
        if job:
            self.take(self.session.computed(job, compute_slice(job.text, job.carry, job.count, finish=job.finish)))
        return job is not None

    def work_all(self) -> None:
        while any(self.work(show) for show in [*self.jobs]):
            pass

    def received(self, show: str | None) -> bytes:
        return b"".join(values.tobytes() for values in self.values[show])

    @property
    def refusal(self) -> tuple[Any, Any, str]:
        last = self.texts[-1]
        assert last["type"] == "problem"
        return last.get("show"), last["id"], last["problem"]["type"].removeprefix("/problems/")


@pytest.fixture
def client() -> Client:
    made = Client()
    for name in NAMES[1:]:
        made.send("open", name)
    assert made.texts == []
    return made


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(["work", "more"])), max_size=24))
@settings(max_examples=30, deadline=None)
def test_however_shows_take_turns_each_has_its_own_credit_and_its_own_bits(turns: list[tuple[str | None, str]]) -> None:
    client = Client()
    granted = dict.fromkeys(NAMES, 513)
    for name in NAMES[1:]:
        client.send("open", name)
    for name in NAMES:
        client.run(name)
    for name, what in turns:
        if what == "work":
            client.work(name)
        else:
            client.send("more", name, id="r", steps=100)
            granted[name] += 100
    client.work_all()
    for name in NAMES:
        assert client.received(name) == WHOLE[name][: granted[name]].tobytes()


def test_answers_name_the_show_that_they_are_of(client: Client) -> None:
    for name in NAMES:
        client.run(name)
    client.work_all()
    for name in NAMES:
        client.send("stop", name, id="r")
    client.work_all()
    told = [(text["type"], text.get("show", "none")) for text in client.texts]
    assert told == [(kind, name or "none") for kind in ("started", "finished") for name in NAMES]


def test_a_run_replaces_only_the_run_of_its_own_show(client: Client) -> None:
    for name in NAMES:
        client.run(name)
    client.run("left", "again", seed=0)
    client.work_all()
    assert client.received("left") == WHOLE[None][:513].tobytes()
    assert client.received("right") == WHOLE["right"][:513].tobytes()
    client.send("more", "right", id="r", steps=1)
    client.work_all()
    assert client.received("right") == WHOLE["right"][:514].tobytes()


def test_a_run_is_known_only_to_its_own_show(client: Client) -> None:
    client.run("left", "r1")
    client.send("more", "right", id="r1", steps=1)
    assert client.refusal == ("right", "r1", "unknown-run")
    client.send("stop", id="r1")
    assert client.refusal == (None, "r1", "unknown-run")


def test_of_a_show_that_was_closed_nothing_more_is_computed_or_sent(client: Client) -> None:
    client.run("left")
    job = client.jobs["left"]
    client.send("close", "left")
    assert client.jobs == {}
    # The same name may be taken again: what was computed for the show before is none of its.
    client.send("open", "left")
    client.run("left")
    assert client.session.computed(job, compute_slice(job.text, job.carry, job.count)) == []
    client.work_all()
    assert client.received("left") == WHOLE["left"][:513].tobytes()


@pytest.mark.parametrize(
    ("type", "fields"),
    [("run", {"id": "r", "experiment": experiment(0)}), ("more", {"id": "r", "steps": 1}), ("stop", {"id": "r"})],
)
@pytest.mark.parametrize("closed", [True, False])
def test_what_is_sent_to_a_show_that_is_not_open_is_a_problem_and_the_others_go_on(
    client: Client, type: str, fields: dict[str, Any], closed: bool
) -> None:
    client.run("right")
    if closed:
        client.send("close", "left")
    client.send(type, "left" if closed else "never", **fields)
    assert client.refusal == ("left" if closed else "never", "r", "unknown-show")
    client.work_all()
    assert client.received("right") == WHOLE["right"][:513].tobytes()


def test_closing_what_is_not_open_is_a_problem(client: Client) -> None:
    client.send("close", "left")
    client.send("close", "left")
    assert client.refusal == ("left", None, "unknown-show")


def test_two_shows_of_one_id_are_a_problem_and_the_one_that_was_there_goes_on(client: Client) -> None:
    client.run("left")
    client.send("open", "left")
    assert client.refusal == ("left", None, "show-taken")
    client.work_all()
    assert client.received("left") == WHOLE["left"][:513].tobytes()


def test_a_show_too_many_is_refused_naming_the_limit_until_one_is_closed(client: Client) -> None:
    client.send("open", "third")
    for number in range(40):
        client.send("open", f"more {number}")
        assert client.refusal == (f"more {number}", None, "too-many-shows")
    assert "limit of shows on one connection is 3" in client.texts[-1]["problem"]["detail"]
    client.send("close", "third")
    told = len(client.texts)
    client.send("open", "more 0")
    assert len(client.texts) == told


@pytest.mark.parametrize("show", ["", 5, None, True, [], {}, "s" * 65])
@pytest.mark.parametrize("type", ["open", "close", "run", "more", "stop"])
def test_a_name_that_is_none_is_refused_with_its_path(client: Client, type: str, show: object) -> None:
    client.take(client.session.receive(json.dumps({"type": type, "show": show})))
    assert client.refusal == (None, None, "invalid-document")
    errors = {error["path"]: error["message"] for error in client.texts[-1]["problem"]["errors"]}
    assert errors["show"].startswith("must be text of 1 to 64 characters; got ")


@pytest.mark.parametrize("type", ["open", "close"])
def test_what_opens_and_closes_a_show_names_it_and_nothing_else(client: Client, type: str) -> None:
    client.send(type)
    assert [error["path"] for error in client.texts[-1]["problem"]["errors"]] == ["show"]
    client.send(type, "left", id="r")
    assert [error["path"] for error in client.texts[-1]["problem"]["errors"]] == ["id"]
