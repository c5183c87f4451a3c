"""Token buckets: how much one client may ask for."""

import ipaddress
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

MOST_CLIENTS = 10_000


class Buckets:
    """A bucket for each client: it holds up to `burst` tokens, and `rate` of them come each second.

    Clients that were quiet longest are forgotten beyond `MOST_CLIENTS`.
    """

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def left(self, client: str, now: float) -> float:
        """The tokens that are there at the time `now`; fewer than none where some are owed."""
        tokens, then = self._clients.get(client, (self._burst, now))
        return min(self._burst, tokens + (now - then) * self._rate)

    def take(self, client: str, now: float, count: float = 1.0, *, owe: bool = False) -> float:
        """Take `count` tokens at the time `now`: 0, or the seconds until so many will be there.

        None was taken in the second case, unless the client may `owe`, as one that is served later.
        """
        tokens = self.left(client, now)
        enough = tokens >= count
        self._clients[client] = (max(tokens - count, -self._burst) if enough or owe else tokens, now)
        self._clients.move_to_end(client)
        if len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        return 0.0 if enough else (count - tokens) / self._rate


def client_name(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)


def client_of(scope: Mapping[str, Any]) -> str:
    """The client that a connection counts for."""
    return client_name(scope["client"][0]) if scope.get("client") else "local"
