"""Whose turn it is, without clocks and processes."""

from collections import Counter

from app.compute.turns import EXPECTED, FEW, Owner, Turns
from app.core.urgency import SHARES, Urgency

HAND, WATCHED, PATIENT = Urgency
ANYBODY = 0.1  # s; what a turn takes


def serve(turns: Turns[str], count: int, seconds: float = ANYBODY) -> str:
    """What has its turn, one after the other."""
    found = ""
    for _ in range(count):
        owner = turns.find()
        assert owner
        found += turns.take(owner)
        turns.end(owner, seconds)
    return found


def test_clients_take_turns_whoever_asked_first_and_however_much() -> None:
    turns = Turns[str]()
    for _ in range(40):
        turns.add(Owner("greedy", 1, PATIENT), "g")
    serve(turns, 5)
    for _ in range(3):
        turns.add(Owner("other", 1, PATIENT), "o")
    assert serve(turns, 6).count("o") == 3


def test_connections_of_a_client_take_turns_too() -> None:
    turns = Turns[str]()
    for letter in "aaaaaabc":
        turns.add(Owner("class", letter, HAND), letter)
    assert sorted(serve(turns, 3)) == ["a", "b", "c"]


def test_what_one_connection_wants_comes_in_its_order() -> None:
    turns = Turns[str]()
    owner = Owner("a", 1, HAND)
    for letter in "bcd":
        turns.add(owner, letter)
    turns.add(owner, "a", first=True)
    assert serve(turns, 4) == "abcd"


def test_a_client_with_dear_turns_has_fewer_of_them() -> None:
    turns, had = Turns[str](), Counter[str]()
    dear, cheap = Owner("dear", 1, HAND), Owner("cheap", 1, HAND)
    for owner in (dear, cheap):
        for _ in range(200):
            turns.add(owner, "")
    for _ in range(110):
        owner = turns.find()
        assert owner
        turns.take(owner)
        turns.end(owner, 1.0 if owner == dear else 0.1)
        had[str(owner.client)] += 1
    assert 9 <= had["dear"] <= 11


def test_a_hand_goes_first_and_nothing_stands_still() -> None:
    turns = Turns[str]()
    for urgency, letter in ((PATIENT, "p"), (WATCHED, "w"), (HAND, "h")):
        for _ in range(200):
            turns.add(Owner("a", 1, urgency), letter)
    found = Counter(serve(turns, 100))
    whole = sum(SHARES.values())
    for urgency, letter in ((PATIENT, "p"), (WATCHED, "w"), (HAND, "h")):
        assert abs(found[letter] - 100 * SHARES[urgency] / whole) <= 2, found


def test_a_hand_that_comes_back_now_and_then_never_waits_for_the_others() -> None:
    turns = Turns[str]()
    for _ in range(100):
        turns.add(Owner("greedy", 1, HAND), "g")
    for _ in range(20):
        turns.add(Owner("other", 1, HAND), "o")
        assert "o" in serve(turns, 2)


def test_those_who_come_anew_again_and_again_do_not_push_out_who_has_waited() -> None:
    turns = Turns[str]()
    served = ""
    for _ in range(3):
        turns.add(Owner("a", "old", HAND), "o")
    for number in range(30):
        turns.add(Owner("a", number, HAND), "n")
        served += serve(turns, 1)
    assert served.count("o") == 3


def test_a_turn_is_charged_from_its_beginning() -> None:
    turns = Turns[str]()
    for letter in "aab":
        turns.add(Owner(letter, 1, HAND), letter)
    first = turns.find()
    assert first
    turns.take(first)
    second = turns.find()
    assert second
    assert {first.client, second.client} == {"a", "b"}


def test_who_may_not_is_passed_over() -> None:
    turns = Turns[str]()
    turns.add(Owner("a", 1, HAND), "a")
    turns.add(Owner("b", 1, PATIENT), "b")
    assert turns.find(lambda client, _: client != "a") == Owner("b", 1, PATIENT)
    assert turns.find(lambda *_: False) is None


def test_who_wants_nothing_any_more_is_forgotten() -> None:
    turns = Turns[str]()
    turns.add(Owner("stays", 1, HAND), "s")
    for number in range(20 * FEW):
        turns.add(Owner(f"c{number}", number, HAND), "")
        owner = Owner(f"c{number}", number, HAND)
        turns.take(owner)
        turns.end(owner, EXPECTED)
    assert len(turns._all.members[HAND].members) <= 4 * FEW
    serve(turns, 1)
    assert (len(turns), turns._all.members) == (0, {})


def test_all_that_waits_can_be_dropped() -> None:
    turns = Turns[str]()
    for letter in "abc":
        turns.add(Owner(letter, 1, HAND), letter)
    owner = turns.find()
    assert owner
    turns.take(owner)
    assert len(turns.clear()) == 2
    assert (len(turns), turns.find()) == (0, None)
    turns.end(owner, 1.0)
