"""The experiment in Python: arrays, sentences, the figure, and the documented example."""

import re
from pathlib import Path

import numpy as np
import pytest

from app import figure, run
from app.core.problems import Problem
from app.experiment import parse
from tests.engine.races import values
from tests.engine.trainings import document, film_of
from tests.server import ROOT

RACE = {
    "objective": {"kind": "surface", "name": "rosenbrock"},
    "optimizers": [{"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1.0, "label": "lost"}],
    "steps": 25,
}


def test_a_race_is_arrays_and_sentences() -> None:
    race, every = run(RACE), values(parse(RACE))
    assert [trajectory.label for trajectory in race.trajectories] == ["Adam", "lost"]
    assert [race["Adam"][name].tolist() for name in ("x", "y", "loss", "lr")] == [
        every[:, 0, place].tolist() for place in (0, 1, 2, 4)
    ]
    assert (race["Adam"].kind, race["Adam"].step) == ("step-limit", 25)
    lost = race["lost"]
    assert lost.kind == "diverged"
    assert len(lost["loss"]) == lost.step
    assert lost.message.startswith(f"Diverged at step {lost.step}: ")
    assert race["Adam"].weights is None
    assert race.experiment == parse(RACE).canonical()


def test_a_training_has_its_weights() -> None:
    trained, film = run(document()), film_of(parse(document()))
    for index, trajectory in enumerate(trained.trajectories):
        assert trajectory.steps is not None
        assert trajectory.steps.tolist() == list(film.entries)
        np.testing.assert_array_equal(trajectory.weights, film.theta[:, index])
        assert np.isfinite(trajectory["test_score"]).all()


def test_the_figure_is_plotlys() -> None:
    assert [trace.type for trace in figure(RACE).data[:3]] == ["contour", "scatter", "scatter"]


def test_a_document_that_is_not_right_is_refused_with_its_fields() -> None:
    with pytest.raises(Problem) as caught:
        run({**RACE, "steps": 0})
    assert [error.path for error in caught.value.errors] == ["steps"]
    with pytest.raises(KeyError):
        run(RACE)["nobody"]


def test_what_is_not_there_is_told() -> None:
    with pytest.raises(ImportError, match="race"):
        exec("from app import race")


def test_the_documented_examples_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    examples = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    code = "\n".join(examples).replace('"race.html"', repr(str(tmp_path / "race.html")))
    exec(code, {"__name__": "__main__"})
    told = capsys.readouterr().out
    assert re.fullmatch(r"Momentum .*\nAdam .*\n[\d.]+ \(201, \d+\) .*\n", told), told
    assert (tmp_path / "race.html").stat().st_size > 10**5
