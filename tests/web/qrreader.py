"""Reads a QR code as a phone does, by the standard (ISO/IEC 18004) alone; only short ones, which are of one block."""

import re
from xml.etree import ElementTree

Matrix = list[list[int]]

BORDER = 4
FORMAT_MASK = 0b101010000010010


def _mask(number: int, r: int, c: int) -> bool:
    """Whether mask `number` turns the module in row r and column c."""
    odd, third = r * c % 2, r * c % 3
    left = ((r + c) % 2, r % 2, c % 3, (r + c) % 3, (r // 2 + c // 3) % 2, odd + third, (odd + third) % 2)
    return (*left, ((r + c) % 2 + third) % 2)[number] == 0


def modules(svg: bytes) -> Matrix:
    """The modules of the code that `svg` draws, 1 for black, without the white around it."""
    root = ElementTree.fromstring(svg)
    size = int(root.attrib["viewBox"].split()[2])
    drawn = [[0] * size for _ in range(size)]
    (line,) = [path for path in root if path.attrib.get("stroke") in {"#000", "#000000"}]
    x, y = 0.0, 0.0
    for command, text in re.findall(r"([Mmh])([-\d. ]+)", line.attrib["d"]):
        numbers = [float(part) for part in text.split()]
        if command == "h":
            for column in range(int(numbers[0])):
                drawn[int(y)][int(x) + column] = 1
            x += numbers[0]
        else:
            x, y = (numbers[0], numbers[1]) if command == "M" else (x + numbers[0], y + numbers[1])
    assert not any(any(row) for row in drawn[:BORDER] + drawn[-BORDER:])
    return [row[BORDER:-BORDER] for row in drawn[BORDER:-BORDER]]


def text_of(code: Matrix) -> str:
    """The text of a code of version 1 to 6, all in bytes."""
    size = len(code)
    found = [code[8][column] for column in (0, 1, 2, 3, 4, 5, 7, 8)] + [code[row][8] for row in (7, 5, 4, 3, 2, 1, 0)]
    said = int("".join(map(str, found)), 2) ^ FORMAT_MASK
    mask = said >> 10 & 7
    bits = [code[r][c] ^ _mask(mask, r, c) for r, c in _path(size) if not _fixed(size, r, c)]
    assert _number(bits[:4]) == 0b0100, "not in bytes"
    length = _number(bits[4:12])
    return bytes(_number(bits[12 + 8 * index : 20 + 8 * index]) for index in range(length)).decode()


def _number(bits: list[int]) -> int:
    return int("".join(map(str, map(int, bits))), 2)


def _path(size: int) -> list[tuple[int, int]]:
    """Two columns at a time from the right, up and down; the column of the timing pattern is left out."""
    rights = [right for right in range(size - 1, 0, -2) if right > 6] + [5, 3, 1]
    path = []
    for index, right in enumerate(rights):
        rows = range(size) if index % 2 else range(size - 1, -1, -1)
        path += [(row, column) for row in rows for column in (right, right - 1)]
    return path


def _fixed(size: int, row: int, column: int) -> bool:
    """Whether a module is part of a pattern."""
    corner = (row < 9 and (column < 9 or column >= size - 8)) or (row >= size - 8 and column < 9)
    aligned = size > 21 and abs(row - size + 7) <= 2 and abs(column - size + 7) <= 2
    return corner or aligned or row == 6 or column == 6
