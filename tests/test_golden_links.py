"""Documents and addresses of any version so far open to the trajectories that they had."""

from typing import Any

import pytest

from app.core.problems import FieldError
from app.experiment import parse
from app.objectives.surfaces.catalog import SURFACES
from app.optimizers.catalog import PRESETS
from app.schedules.catalog import SCHEDULES
from app.view import parse_view
from tests.golden import assert_same, read_links, values_of
from tests.golden.corpus import corpus
from tests.node import CATALOG, Scripts

LINKS = read_links()


@pytest.mark.parametrize("link", LINKS, ids=[link["name"] for link in LINKS])
def test_a_document_opens_to_its_trajectories(link: dict[str, Any]) -> None:
    errors: list[FieldError] = []
    experiment = parse(link["experiment"])
    assert_same(values_of(experiment, link["at"]), link["values"])
    assert dict(parse_view(link["view"], errors).choices) == link["view"]
    assert errors == []


def test_addresses_open_to_their_trajectories_and_views(scripts: Scripts) -> None:
    opened = scripts.call("tests/js/asked.js", "readAddresses", [link["address"] for link in LINKS], CATALOG)
    views = scripts.call("tests/js/asked.js", "readViews", [link["view"] for link in LINKS], CATALOG)
    assert len(opened) == len(LINKS) > 70
    for link, found, view in zip(LINKS, opened, views, strict=True):
        assert found["problems"] == [], link["name"]
        assert found["view"] == view, link["name"]
        assert_same(values_of(parse(found["document"]), link["at"]), link["values"])


def test_every_entry_of_the_catalogues_is_in_a_link() -> None:
    names = {link["name"] for link in LINKS}
    assert names >= {link.name for link in corpus()}
    assert names >= {f"surface {surface.id}" for surface in SURFACES}
    assert names >= {f"preset {preset.id}" for preset in PRESETS}
    assert names >= {f"schedule {schedule.id}" for schedule in SCHEDULES}


def test_values_that_are_not_the_same_are_told_apart() -> None:
    link = next(link for link in LINKS if link["name"] == "surface booth")
    values = values_of(parse(link["experiment"]), link["at"])
    values[-1, 0, 0] *= 1 + 1e-8
    with pytest.raises(AssertionError):
        assert_same(values, link["values"])
