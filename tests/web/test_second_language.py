"""With a catalogue of a second language, everything that is asked for in it is made in it, by whoever makes it."""

import asyncio
import json
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from app.compute.executors import EXECUTORS, executor_called
from app.core.urgency import Urgency
from app.core.words import speaking, spoken
from app.engine.films import MemoryFilms
from app.main import create_app
from app.settings import Settings
from app.web.workers import call
from app.work.shelf import Shelf
from tests.pseudo import LANGUAGE, MARK, second_language

RACE = {
    "objective": {"kind": "surface", "name": "booth"},
    "optimizers": [{"name": "sgd", "lr": 0.01}, {"name": "adam", "lr": 0.1}],
    "steps": 20,
}
CALLS: dict[str, tuple[str, str, Any]] = {
    "page": ("GET", "/", None),
    "description": ("GET", "/api/openapi.json", None),
    "catalogue": ("GET", "/api/catalog", None),
    "run": ("POST", "/api/run", RACE),
    "script": ("POST", "/api/export/script.py", {"experiment": RACE}),
    "table": ("POST", "/api/export/csv", {"experiment": RACE}),
    "figure": ("POST", "/api/export/html", {"experiment": RACE}),
    "drawing": ("POST", "/api/export/svg", {"experiment": RACE}),
}
LANGUAGES = (LANGUAGE, "en", LANGUAGE)


def in_thread(work: Coroutine[Any, Any, Any]) -> Any:
    """What `work` gives; in a thread of its own, as the driver of the browser keeps a loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result()


def read(answer: httpx.Response) -> str:
    """The answer as a person reads it."""
    return json.dumps(answer.json(), ensure_ascii=False) if "json" in answer.headers["content-type"] else answer.text


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, list[httpx.Response]]]:
    """The answers to all calls in each of `LANGUAGES`, by the name of the call; and to that for a preview."""
    folder = tmp_path_factory.mktemp("words")

    async def ask() -> dict[str, list[httpx.Response]]:
        app = create_app(Settings(executor="thread", database_url=f"sqlite:///{folder}/x.db"))
        transport = httpx.ASGITransport(app)
        found: dict[str, list[httpx.Response]] = {name: [] for name in (*CALLS, "preview", "saved page")}
        async with app.router.lifespan_context(app), httpx.AsyncClient(transport=transport) as http:
            saved = await http.post("http://127.0.0.1/api/experiments", json={"experiment": RACE})
            calls = CALLS | {
                "preview": ("GET", f"/e/{saved.json()['id']}/preview.png", None),
                "saved page": ("GET", f"/e/{saved.json()['id']}", None),
            }
            for language in LANGUAGES:
                for name, (method, path, document) in calls.items():
                    answer = await http.request(
                        method, f"http://127.0.0.1{path}", json=document, headers={"accept-language": language}
                    )
                    assert answer.status_code == 200, (name, answer.text)
                    found[name].append(answer)
        return found

    with pytest.MonkeyPatch.context() as patch, second_language(folder):
        patch.setattr(Shelf, "films", MemoryFilms())
        yield in_thread(ask())


@pytest.mark.parametrize("name", CALLS)
def test_it_is_said_in_the_language_that_is_asked_for(answers: dict[str, list[httpx.Response]], name: str) -> None:
    first, english, again = answers[name]
    assert MARK[0] in read(first)
    assert MARK[0] not in read(english)
    assert again.text == first.text


def test_a_run_has_the_same_numbers_in_every_language(answers: dict[str, list[httpx.Response]]) -> None:
    first, english, _ = (json.loads(answer.text)["trajectories"] for answer in answers["run"])
    assert [row.pop("outcome")["message"][0] for row in first] == [MARK[0]] * len(first)
    for row in english:
        del row["outcome"]
    assert first == english


def test_a_preview_is_kept_for_each_language(answers: dict[str, list[httpx.Response]]) -> None:
    first, english, again = (answer.content for answer in answers["preview"])
    assert first == again != english


def test_a_saved_page_says_what_it_is_in_its_language(answers: dict[str, list[httpx.Response]]) -> None:
    first, english, _ = (answer.text for answer in answers["saved page"])
    assert 'property="og:description" content="⟦' in first
    assert MARK[0] not in english


@pytest.mark.parametrize("name", [one.id for one in EXECUTORS])
def test_the_language_goes_along_with_work(name: str) -> None:
    made = executor_called(name).make(1)

    async def ask() -> list[str]:
        workers = made.on_behalf_of("a", 1, Urgency.HAND)
        with speaking(LANGUAGE):
            first = await call(workers, spoken)
        return [first, await call(workers, spoken)]

    try:
        assert in_thread(ask()) == [LANGUAGE, "en"]
    finally:
        made.shutdown()
