"""Taking the place where the server listens, before anything that takes long is begun."""

import errno
import socket
from typing import Any

from app.core.words import say

WAITING = 2048
"""Connections that may wait while the server starts."""

REASONS = {
    errno.EADDRINUSE: "commands.listen.taken",
    errno.EADDRNOTAVAIL: "commands.listen.no-address",
    errno.EACCES: "commands.listen.not-allowed",
}
"""Why a place cannot be had, by key."""


def listen(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen at `port` of all addresses of `host`; 0 is any free one, the same for all of them.

    Who connects waits until somebody serves. Raises ValueError with a sentence where the place cannot be had.
    """
    made = list[socket.socket]()
    try:
        for family, address in _addresses(host, port):
            made.append(socket.socket(family, socket.SOCK_STREAM))
            _prepare(made[-1])
            made[-1].bind((address[0], made[0].getsockname()[1] if len(made) > 1 else port, *address[2:]))
            made[-1].listen(WAITING)
    except OSError as error:
        for one in made:
            one.close()
        known = REASONS.get(error.errno or 0)
        reason = say(known) if known else str(error.strerror).lower()
        place = host or say("commands.listen.everywhere")
        raise ValueError(say("commands.listen.refused", port=port, host=place, reason=reason)) from error
    return made


def _addresses(host: str, port: int) -> list[tuple[socket.AddressFamily, Any]]:
    try:
        found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        reason = str(getattr(error, "strerror", say("commands.listen.no-name"))).lower()
        raise ValueError(say("commands.listen.unknown", host=host, reason=reason)) from error
    return list(dict.fromkeys((family, address) for family, _, _, _, address in found))


def _prepare(one: socket.socket) -> None:
    # Connections of an earlier server that are still being closed must not keep the next one away.
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if one.family == socket.AF_INET6:
        one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
