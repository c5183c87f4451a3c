"""Hashes and ids."""

import hashlib
import json
from collections import Counter

import pytest

from app.store.records import ALPHABET, LONGEST, SHORTEST, Record, name_of, parse_id
from tests.store.cases import record


def test_the_digest_is_that_of_the_canonical_text_of_all_three() -> None:
    given = Record('{"steps":3}', '{"tab":"3d"}', 'Ängström "1" </script> 🙂')
    whole = {"experiment": {"steps": 3}, "view": {"tab": "3d"}, "title": given.title}
    text = json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert given.digest() == hashlib.sha256(text.encode()).hexdigest()


def test_each_part_counts() -> None:
    base = Record("{}")
    others = [Record('{"a":1}'), Record("{}", view='{"a":1}'), Record("{}", title="a")]
    assert len({one.digest() for one in (base, *others)}) == 4


@pytest.mark.parametrize("title", ["a\0b", "\ud800"])
def test_what_no_database_keeps_as_text_is_refused(title: str) -> None:
    with pytest.raises(ValueError):
        Record("{}", title=title).digest()


def test_a_name_is_the_hash_as_a_number_its_lowest_digits_first() -> None:
    # By hand: 31 * 31 * 1 + 31 * 0 + 5 has the digits 5, 0, 1.
    assert name_of(f"{31 * 31 + 5:064x}") == ALPHABET[5] + ALPHABET[0] + ALPHABET[1] + ALPHABET[0] * (LONGEST - 3)
    high = name_of("f" * 64)
    assert sum(ALPHABET.index(digit) * 31**place for place, digit in enumerate(high)) == (2**256 - 1) % 31**LONGEST


def test_no_character_looks_like_another_in_whatever_case() -> None:
    assert len(ALPHABET) == 31
    assert not set(ALPHABET) & set("01ilo")
    assert ALPHABET.islower()


def test_every_character_stands_at_every_place_about_as_often() -> None:
    names = [name_of(record(number).digest()) for number in range(3100)]
    for place in range(SHORTEST):
        counts = Counter(name[place] for name in names)
        # 100 expected of each, with a standard deviation of 10.
        assert len(counts) == 31
        assert max(counts.values()) < 160


def test_an_id_is_read_in_any_case() -> None:
    assert parse_id("ABCdef23") == parse_id("abcdef23") == "abcdef23"
    assert parse_id("a" * LONGEST) == "a" * LONGEST


@pytest.mark.parametrize(
    "text",
    ["", "abcdef2", "a" * (LONGEST + 1), "a" * 10_000, "abcdefg1", "abcdefgo", "abcdef2 ", "' or 1=1--", "../../etc",
     "abcdef2\0", "abcdefgÄ", "abcdefg\u212a", "%61bcdefgh"],
)  # fmt: skip
def test_anything_else_is_no_id(text: str) -> None:
    assert parse_id(text) is None
