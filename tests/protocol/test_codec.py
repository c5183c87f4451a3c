"""The binary message, byte by byte."""

import json
import struct
from base64 import b64decode
from typing import Any

import numpy as np
import pytest

from app.engine.records import Chunk
from app.protocol.codec import decode_chunk, encode_chunk
from tests.golden import cases_of


def test_the_bytes_are_as_the_contract_has_them() -> None:
    values = np.arange(12, dtype=np.float64).reshape(2, 3, 2)
    message = encode_chunk(None, "r1", Chunk(7, values), ("x", "y"))
    length = struct.unpack("<I", message[:4])[0]
    header = message[4 : 4 + length]
    assert (4 + length) % 8 == 0
    assert json.loads(header) == {
        "type": "chunk", "id": "r1", "first": 7, "count": 2, "optimizers": 3, "columns": ["x", "y"],
    }  # fmt: skip
    assert header.rstrip(b" ").endswith(b"}")
    assert struct.unpack("<12d", message[4 + length :]) == tuple(range(12))


@pytest.mark.parametrize("case", cases_of("chunks"), ids=lambda case: str(case["id"]))
def test_the_bytes_are_those_that_the_page_reads(case: dict[str, Any]) -> None:
    chunk = Chunk(case["first"], np.array(case["values"], dtype=np.float64))
    assert encode_chunk(case["show"], case["id"], chunk, case["columns"]) == b64decode(case["bytes"])


def test_a_chunk_of_a_show_that_was_opened_names_it() -> None:
    header, _ = decode_chunk(encode_chunk("s1", "r1", Chunk(0, np.zeros((1, 1, 2))), ("x", "y")))
    assert (header["show"], header["id"]) == ("s1", "r1")


@pytest.mark.parametrize("id", [letters * "r" for letters in range(1, 10)] + ["é\ud800"])
def test_numbers_start_at_a_multiple_of_eight_whatever_the_id(id: str) -> None:
    values = np.array([[[0.1, np.nan]]])
    message = encode_chunk(None, id, Chunk(0, values), ("x", "y"))
    assert len(message) % 8 == 0
    header, decoded = decode_chunk(message)
    assert (header["id"], decoded.tobytes()) == (id, values.tobytes())


def test_a_part_of_a_larger_array_is_written_as_it_is() -> None:
    values = np.arange(24, dtype=np.float64).reshape(4, 3, 2)[1:3]
    assert np.array_equal(decode_chunk(encode_chunk("s", "r", Chunk(1, values), ("x", "y")))[1], values)


@pytest.mark.parametrize("message", [b"", b"\x01", b"\xff\xff\xff\xff{}", b"\x04\x00\x00\x00nope"])
def test_what_is_no_chunk_is_refused(message: bytes) -> None:
    with pytest.raises(ValueError):
        decode_chunk(message)
