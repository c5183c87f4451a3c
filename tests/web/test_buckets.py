"""Token buckets, with a clock that the test turns."""

import pytest

from app.web.buckets import MOST_CLIENTS, Buckets, client_name


def test_a_burst_is_let_pass_and_then_the_rate() -> None:
    buckets = Buckets(rate=2.0, burst=3.0)
    assert [buckets.take("a", 100.0) for _ in range(4)] == [0, 0, 0, 0.5]
    assert buckets.take("a", 100.25) == 0.25
    assert buckets.take("a", 100.5) == 0
    assert buckets.take("a", 100.5) == 0.5
    assert [buckets.take("a", 1000.0) for _ in range(4)] == [0, 0, 0, 0.5]


def test_a_client_that_may_owe_waits_longer_with_every_token() -> None:
    buckets = Buckets(rate=2.0, burst=2.0)
    assert [buckets.take("a", 0.0, owe=True) for _ in range(4)] == [0, 0, 0.5, 1.0]
    assert buckets.take("a", 1.0, owe=True) == 0.5


def test_clients_do_not_share_a_bucket_and_the_quietest_is_forgotten() -> None:
    buckets = Buckets(rate=1.0, burst=1.0)
    assert (buckets.take("a", 0.0), buckets.take("b", 0.0), buckets.take("a", 0.0)) == (0, 0, 1)
    for index in range(MOST_CLIENTS):
        buckets.take(str(index), 0.0)
    assert buckets.take("a", 0.0) == 0


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ffff:1", "2001:db8::/64"),
        ("unix", "unix"),
    ],
)
def test_a_network_of_ipv6_is_one_client(address: str, name: str) -> None:
    assert client_name(address) == name
