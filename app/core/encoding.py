"""Content encodings: which one a client takes, and its bytes."""

import gzip

import zstandard

PREFERRED = ("zstd", "gzip")
IDENTITY = "identity"
TOO_SHORT = 1000  # bytes; below this a header costs more than is saved


def choose(accepted: str) -> str:
    """The best encoding that the value `accepted` of an Accept-Encoding header allows."""
    allowed = {}
    for part in accepted.lower().split(","):
        name, _, parameter = part.partition(";")
        allowed[name.strip()] = parameter.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return next((name for name in PREFERRED if allowed.get(name)), IDENTITY)


def compress(data: bytes, encoding: str, *, hard: bool = False) -> bytes:
    """`data` in `encoding`; hard: as small as is reasonable, for what is compressed once."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=12 if hard else 3).compress(data)
    if encoding == "gzip":
        return gzip.compress(data, 6 if hard else 1, mtime=0)
    return data
