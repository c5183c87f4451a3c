"""Exported tables and data: every number of the run, and nothing that a spreadsheet would execute."""

import csv
import io
import json
from typing import Any

import numpy as np
import pytest

from app.experiment import Experiment
from app.exports.table import csv_table, json_text
from app.web.flows import Flows, follow
from tests.engine.races import race
from tests.engine.trainings import training
from tests.exports.odd import FORMULAS, ODD
from tests.exports.running import engine

RUNS = {
    "a race with one that is lost": race([{"name": "adam", "lr": 0.1}, {"name": "sgd", "lr": 1.0}], steps=20),
    "a training with mini-batches": training("softmax", "iris", steps=12, batch_size=16),
    "a regression": training("linear", "line", steps=5),
}
each_run = pytest.mark.parametrize("experiment", RUNS.values(), ids=list(RUNS))


def rows(experiment: Experiment) -> list[list[str]]:
    return list(csv.reader(io.StringIO(csv_table(experiment), newline="")))


@each_run
def test_the_table_has_every_number_to_the_bit(experiment: Experiment) -> None:
    (header, *lines), values = rows(experiment), engine(experiment)[1].values
    assert len(header) == 2 + len(experiment.columns)
    place = 0
    for index, choice in enumerate(experiment.optimizers):
        kept = np.count_nonzero(np.isfinite(values[:, index, experiment.columns.index("loss")]))
        own, place = lines[place : place + kept], place + kept
        assert [line[:2] for line in own] == [[choice.label, str(step)] for step in range(kept)]
        told = np.array([[float(cell) if cell else np.nan for cell in line[2:]] for line in own])
        np.testing.assert_array_equal(told, values[:kept, index])
    assert place == len(lines)


@each_run
def test_the_header_names_columns_and_units(experiment: Experiment) -> None:
    header = rows(experiment)[0]
    assert [name.split(" (")[0] for name in header] == ["label", "step", *experiment.columns]
    assert all(name.endswith(")") for name in header[1:])
    assert csv_table(experiment).count("\r\n") == csv_table(experiment).count("\n") == len(rows(experiment))


@pytest.mark.parametrize("label", FORMULAS)
def test_what_a_spreadsheet_would_execute_is_text(label: str) -> None:
    (_, first, *_) = rows(race([{"name": "adam", "lr": 0.1, "label": label}], steps=2))
    assert first[0] == f"'{label}"


@pytest.mark.parametrize("label", [label for label in ODD if not label.startswith(("'", "="))])
def test_other_labels_stay_as_they_are(label: str) -> None:
    assert {line[0] for line in rows(race([{"name": "adam", "lr": 0.1, "label": label}], steps=2))[1:]} == {label}


def test_the_documented_rule_gives_every_label_back() -> None:
    labels = [*FORMULAS, *ODD, "'", "''", "'=1", "''=1", " '=1", "\u00a0=1", "a'b", '"', '"=1"', "007"]
    optimizers = [{"name": "sgd", "lr": 0.001, "label": label} for label in labels]
    found = [row[0].removeprefix("'") for row in rows(race(optimizers, steps=1))[1:]]
    assert found == [label for label in labels for _ in range(2)]


def test_negative_numbers_stay_numbers() -> None:
    first = rows(race([{"name": "adam", "lr": 0.1}], steps=2))[1]
    assert (float(first[2]), float(first[3])) == (-1.2, 1.0)


@each_run
def test_the_data_are_the_answer_of_the_http_call_with_a_header(experiment: Experiment) -> None:
    answer: dict[str, Any] = json.loads("".join(follow(Flows(admit=lambda _: None).run(experiment))))
    assert json.loads(json_text(experiment)) == {"format": "optimizer-playground-run", "version": 1, **answer}
    assert list(json.loads(json_text(experiment)))[:2] == ["format", "version"]
