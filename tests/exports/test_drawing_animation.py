"""The animation: as many frames as were asked for, of the same size, in which paths grow from nothing to all."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.core.problems import Problem
from app.experiment import parse
from app.exports.animation import animation, gif
from app.exports.drawing.look import DARK, LIGHT
from app.exports.picture import png
from tests.exports.races import nasty, race, rgb, training, view

SMALL = {"width": 320, "height": 320, "frames": 12}


def frames(data: bytes) -> list[Any]:
    """Every frame of a GIF as it is seen."""
    image = Image.open(BytesIO(data))
    seen = []
    for index in range(image.n_frames):
        image.seek(index)
        seen.append(np.asarray(image.convert("RGB")).astype(int))
    return seen


def count(pixels: Any, colour: str) -> int:
    return int((np.abs(pixels - rgb(colour)).max(2) <= 8).sum())


def test_paths_grow_from_frame_to_frame() -> None:
    seen = frames(gif(race({"name": "adam", "lr": 0.1}, steps=60), view(), {**SMALL, "heading": False}))
    assert len(seen) == 12
    assert {frame.shape for frame in seen} == {(320, 320, 3)}
    lengths = [count(frame, LIGHT.paths[0]) for frame in seen]
    assert lengths[-1] > lengths[5] > lengths[0] > 0
    assert all(tuple(frame[1, 1]) == rgb(LIGHT.panel) for frame in seen)


def test_what_a_ball_leaves_is_the_ground_again() -> None:
    seen = frames(gif(race({"name": "sgd", "lr": 1e-3}, start=[-1.8, 2.5], steps=60), view(), SMALL))
    still = frames(gif(race({"name": "sgd", "lr": 1e-3}, start=[-1.8, 2.5], steps=60), view(), {**SMALL, "frames": 2}))
    assert np.abs(seen[-1] - still[-1]).mean() < 0.5


def shapes(pixels: Any, colour: str) -> tuple[float, float]:
    """Where the pixels of a colour are on average, across and down."""
    down, across = np.nonzero(np.abs(pixels - rgb(colour)).max(2) <= 8)
    return float(across.mean()), float(down.mean())


def test_the_open_tab_moves_from_where_it_is_seen() -> None:
    experiment, bare = race(surface="himmelblau", steps=60), {**SMALL, "heading": False}
    flat, hill = gif(experiment, view(tab="2d"), bare), gif(experiment, view(tab="3d"), bare)
    assert gif(experiment, view(tab="both"), bare) == flat != hill
    assert gif(experiment, view(tab="2d"), {**bare, "show": "3d"}) == hill
    # What stands still in an animation over the hill is just the picture of it.
    picture = Image.open(BytesIO(png(experiment, view(tab="3d"), {**bare_picture(), "show": "3d"})))
    seen = frames(hill)
    assert np.abs(seen[-1] - np.asarray(picture).astype(int)).mean() < 2
    lengths = [count(frame, LIGHT.paths[0]) for frame in seen]
    assert lengths[-1] > lengths[0] > 0
    # Seen from the other side, what was on the left is on the right.
    front, back = (
        frames(gif(experiment, view(tab="3d", camera=eye), bare))[-1] for eye in ([0, -1.4, 1.4], [0, 1.4, 1.4])
    )
    assert (shapes(front, LIGHT.paths[0])[0] - 160) * (shapes(back, LIGHT.paths[0])[0] - 160) < 0


def bare_picture() -> dict[str, Any]:
    return {"width": 320, "height": 320, "scale": 1, "heading": False}


def test_an_animation_from_above_shows_the_part_that_was_zoomed_to() -> None:
    near = view(tab="2d", range=[-2.5, -1.5, 0.0, 1.0])
    assert gif(race(), near, SMALL) != gif(race(), view(tab="2d"), SMALL)


def test_models_learn_on_the_tab_of_data() -> None:
    experiment = training(steps=120)
    seen = frames(gif(experiment, view(), {**SMALL, "heading": False}))
    still = Image.open(BytesIO(png(experiment, view(), bare_picture())))
    # The same panels as on a picture of the end, up to how finely the sheet is sampled.
    assert np.abs(seen[-1] - np.asarray(still).astype(int)).mean() < 4
    assert (np.abs(seen[-1] - seen[0]).max(2) > 8).mean() > 0.1
    assert gif(experiment, view(tab="weights"), SMALL) == gif(experiment, view(tab="2d"), SMALL)


def test_curves_move_and_what_no_plane_holds_moves_on_the_plane_of_weights() -> None:
    sine = frames(gif(training("sine", steps=120), view(), SMALL))
    assert shapes(sine[0], LIGHT.paths[0]) != shapes(sine[-1], LIGHT.paths[0])
    digits = parse({
        "objective": {"kind": "model", "model": {"name": "mlp", "hidden": [4]}, "dataset": {"name": "digits"}},
        "optimizers": [{"name": "adam", "lr": 0.05}], "steps": 10,
    })  # fmt: skip
    assert gif(digits, view(tab="data"), SMALL) == gif(digits, view(tab="2d"), SMALL)


def test_time_and_repetitions_are_as_asked() -> None:
    image = Image.open(BytesIO(gif(race(), view(), {**SMALL, "frames": 3, "rate": 10, "loops": 4})))
    assert image.info["loop"] == 4
    durations = []
    for index in range(image.n_frames):
        image.seek(index)
        durations.append(image.info["duration"])
    assert durations == [100, 100, 2000]


@pytest.mark.parametrize(
    ("rate", "hundredths"),
    [(50, 2), (45, 2), (40, 3), (34, 3), (30, 3), (26, 4), (25, 4), (24, 4), (21, 5), (20, 5), (17, 6), (10, 10),
     (7, 14), (1.5, 67), (1, 100)],
)  # fmt: skip
def test_a_rate_is_the_nearest_that_the_format_can(rate: float, hundredths: int) -> None:
    """Frames stay for whole hundredths of a second."""
    image = Image.open(BytesIO(gif(race(), view(), {**SMALL, "frames": 2, "rate": rate})))
    assert image.info["duration"] == 10 * hundredths
    assert all(abs(100 / hundredths - rate) <= abs(100 / other - rate) for other in range(2, 101))


def test_it_comes_in_pieces_and_can_be_left() -> None:
    pieces = animation(race(), view(), SMALL)
    first = next(pieces)
    assert first.data.startswith(b"GIF89a")
    assert (first.done, first.total) == (1, 13)
    assert next(pieces).done == 2
    pieces.close()
    told = list(animation(race(), view(), SMALL))
    assert [piece.done for piece in told] == list(range(1, 14))
    assert b"".join(piece.data for piece in told) == gif(race(), view(), SMALL)


def test_themes_differ_and_equal_races_do_not() -> None:
    light, dark = (gif(race(), view(), {**SMALL, "frames": 2, "theme": theme}) for theme in ("light", "dark"))
    assert light != dark
    assert tuple(frames(dark)[0][0, 0]) == rgb(DARK.panel)
    assert light == gif(race(), view(), {**SMALL, "frames": 2})


def test_it_stays_small_and_takes_models_and_odd_labels() -> None:
    assert len(gif(race(steps=300), view(), {})) < 1_000_000
    assert len(frames(gif(training(), view(), SMALL))) == 12
    assert len(frames(gif(nasty(), view(), {**SMALL, "frames": 2}, "🚀"))) == 2


@pytest.mark.parametrize(
    ("options", "path"),
    [
        ({"frames": 1}, "options.frames"), ({"frames": 10**6}, "options.frames"), ({"width": 5000}, "options.width"),
        ({"width": 1600, "height": 1200}, "options.height"), ({"width": 1200, "height": 1200}, "options.frames"),
        ({"loops": -1}, "options.loops"), ({"rate": 0}, "options.rate"), ({"speed": 1}, "options.speed"),
        ({"show": "data"}, "options.show"), ({"show": "curves"}, "options.show"),
    ],
)  # fmt: skip
def test_what_is_too_large_is_refused_at_once(options: dict[str, Any], path: str) -> None:
    with pytest.raises(Problem) as caught:
        animation(race(), view(), options)
    assert caught.value.errors[0].path == path
