"""Files piece by piece: each piece a function of the file and its number, whatever was asked of the process before."""

from collections.abc import Iterator
from itertools import count
from random import Random

import pytest

from app.core.registry import by_id
from app.experiment import parse
from app.exports.catalog import FORMATS, Piece
from app.work import files
from app.work.files import FileKey, Latest, piece

RACE = parse(
    {
        "objective": {"kind": "surface", "name": "rosenbrock"},
        "optimizers": [{"name": "sgd", "lr": 1e-4}, {"name": "adam", "lr": 0.1}],
        "steps": 20,
    }
)
GIF = FileKey(RACE.text(), "gif", {"width": 320, "height": 240, "frames": 4}, "en")
CSV = FileKey(RACE.text(), "csv", {}, "en")


@pytest.fixture(autouse=True)
def begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "AT_ONCE", 1000)
    monkeypatch.setattr(Latest, "file", None)


def pieces(key: FileKey) -> list[Piece]:
    numbers = count()
    return list(iter(lambda: piece(key, next(numbers)), None))


@pytest.mark.parametrize("key", [GIF, CSV], ids=lambda key: key.id)
def test_its_pieces_in_their_order_are_the_file(key: FileKey) -> None:
    found = pieces(key)
    assert b"".join(data for data, _, _ in found) == by_id(FORMATS, key.id).make(RACE, key.options)
    assert [done for _, done, _ in found] == list(range(1, len(found) + 1))
    assert {total for _, _, total in found} == {len(found)}
    assert len(found) > 3


def test_a_piece_is_the_same_wherever_and_whenever_it_is_made() -> None:
    whole = {key.id: pieces(key) for key in (GIF, CSV)}
    numbers = [(key, number) for key in (GIF, CSV) for number in range(len(whole[key.id]) + 1)]
    for key, number in Random(1).sample(numbers, 6):
        known = whole[key.id]
        assert piece(key, number) == (known[number] if number < len(known) else None)


def test_going_on_makes_nothing_again(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    begun = files._pieces

    def counted(key: FileKey) -> Iterator[Piece]:
        made.append(key)
        return begun(key)

    monkeypatch.setattr(files, "_pieces", counted)
    pieces(GIF)
    assert made == [GIF]
    pieces(GIF)
    assert made == [GIF, GIF]


def test_what_failed_does_not_look_like_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_key: FileKey) -> Iterator[Piece]:
        yield b"a", 1, 2
        raise MemoryError

    monkeypatch.setattr(files, "_pieces", failing)
    assert piece(GIF, 0) == (b"a", 1, 2)
    for _ in range(2):
        with pytest.raises(MemoryError):
            piece(GIF, 1)
