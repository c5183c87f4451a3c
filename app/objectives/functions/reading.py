"""Reading a typed function: a grammar, and what is said where a text does not fit it.

    (1-x)^2 + 100(y - x^2)^2        products may be implied, powers are written ^ or **
    a x^2 + b y^2                   single letters are constants of the function's own
    where(x > 0, x^2, -x)           one comparison chooses between two cases

Nothing that is typed is ever run as code: the text becomes a tree of known operations.
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import cast

from lark import Lark, Token, Transformer, UnexpectedCharacters, UnexpectedInput, UnexpectedToken, v_args

from app.core.text import nearest, shorten
from app.core.words import Message, message
from app.objectives.functions.operations import COMPARISONS, CONSTANTS, FUNCTIONS, IN_SLOPES, OPERATIONS, SEVERAL
from app.objectives.functions.syntax import DEEPEST, Call, ExpressionError, Name, Node, Number, names

LONGEST = 1000
"""Characters of a function."""

MOST_CONSTANTS = 8
VARIABLES = ("x", "y")
GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "kappa", "mu", "nu", "rho", "sigma", "tau", "theta",
    "omega", "phi", "psi",
)  # fmt: skip

_ALLOWED = re.compile(r"[A-Za-z0-9_.,+\-*/^()<>= \t\r\n]")
_OWN = re.compile(rf"(?:[A-DF-WZa-df-w]|{'|'.join(GREEK)})\d{{0,2}}")
"""Names of constants: a letter or the name of a Greek one, perhaps with a number behind it."""

GRAMMAR = Path(__file__).with_name("grammar.lark")

BEFORE = {"$END": "problems.expression.end.operand"}
"""What is said of signs where an operand is expected."""

BEHIND = {
    "$END": "problems.expression.end.operator",
    "RPAR": "problems.expression.stray.bracket",
    "COMMA": "problems.expression.stray.comma",
    "COMPARISON": "problems.expression.stray.comparison",
}
"""What is said of them behind one."""


@lru_cache(maxsize=256)
def read(text: str) -> Node:
    """The function of x and y that `text` is; raises ExpressionError with the first character at fault."""
    _check_characters(text)
    try:
        tree = parse(text)
    except UnexpectedInput as error:
        raise _wrong(error, text) from None
    found = list(dict.fromkeys(names(tree)))
    own = [name for name in found if name not in CONSTANTS and name not in VARIABLES]
    if len(own) > MOST_CONSTANTS:
        where = next(_at(token) for token in _parser(slope=False).lex(text) if token == own[MOST_CONSTANTS])
        raise ExpressionError(where, message("problems.expression.constants", n=MOST_CONSTANTS))
    if not set(VARIABLES) & set(found):
        raise ExpressionError(0, message("problems.expression.level"))
    return tree


def parse(text: str, *, slope: bool = False) -> Node:
    """The tree of `text`, whatever it is a function of; slope: in the words of slopes. Raises lark's UnexpectedInput
    where it does not fit the grammar, and ExpressionError where it says what there is not.
    """
    # The transformer makes nodes in place of lark's own trees.
    return cast(Node, _parser(slope).parse(text))


def constants(tree: Node) -> tuple[str, ...]:
    """The names of its own constants, in the order of the text."""
    return tuple(name for name in dict.fromkeys(names(tree)) if name not in CONSTANTS and name not in VARIABLES)


def _check_characters(text: str) -> None:
    if len(text) > LONGEST:
        raise ExpressionError(LONGEST, message("problems.expression.long", n=LONGEST, length=len(text)))
    for position, sign in enumerate(text):
        if not _ALLOWED.fullmatch(sign):
            shown = sign if sign.isprintable() else repr(sign)[1:-1]
            code = f"U+{ord(sign):04X}"
            raise ExpressionError(position, message("problems.expression.character", sign=shown, code=code))
    if not text.strip():
        raise ExpressionError(0, message("problems.expression.empty"))


def _wrong(error: UnexpectedInput, text: str) -> ExpressionError:
    """What is wrong where the grammar does not go on."""
    position = error.pos_in_stream or 0
    if isinstance(error, UnexpectedCharacters):
        return ExpressionError(position, message("problems.expression.place", got=text[position]))
    assert isinstance(error, UnexpectedToken)
    if error.token.type == "$END":
        position = len(text.rstrip())
    accepted = set(error.accepts)
    if accepted == {"LPAR"}:
        return ExpressionError(position, message("problems.expression.call"))
    got = error.token
    if "NUMBER" in accepted:
        return ExpressionError(
            position, Message(BEFORE.get(got.type, "problems.expression.operand"), {"got": str(got)})
        )
    return ExpressionError(position, Message(BEHIND.get(got.type, "problems.expression.operator"), {"got": str(got)}))


@lru_cache(maxsize=2)
def _parser(slope: bool) -> Lark:
    known = FUNCTIONS | IN_SLOPES if slope else FUNCTIONS
    grammar = GRAMMAR.read_text(encoding="utf-8").replace("FUNCTIONS", "|".join(sorted(known, key=len, reverse=True)))
    return Lark(grammar, parser="lalr", lexer="basic", transformer=_Tree(), maybe_placeholders=False)


@v_args(inline=True)
class _Tree(Transformer[Token, Node]):
    """Makes nodes while the text is read, so that nothing has to climb through what was typed too deep."""

    def number(self, token: Token) -> Node:
        value = float(token)
        if math.isinf(value):
            raise ExpressionError(_at(token), message("problems.expression.large", got=str(token)))
        return Number(value)

    def name(self, token: Token) -> Node:
        if token in VARIABLES or token in CONSTANTS or _OWN.fullmatch(token):
            return Name(str(token))
        raise ExpressionError(_at(token), _unknown(str(token)))

    def add(self, one: Node, other: Node) -> Node:
        return _call("add", *_flat("add", one), other)

    def subtract(self, one: Node, other: Node) -> Node:
        return _call("add", *_flat("add", one), _call("neg", other))

    def multiply(self, one: Node, other: Node) -> Node:
        return _call("mul", *_flat("mul", one), other)

    def divide(self, one: Node, other: Node) -> Node:
        return _call("div", one, other)

    def negate(self, node: Node) -> Node:
        return _call("neg", node)

    def raise_to(self, base: Node, exponent: Node) -> Node:
        return _call("pow", base, exponent)

    def raised_number(self, token: Token, exponent: Node) -> Node:
        return _call("pow", self.number(token), exponent)

    def compare(self, one: Node, token: Token, other: Node) -> Node:
        return _call(COMPARISONS[str(token)], one, other)

    def call(self, token: Token, *args: Node) -> Node:
        op = (FUNCTIONS | IN_SLOPES)[str(token)]
        _check_arguments(token, op, args)
        if op not in SEVERAL:
            return _call(op, *args)
        first, *rest = args
        for arg in rest:
            first = _call(op, first, arg)
        return first


def _check_arguments(token: Token, op: str, args: Sequence[Node]) -> None:
    arity = OPERATIONS[op].arity
    if len(args) < arity or (len(args) > arity and op not in SEVERAL):
        key = "problems.expression.fewest" if op in SEVERAL else "problems.expression.arity"
        raise ExpressionError(_at(token), message(key, function=str(token), n=arity, got=len(args)))
    for place, arg in enumerate(args):
        compared = isinstance(arg, Call) and arg.op in COMPARISONS.values()
        if compared != (token == "where" and place == 0):
            key = "problems.expression.compared" if compared else "problems.expression.condition"
            raise ExpressionError(_at(token), message(key, function=str(token)))


def _call(op: str, *args: Node) -> Call:
    call = Call(op, args)
    if call.depth > DEEPEST:
        raise ExpressionError(0, message("problems.expression.deep", n=DEEPEST))
    return call


def _flat(op: str, node: Node) -> Iterable[Node]:
    """The parts of a sum or product that goes on, so that a long one is not a deep one."""
    return node.args if isinstance(node, Call) and node.op == op else (node,)


def _unknown(name: str) -> Message:
    parts = re.findall("pi|.", name)
    single = all(part in (*VARIABLES, *CONSTANTS) or _OWN.fullmatch(part) for part in parts)
    # Three letters without x and y are rather a function that is called otherwise.
    if single and (len(parts) == 2 or (len(parts) == 3 and set(VARIABLES) & set(parts))):
        return message("problems.expression.joined", name=name, apart="*".join(parts))
    close = nearest(name, [*VARIABLES, *CONSTANTS, *FUNCTIONS, *GREEK])
    key = "problems.expression.unknown.near" if close else "problems.expression.unknown.far"
    return message(key, name=shorten(name), close=close)


def _at(token: Token) -> int:
    return token.start_pos or 0
