"""Whether autograd can take the place of the rules for the slopes of a function."""

from app.objectives.functions.operations import CONSTANTS, OPERATIONS, is_wild
from app.objectives.functions.syntax import Call, Node, Number, names

LEVEL = ("max", "min", "sign", "floor", "ceil")
"""Operations that what is in them may have no part in, so that its slope counts for nothing."""


def is_smooth(tree: Node) -> bool:
    """Whether autograd finds the slopes of `tree` wherever the rules do: what counts for nothing it multiplies by 0,
    and finds none where that is infinite.
    """
    if not isinstance(tree, Call):
        return True
    if tree.op == "where" or (tree.op in LEVEL and any(_is_wild(arg) for arg in tree.args)):
        return False
    return not _is_steep(tree) and all(is_smooth(arg) for arg in tree.args)


def _is_steep(call: Call) -> bool:
    """Whether its slope is infinite where what is in it may be level, as that of sqrt(x^2 + y^2) is at 0."""
    first = call.args[0]
    inner = isinstance(first, Call) and bool(set(names(first)) - set(CONSTANTS))
    return inner and OPERATIONS[call.op].steep and _is_wild_itself(call)


def _is_wild(tree: Node) -> bool:
    return isinstance(tree, Call) and (_is_wild_itself(tree) or any(_is_wild(arg) for arg in tree.args))


def _is_wild_itself(call: Call) -> bool:
    last = call.args[-1]
    return is_wild(call.op, last.value if isinstance(last, Number) else None)
