"""Token buckets: how much one client may ask for."""

import ipaddress
from collections import OrderedDict

MOST_CLIENTS = 10_000


class Buckets:
    """A bucket for each client: it holds up to `burst` tokens, and `rate` of them come each second.

    Clients that were quiet longest are forgotten beyond `MOST_CLIENTS`.
    """

    def __init__(self, rate: float, burst: float) -> None:
        self._rate, self._burst = rate, burst
        self._clients: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, client: str, now: float, *, owe: bool = False) -> float:
        """Take a token at the time `now`: 0, or the seconds until there will be one.

        None was taken in the second case, unless the client may `owe`, as one that is served later.
        """
        tokens, then = self._clients.pop(client, (self._burst, now))
        tokens = min(self._burst, tokens + (now - then) * self._rate)
        enough = tokens >= 1
        self._clients[client] = (max(tokens - 1, -self._burst) if enough or owe else tokens, now)
        if len(self._clients) > MOST_CLIENTS:
            self._clients.popitem(last=False)
        return 0.0 if enough else (1 - tokens) / self._rate


def client_name(address: str) -> str:
    """What counts as one client: an IPv4 address, or the /64 network of an IPv6 one."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else str(ip)
