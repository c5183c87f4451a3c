"""What people type that is no function: refused with the character at fault and a sentence, and never with an error."""

import string
from collections.abc import Callable
from random import Random

import pytest

from app.core.words import put
from app.objectives.functions.reading import LONGEST, MOST_CONSTANTS, constants, read
from app.objectives.functions.syntax import DEEPEST, ExpressionError, Node
from app.objectives.functions.writing import latex, python, text

NINE = "+".join("abcdfghij")
"""More constants than there may be."""

BAD = [
    # (what is typed, where it is at fault, what is said)
    ("", 0, "empty"),
    (" \t\n", 0, "empty"),
    ("7", 0, "level"),
    ("a + pi", 0, "level"),
    ("log(-1)", 0, "level"),
    ("1/0", 0, "level"),
    ("9^9^9^9", 0, "level"),
    ("x" * 10_240, LONGEST, "long"),
    ("-" * 10_000 + "x", LONGEST, "long"),
    ("-" * (DEEPEST + 1) + "x", 0, "deep"),
    ("x" + "^x" * 70, 0, "deep"),
    ("sin(" * 70 + "x" + ")" * 70, 0, "deep"),
    ("x.real", 1, "place"),
    ("x = 3", 2, "place"),
    ("x == y", 2, "place"),
    ("__import__('os')", 11, "character"),
    ("х^2", 0, "character"),
    ("x^2 + у", 6, "character"),
    ("Α x", 0, "character"),
    ("−x", 0, "character"),
    ("x²", 1, "character"),
    ("2·x", 1, "character"),
    ("x\x00", 1, "character"),
    ("x\u202ey", 1, "character"),
    ("x\ud800", 1, "character"),
    ("x\u00a0+ y", 1, "character"),
    ("lambda x: x", 8, "character"),
    ("{{x}}", 0, "character"),
    ("<img onerror>", 0, "operand"),
    ("<img src=x onerror=alert(1)>", 0, "operand"),
    ("*x", 0, "operand"),
    ("x***2", 3, "operand"),
    ("x^^2", 2, "operand"),
    ("sin()", 4, "operand"),
    ("x()", 2, "operand"),
    ("2 3", 2, "operator"),
    ("2 3x", 2, "operator"),
    ("1.5.2x", 3, "operator"),
    ("(x)2", 3, "operator"),
    ("x^", 2, "end.operand"),
    ("x + ", 3, "end.operand"),
    ("1e+", 3, "end.operand"),
    ("sin(x", 5, "end.operator"),
    ("((x)", 4, "end.operator"),
    ("x)", 1, "stray.bracket"),
    ("1,5x", 1, "stray.comma"),
    ("x + 1,5", 5, "stray.comma"),
    ("x<1", 1, "stray.comparison"),
    ("(x >= 1) y", 3, "stray.comparison"),
    ("where(x<y<1,x,y)", 9, "stray.comparison"),
    ("sin x", 4, "call"),
    ("x + sin", 7, "call"),
    ("sin^2(x)", 3, "call"),
    ("max(x)", 0, "fewest"),
    ("1 + min(y)", 4, "fewest"),
    ("log(x, 2)", 0, "arity"),
    ("x + where(x>0, 1)", 4, "arity"),
    ("where(x, 1, 2)", 0, "condition"),
    ("y max(x<1, y)", 2, "compared"),
    ("where(x>0, y<1, x)", 0, "compared"),
    ("x^1e309", 2, "large"),
    (f"x+{NINE}", 18, "constants"),
    (f"x+{NINE[:-1]}1e2j", 21, "constants"),
    ("xy", 0, "joined"),
    ("3 + abx", 4, "joined"),
    ("2pix", 1, "joined"),
    ("quux_1(x)", 0, "unknown.far"),
    ("__import__", 0, "unknown.far"),
    ("powbase(x, y)", 0, "unknown.far"),
    ("x + a100", 4, "unknown.far"),
]


@pytest.mark.parametrize(("typed", "position", "key"), BAD, ids=[ascii(case[0][:30]) for case in BAD])
def test_a_fault_is_told_with_its_place(typed: str, position: int, key: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(typed)
    assert (caught.value.position, caught.value.told.key) == (position, f"problems.expression.{key}")
    said = put(caught.value.told)
    assert said[-1] in ".?"
    assert said.isprintable()
    assert len(said) < 170


@pytest.mark.parametrize(
    ("typed", "position", "name", "close"),
    [
        ("sine(x)", 0, "sine", "sin"),
        ("x + SIN(x)", 4, "SIN", "sin"),
        ("squrt(x)", 0, "squrt", "sqrt"),
        ("sinx", 0, "sinx", "sin"),
        ("sqr(x)", 0, "sqr", "sqrt"),
        ("alfa x", 0, "alfa", "alpha"),
        ("2X", 1, "X", "x"),
        ("absolute(x)", 0, "absolute", "abs"),
    ],
)
def test_the_nearest_name_is_suggested(typed: str, position: int, name: str, close: str) -> None:
    with pytest.raises(ExpressionError) as caught:
        read(typed)
    told = caught.value.told
    assert (caught.value.position, told.key) == (position, "problems.expression.unknown.near")
    assert (told.values["name"], told.values["close"]) == (name, close)


@pytest.mark.parametrize(
    "typed",
    [
        "x^1e308", "x + 9^9^9^9", "x + log(-1)", "x + 1/0", "x/0", "-" * DEEPEST + "x", "(" * 250 + "x" + ")" * 250,
        "(" * 499 + "x" + ")" * 499, "x" + "+x" * 499, "x" + " x" * 499, "a+b+c+d+f+g+h+i + x",
    ],
    ids=lambda typed: typed[:20],
)  # fmt: skip
def test_what_is_odd_and_yet_a_function_is_read(typed: str) -> None:
    tree = read(typed)
    assert len(constants(tree)) <= MOST_CONSTANTS
    assert latex(tree)
    assert python(tree)
    assert text(tree)


KNOWN = (
    *("x", "y", "a", "b", "k2", "alpha", "pi", "e", "1", "2.5", "1e3", "1e400", ".5", "(", ")", ",", "+", "-", "*"),
    *("/", "^", "**", "<", ">=", " ", "sin(", "where(", "max(", "sqrt", "exp(", "log2"),
)
PIECES = (
    *KNOWN, "x.real", "_", "z", "xy", "sinx", "=", "'", "\n", "Ω", "х", "\x00", "\u202e", "{", "[", "lambda", "#", "%",
    "|", "\\", "1_000", "0x10", "NaN",
)  # fmt: skip
GOOD = (
    "(1-x)^2 + 100(y - x^2)^2",
    "a x^2 + b y^2",
    "where(x > 0, x^2, -x)",
    "-20 exp(-0.2 sqrt((x^2+y^2)/2)) - exp((cos(2 pi x)+cos(2 pi y))/2) + e + 20",
    "max(abs(x), abs(y), min(1, 3))^2/(1+alpha2 x^2)",
    "x**4 - 3e-2 x y + log(1+x^2+y^2)",
    "where(x^2+y^2 <= k, where(y<0, x, -x), 2^-x^2)",
)


def random_text(source: Random) -> str:
    """Pieces of functions, of those and others, or any characters."""
    kind = source.randrange(4)
    if kind == 3:
        signs = [*string.printable, *(chr(source.randrange(0x110000)) for _ in range(40))]
        return "".join(source.choices(signs, k=source.randint(0, 60)))
    return "".join(source.choices(KNOWN if kind else PIECES, k=source.choice((2, 3, 4, 5, 8, 30))))


def mutated_text(source: Random) -> str:
    """A function with one to six changes: a character left out, a piece put in, or a part of it once more."""
    text = source.choice(GOOD)
    for _ in range(source.choice((1, 1, 1, 2, 3, 6))):
        place, kind = source.randint(0, len(text)), source.randrange(3)
        if kind == 0:
            text = text[:place] + text[place + 1 :]
        elif kind == 1:
            text = text[:place] + source.choice(PIECES) + text[place:]
        else:
            text = text[:place] + text[source.randint(0, len(text)) :][:12] + text[place:]
    return text


def outcome(typed: str) -> ExpressionError | Node:
    """What comes of a text."""
    try:
        return read(typed)
    except ExpressionError as error:
        return error


@pytest.mark.parametrize("make", [random_text, mutated_text])
def test_any_text_is_a_function_or_refused_with_a_place_in_it(make: Callable[[Random], str]) -> None:
    source, read_well, keys = Random(7), 0, set()
    for _ in range(3000):
        typed = make(source)
        found = outcome(typed)
        if isinstance(found, ExpressionError):
            assert 0 <= found.position <= len(typed)
            assert put(found.told).isprintable()
            keys.add(found.told.key)
        else:
            read_well += 1
            assert read(text(found)) == found
    assert read_well
    assert len(keys) > 10
