"""Pictures: what is asked for is where it belongs, in the right colours, and whatever a label says stays text."""

from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from app.core.problems import Problem
from app.engine.run import advance
from app.experiment import Experiment
from app.exports.catalog import FORMATS
from app.exports.drawing.look import DARK, LIGHT
from app.exports.picture import png, svg
from app.exports.preview import preview
from app.objectives.surfaces.catalog import SURFACES
from tests.exports.races import nasty, race, rgb, training, view

SMALL = {"width": 320, "height": 240, "scale": 1}


def opened(data: bytes) -> Any:
    """A picture as an array of its pixels."""
    return np.asarray(Image.open(BytesIO(data)))


def near(pixels: Any, place: tuple[float, float], colour: str, reach: int = 3) -> bool:
    """Whether a pixel close to `place` has the `colour`."""
    x, y = (round(part) for part in place)
    part = pixels[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1, :3].astype(int)
    return bool((np.abs(part - rgb(colour)).max(2) <= 12).any())


def on_stage(experiment: Experiment, point: tuple[float, float]) -> tuple[float, float]:
    """Where a point of a surface is on a preview: its window fills 790 x 630 px with equal units, its middle there."""
    window = experiment.objective.surface.window
    unit = max((window.x[1] - window.x[0]) / 790, (window.y[1] - window.y[0]) / 630)
    return 395 + (point[0] - sum(window.x) / 2) / unit, 315 - (point[1] - sum(window.y) / 2) / unit


def test_a_preview_has_the_size_that_links_want_and_paths_where_they_went() -> None:
    experiment = race(steps=200)
    pixels = opened(preview(experiment, view()))
    assert pixels.shape == (630, 1200, 3)
    values = advance(experiment, None, 201)[1].values
    for row in range(2):
        for entry in (60, 120, 200):
            assert near(pixels, on_stage(experiment, tuple(values[entry, row, :2])), LIGHT.paths[row]), (row, entry)


def test_the_minimum_and_the_start_are_marked() -> None:
    experiment = race(steps=1)
    pixels = opened(preview(experiment, view()))
    assert near(pixels, on_stage(experiment, (1.0, 1.0)), LIGHT.mark, reach=1)
    x, y = on_stage(experiment, (-1.2, 1.0))
    assert near(pixels, (x + 8, y), LIGHT.mark, reach=1)


def test_equal_experiments_have_equal_pictures() -> None:
    one, other = race(steps=5), race(steps=5)
    assert preview(one, view(), "a") == preview(other, view(), "a") != preview(one, view(), "b")
    assert png(one, view(), SMALL) == png(other, view(), SMALL)
    assert svg(one, view(), SMALL) == svg(other, view(), SMALL)


@pytest.mark.parametrize("surface", SURFACES, ids=lambda surface: surface.id)
def test_every_surface_has_a_preview(surface: Any) -> None:
    pixels = opened(preview(race(surface=surface.id, steps=20), view()))
    assert len(np.unique(pixels[:, :790].reshape(-1, 3), axis=0)) > 8


@pytest.mark.parametrize("dataset", ["moons", "sine", "digits"])
def test_a_training_has_a_preview(dataset: str) -> None:
    fields = {"samples": 40} if dataset != "digits" else {}
    model = {"kind": "model", "model": {"name": "mlp", "hidden": [4]}, "dataset": {"name": dataset, **fields}}
    pixels = opened(preview(training(objective=model), view(tab="data")))
    for colour in LIGHT.paths[:2]:
        assert (pixels[100:560, 830:870] == rgb(colour)).all(2).any()


def test_a_path_that_is_lost_or_never_was_is_drawn() -> None:
    for start in ([1e5, 1e5], [1e6, -1e6]):
        assert opened(preview(race({"name": "sgd", "lr": 1.0}, start=start), view())).shape
        assert opened(png(race({"name": "sgd", "lr": 1.0}, start=start), view(tab="both"), SMALL)).shape


@pytest.mark.parametrize("show", ["2d", "3d", "both", "curves"])
def test_a_surface_is_shown_in_every_way_in_both_themes(show: str) -> None:
    experiment = race(surface="himmelblau", steps=30)
    light = opened(png(experiment, view(), {**SMALL, "show": show}))
    dark = opened(png(experiment, view(), {**SMALL, "show": show, "theme": "dark"}))
    assert light.shape == dark.shape == (240, 320, 3)
    assert tuple(light[0, 0]) == rgb(LIGHT.panel)
    assert tuple(dark[0, 0]) == rgb(DARK.panel)
    for pixels, theme in ((light, LIGHT), (dark, DARK)):
        for colour in theme.paths[:2]:
            assert (np.abs(pixels.astype(int) - rgb(colour)).max(2) <= 12).any(), colour


@pytest.mark.parametrize("show", ["data", "weights", "confusion", "2d", "3d", "curves"])
def test_a_model_is_shown_in_every_way(show: str) -> None:
    picture = opened(png(training(), view(), {**SMALL, "show": show}))
    assert len(np.unique(picture.reshape(-1, 3), axis=0)) > 20


def test_the_tab_the_step_and_the_hidden_of_a_view_are_followed() -> None:
    experiment = race()
    assert png(experiment, view(tab="3d"), SMALL) == png(experiment, view(), {**SMALL, "show": "3d"})
    assert png(experiment, view(step=3), SMALL) != png(experiment, view(), SMALL)
    first = rgb(LIGHT.paths[0])
    shown, hidden = (opened(png(experiment, view(**more), SMALL)) for more in ({}, {"hide": [1]}))
    assert (shown == first).all(2).any()
    assert not (hidden == first).all(2).any()


def test_scale_and_ground_are_chosen() -> None:
    pixels = opened(png(race(), view(), {"width": 300, "height": 200, "scale": 2.5, "transparent": True}))
    assert pixels.shape == (500, 750, 4)
    assert pixels[0, 0, 3] == 0
    assert pixels[140, 375, 3] == 255


def test_a_drawing_has_its_words_as_text_and_nothing_from_elsewhere() -> None:
    text = svg(nasty(), view(), {"width": 2400}, "</title><script>alert(1)</script>").decode()
    root = ElementTree.fromstring(text)
    written = ["".join(node.itertext()) for node in root.iter() if node.tag.endswith("}text")]
    for label in ("<img src=x onerror=alert(1)>", "</script><b>bold</b>", "$x^2$ & \\frac{", "abcdef", "🚀 fast 漢字"):
        assert label in written
    assert "</title><script>alert(1)</script>" in written
    assert "{label}" in written
    tags = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert not tags & {"script", "foreignObject", "a", "iframe", "metadata", "date"}
    for node in root.iter():
        for name, value in node.attrib.items():
            assert not name.rpartition("}")[2].startswith("on")
            if name.endswith("href"):
                assert value.startswith(("#", "data:image/png"))
    assert "DOCTYPE" not in text
    assert (root.get("width"), root.get("height")) == ("2400", "900")


def test_nasty_labels_are_drawn_by_all() -> None:
    assert opened(preview(nasty(), view(), "🚀\u202e$\\x$")).shape == (630, 1200, 3)
    assert opened(png(nasty(), view(), SMALL, "🚀")).shape == (240, 320, 3)


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"width": 100}, "options.width"), ({"width": 10**9}, "options.width"), ({"height": "600"}, "options.height"),
        ({"height": 600.5}, "options.height"), ({"width": 4000, "height": 4000, "scale": 2}, "options.scale"),
        ({"scale": float("nan")}, "options.scale"), ({"theme": "red"}, "options.theme"), ({"dpi": 3}, "options.dpi"),
        ({"show": "everything"}, "options.show"), ({"show": "data"}, "options.show"),
        ({"transparent": 1}, "options.transparent"),
    ],
)  # fmt: skip
def test_what_cannot_be_drawn_is_refused_with_its_place(options: dict[str, Any], path: str) -> None:
    for draw in (png, svg):
        with pytest.raises(Problem) as caught:
            draw(race(steps=1), view(), options)
        assert caught.value.errors[0].path == path


def test_the_catalogue_takes_views_and_options_in_one() -> None:
    forms = {form.id: form for form in FORMATS}
    told = {"tab": "3d", "step": 4, "title": "A title", "width": 320, "height": 400, "scale": 1}
    same = {**SMALL, "height": 400}
    assert forms["png"].make(race(), told) == png(race(), view(tab="3d", step=4), same, "A title")
    assert b"A title" in forms["svg"].make(race(), told)
