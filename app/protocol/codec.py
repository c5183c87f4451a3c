"""The binary message: a chunk of entries.

Little-endian: `uint32` header length H; H bytes of JSON, padded with spaces so that 4 + H is a multiple of 8; then
`float64[count][optimizers][columns]`.
"""

import json
import struct
from collections.abc import Sequence
from typing import Any

import numpy as np

from app.engine.records import Chunk, Values
from app.protocol.messages import encode, head

_LENGTH = struct.Struct("<I")
_ALIGNMENT = 8
_NUMBER = np.dtype("<f8")


def encode_chunk(show: str | None, id: str, chunk: Chunk, columns: Sequence[str]) -> bytes:
    """The message with the entries of `chunk` for the run `id` of `show`."""
    count, optimizers, _ = chunk.values.shape
    header = encode(
        head("chunk", show, id)
        | {
            "first": chunk.first,
            "count": count,
            "optimizers": optimizers,
            "columns": list(columns),
        }
    ).encode()
    padding = -(_LENGTH.size + len(header)) % _ALIGNMENT
    body = np.ascontiguousarray(chunk.values, _NUMBER).tobytes()
    return b"".join((_LENGTH.pack(len(header) + padding), header, b" " * padding, body))


def decode_chunk(message: bytes) -> tuple[dict[str, Any], Values]:
    """The header and the values `(count, optimizers, columns)` of a binary message; raises ValueError on another."""
    if len(message) < _LENGTH.size:
        raise ValueError("a chunk begins with its header's length, in 4 bytes")
    (length,) = _LENGTH.unpack_from(message)
    header = json.loads(message[_LENGTH.size : _LENGTH.size + length])
    if not isinstance(header, dict) or header.get("type") != "chunk":
        raise ValueError("the header is not that of a chunk")
    shape = (header["count"], header["optimizers"], len(header["columns"]))
    values = np.frombuffer(message, _NUMBER, offset=_LENGTH.size + length)
    return header, values.reshape(shape).astype(np.float64)
