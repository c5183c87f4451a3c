"""Frames are counted as they come, however the network cuts them."""

import random
from itertools import pairwise

import pytest

from app.settings import Settings
from app.web.frames import Allowances, FrameWalk
from tests.web.flooding import frame

SIZES = [0, 1, 125, 126, 127, 300, 65_535]


def unmasked(size: int) -> bytes:
    """A frame with the longest form of its length, as no client may send it."""
    return b"\x82\x7f" + size.to_bytes(8, "big") + b"x" * size


@pytest.mark.parametrize("seed", range(20))
def test_frames_are_counted_where_they_begin(seed: int) -> None:
    draw = random.Random(seed)
    frames = [draw.choice([frame(0x81, b"x" * size), unmasked(size)]) for size in draw.choices(SIZES, k=40)]
    data = b"".join(frames)
    cuts = sorted({0, len(data), *draw.choices(range(len(data)), k=100)})
    walk, counted = FrameWalk(), 0
    for start, end in pairwise(cuts):
        size, begun = walk.on(data[start:end], 10**6)
        assert size == end - start
        counted += begun
        assert counted == sum(sum(map(len, frames[:index])) < end for index in range(len(frames)))
    assert counted == len(frames)


def test_no_more_frames_are_taken_than_may_be() -> None:
    walk = FrameWalk()
    data = frame(0x8A) * 5 + frame(0x81, b"x" * 200)
    assert walk.on(data, 2) == (12, 2)
    assert walk.on(data[12:], 4) == (len(data) - 12, 4)
    assert walk.on(frame(0x8A)[:3], 1) == (3, 1)
    assert walk.on(frame(0x8A)[3:] + frame(0x8A), 0) == (3, 0)


def test_a_client_owes_for_frames_and_for_bytes_and_rests_when_half_could_come_again() -> None:
    limits = {"message_rate": 10, "message_burst": 20, "byte_rate": 1000, "byte_burst": 8000}
    allowances = Allowances(Settings(**limits))
    assert allowances.frames("a", 0.0) == 20
    assert allowances.take("a", 0.0, 15, 100) == 0
    assert allowances.take("a", 0.0, 10, 100) == 0.5
    assert allowances.frames("a", 0.0) == 1
    assert (allowances.rest("a", 1.4), allowances.rest("a", 1.5)) == (False, True)
    assert allowances.take("b", 0.0, 1, 8500) == 0.5
    assert allowances.take("c", 0.0, 1, 16_000) == 1.0
    assert [allowances.exceeded_by(late) for late in [(20, 8000), (21, 0), (0, 8001)]] == [False, True, True]
