"""A function as text: in its one canonical form, as a formula, and in Python."""

import textwrap
from collections.abc import Iterator, Sequence

from app.objectives.functions.graph import as_tensor, literal, worked_out
from app.objectives.functions.operations import CONSTANTS, OPERATIONS
from app.objectives.functions.reading import GREEK, VARIABLES
from app.objectives.functions.syntax import Call, Name, Node, Number, names

SUM, PRODUCT, SIGNED, POWER, ATOM = range(5)
"""How tightly the parts of a text hold together: where one stands that holds less than its place asks for, it is put
in brackets."""

LEVELS = {"add": SUM, "mul": PRODUCT, "div": PRODUCT, "neg": SIGNED, "pow": POWER}
SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">="}


class _Writer:
    """Writes a tree so that reading it gives the same tree."""

    raised = "^"
    plus, minus, times, over = "+", "-", "*", "/"

    def text(self, node: Node, least: int = SUM) -> str:
        """`node` for a place that asks for `least`."""
        if isinstance(node, Number):
            return self.number(node.value)
        if isinstance(node, Name):
            return self.name(node.id)
        level = LEVELS.get(node.op)
        if level is None:
            return self.call(node)
        words = {"add": self.sum, "mul": self.product, "div": self.ratio, "neg": self.negative, "pow": self.power}
        text = words[node.op](node.args)
        return f"({text})" if level < least else text

    def number(self, value: float) -> str:
        return repr(value).removesuffix(".0").replace("e+", "e")

    def name(self, id: str) -> str:
        return id

    def sum(self, args: Sequence[Node]) -> str:
        text = self.text(args[0], PRODUCT)
        for arg in args[1:]:
            minus = isinstance(arg, Call) and arg.op == "neg"
            inner = arg.args[0] if isinstance(arg, Call) and minus else arg
            text += (self.minus if minus else self.plus) + self.follower(inner, PRODUCT)
        return text

    def product(self, args: Sequence[Node]) -> str:
        first, *rest = args
        return self.times.join([self.text(first, PRODUCT), *(self.follower(arg, SIGNED) for arg in rest)])

    def ratio(self, args: Sequence[Node]) -> str:
        return f"{self.text(args[0], PRODUCT)}{self.over}{self.follower(args[1], SIGNED)}"

    def negative(self, args: Sequence[Node]) -> str:
        return f"-{self.follower(args[0], SIGNED)}"

    def power(self, args: Sequence[Node]) -> str:
        return f"{self.text(args[0], ATOM)}{self.raised}{self.text(args[1], SIGNED)}"

    def follower(self, node: Node, least: int) -> str:
        """`node` behind a sign: no other sign follows at once."""
        text = self.text(node, least)
        return f"({text})" if text.startswith("-") else text

    def call(self, node: Call) -> str:
        if node.op in SIGNS:
            return SIGNS[node.op].join(self.text(arg) for arg in node.args)
        return f"{node.op}({','.join(self.text(arg) for arg in node.args)})"


class _Python(_Writer):
    """Writes a tree as torch computes it, for autograd. own: the constants that are tensors there."""

    raised = "**"
    plus, minus, times, over = " + ", " - ", " * ", " / "

    def text(self, node: Node, least: int = SUM) -> str:
        closed = isinstance(node, Call) and not set(names(node)) - set(CONSTANTS)
        return literal(worked_out(node)) if closed else super().text(node, least)

    def number(self, value: float) -> str:
        return repr(int(value)) if value.is_integer() and value < 1e15 else repr(value)

    def name(self, id: str) -> str:
        return f"math.{id}" if id in CONSTANTS else id

    def call(self, node: Call) -> str:
        if node.op in SIGNS:
            return f" {SIGNS[node.op]} ".join(self.text(arg) for arg in node.args)
        args = [self.text(arg) if self.is_tensor(arg) else as_tensor(worked_out(arg)) for arg in node.args]
        source = OPERATIONS[node.op].source
        return (source.replace(" != 0", "") if self.is_tensor(node.args[0]) else source).format(*args)

    @staticmethod
    def is_tensor(node: Node) -> bool:
        return bool(set(names(node)) - set(CONSTANTS))


def _alone(tree: Node) -> Iterator[str]:
    """The names that stand without x and y where torch asks for a tensor, or where numbers have other rules."""
    if not isinstance(tree, Call):
        return
    level = [arg for arg in tree.args if not set(names(arg)) & set(VARIABLES)]
    if tree.op not in LEVELS or (len(level) == len(tree.args) and tree.op in ("div", "pow")):
        for arg in level:
            yield from names(arg)
    for arg in tree.args:
        yield from _alone(arg)


def text(tree: Node) -> str:
    """The canonical text of `tree`: the shortest that is read as the same tree, every product written out."""
    return _Writer().text(tree)


def python(tree: Node) -> str:
    """The body of a function of tensors x and y and the function's own constants, which gives the value of `tree`."""
    lines = [f"{name} = x.new_tensor({name})" for name in dict.fromkeys(_alone(tree)) if name not in CONSTANTS]
    value = _Python().text(tree)
    if len(value) > 84:
        value = f"(\n{textwrap.indent(textwrap.fill(value, 88, break_long_words=False), '    ')}\n)"
    return "\n".join([*lines, f"return {value}"])


LATEX_FUNCTIONS = {
    "log": r"\ln", "log2": r"\log_2", "log10": r"\log_{10}", "asin": r"\arcsin", "acos": r"\arccos",
    "atan": r"\arctan", **{name: rf"\{name}" for name in ("sin", "cos", "tan", "sinh", "cosh", "tanh", "max", "min")},
}  # fmt: skip
LATEX_BRACKETS = {
    "abs": (r"\left|", r"\right|"), "floor": (r"\left\lfloor ", r"\right\rfloor "),
    "ceil": (r"\left\lceil ", r"\right\rceil "), "sqrt": (r"\sqrt{", "}"), "exp": ("e^{", "}"),
}  # fmt: skip
LATEX_SIGNS = {"lt": ("<", r"\ge "), "le": (r"\le ", ">"), "gt": (">", r"\le "), "ge": (r"\ge ", "<")}
"""Of each comparison its sign, and that of its contrary."""


def symbol(name: str) -> str:
    """The name of a constant as a formula has it."""
    letters = name.rstrip("0123456789")
    shown = rf"\{letters} " if letters in (*GREEK, "pi") else letters
    return f"{shown}_{{{name[len(letters) :]}}}" if letters != name else shown


class _Latex(_Writer):
    """Writes a tree as a formula; brackets grow with what they hold."""

    def text(self, node: Node, least: int = SUM) -> str:
        words = super().text(node)
        return self.bracketed(words) if self.level(node, words) < least else words

    @staticmethod
    def level(node: Node, words: str) -> int:
        """How tightly `node`, which reads as `words`, holds together."""
        if isinstance(node, Number):
            return POWER if "^" in words else ATOM
        own = {"where": SUM, "exp": POWER, "div": POWER, **LEVELS}
        return own.get(node.op, ATOM) if isinstance(node, Call) else ATOM

    @staticmethod
    def bracketed(words: str) -> str:
        return rf"\left({words}\right)"

    def number(self, value: float) -> str:
        digits, _, exponent = super().number(value).partition("e")
        return rf"{digits}\cdot 10^{{{exponent}}}" if exponent else digits

    def name(self, id: str) -> str:
        return symbol(id)

    def product(self, args: Sequence[Node]) -> str:
        words = self.text(args[0], PRODUCT)
        for arg in args[1:]:
            factor = self.follower(arg, SIGNED)
            words += (r"\cdot " if factor[0].isdigit() else r"\,") + factor
        return words

    def follower(self, node: Node, least: int) -> str:
        words = self.text(node, least)
        return self.bracketed(words) if words.startswith("-") else words

    def ratio(self, args: Sequence[Node]) -> str:
        return rf"\frac{{{self.text(args[0])}}}{{{self.text(args[1])}}}"

    def power(self, args: Sequence[Node]) -> str:
        return f"{self.text(args[0], ATOM)}^{{{self.text(args[1])}}}"

    def call(self, node: Call) -> str:
        if node.op == "where":
            return self.cases(node)
        inner = ",".join(self.text(arg) for arg in node.args)
        if node.op in LATEX_BRACKETS:
            return inner.join(LATEX_BRACKETS[node.op])
        name = LATEX_FUNCTIONS.get(node.op, rf"\operatorname{{{node.op}}}")
        return f"{name}{self.bracketed(inner)}"

    def cases(self, node: Call) -> str:
        condition, *both = node.args
        assert isinstance(condition, Call)
        one, other = (self.text(arg) for arg in condition.args)
        lines = [
            f"{self.text(value)} & {one}{sign}{other}"
            for value, sign in zip(both, LATEX_SIGNS[condition.op], strict=True)
        ]
        return rf"\begin{{cases}}{lines[0]} \\ {lines[1]}\end{{cases}}"


def latex(tree: Node) -> str:
    """`tree` as a formula."""
    return f"f(x,y)={_Latex().text(tree)}"
